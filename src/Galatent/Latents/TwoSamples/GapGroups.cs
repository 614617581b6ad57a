using Galatent.Latents.Matching;
using Galatent.Latents.Outliers;
using Galatent.Numerics;

namespace Galatent.Latents.TwoSamples;

/// <summary>Which mocks copy which real spectrum: they stand in one fold, and exchange labels only among themselves. Mocks that copy no
/// known spectrum are groups of their own.</summary>
internal sealed class GapGroups
{
    // So many that the smallest probability stands out among fifty dimensions with three tests each. A probability that twenty permutations
    // reach is known well enough before (Besag and Clifford 1991).
    private const int Permutations = 9999;
    private const int Enough = 20;

    public GapGroups(int realCount, int[]? copiedRows)
    {
        Real = copiedRows is null ? null : [.. Enumerable.Range(0, realCount)];
        Mock = copiedRows?.Select((r, k) => r >= 0 && r < realCount ? r : realCount + k).ToArray();
    }

    /// <summary>Group of each real spectrum; null when nothing is known.</summary>
    public int[]? Real { get; }

    /// <summary>Group of each mock; null when nothing is known.</summary>
    public int[]? Mock { get; }

    /// <summary>Compares one dimension.</summary>
    public DimensionGap Dimension(int dimension, double[] real, double[] mock, ulong seed)
    {
        var (mean, deviation) = (SampleMoments.Mean(mock), SampleMoments.Deviation(mock));
        var spread = real.Length > 1 ? SampleMoments.Deviation(real) : double.NaN;
        double[] sorted = [.. mock.Order()];
        double Quantile(double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
        var (low, high) = (Quantile(0.01), Quantile(0.99));
        var area = RankingArea.Of(real, mock).Value;
        return new DimensionGap(
            dimension,
            (SampleMoments.Mean(real) - mean) / deviation,
            Math.Sqrt((spread * spread / real.Length) + (deviation * deviation / mock.Length)) / deviation,
            spread / deviation,
            Math.Sqrt(LogSpreadVariance(real) + LogSpreadVariance(mock)),
            area,
            PValue(real, mock, seed),
            real.Count(v => v < low || v > high) / (double)real.Length
        )
        {
            RealCount = real.Length,
        };
    }

    // Jackknife variance of the logarithm of the standard deviation. The formula for normal values called 15 of 16 dimensions of eight
    // spectra different because of one of them, 65 deviations away.
    private static double LogSpreadVariance(double[] values)
    {
        var n = values.Length;
        if (n < 3)
        {
            return double.PositiveInfinity;
        }
        var mean = SampleMoments.Mean(values);
        var squares = values.Sum(v => (v - mean) * (v - mean));
        // Without one value, the sum of squares about the new mean.
        double[] without = Array.ConvertAll(values, v => 0.5 * Math.Log((squares - ((v - mean) * (v - mean) * n / (n - 1))) / (n - 2)));
        var center = SampleMoments.Mean(without);
        return (n - 1.0) / n * without.Sum(w => (w - center) * (w - center));
    }

    // The area less one half is the sum of the ranks of one sample about their mean, but for a factor (Mann and Whitney 1947). Half ranks
    // are exact, so a permutation needs no sorting, and equal areas are equal.
    private double PValue(double[] real, double[] mock, ulong seed)
    {
        var ranks = RankCorrelation.Ranks([.. real, .. mock]);
        int[] groups = Real is null ? new int[ranks.Length] : [.. Real, .. Mock!];
        (double[] Ranks, int OfReal)[] members =
        [
            .. Enumerable
                .Range(0, ranks.Length)
                .GroupBy(r => groups[r])
                .Select(g => (g.Select(r => ranks[r]).ToArray(), g.Count(r => r < real.Length))),
        ];
        var found = Math.Abs(ranks.Take(real.Length).Sum());
        var reached = 0;
        for (var p = 0; p < Permutations; p++)
        {
            var stream = new RandomStream(seed, "labels of one dimension", (ulong)p);
            var sum = 0.0;
            foreach (var (own, ofReal) in members)
            {
                sum += SumOfSome(own, ofReal, ref stream);
            }
            reached += Math.Abs(sum) >= found ? 1 : 0;
            if (reached == Enough)
            {
                return Enough / (p + 1.0);
            }
        }
        return (1.0 + reached) / (1 + Permutations);
    }

    // Sum of some ranks drawn without replacement. The order that a draw leaves behind is as good for the next as any other.
    private static double SumOfSome(double[] ranks, int count, ref RandomStream stream)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            var j = i + stream.NextInt(ranks.Length - i);
            (ranks[i], ranks[j]) = (ranks[j], ranks[i]);
            sum += ranks[i];
        }
        return sum;
    }
}
