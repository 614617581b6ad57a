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
        return OfScores(scores, x.Count, y.Count, Resamples(scores[0].Length, replicas, seed));
    }

    /// <summary>How often each row counts in each resample.</summary>
    internal static int[][] Resamples(int rows, int replicas, ulong seed) =>
        [.. Enumerable.Range(0, replicas).Select(r => MixtureBootstrap.Multiplicities(rows, seed, r))];

    /// <summary>The same from columns whose scores are known, for many questions about the same columns.</summary>
    /// <param name="scores">Normal scores (<see cref="GaussianCopula.Scores"/>): the first group, then the second, then those
    /// given.</param>
    /// <param name="first">Columns of the first group.</param>
    /// <param name="second">Columns of the second.</param>
    /// <param name="resamples">How often each row counts, for each resample.</param>
    internal static GaussianInformation OfScores(double[][] scores, int first, int second, int[][] resamples)
    {
        int[] x = [.. Enumerable.Range(0, first)];
        int[] y = [.. Enumerable.Range(first, second)];
        int[] given = [.. Enumerable.Range(first + second, scores.Length - first - second)];
        double Of(int[]? rows) => GaussianCopula.OfScores(scores, rows).Information(x, y, given);
        return new GaussianInformation(Of(null), SampleMoments.Deviation(Array.ConvertAll(resamples, Of)));
    }
}
