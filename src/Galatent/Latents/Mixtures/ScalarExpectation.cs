namespace Galatent.Latents.Mixtures;

/// <summary>
/// The E-step in any dimension, point by point. <see cref="PlanarExpectation"/> and <see cref="BlockExpectation"/> use it for blocks with a
/// point so far from every component that its density would underflow in their arithmetic.
/// </summary>
internal static class ScalarExpectation
{
    /// <summary>Adds the points [from, to) to the moments.</summary>
    public static void Accumulate(WeightedPoints points, int from, int to, GaussianMixture mixture, MixtureMoments moments)
    {
        var d = mixture.Dimension;
        var k = mixture.ComponentCount;
        Span<double> point = stackalloc double[d];
        Span<double> responsibilities = stackalloc double[k];
        for (var i = from; i < to; i++)
        {
            if (points.Weights[i] == 0)
            {
                continue;
            }
            Read(points, i, point);
            moments.LogLikelihood += points.Weights[i] * Responsibilities(mixture, point, responsibilities);
            for (var c = 0; c < k; c++)
            {
                Add(mixture, c, point, points.Weights[i] * responsibilities[c], moments);
            }
        }
    }

    /// <summary>Writes ln p of the points [from, to) to the destination.</summary>
    public static void LogDensity(WeightedPoints points, int from, int to, GaussianMixture mixture, Span<double> destination)
    {
        Span<double> point = stackalloc double[mixture.Dimension];
        for (var i = from; i < to; i++)
        {
            Read(points, i, point);
            destination[i - from] = mixture.LogDensity(point);
        }
    }

    /// <summary>Computes r_k = w_k N_k(x) / p(x), which sum to 1. Returns ln p(x).</summary>
    public static double Responsibilities(GaussianMixture mixture, ReadOnlySpan<double> point, Span<double> responsibilities)
    {
        var logDensity = mixture.LogDensity(point);
        for (var c = 0; c < responsibilities.Length; c++)
        {
            responsibilities[c] = Math.Exp(mixture.LogTerm(c, point) - logDensity);
        }
        return logDensity;
    }

    private static void Read(WeightedPoints points, int i, Span<double> point)
    {
        for (var axis = 0; axis < point.Length; axis++)
        {
            point[axis] = points.Columns[axis][i];
        }
    }

    private static void Add(GaussianMixture mixture, int component, ReadOnlySpan<double> point, double weight, MixtureMoments moments)
    {
        var d = mixture.Dimension;
        Span<double> u = stackalloc double[d];
        moments.Mass[component] += weight;
        for (var row = 0; row < d; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                u[row] += mixture.Whiteners[(component * d + row) * d + column] * (point[column] - mixture.Means[component * d + column]);
            }
            moments.First[component * d + row] += weight * u[row];
            for (var column = 0; column <= row; column++)
            {
                moments.Second[(component * d + row) * d + column] += weight * u[row] * u[column];
            }
        }
    }
}
