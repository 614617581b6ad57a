using System.CommandLine;
using Galatent.App.Options;
using Galatent.Networks.Objectives;
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

    private readonly Option<double?> _window = new("--augment-window")
    {
        Description =
            "Share of spectra that are cut to what SDSS's window (3800-9200 angstrom) shows of them at a redshift between 0 and 0.5. It "
            + "needs --mask-channel.",
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

    private readonly Option<string> _unit = new Option<string>("--consistency-unit")
    {
        Description =
            "In which the posteriors are compared: posterior (their widths; for noisy spectra) or prior (the unit of the latents "
            + "themselves; for spectra without noise). [default: posterior]",
    }.OneOf("posterior", "prior");

    public void AddTo(Command command)
    {
        foreach (var option in (IEnumerable<Option>)[_masks, _coverage, _window, _noise, _consistency, _unit])
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
                WindowShare = parsed.GetValue(_window) ?? 0,
                NoiseFactor = parsed.GetValue(_noise) ?? 1,
                ConsistencyWeight = parsed.GetValue(_consistency) ?? 0,
                ConsistencyUnit = parsed.GetValue(_unit) == "prior" ? ConsistencyUnit.Prior : ConsistencyUnit.Posterior,
            },
        };
}
