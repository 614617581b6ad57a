namespace Galatent.Numerics.MatrixProducts;

/// <summary>
/// The right-hand matrix of a product, laid out as the kernels read it: panels of as many columns as a tile has, each panel depth by depth.
/// Pack once and multiply often, from any number of threads: packing costs as much as a product with about ten rows.
/// </summary>
public sealed unsafe class PackedMatrix
{
    private readonly PinnedBuffer _buffer;

    /// <summary>Packs a matrix of K rows and N columns.</summary>
    public PackedMatrix(MatrixView matrix)
        : this(TileKernels.Best, matrix) { }

    internal PackedMatrix(TileKernels kernels, MatrixView matrix)
    {
        (Kernels, Rows, Columns) = (kernels, matrix.Rows, matrix.Columns);
        _buffer = new PinnedBuffer(PanelPacking.Size(kernels, Rows, Columns));
        Repack(matrix);
    }

    /// <summary>K, the length of the sums.</summary>
    public int Rows { get; }

    /// <summary>N, the columns of the result.</summary>
    public int Columns { get; }

    internal TileKernels Kernels { get; }

    internal float* Panels => _buffer.Pointer;

    /// <summary>Replaces the numbers by those of a matrix of the same size; no product may run meanwhile.</summary>
    public void Repack(MatrixView matrix)
    {
        if (matrix.Rows != Rows || matrix.Columns != Columns)
        {
            throw new ArgumentException(
                $"A matrix of {matrix.Rows} x {matrix.Columns} cannot replace one of {Rows} x {Columns}.",
                nameof(matrix)
            );
        }
        fixed (float* values = matrix.Values)
        {
            var source = new PanelSource(values, matrix.IsTransposed ? 1 : matrix.RowStride, matrix.IsTransposed ? matrix.RowStride : 1);
            PanelPacking.Pack(Kernels, source, Rows, Columns, Panels, Rows * Kernels.PanelColumns);
            GC.KeepAlive(this);
        }
    }
}
