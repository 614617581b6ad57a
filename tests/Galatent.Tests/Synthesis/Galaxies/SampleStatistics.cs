namespace Galatent.Tests.Synthesis.Galaxies;

/// <summary>Sample statistics written out as in the textbooks, for checking distributions.</summary>
internal static class SampleStatistics
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
    }

    public static double StandardDeviation(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }

    /// <summary>Spearman's rank correlation; ties are too few here to matter.</summary>
    public static double Spearman(double[] x, double[] y)
    {
        var rankX = Ranks(x);
        var rankY = Ranks(y);
        var n = (double)x.Length;
        var squares = rankX.Zip(rankY, (a, b) => ((double)a - b) * ((double)a - b)).Sum();
        return 1 - (6 * squares / (n * ((n * n) - 1)));
    }

    /// <summary>Probability of a greater Kolmogorov-Smirnov distance between two samples of one distribution (Smirnov 1948; Stephens's
    /// correction, JRSS B 32, 115).</summary>
    public static double KolmogorovSmirnovProbability(double[] x, double[] y)
    {
        var a = x.Order().ToArray();
        var b = y.Order().ToArray();
        var i = 0;
        var j = 0;
        var distance = 0.0;
        while (i < a.Length && j < b.Length)
        {
            var value = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= value)
            {
                i++;
            }
            while (j < b.Length && b[j] <= value)
            {
                j++;
            }
            distance = Math.Max(distance, Math.Abs(((double)i / a.Length) - ((double)j / b.Length)));
        }
        var root = Math.Sqrt((double)a.Length * b.Length / (a.Length + b.Length));
        var lambda = (root + 0.12 + (0.11 / root)) * distance;
        var probability = 2 * Enumerable.Range(1, 100).Sum(k => (k % 2 == 1 ? 1 : -1) * Math.Exp(-2.0 * k * k * lambda * lambda));
        return lambda < 0.2 ? 1 : Math.Clamp(probability, 0, 1);
    }

    private static int[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort((double[])values.Clone(), order);
        var ranks = new int[values.Length];
        for (var rank = 0; rank < order.Length; rank++)
        {
            ranks[order[rank]] = rank;
        }
        return ranks;
    }
}
