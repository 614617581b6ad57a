using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>
/// A smooth increasing map that makes a column nearly normal, with as few knots as the data allow. At a knot, a value gets the normal
/// quantile of its rank. Between knots the map is a monotone cubic (Fritsch and Butland 1984, SIAM J. Sci. Stat. Comput. 5, 300). A knot is
/// added where the ranks deviate from the curve by more than chance (Kolmogorov's distance).
/// Outliers, heavy tails, spikes and ties get the scores of their ranks. A column that is already normal hardly changes.
/// </summary>
/// <remarks>
/// Ranks alone would treat the tails well. But each rank moves with its neighbours: at the scale of a few points, the ranks of two columns
/// jitter independently, which blurs a narrow relation.
/// The test compares with the mean true log ratio of the same 2,000 rows. With ranks, the estimates were too low by 0.012 nat at rho = 0.99
/// (1.96 nat), 0.019 (Weinman 0.3, 0.87 nat) and 0.046 (Weinman 0.1, 1.74 nat). With the exact map of the distribution they were too low by
/// 0.000, 0.005 and 0.008.
/// </remarks>
internal static class NormalScores
{
    // By chance, Kolmogorov's distance times sqrt(m) exceeds this in 5 % of segments.
    private const double Critical = 1.36;

    /// <summary>Distance inserted between clusters, in standard deviations.</summary>
    internal const double Gap = 2;

    /// <summary>Normal quantiles of (rank + 1/2) / n, ascending.</summary>
    public static double[] OfRanks(int n)
    {
        var scores = new double[n];
        for (var i = 0; i < n / 2; i++)
        {
            scores[i] = NormalDistribution.Quantile((i + 0.5) / n);
            scores[n - 1 - i] = -scores[i];
        }
        return scores;
    }

    /// <summary>
    /// The scores of ascending finite values, ascending. Tied values are spread over the gap to their neighbours, in the given order.
    /// Clusters with nothing between them are separated by <see cref="Gap"/>. Their ranks would put them side by side, with a sharp edge
    /// (two clusters with 0.611 nat gave 0.579).
    /// </summary>
    public static double[] Of(double[] ascending)
    {
        if (ascending.Length < 2)
        {
            return OfRanks(ascending.Length);
        }
        var values = SpreadTies(ascending);
        return Part(values, Map(values));
    }

    // A gap counts as a separation when it is wider than chance allows: three times the width of the nearest hundredth of the rows on
    // either side.
    private static double[] Part(double[] values, double[] scores)
    {
        var side = Math.Max(10, values.Length / 100);
        var shift = 0.0;
        for (var i = side; i < values.Length; i++)
        {
            if (i <= values.Length - side)
            {
                var below = (0.5 * values[i - 1]) - (0.5 * values[i - side]);
                var gap = (0.5 * values[i]) - (0.5 * values[i - 1]);
                var above = (0.5 * values[i + side - 1]) - (0.5 * values[i]);
                shift += gap > 3 * Math.Max(below, above) ? Gap : 0;
            }
            scores[i] += shift;
        }
        return scores;
    }

    /// <summary>The scores of strictly ascending values before clusters are separated: nearly normal.</summary>
    internal static double[] Map(double[] values)
    {
        var ranks = OfRanks(values.Length);
        var scores = new double[values.Length];
        List<int> knots = [0, values.Length - 1];
        while (true)
        {
            Curve(values, ranks, knots, scores);
            var further = Farthest(ranks, knots, scores);
            if (further.Count == 0)
            {
                return scores;
            }
            knots.AddRange(further);
            knots.Sort();
        }
    }

    // For every segment, the point that deviates most from the curve, if it deviates by more than chance.
    private static List<int> Farthest(double[] ranks, List<int> knots, double[] scores)
    {
        var found = new List<int>();
        for (var k = 1; k < knots.Count; k++)
        {
            var farthest = Critical * Math.Sqrt(knots[k] - knots[k - 1]) / ranks.Length;
            var knot = -1;
            for (var i = knots[k - 1] + 1; i < knots[k]; i++)
            {
                // A difference of scores times the normal density is a difference of probabilities.
                var distance = Math.Abs(scores[i] - ranks[i]) * Math.Exp(-0.5 * ranks[i] * ranks[i]) * 0.3989422804014327;
                if (distance > farthest)
                {
                    (farthest, knot) = (distance, i);
                }
            }
            if (knot >= 0)
            {
                found.Add(knot);
            }
        }
        return found;
    }

    private static void Curve(double[] values, double[] ranks, List<int> knots, double[] scores)
    {
        // Half widths, so that no difference overflows. A slope of 0 marks a segment in which no curve can be drawn; it keeps its ranks.
        var widths = new double[knots.Count - 1];
        var slopes = new double[knots.Count - 1];
        for (var k = 0; k < slopes.Length; k++)
        {
            widths[k] = (0.5 * values[knots[k + 1]]) - (0.5 * values[knots[k]]);
            var slope = (ranks[knots[k + 1]] - ranks[knots[k]]) / widths[k];
            slopes[k] = slope is > 1e-300 and < 1e300 ? slope : 0;
        }
        for (var k = 0; k < slopes.Length; k++)
        {
            var from = knots[k];
            var to = knots[k + 1];
            var left = Tangent(k - 1, k);
            var right = Tangent(k, k + 1);
            (scores[from], scores[to]) = (ranks[from], ranks[to]);
            for (var i = from + 1; i < to; i++)
            {
                var t = ((0.5 * values[i]) - (0.5 * values[from])) / widths[k];
                var score =
                    ranks[from]
                    + (widths[k] * t * (left + (t * ((3 * slopes[k]) - (2 * left) - right + (t * (left + right - (2 * slopes[k])))))));
                // The curve increases, but rounding errors could make it decrease.
                scores[i] = slopes[k] > 0 ? Math.Clamp(score, scores[i - 1], ranks[to]) : ranks[i];
            }
        }

        // Between two segments: the weighted harmonic mean of their slopes. At the ends, and beside segments that keep their ranks: the
        // segment's own slope.
        double Tangent(int a, int b)
        {
            if (a < 0 || b == slopes.Length || slopes[a] == 0 || slopes[b] == 0)
            {
                return slopes[Math.Clamp(a < 0 || slopes[a] == 0 ? b : a, 0, slopes.Length - 1)];
            }
            var ratio = Math.Min(widths[b] / widths[a], 1e300);
            var weight = (1 + (2 * ratio)) / (3 * (1 + ratio));
            return 1 / ((weight / slopes[a]) + ((1 - weight) / slopes[b]));
        }
    }

    internal static double[] SpreadTies(double[] ascending)
    {
        var values = (double[])ascending.Clone();
        for (var from = 0; from < values.Length; )
        {
            var to = from + 1;
            while (to < values.Length && ascending[to] == ascending[from])
            {
                to++;
            }
            if (to > from + 1)
            {
                var below = from > 0 ? (0.5 * ascending[from]) - (0.5 * ascending[from - 1]) : 0;
                var above = to < values.Length ? (0.5 * ascending[to]) - (0.5 * ascending[from]) : 0;
                for (var i = from; i < to; i++)
                {
                    var place = (i - from + 0.5) / (to - from);
                    values[i] += place < 0.5 ? -2 * (0.5 - place) * below : 2 * (place - 0.5) * above;
                }
            }
            from = to;
        }
        return values;
    }
}
