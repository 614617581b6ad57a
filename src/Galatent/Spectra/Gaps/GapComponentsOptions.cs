namespace Galatent.Spectra.Gaps;

/// <summary>How components of spectra with gaps are found.</summary>
public sealed record GapComponentsOptions
{
    /// <summary>Whether coefficients have a normal prior whose variance is fitted. Without it, a spectrum with fewer pixels than components
    /// has no coefficients.</summary>
    public bool HasPrior { get; init; } = true;

    /// <summary>Whether a mean spectrum is fitted.</summary>
    public bool HasMean { get; init; } = true;

    /// <summary>Most steps.</summary>
    public int MaxIterations { get; init; } = 500;

    /// <summary>The fit ends when a step changes the loadings by less than this, relative to their size.</summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>Threads to use; 0 for all. The result does not depend on it.</summary>
    public int Threads { get; init; }
}
