using Galatent.Numerics;

namespace Galatent.Latents.Mixtures;

/// <summary>
/// Starts for EM. None of them is near the saddle point where all components coincide: there the gain per iteration is so small that EM
/// stops at once. (A noisy ring of 10,000 points, started from random responsibilities, ended with one component and no mutual
/// information.)
/// </summary>
internal static class MixtureStarts
{
    private const int LloydIterations = 4;

    /// <summary>The single normal distribution, which needs no iteration.</summary>
    public static GaussianMixture Single(WeightedPoints points, CovariancePrior prior)
    {
        var mean = DataMoments.Mean(points);
        var covariance = DataMoments.Covariance(points, mean);
        for (var i = 0; i < covariance.Length; i++)
        {
            covariance[i] += prior.Scatter[i] / points.TotalWeight;
        }
        return new GaussianMixture(points.Dimension, [1], mean, covariance);
    }

    /// <summary>Hard clusters: k-means++ seeds (Arthur and Vassilvitskii 2007), a few Lloyd iterations, then the moments of each cluster's
    /// points.</summary>
    public static GaussianMixture KMeans(WeightedPoints points, int components, CovariancePrior prior, ref RandomStream random)
    {
        var d = points.Dimension;
        var centres = SeedCentres(points, components, ref random);
        var members = new int[points.Count];
        for (var iteration = 0; iteration < LloydIterations; iteration++)
        {
            Assign(points, centres, members);
            MoveCentres(points, members, centres);
        }
        Assign(points, centres, members);
        var unit = Unit(d, components, centres);
        var moments = new MixtureMoments(components, d);
        Span<double> u = stackalloc double[d];
        for (var i = 0; i < points.Count; i++)
        {
            var k = members[i];
            moments.Mass[k] += points.Weights[i];
            for (var row = 0; row < d; row++)
            {
                u[row] = points.Columns[row][i] - centres[k * d + row];
                moments.First[k * d + row] += points.Weights[i] * u[row];
                for (var column = 0; column <= row; column++)
                {
                    moments.Second[(k * d + row) * d + column] += points.Weights[i] * u[row] * u[column];
                }
            }
        }
        return ExpectationMaximization.Maximize(unit, moments, prior);
    }

    /// <summary>The directions along which splits are tried: both principal axes in the plane of every two coordinates.</summary>
    public static SplitDirection[] Directions(int dimension)
    {
        if (dimension == 1)
        {
            return [new SplitDirection(0, 0, false)];
        }
        var directions = new List<SplitDirection>();
        for (var i = 0; i < dimension; i++)
        {
            for (var j = i + 1; j < dimension; j++)
            {
                directions.AddRange([new SplitDirection(i, j, false), new SplitDirection(i, j, true)]);
            }
        }
        return [.. directions];
    }

    /// <summary>
    /// Replaces a component by two along one of the principal axes of its covariance. The means are m +- 0.7 s e and the variance along the
    /// axis is reduced to 0.51 s^2, so the pair has the moments of the original.
    /// </summary>
    public static GaussianMixture Split(GaussianMixture mixture, int component, SplitDirection direction)
    {
        const double Offset = 0.7;
        var d = mixture.Dimension;
        var k = mixture.ComponentCount;
        var axis = PrincipalAxis(mixture.Covariances.AsSpan(component * d * d, d * d), d, direction);
        double[] weights = [.. mixture.Weights, mixture.Weights[component] / 2];
        weights[component] /= 2;
        double[] means = [.. mixture.Means, .. mixture.Means.AsSpan(component * d, d)];
        double[] covariances = [.. mixture.Covariances, .. mixture.Covariances.AsSpan(component * d * d, d * d)];
        for (var row = 0; row < d; row++)
        {
            means[component * d + row] -= Offset * axis[row];
            means[k * d + row] += Offset * axis[row];
            for (var column = 0; column < d; column++)
            {
                var removed = Offset * Offset * axis[row] * axis[column];
                covariances[(component * d + row) * d + column] -= removed;
                covariances[(k * d + row) * d + column] -= removed;
            }
        }
        return new GaussianMixture(d, weights, means, covariances);
    }

