namespace Galatent.Latents.Matching;

/// <summary>Spearman's rank correlation: the correlation of ranks, with the mean rank for equal values.</summary>
public static class RankCorrelation
{
    /// <summary>The correlation of two columns, -1 to 1; 0 when one is constant.</summary>
    /// <param name="x">First column.</param>
    /// <param name="y">Second column, as long.</param>
    public static double Of(double[] x, double[] y) => OfRanks(Ranks(x), Ranks(y));

    /// <summary>What it is for normal variables of correlation <paramref name="rho"/>: (6/π) asin(rho/2) (Pearson 1907).</summary>
    public static double OfNormal(double rho) => 6 / Math.PI * Math.Asin(rho / 2);

    /// <summary>Ranks about their mean, equal values sharing theirs.</summary>
    internal static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort((double[])values.Clone(), order);
        var ranks = new double[values.Length];
        for (var from = 0; from < order.Length; )
        {
            var to = from + 1;
            while (to < order.Length && values[order[to]] == values[order[from]])
            {
                to++;
            }
            for (var i = from; i < to; i++)
            {
                ranks[order[i]] = (0.5 * (from + to - 1)) - (0.5 * (values.Length - 1));
            }
            from = to;
        }
        return ranks;
    }

    /// <summary>The correlation of two columns of <see cref="Ranks"/>.</summary>
    internal static double OfRanks(double[] x, double[] y)
    {
        var xy = 0.0;
        var xx = 0.0;
        var yy = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            xy += x[i] * y[i];
            xx += x[i] * x[i];
            yy += y[i] * y[i];
        }
        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : 0;
    }
}
