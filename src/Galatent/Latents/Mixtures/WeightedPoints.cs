namespace Galatent.Latents.Mixtures;

/// <summary>
/// Points with weights, one array per coordinate. The arrays are padded to whole vectors: the padding repeats the first point with weight
/// 0.
/// A bootstrap resample consists of the distinct points, with their multiplicities as weights.
/// </summary>
internal sealed class WeightedPoints
{
    /// <summary>All arrays are padded to a multiple of this many points.</summary>
    public const int Padding = 8;

    private WeightedPoints(double[][] columns, double[] weights, int count, double total) =>
        (Columns, Weights, Count, TotalWeight) = (columns, weights, count, total);

    /// <summary>One padded array per coordinate.</summary>
    public double[][] Columns { get; }

    /// <summary>Padded weights.</summary>
    public double[] Weights { get; }

    /// <summary>Number of points without the padding.</summary>
    public int Count { get; }

    /// <summary>Sum of the weights.</summary>
    public double TotalWeight { get; }

    /// <summary>Number of coordinates.</summary>
    public int Dimension => Columns.Length;

    /// <summary>Takes some rows of a table.</summary>
    /// <param name="columns">One array per coordinate.</param>
    /// <param name="rows">Which rows, at least one.</param>
    /// <param name="weights">A weight for each row; empty for weights of 1.</param>
    public static WeightedPoints Take(double[][] columns, ReadOnlySpan<int> rows, ReadOnlySpan<double> weights = default)
    {
        var padded = (rows.Length + Padding - 1) / Padding * Padding;
        var taken = new double[columns.Length][];
        for (var c = 0; c < columns.Length; c++)
        {
            taken[c] = new double[padded];
            for (var i = 0; i < padded; i++)
            {
                taken[c][i] = columns[c][rows[i < rows.Length ? i : 0]];
            }
        }
        var copied = new double[padded];
        var total = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            copied[i] = weights.IsEmpty ? 1 : weights[i];
            total += copied[i];
        }
        return new WeightedPoints(taken, copied, rows.Length, total);
    }

    /// <summary>All rows of a table with weight 1.</summary>
    public static WeightedPoints Of(double[][] columns) => Take(columns, [.. Enumerable.Range(0, columns[0].Length)]);

    /// <summary>The same points with only some of the coordinates. Nothing is copied.</summary>
    public WeightedPoints Axes(ReadOnlySpan<int> axes)
    {
        var columns = new double[axes.Length][];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = Columns[axes[i]];
        }
        return new WeightedPoints(columns, Weights, Count, TotalWeight);
    }

    /// <summary>The first points, at most <paramref name="count"/>. They are a random subset if the order is random.</summary>
    public WeightedPoints Head(int count) =>
        count >= Count ? this : Take(Columns, [.. Enumerable.Range(0, count)], Weights.AsSpan(0, count));
}
