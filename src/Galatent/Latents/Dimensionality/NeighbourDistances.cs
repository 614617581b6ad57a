using System.Numerics.Tensors;

namespace Galatent.Latents.Dimensionality;

/// <summary>Euclidean distances of each point to its nearest neighbours, in double precision, by comparing all pairs: above some ten
/// dimensions no tree is faster.</summary>
public static class NeighbourDistances
{
    /// <summary>The distances, ascending for each point; shape (n, neighbours). A point is not its own neighbour.</summary>
    /// <param name="points">Shape (n, dimension), row-major.</param>
    /// <param name="dimension">Coordinates per point.</param>
    /// <param name="neighbours">How many, at least 1 and fewer than the points.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancel">Ends the work early.</param>
    public static double[] Of(double[] points, int dimension, int neighbours, int threads = 1, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        var n = points.Length / dimension;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(neighbours);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(neighbours, n);
        var distances = new double[n * neighbours];
        Parallel.For(0, n, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, i =>
        {
            var own = points.AsSpan(i * dimension, dimension);
            var nearest = distances.AsSpan(i * neighbours, neighbours);
            nearest.Fill(double.PositiveInfinity);
            for (var j = 0; j < n; j++)
            {
                if (j != i)
                {
                    Insert(nearest, TensorPrimitives.Distance<double>(own, points.AsSpan(j * dimension, dimension)));
                }
            }
        });
        return distances;
    }

    private static void Insert(Span<double> nearest, double distance)
    {
        if (distance >= nearest[^1])
        {
            return;
        }
        var place = nearest.Length - 1;
        while (place > 0 && nearest[place - 1] > distance)
        {
            nearest[place] = nearest[place - 1];
            place--;
        }
        nearest[place] = distance;
    }
}
