using Galatent.Networks.Objectives;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>How training spectra are changed before the network sees them, anew in every epoch, so that latents do not follow masks,
/// coverage and noise. What is hidden counts nothing in the loss either: the augmented spectrum is a spectrum like others.</summary>
public sealed record AugmentationOptions
{
    /// <summary>Share of spectra that also get the bad pixels of another one, drawn at random.</summary>
    public double MaskShare { get; init; }

    /// <summary>Share of spectra that are cut to the range of another one, drawn at random: from its first to its last good pixel. That is
    /// the range of another redshift.</summary>
    public double CoverageShare { get; init; }

    /// <summary>Share of spectra that are cut to what the window of SDSS shows of them at a redshift between 0 and
    /// <see cref="SurveyWindow.LargestRedshift"/>, drawn at random.</summary>
    public double WindowShare { get; init; }

    /// <summary>Largest factor u by which the variance of the noise is raised; u is log-uniform from 1. 1 leaves the noise.</summary>
    public double NoiseFactor { get; init; } = 1;

    /// <summary>c, weight of the consistency between a spectrum and its augmented copy: every batch then holds each spectrum twice, as it
    /// is and augmented; 0 for none.</summary>
    public double ConsistencyWeight { get; init; }

    /// <summary>In which unit the two are compared.</summary>
    public ConsistencyUnit ConsistencyUnit { get; init; }

    /// <summary>Whether anything is done to a spectrum.</summary>
    internal bool ChangesSpectra => MaskShare > 0 || CoverageShare > 0 || WindowShare > 0 || NoiseFactor > 1;

    /// <summary>Whether pixels are hidden, which the network must be told of.</summary>
    internal bool Hides => MaskShare > 0 || CoverageShare > 0 || WindowShare > 0;

    /// <summary>Rows of a batch that one spectrum takes.</summary>
    internal int Copies => ConsistencyWeight > 0 ? 2 : 1;

    /// <summary>What is out of range, one clause each.</summary>
    internal IEnumerable<string> Faults()
    {
        (bool Good, string Fault)[] checks =
        [
            (MaskShare is >= 0 and <= 1, $"the share of spectra that get other masks must lie between 0 and 1, not {MaskShare}"),
            (CoverageShare is >= 0 and <= 1, $"the share of spectra that are cut must lie between 0 and 1, not {CoverageShare}"),
            (WindowShare is >= 0 and <= 1, $"the share of spectra that a window cuts must lie between 0 and 1, not {WindowShare}"),
            (NoiseFactor is >= 1 and <= 1000, $"the factor of the noise must lie between 1 and 1000, not {NoiseFactor}"),
            (
                ConsistencyWeight is >= 0 and < 1e9,
                $"the weight of consistency must be 0 or more, below 1000000000, not {ConsistencyWeight}"
            ),
            (
                ConsistencyWeight > 0 || ConsistencyUnit == ConsistencyUnit.Posterior,
                "a unit of consistency has no meaning without a weight of it"
            ),
            (
                ConsistencyWeight == 0 || ChangesSpectra,
                "consistency compares a spectrum with its augmented copy, so something must be augmented: masks, coverage, a window or "
                    + "noise"
            ),
        ];
        return checks.Where(c => !c.Good).Select(c => c.Fault);
    }
}
