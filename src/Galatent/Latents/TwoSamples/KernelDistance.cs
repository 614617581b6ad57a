using Galatent.Numerics;

namespace Galatent.Latents.TwoSamples;

/// <summary>Maximum mean discrepancy (Gretton et al. 2012, JMLR 13, 723): the squared distance of two samples as a Gaussian kernel
/// exp(-|x - y|² / 2h²) sees them.</summary>
public static class KernelDistance
{
    // Pairs grow with the square: 2,000 rows have two million, whose median is known to a thousandth.
    private const int MedianRows = 2000;

    /// <summary>MMD² without bias. Around 0, also below, for samples of one distribution.</summary>
    /// <param name="x">Rows of the first sample, at least 2.</param>
    /// <param name="y">Rows of the second sample, at least 2.</param>
    /// <param name="width">Width h of the kernel. Fix it before looking: see <see cref="MedianDistance"/>.</param>
    public static double Unbiased(IReadOnlyList<double[]> x, IReadOnlyList<double[]> y, double width)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count < 2 || y.Count < 2)
        {
            throw new InputException($"A distance of samples needs two rows of each, but there are {x.Count} and {y.Count}.");
        }
        return (Within(x, width) / ((double)x.Count * (x.Count - 1)))
            + (Within(y, width) / ((double)y.Count * (y.Count - 1)))
            - (2 * Between(x, y, width) / ((double)x.Count * y.Count));
    }

    /// <summary>MMD² with the diagonal, never negative, and on average above 0.</summary>
    /// <inheritdoc cref="Unbiased"/>
    public static double Biased(IReadOnlyList<double[]> x, IReadOnlyList<double[]> y, double width)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return ((Within(x, width) + x.Count) / ((double)x.Count * x.Count))
            + ((Within(y, width) + y.Count) / ((double)y.Count * y.Count))
            - (2 * Between(x, y, width) / ((double)x.Count * y.Count));
    }

    /// <summary>The usual width: the median distance of two rows of the pooled samples (of the first 2,000 rows of each).</summary>
    public static double MedianDistance(IReadOnlyList<double[]> x, IReadOnlyList<double[]> y)
    {
        double[][] rows = [.. x.Take(MedianRows / 2), .. y.Take(MedianRows / 2)];
        var distances = new List<double>();
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                distances.Add(Math.Sqrt(Squared(rows[i], rows[j])));
            }
        }
        return SampleMoments.Median([.. distances]);
    }

    private static double Within(IReadOnlyList<double[]> rows, double width) => Sum(rows.Count, i => 2 * Row(rows[i], rows, i, width));

    private static double Between(IReadOnlyList<double[]> x, IReadOnlyList<double[]> y, double width) =>
        Sum(x.Count, i => Row(x[i], y, y.Count, width));

    private static double Row(double[] row, IReadOnlyList<double[]> others, int count, double width)
    {
        var sum = 0.0;
        for (var j = 0; j < count; j++)
        {
            sum += Math.Exp(-Squared(row, others[j]) / (2 * width * width));
        }
        return sum;
    }

    // Each row has its own place, and the places are added in order: the same bits for any number of threads.
    private static double Sum(int count, Func<int, double> term)
    {
        var terms = new double[count];
        Parallel.For(0, count, i => terms[i] = term(i));
        return terms.Sum();
    }

    private static double Squared(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var k = 0; k < a.Length; k++)
        {
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return sum;
    }
}
