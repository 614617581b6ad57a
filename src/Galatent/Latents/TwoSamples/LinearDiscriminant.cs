using Galatent.Numerics;

namespace Galatent.Latents.TwoSamples;

/// <summary>Fisher's linear discriminant (1936): the direction S⁻¹ (mean of one sample - mean of the other), S the pooled
/// covariance.</summary>
internal static class LinearDiscriminant
{
    // Of the trace: a column without spread must not make S singular.
    private const double Ridge = 1e-9;

    /// <summary>The direction, shape (d).</summary>
    public static double[] Direction(double[][] rows, bool[] isFirst, int[] fitted)
    {
        var d = rows[0].Length;
        double[][] means = [new double[d], new double[d]];
        var counts = new int[2];
        foreach (var r in fitted)
        {
            var kind = isFirst[r] ? 0 : 1;
            counts[kind]++;
            for (var k = 0; k < d; k++)
            {
                means[kind][k] += rows[r][k];
            }
        }
        for (var kind = 0; kind < 2; kind++)
        {
            for (var k = 0; k < d; k++)
            {
                means[kind][k] /= Math.Max(1, counts[kind]);
            }
        }
        var scatter = new double[d * d];
        foreach (var r in fitted)
        {
            var mean = means[isFirst[r] ? 0 : 1];
            for (var i = 0; i < d; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    scatter[(i * d) + j] += (rows[r][i] - mean[i]) * (rows[r][j] - mean[j]);
                }
            }
        }
        var trace = Enumerable.Range(0, d).Sum(i => scatter[(i * d) + i]);
        for (var i = 0; i < d; i++)
        {
            scatter[(i * d) + i] += Ridge * (trace > 0 ? trace : 1);
        }
        var factor = new double[d * d];
        var difference = means[0].Zip(means[1], (a, b) => a - b).ToArray();
        if (Cholesky.TryFactor(scatter, d, factor))
        {
            Cholesky.Solve(factor, d, difference);
        }
        return difference;
    }
}
