using Galatent.Latents.Matching;
using Galatent.Latents.Outliers;
using Galatent.Numerics;

namespace Galatent.Latents.TwoSamples;

/// <summary>Which mocks copy which real spectrum: they stand in one fold, and exchange labels only among themselves. Mocks that copy no
/// known spectrum are groups of their own.</summary>
internal sealed class GapGroups
{
    // So many that the smallest probability stands out among fifty dimensions with two tests each. A probability that twenty permutations
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
    /// <param name="dimension">Its number.</param>
    /// <param name="real">Its values of the real spectra.</param>
    /// <param name="mock">Its values of the mocks.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="cancellation">Ends the work.</param>
    public DimensionGap Dimension(int dimension, double[] real, double[] mock, ulong seed, CancellationToken cancellation = default)
    {
        var (mean, deviation) = (SampleMoments.Mean(mock), SampleMoments.Deviation(mock));
        var spread = real.Length > 1 ? SampleMoments.Deviation(real) : double.NaN;
        double[] sorted = [.. mock.Order()];
        double Quantile(double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
        var (low, high) = (Quantile(0.01), Quantile(0.99));
        var area = RankingArea.Of(real, mock).Value;
        var (place, width) = PValues(real, mock, seed, cancellation);
        return new DimensionGap(
            dimension,
            (SampleMoments.Mean(real) - mean) / deviation,
            Math.Sqrt((spread * spread / real.Length) + (deviation * deviation / mock.Length)) / deviation,
            spread / deviation,
            Math.Sqrt(LogSpreadVariance(real) + LogSpreadVariance(mock)),
            area,
            place,
            width,
            real.Count(v => v < low || v > high) / (double)real.Length
        );
    }

    // Jackknife variance of the logarithm of the standard deviation: latents have heavier tails than the formula for normal values allows.
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

    // The area less one half is the sum of the ranks of one sample about their mean, but for a factor (Mann and Whitney 1947); squares of
    // these ranks tell the spread (Mood 1954). A permutation needs no sorting.
    private (double Place, double Width) PValues(double[] real, double[] mock, ulong seed, CancellationToken cancellation)
    {
        var ranks = RankCorrelation.Ranks([.. real, .. mock]);
        int[] groups = Real is null ? new int[ranks.Length] : [.. Real, .. Mock!];
        Exchange[] exchanges =
        [
            .. Enumerable
                .Range(0, ranks.Length)
                .GroupBy(r => groups[r])
                .Select(g => new Exchange([.. g.Select(r => ranks[r])], g.Count(r => r < real.Length)))
                .Where(e => e.IsPossible),
        ];
        var place = new Tail(exchanges.Sum(e => e.Found.Rank));
        var width = new Tail(exchanges.Sum(e => e.Found.Square));
        for (var p = 0; p < Permutations && !(place.IsKnown && width.IsKnown); p++)
        {
            cancellation.ThrowIfCancellationRequested();
            var stream = new RandomStream(seed, "labels of one dimension", (ulong)p);
            var (rank, square) = (0.0, 0.0);
            foreach (var exchange in exchanges)
            {
                var drawn = exchange.Draw(ref stream);
                (rank, square) = (rank + drawn.Rank, square + drawn.Square);
            }
            place.Add(rank);
            width.Add(square);
        }
        return (place.PValue, width.PValue);
    }

    // How often chance lies as far from zero as what was found.
    private sealed class Tail(double found)
    {
        // Sums in another order differ in the last digits.
        private readonly double _least = Math.Abs(found) * (1 - 1e-12);
        private int _tried;
        private int _reached;

        public bool IsKnown => _reached == Enough;

        public double PValue => IsKnown ? Enough / (double)_tried : (1.0 + _reached) / (1 + _tried);

        public void Add(double value)
        {
            if (!IsKnown)
            {
                _tried++;
                _reached += Math.Abs(value) >= _least ? 1 : 0;
            }
        }
    }

    // Spectra that may exchange their labels: real ones first.
    private sealed class Exchange
    {
        private readonly double[] _ranks;
        private readonly double[] _squares;
        private readonly int _real;

        public Exchange(double[] ranks, int real)
        {
            double[] Centred(double[] values) => values.Average() is var mean ? Array.ConvertAll(values, v => v - mean) : values;
            (_ranks, _squares, _real) = (Centred(ranks), Centred(Array.ConvertAll(ranks, r => r * r)), real);
            Found = (_ranks.Take(real).Sum(), _squares.Take(real).Sum());
        }

        public bool IsPossible => _real > 0 && _real < _ranks.Length;

        /// <summary>Sums of the real ones, about what chance expects.</summary>
        public (double Rank, double Square) Found { get; }

        // Some drawn without replacement. The order that a draw leaves behind is as good for the next as any other.
        public (double Rank, double Square) Draw(ref RandomStream stream)
        {
            var (rank, square) = (0.0, 0.0);
            for (var i = 0; i < _real; i++)
            {
                var j = i + stream.NextInt(_ranks.Length - i);
                (_ranks[i], _ranks[j]) = (_ranks[j], _ranks[i]);
                (_squares[i], _squares[j]) = (_squares[j], _squares[i]);
                (rank, square) = (rank + _ranks[i], square + _squares[i]);
            }
            return (rank, square);
        }
    }
}
