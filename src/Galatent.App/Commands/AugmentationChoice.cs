using System.CommandLine;
using Galatent.Training;

namespace Galatent.App.Commands;

/// <summary>The options of <c>galatent train</c> that change spectra before the network sees them.</summary>
internal sealed class AugmentationChoice
{
    private readonly Option<double?> _masks = new("--augment-masks")
    {
        Description = "Share of spectra that also get the bad pixels of another one, another in every epoch. It needs --mask-channel.",
        HelpName = "SHARE",
    };

    private readonly Option<double?> _coverage = new("--augment-coverage")
    {
        Description = "Share of spectra that are cut to the wavelengths that another one covers. It needs --mask-channel.",
        HelpName = "SHARE",
    };

    private readonly Option<double?> _noise = new("--augment-noise")
    {
        Description = "Largest factor by which the variance of the noise is raised, log-uniform from 1. It needs --pixel-weights ivar.",
        HelpName = "FACTOR",
    };

    private readonly Option<double?> _consistency = new("--consistency")
    {
        Description =
            "Weight of the difference between the posteriors of a spectrum and its augmented copy; each batch then holds both. An epoch "
            + "takes twice as long.",
        HelpName = "WEIGHT",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (IEnumerable<Option>)[_masks, _coverage, _noise, _consistency])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Applies the choice to the options of a run.</summary>
    public TrainingOptions Apply(ParseResult parsed, TrainingOptions options) =>
        options with
        {
            Augmentation = new AugmentationOptions
            {
                MaskShare = parsed.GetValue(_masks) ?? 0,
                CoverageShare = parsed.GetValue(_coverage) ?? 0,
                NoiseFactor = parsed.GetValue(_noise) ?? 1,
                ConsistencyWeight = parsed.GetValue(_consistency) ?? 0,
            },
        };
}
