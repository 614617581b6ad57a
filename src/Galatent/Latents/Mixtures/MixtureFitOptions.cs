namespace Galatent.Latents.Mixtures;

/// <summary>How a mixture is fitted and its number of components chosen.</summary>
public sealed record MixtureFitOptions
{
    /// <summary>
    /// Most components that are tried; the search ends before where more do not help. Curved relations of 10,000 points take 8 to 27; the
    /// ordered exponential, whose density ends in a sharp edge, takes 64 with 80,000 points.
    /// </summary>
    public int MaxComponents { get; init; } = 64;

    /// <summary>
    /// Cross-validation folds, at least 2; null takes 10 below 1,000 rows, 4 below 5,000 and 2 from there on. Time grows as folds - 1. With
    /// few folds the size is chosen for fewer rows than there are: the noisy ring (0.291 nat) came out 0.029 lower with 4 folds than with
    /// 10 at 200 rows, 0.005 lower with 2 than with 4 at 2,000, and the difference is below 0.002 at 10,000.
    /// </summary>
    public int? Folds { get; init; }

    /// <summary>Sizes in a row that must fail to improve the held-out likelihood before the search ends.</summary>
    public int Patience { get; init; } = 2;

    /// <summary>
    /// The smallest size is taken whose held-out likelihood is within this many standard errors (of the paired difference) of the best:
    /// 0 takes the best itself, 1 is the usual one-standard-error rule.
    /// </summary>
    public double StandardErrors { get; init; }

    /// <summary>EM ends when the gain falls below this many nat per point.</summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>EM iterations at most, in a cross-validation fit.</summary>
    public int MaxFoldIterations { get; init; } = 60;

    /// <summary>EM iterations at most, in the final fit.</summary>
    public int MaxIterations { get; init; } = 300;

    internal int FoldsFor(int count) =>
        Folds
        ?? (
            count < 1000 ? 10
            : count < 5000 ? 4
            : 2
        );
}
