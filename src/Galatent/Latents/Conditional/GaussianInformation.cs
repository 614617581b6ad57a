using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Latents.Conditional;

/// <summary>An information from the correlations of normal scores (G), with the error of a bootstrap of rows.</summary>
/// <param name="Nat">The estimate, nat, at least 0.</param>
/// <param name="StandardErrorNat">Its standard error, nat.</param>
public readonly record struct GaussianInformation(double Nat, double StandardErrorNat)
{
    /// <summary>I(x; y given z) of columns that are normal after a monotone change of each.</summary>
    /// <param name="x">First group, at least one column.</param>
    /// <param name="y">Second group, at least one column.</param>
    /// <param name="given">Conditioning columns; may be empty, and any number.</param>
    /// <param name="replicas">Resamples of the rows for the error, at least 10.</param>
    /// <param name="seed">Root seed of the resamples. The same seed resamples the same rows, so estimates can be compared in pairs.</param>
    /// <exception cref="InputException">Too few rows, or columns that determine one another.</exception>
    public static GaussianInformation Estimate(
        IReadOnlyList<NamedColumn> x,
        IReadOnlyList<NamedColumn> y,
        IReadOnlyList<NamedColumn> given,
        int replicas,
        ulong seed
    )
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(given);
        double[][] scores = [.. GaussianCopula.Scores([.. x, .. y, .. given])];
        int[] first = [.. Enumerable.Range(0, x.Count)];
        int[] second = [.. Enumerable.Range(x.Count, y.Count)];
        int[] third = [.. Enumerable.Range(x.Count + y.Count, given.Count)];
        double Of(int[]? rows) => GaussianCopula.OfScores(scores, rows).Information(first, second, third);
        var resampled = new double[replicas];
        for (var r = 0; r < replicas; r++)
        {
            resampled[r] = Of(MixtureBootstrap.Multiplicities(scores[0].Length, seed, r));
        }
        return new GaussianInformation(Of(null), SampleMoments.Deviation(resampled));
    }
}
