using System.Numerics;

namespace Galatent.Latents.Dimensionality;

/// <summary>Euclidean distances of each point to its nearest neighbours, in double precision, by comparing all pairs: above some ten
/// dimensions no tree is faster.</summary>
public static class NeighbourDistances
{
    // Coordinates between two looks at the limit.
    private const int Stride = 8;

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
        var columns = Columns(points, dimension, n);
        var distances = new double[n * neighbours];
        Parallel.For(0, n, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, i =>
        {
            var own = points.AsSpan(i * dimension, dimension);
            var nearest = distances.AsSpan(i * neighbours, neighbours);
            nearest.Fill(double.PositiveInfinity);
            for (var j = 0; j < n; j += Vector<double>.Count)
            {
                if (TrySquares(columns, own, j, nearest[^1], out var squares))
                {
                    for (var lane = 0; lane < Vector<double>.Count; lane++)
                    {
                        Insert(nearest, j + lane == i ? double.PositiveInfinity : squares[lane]);
                    }
                }
            }
            for (var k = 0; k < neighbours; k++)
            {
                nearest[k] = Math.Sqrt(nearest[k]);
            }
        });
        return distances;
    }

    // Squared distances of a point to several others, unless the first coordinates already put all of them beyond the limit. Coordinates
    // along principal directions fall in size, so most groups end early.
    private static bool TrySquares(double[][] columns, ReadOnlySpan<double> own, int j, double limit, out Vector<double> squares)
    {
        squares = Vector<double>.Zero;
        for (var from = 0; from < columns.Length; from += Stride)
        {
            for (var d = from; d < Math.Min(columns.Length, from + Stride); d++)
            {
                var difference = new Vector<double>(columns[d], j) - new Vector<double>(own[d]);
                squares += difference * difference;
            }
            if (!Vector.LessThanAny(squares, new Vector<double>(limit)))
            {
                return false;
            }
        }
        return true;
    }

    // One array for each coordinate, so that several points are compared at once. The padding is infinitely far away.
    private static double[][] Columns(double[] points, int dimension, int n)
    {
        var padded = (n + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        var columns = new double[dimension][];
        for (var d = 0; d < dimension; d++)
        {
            columns[d] = new double[padded];
            Array.Fill(columns[d], double.PositiveInfinity);
            for (var i = 0; i < n; i++)
            {
                columns[d][i] = points[(i * dimension) + d];
            }
        }
        return columns;
    }

    private static void Insert(Span<double> nearest, double square)
    {
        if (square >= nearest[^1])
        {
            return;
        }
        var place = nearest.Length - 1;
        while (place > 0 && nearest[place - 1] > square)
        {
            nearest[place] = nearest[place - 1];
            place--;
        }
        nearest[place] = square;
    }
}
