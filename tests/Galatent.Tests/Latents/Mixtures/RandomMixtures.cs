using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Mixtures;

/// <summary>Arbitrary mixtures and points for tests.</summary>
internal static class RandomMixtures
{
    public static GaussianMixture Mixture(ulong seed, int dimension, int components, double spread = 2)
    {
        var random = new RandomStream(seed, "test mixture");
        var weights = new double[components];
        var means = new double[components * dimension];
        var covariances = new double[components * dimension * dimension];
        for (var k = 0; k < components; k++)
        {
            weights[k] = 0.2 + random.NextDouble();
            var factor = new double[dimension * dimension];
            for (var i = 0; i < factor.Length; i++)
            {
                factor[i] = random.NextNormal();
            }
            for (var i = 0; i < dimension; i++)
            {
                means[k * dimension + i] = spread * random.NextNormal();
                for (var j = 0; j < dimension; j++)
                {
                    covariances[(k * dimension + i) * dimension + j] = i == j ? 0.05 : 0;
                    for (var l = 0; l < dimension; l++)
                    {
                        covariances[(k * dimension + i) * dimension + j] += factor[i * dimension + l] * factor[j * dimension + l];
                    }
                }
            }
        }
        var total = weights.Sum();
        return new GaussianMixture(dimension, [.. weights.Select(w => w / total)], means, covariances);
    }

    public static WeightedPoints Points(ulong seed, int dimension, int count, double spread = 2)
    {
        var random = new RandomStream(seed, "test points");
        var columns = new double[dimension][];
        for (var axis = 0; axis < dimension; axis++)
        {
            columns[axis] = new double[count];
            for (var i = 0; i < count; i++)
            {
                columns[axis][i] = spread * random.NextNormal() + (i % 3 == 0 ? 3 : 0);
            }
        }
        var weights = new double[count];
        for (var i = 0; i < count; i++)
        {
            weights[i] = random.NextInt(4);
        }
        weights[0] = 1;
        return WeightedPoints.Take(columns, [.. Enumerable.Range(0, count)], weights);
    }
}
