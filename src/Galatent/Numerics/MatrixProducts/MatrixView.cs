namespace Galatent.Numerics.MatrixProducts;

/// <summary>
/// A float32 matrix inside somebody's buffer. Rows may overlap (<see cref="RowStride"/> smaller than the width), which makes the patches of
/// a strided convolution a matrix without copying them.
/// </summary>
public readonly ref struct MatrixView
{
    /// <summary>Describes a row-major matrix.</summary>
    /// <param name="values">The buffer; element (i, j) is at <c>i * rowStride + j</c>.</param>
    /// <param name="rows">Number of rows, at least 1.</param>
    /// <param name="columns">Number of columns, at least 1.</param>
    /// <param name="rowStride">Floats from one row to the next, at least 1; equal to <paramref name="columns"/> for a dense matrix.</param>
    /// <exception cref="ArgumentException">The buffer is shorter than the matrix.</exception>
    public MatrixView(ReadOnlySpan<float> values, int rows, int columns, int rowStride)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rowStride);
        if (((long)(rows - 1) * rowStride) + columns > values.Length)
        {
            throw new ArgumentException(
                $"A matrix of {rows} x {columns} with row stride {rowStride} does not fit into {values.Length} floats.",
                nameof(values)
            );
        }
        Values = values;
        (Rows, Columns, RowStride) = (rows, columns, rowStride);
    }

    private MatrixView(MatrixView other, bool isTransposed)
    {
        Values = other.Values;
        (Rows, Columns, RowStride, IsTransposed) = (other.Columns, other.Rows, other.RowStride, isTransposed);
    }

    /// <summary>Describes a dense row-major matrix.</summary>
    public MatrixView(ReadOnlySpan<float> values, int rows, int columns)
        : this(values, rows, columns, columns) { }

    /// <summary>The buffer.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Floats from one row of the buffer to the next (of the untransposed matrix).</summary>
    public int RowStride { get; }

    /// <summary>Whether element (i, j) is at <c>j * RowStride + i</c>.</summary>
    public bool IsTransposed { get; }

    /// <summary>The same numbers with rows and columns exchanged; nothing is moved.</summary>
    public MatrixView Transpose() => new(this, !IsTransposed);
}
