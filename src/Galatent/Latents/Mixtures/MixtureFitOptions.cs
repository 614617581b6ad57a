namespace Galatent.Latents.Mixtures;

/// <summary>How a mixture is fitted and how its number of components is chosen.</summary>
public sealed record MixtureFitOptions
{
    /// <summary>
    /// Largest number of components. The search ends earlier when more components do not help. Curved relations of 10,000 points take 8 to
    /// 27. The ordered exponential, whose density has a sharp edge, takes 64 with 80,000 points.
    /// </summary>
    public int MaxComponents { get; init; } = 64;

    /// <summary>
    /// Cross-validation folds, at least 2. Null takes 10 below 1,000 rows, 4 below 5,000 and 2 above. Time grows as folds - 1.
    /// With few folds the size is chosen for fewer rows than there are. The noisy ring (0.291 nat) was 0.029 lower with 4 folds than with
    /// 10 at 200 rows, and 0.005 lower with 2 than with 4 at 2,000. At 10,000 the difference is below 0.002.
    /// </summary>
    public int? Folds { get; init; }

    /// <summary>The search ends when this many sizes in a row do not improve the held-out likelihood.</summary>
    public int Patience { get; init; } = 2;

    /// <summary>
    /// The smallest size is chosen whose held-out likelihood is within this many standard errors (of the paired difference) of the best. 0
    /// chooses the best size itself; 1 is the usual one-standard-error rule.
    /// </summary>
    public double StandardErrors { get; init; }

    /// <summary>EM ends when the gain is smaller than this, nat per point.</summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>Largest number of EM iterations in a cross-validation fit.</summary>
    public int MaxFoldIterations { get; init; } = 60;

    /// <summary>Largest number of EM iterations in the final fit.</summary>
    public int MaxIterations { get; init; } = 300;

    internal int FoldsFor(int count) =>
        Folds
        ?? (
            count < 1000 ? 10
            : count < 5000 ? 4
            : 2
        );
}
