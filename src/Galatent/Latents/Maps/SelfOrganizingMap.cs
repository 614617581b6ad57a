using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Latents.Maps;

/// <summary>
/// A self-organising map (Kohonen 2001), trained in batches as for galaxies by Teimoorinia et al. (2022): in each pass every unit becomes
/// the mean of all points, weighted by h = exp(-g²/2r²), g the distance on the grid between the unit and the point's nearest unit.
/// Nothing is random: the start lies on the plane of the two leading principal components, ties go to the lowest unit, and sums are taken
/// in a fixed order.
/// </summary>
public sealed class SelfOrganizingMap
{
    private const double StartReach = 1.5;

    // Points per partial sum. The partial sums are added in order, so the number of threads changes no bit.
    private const int Block = 1024;

    private SelfOrganizingMap(int rows, int columns, int dimension, double[] weights) =>
        (Rows, Columns, Dimension, Weights) = (rows, columns, dimension, weights);

    /// <summary>Rows of units.</summary>
    public int Rows { get; }

    /// <summary>Columns of units.</summary>
    public int Columns { get; }

    /// <summary>Coordinates per point.</summary>
    public int Dimension { get; }

    /// <summary>Number of units.</summary>
    public int UnitCount => Rows * Columns;

    /// <summary>The units, row by row of the grid; shape (units, dimension).</summary>
    public double[] Weights { get; }

    /// <summary>Unit <paramref name="u"/>: row u / columns, column u % columns.</summary>
    public ReadOnlySpan<double> this[int u] => Weights.AsSpan(u * Dimension, Dimension);

    /// <summary>Trains a map.</summary>
    /// <param name="points">Shape (n, dimension), row-major, finite. Not scaled: coordinates with more variance count more.</param>
    /// <param name="dimension">Coordinates per point, at least 1.</param>
    /// <param name="options">Size and schedule.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancel">Ends the work early.</param>
    public static SelfOrganizingMap Train(
        double[] points,
        int dimension,
        SelfOrganizingMapOptions options,
        int threads = 1,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(options);
        var map = new SelfOrganizingMap(options.Rows, options.Columns, dimension, Start(points, dimension, options));
        for (var pass = 0; pass < options.Passes; pass++)
        {
            map.Step(points, options.Radius(pass), threads, cancel);
        }
        return map;
    }

    /// <summary>A map with given units, e.g. to go on from.</summary>
    /// <param name="rows">Rows of units.</param>
    /// <param name="columns">Columns of units.</param>
    /// <param name="weights">Shape (rows × columns, dimension). Copied.</param>
    public static SelfOrganizingMap Of(int rows, int columns, ReadOnlySpan<double> weights) =>
        new(rows, columns, weights.Length / (rows * columns), weights.ToArray());

    /// <summary>One pass over the points. The units change.</summary>
    /// <param name="points">Shape (n, dimension).</param>
    /// <param name="radius">Radius r of the neighbourhood, in units of the grid.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancel">Ends the work early.</param>
    public void Step(double[] points, double radius, int threads = 1, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        var width = Dimension + 1;
        var n = points.Length / Dimension;
        var blocks = new double[(n + Block - 1) / Block][];
        Parallel.For(0, blocks.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, b =>
        {
            var sums = blocks[b] = new double[UnitCount * width];
            for (var i = b * Block; i < Math.Min(n, (b + 1) * Block); i++)
            {
                var point = points.AsSpan(i * Dimension, Dimension);
                var at = sums.AsSpan(Nearest(point).First * width, width);
                TensorPrimitives.Add(at[..Dimension], point, at[..Dimension]);
                at[Dimension]++;
            }
        });
        var total = new double[UnitCount * width];
        foreach (var block in blocks)
        {
            TensorPrimitives.Add(total, block, total);
        }
        var sum = new double[width];
        for (var u = 0; u < UnitCount; u++)
        {
            Array.Clear(sum);
            for (var v = 0; v < UnitCount; v++)
            {
                var neighbourhood = Math.Exp(-SquaredDistance(u, v) / (2 * radius * radius));
                TensorPrimitives.MultiplyAdd(total.AsSpan(v * width, width), neighbourhood, sum, sum);
            }
            // A unit whose whole neighbourhood is empty to rounding stays where it is.
            for (var d = 0; d < Dimension && sum[Dimension] > 0; d++)
            {
                Weights[(u * Dimension) + d] = sum[d] / sum[Dimension];
            }
        }
    }