    // The covariance's regression on its longest or shortest axis in the plane (i, j): C e / sqrt(e^T C e). For an eigenvector this is s e.
    private static double[] PrincipalAxis(ReadOnlySpan<double> covariance, int d, SplitDirection direction)
    {
        var (i, j, minor) = direction;
        var angle =
            i == j
                ? 0
                : 0.5 * Math.Atan2(2 * covariance[i * d + j], covariance[i * d + i] - covariance[j * d + j]) + (minor ? Math.PI / 2 : 0);
        var (sin, cos) = i == j ? (0, 1) : Math.SinCos(angle);
        var axis = new double[d];
        for (var row = 0; row < d; row++)
        {
            axis[row] = covariance[row * d + i] * cos + covariance[row * d + j] * sin;
        }
        var length = Math.Sqrt(axis[i] * cos + axis[j] * sin);
        return Array.ConvertAll(axis, value => value / length);
    }

    private static GaussianMixture Unit(int d, int components, double[] centres)
    {
        var covariances = new double[components * d * d];
        for (var k = 0; k < components; k++)
        {
            for (var row = 0; row < d; row++)
            {
                covariances[(k * d + row) * d + row] = 1;
            }
        }
        var weights = new double[components];
        Array.Fill(weights, 1.0 / components);
        return new GaussianMixture(d, weights, centres, covariances);
    }

    private static double[] SeedCentres(WeightedPoints points, int components, ref RandomStream random)
    {
        var d = points.Dimension;
        var centres = new double[components * d];
        var distances = new double[points.Count];
        Array.Fill(distances, double.PositiveInfinity);
        var chosen = random.NextInt(points.Count);
        for (var k = 0; ; k++)
        {
            for (var axis = 0; axis < d; axis++)
            {
                centres[k * d + axis] = points.Columns[axis][chosen];
            }
            if (k == components - 1)
            {
                return centres;
            }
            var total = 0.0;
            for (var i = 0; i < distances.Length; i++)
            {
                distances[i] = Math.Min(distances[i], SquaredDistance(points, i, centres, k));
                total += points.Weights[i] * distances[i];
            }
            var left = random.NextDouble() * total;
            chosen = 0;
            while (chosen < distances.Length - 1 && (left -= points.Weights[chosen] * distances[chosen]) > 0)
            {
                chosen++;
            }
        }
    }

    private static void Assign(WeightedPoints points, double[] centres, int[] members)
    {
        var components = centres.Length / points.Dimension;
        for (var i = 0; i < members.Length; i++)
        {
            var nearest = double.PositiveInfinity;
            for (var k = 0; k < components; k++)
            {
                var distance = SquaredDistance(points, i, centres, k);
                if (distance < nearest)
                {
                    (nearest, members[i]) = (distance, k);
                }
            }
        }
    }

    private static void MoveCentres(WeightedPoints points, int[] members, double[] centres)
    {
        var d = points.Dimension;
        var sums = new double[centres.Length];
        var masses = new double[centres.Length / d];
        for (var i = 0; i < members.Length; i++)
        {
            masses[members[i]] += points.Weights[i];
            for (var axis = 0; axis < d; axis++)
            {
                sums[members[i] * d + axis] += points.Weights[i] * points.Columns[axis][i];
            }
        }
        for (var c = 0; c < centres.Length; c++)
        {
            centres[c] = masses[c / d] > 0 ? sums[c] / masses[c / d] : centres[c];
        }
    }

    private static double SquaredDistance(WeightedPoints points, int i, double[] centres, int k)
    {
        var sum = 0.0;
        for (var axis = 0; axis < points.Dimension; axis++)
        {
            var difference = points.Columns[axis][i] - centres[k * points.Dimension + axis];
            sum += difference * difference;
        }
        return sum;
    }
}
