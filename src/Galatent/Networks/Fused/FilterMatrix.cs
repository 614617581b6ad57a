using Galatent.Numerics;

namespace Galatent.Networks.Fused;

/// <summary>A matrix G[fine, coarse] of <see cref="MinimalFilter"/>, packed for both directions.</summary>
internal sealed unsafe class FilterMatrix
{
    private readonly TileKernels _kernels;
    private readonly float* _values;
    private readonly int _fine, _coarse;
    private readonly PinnedBuffer _forward, _backward;

    /// <summary>Prepares the products; <see cref="Pack"/> must follow every change.</summary>
    public FilterMatrix(TileKernels kernels, float* values, int fine, int coarse)
    {
        _values = values;
        (_kernels, _fine, _coarse) = (kernels, fine, coarse);
        _forward = new PinnedBuffer(PanelPacking.Size(kernels, fine, coarse));
        _backward = new PinnedBuffer(PanelPacking.Size(kernels, coarse, fine));
    }

    /// <summary>Brings the matrix into the kernels' order.</summary>
    public void Pack()
    {
        PanelPacking.Pack(_kernels, new PanelSource(_values, _coarse, 1), _fine, _coarse, _forward.Pointer, _fine * _kernels.PanelColumns);
        PanelPacking.Pack(_kernels, new PanelSource(_values, 1, _coarse), _coarse, _fine, _backward.Pointer, _coarse * _kernels.PanelColumns);
    }

    /// <summary>Rows times G.</summary>
    public void Forward(float* rows, int stride, int count, FilterTarget target) => Run(_forward.Pointer, rows, stride, _fine, count, target);

    /// <summary>Rows times the transpose of G, or some of its columns.</summary>
    public void Backward(float* rows, int stride, int count, FilterTarget target, int firstColumn = 0) =>
        Run(_backward.Pointer + (firstColumn * _coarse), rows, stride, _coarse, count, target);

    /// <summary>What is added, without a product.</summary>
    public void Nothing(int count, FilterTarget target) => Run(_backward.Pointer, _backward.Pointer, 0, 0, count, target);

    private void Run(float* panels, float* rows, int stride, int depth, int count, FilterTarget target)
    {
        var product = new ProductTile
        {
            A = rows,
            RowStrideA = stride,
            DepthStrideA = 1,
            B = panels,
            DepthStrideB = _kernels.PanelColumns,
            C = (float*)target.First,
            RowStrideC = target.Stride,
            Depth = depth,
            Addend = (float*)target.Addend,
            RowStrideAddend = target.AddendStride,
            Difference = (float*)target.Difference,
            Bias = (float*)target.Activation.Bias,
            NegativeSlope = target.Activation.NegativeSlope,
            SignOf = (float*)target.Activation.SignOf,
        };
        PanelProduct.Run(_kernels, false, product, count, target.Columns, depth * _kernels.PanelColumns);
    }
}

/// <summary>Where a product of <see cref="FilterMatrix"/> goes.</summary>
/// <param name="First">Row 0, column 0.</param>
/// <param name="Stride">Floats from row to row.</param>
/// <param name="Columns">Numbers in a row.</param>
/// <param name="Activation">What follows the sums.</param>
internal readonly unsafe record struct FilterTarget(nint First, int Stride, int Columns, Activation Activation)
{
    public FilterTarget(float* first, int stride, int columns, Activation activation)
        : this((nint)first, stride, columns, activation)
    {
    }

    /// <summary>First row of what is added to the product; 0 for nothing.</summary>
    public nint Addend { get; private init; }

    /// <summary>Floats from row to row of it.</summary>
    public int AddendStride { get; private init; }

    /// <summary>Where it minus the product goes; 0 for nowhere.</summary>
    public nint Difference { get; private init; }

    /// <summary>Rows without gaps and without activation.</summary>
    public static FilterTarget Scratch(float* rows, int columns) => new(rows, columns, columns, Activation.None);

    /// <summary>The same some floats further on.</summary>
    public FilterTarget At(int floats) => this with
    {
        First = First + (floats * sizeof(float)),
        Activation = Activation with { SignOf = Activation.SignOf == 0 ? 0 : Activation.SignOf + (floats * sizeof(float)) },
    };

    /// <summary>With something to add.</summary>
    public FilterTarget Plus(float* addend, int stride, float* difference = null) => this with { Addend = (nint)addend, AddendStride = stride, Difference = (nint)difference };
}