    /// <summary>The nearest and the second nearest unit of a point, and the distance to the nearest.</summary>
    public (int First, int Second, double Distance) Nearest(ReadOnlySpan<double> point)
    {
        var first = 0;
        var second = -1;
        var least = double.PositiveInfinity;
        var next = double.PositiveInfinity;
        for (var u = 0; u < UnitCount; u++)
        {
            var square = 0.0;
            for (var d = 0; d < point.Length; d++)
            {
                var difference = point[d] - Weights[(u * Dimension) + d];
                square += difference * difference;
            }
            if (square < least)
            {
                (first, second, least, next) = (u, u == 0 ? -1 : first, square, least);
            }
            else if (square < next)
            {
                (second, next) = (u, square);
            }
        }
        return (first, second, Math.Sqrt(least));
    }

    /// <summary>The nearest unit of every point, and how good the map is.</summary>
    /// <param name="points">Shape (n, dimension), at least one point.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancel">Ends the work early.</param>
    public MapPlaces Place(double[] points, int threads = 1, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        var n = points.Length / Dimension;
        var units = new int[n];
        var distances = new double[n];
        var isApart = new bool[n];
        Parallel.For(0, n, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, i =>
        {
            var (first, second, distance) = Nearest(points.AsSpan(i * Dimension, Dimension));
            (units[i], distances[i]) = (first, distance);
            isApart[i] = second >= 0 && SquaredDistance(first, second) > 2;
        });
        return new MapPlaces(units, distances.Average(), isApart.Count(apart => apart) / (double)n);
    }

    /// <summary>Share of all ordered pairs of different units that are not neighbours: the topographic error by chance, 0.968 on 15 x 15
    /// units.</summary>
    public double ChanceOfApart()
    {
        var apart = 0;
        for (var u = 0; u < UnitCount; u++)
        {
            for (var v = 0; v < UnitCount; v++)
            {
                apart += SquaredDistance(u, v) > 2 ? 1 : 0;
            }
        }
        return apart / (UnitCount * (UnitCount - 1.0));
    }

    private double SquaredDistance(int u, int v)
    {
        var rows = (u / Columns) - (v / Columns);
        var columns = (u % Columns) - (v % Columns);
        return (rows * rows) + (columns * columns);
    }

    // Mean ± 1.5 standard deviations along the first component (rows) and the second (columns), each turned so that its largest entry is
    // positive.
    private static double[] Start(double[] points, int dimension, SelfOrganizingMapOptions options)
    {
        var n = points.Length / dimension;
        var mean = new double[dimension];
        var covariance = new double[dimension * dimension];
        for (var i = 0; i < n; i++)
        {
            TensorPrimitives.Add(mean, points.AsSpan(i * dimension, dimension), mean);
        }
        TensorPrimitives.Divide(mean, n, mean);
        var offset = new double[dimension];
        for (var i = 0; i < n; i++)
        {
            TensorPrimitives.Subtract(points.AsSpan(i * dimension, dimension), mean, offset);
            for (var d = 0; d < dimension; d++)
            {
                var row = covariance.AsSpan(d * dimension, dimension);
                TensorPrimitives.MultiplyAdd(offset, offset[d] / n, row, row);
            }
        }
        var (values, vectors) = SymmetricEigenvalues.WithVectors(covariance, dimension);
        double[] Axis(int k)
        {
            if (k >= dimension)
            {
                return new double[dimension];
            }
            var vector = vectors[(k * dimension)..((k + 1) * dimension)];
            var sign = Math.Sign(vector.MaxBy(Math.Abs));
            return Array.ConvertAll(vector, v => sign * v * Math.Sqrt(Math.Max(0, values[k])) * StartReach);
        }
        var along = Axis(0);
        var across = Axis(1);
        var weights = new double[options.Rows * options.Columns * dimension];
        for (var u = 0; u < options.Rows * options.Columns; u++)
        {
            var row = Place(u / options.Columns, options.Rows);
            var column = Place(u % options.Columns, options.Columns);
            for (var d = 0; d < dimension; d++)
            {
                weights[(u * dimension) + d] = mean[d] + (row * along[d]) + (column * across[d]);
            }
        }
        return weights;
    }

    // -1 ... 1 over the units of one side.
    private static double Place(int i, int count) => count == 1 ? 0 : (2.0 * i / (count - 1)) - 1;
}
