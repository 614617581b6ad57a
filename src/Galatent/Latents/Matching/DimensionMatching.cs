using Galatent.Latents.Disentanglement;
using Galatent.Latents.Information;
using Galatent.Latents.Mixtures;

namespace Galatent.Latents.Matching;

/// <summary>Which dimension of one model is which of another: the pairing with the largest sum of absolute rank correlations of posterior
/// means, for the same spectra.</summary>
/// <param name="Correlation">Spearman's correlations, shape (a, b), row-major.</param>
/// <param name="Partner">For each dimension of the first model, its partner in the second, from 0; -1 without one.</param>
/// <param name="First">Dimensions a.</param>
/// <param name="Second">Dimensions b.</param>
public sealed record DimensionMatching(double[] Correlation, int[] Partner, int First, int Second)
{
    /// <summary>Matches columns.</summary>
    /// <param name="first">Posterior means of the first model, one column for each dimension in use.</param>
    /// <param name="second">Those of the second model for the same spectra.</param>
    public static DimensionMatching Of(IReadOnlyList<double[]> first, IReadOnlyList<double[]> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        double[][] x = [.. first.Select(RankCorrelation.Ranks)];
        double[][] y = [.. second.Select(RankCorrelation.Ranks)];
        double[] correlation = [.. x.SelectMany(a => y.Select(b => RankCorrelation.OfRanks(a, b)))];
        return OfCorrelation(correlation, x.Length, y.Length);
    }

    /// <summary>Matches by information instead, on the scale √(1 - exp(-2 I)), which is |correlation| for normal pairs. It sees
    /// relations that are not monotone: where it is well above the rank correlation, one dimension folds the other.</summary>
    /// <param name="first">Posterior means of the first model, one column for each dimension in use.</param>
    /// <param name="second">Those of the second model for the same spectra.</param>
    /// <param name="seed">Root seed of the mixtures.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static DimensionMatching OfInformation(
        IReadOnlyList<double[]> first,
        IReadOnlyList<double[]> second,
        ulong seed,
        int threads = 1,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count == 0 || second.Count == 0)
        {
            return OfCorrelation([], first.Count, second.Count);
        }
        NamedColumn[] Named(IReadOnlyList<double[]> columns, string model) =>
            [.. columns.Select((c, i) => new NamedColumn($"{model} {i}", c))];
        // Only the estimates are wanted: the fewest resamples and permutations, and no check by neighbours.
        var options = new MutualInformationOptions
        {
            Replicas = 10,
            Permutations = 99,
            Neighbours = 0,
            Fit = new MixtureFitOptions { MaxComponents = 8 },
        };
        var table = MutualInformationTable.Compute(
            Named(first, "first"),
            Named(second, "second"),
            options,
            seed,
            threads,
            cancel: cancellation
        );
        return OfCorrelation([.. table.Estimates.Select(e => Math.Sqrt(InformationGap.BoundedR2(e?.Mi ?? 0)))], first.Count, second.Count);
    }

    /// <summary>Matches by known correlations.</summary>
    /// <param name="correlation">Shape (a, b), row-major.</param>
    /// <param name="first">Dimensions a.</param>
    /// <param name="second">Dimensions b.</param>
    public static DimensionMatching OfCorrelation(double[] correlation, int first, int second)
    {
        ArgumentNullException.ThrowIfNull(correlation);
        return new DimensionMatching(
            correlation,
            LinearAssignment.Best(Array.ConvertAll(correlation, Math.Abs), first, second),
            first,
            second
        );
    }

    /// <summary>The correlation of a dimension with its partner, with its sign; 0 without a partner.</summary>
    public double this[int dimension] => Partner[dimension] < 0 ? 0 : Correlation[(dimension * Second) + Partner[dimension]];

    /// <summary>Mean |correlation| of the partners. Dimensions without a partner, of either model, count as 0.</summary>
    public double Mean => Math.Max(First, Second) is var d and > 0 ? Enumerable.Range(0, First).Sum(i => Math.Abs(this[i])) / d : 0;

    /// <summary>Mean |correlation| over the dimensions of the first model, weighted with their KL.</summary>
    /// <param name="klNat">KL of each dimension of the first model, nat.</param>
    public double WeightedMean(IReadOnlyList<double> klNat)
    {
        ArgumentNullException.ThrowIfNull(klNat);
        var total = klNat.Sum();
        return total > 0 ? klNat.Select((kl, i) => kl * Math.Abs(this[i])).Sum() / total : 0;
    }

    /// <summary>UDR of the two models.</summary>
    public double Ranking =>
        First > 0 && Second > 0 ? DisentanglementRanking.Of(Array.ConvertAll(Correlation, Math.Abs), First, Second) : 0;
}
