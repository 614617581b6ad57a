using Galatent.Numerics.MatrixProducts;

namespace Galatent.Networks.Fused;

/// <summary>
/// A matrix of weights W[inputs, outputs] that acts on the rows of many spectra at once: the linear layers, and the deep convolutions,
/// whose few positions per spectrum would not fill a tile, on patches gathered from a chunk of spectra.
/// </summary>
internal sealed unsafe class DenseLayer
{
    private readonly TileKernels _kernels;
    private readonly float* _weights;
    private readonly PinnedBuffer _forward;
    private readonly PinnedBuffer _backward;

    /// <summary>Prepares the products; <see cref="Pack"/> must follow every change of the weights.</summary>
    public DenseLayer(TileKernels kernels, int inputs, int outputs, float* weights, Func<long, PinnedBuffer> allocate)
    {
        _weights = weights;
        (_kernels, Inputs, Outputs) = (kernels, inputs, outputs);
        _forward = allocate(PanelPacking.Size(kernels, inputs, outputs));
        _backward = allocate(PanelPacking.Size(kernels, outputs, inputs));
    }

    /// <summary>Width of an input row.</summary>
    public int Inputs { get; }

    /// <summary>Width of an output row.</summary>
    public int Outputs { get; }

    /// <summary>Brings some rows of W into the kernels' order.</summary>
    /// <param name="first">First row, a multiple of <see cref="TileKernels.PanelColumns"/>.</param>
    /// <param name="end">Row after the last; a multiple too, or <see cref="Inputs"/>.</param>
    public void Pack(int first, int end)
    {
        var rows = end - first;
        var panel = _kernels.PanelColumns;
        var start = _weights + ((nint)first * Outputs);
        PanelPacking.Pack(_kernels, new PanelSource(start, Outputs, 1), rows, Outputs, _forward.Pointer + (first * panel), Inputs * panel);
        PanelPacking.Pack(
            _kernels,
            new PanelSource(start, 1, Outputs),
            Outputs,
            rows,
            _backward.Pointer + (first * Outputs),
            Outputs * panel
        );
    }

    /// <summary>y = activation(x W).</summary>
    public void Forward(RowBlock x, RowBlock y, Activation activation) => Run(_forward, x, y, activation);

    /// <summary>x = activation(y Wᵀ).</summary>
    public void Backward(RowBlock y, RowBlock x, Activation activation) => Run(_backward, y, x, activation);

    /// <summary>Rows <paramref name="first"/> to <paramref name="end"/> of the gradient xᵀ y.</summary>
    /// <param name="x">Inputs, or derivatives with respect to them.</param>
    /// <param name="y">Derivatives with respect to the outputs, or outputs.</param>
    /// <param name="first">First row of W.</param>
    /// <param name="end">Row after the last.</param>
    /// <param name="gradient">Receives these rows, row-major.</param>
    public void Gradient(RowBlock x, RowBlock y, int first, int end, float* gradient)
    {
        var product = new ProductTile
        {
            A = x.First + first,
            RowStrideA = 1,
            DepthStrideA = x.Stride,
            B = y.First,
            DepthStrideB = y.Stride,
            C = gradient,
            RowStrideC = Outputs,
            Depth = x.Rows,
            NegativeSlope = 1,
        };
        PanelProduct.Run(_kernels, true, product, end - first, Outputs, _kernels.PanelColumns);
    }

    private void Run(PinnedBuffer panels, RowBlock from, RowBlock to, Activation activation)
    {
        var product = new ProductTile
        {
            A = from.First,
            RowStrideA = from.Stride,
            DepthStrideA = 1,
            B = panels.Pointer,
            DepthStrideB = _kernels.PanelColumns,
            C = to.First,
            RowStrideC = to.Stride,
            Depth = from.Width,
            Bias = (float*)activation.Bias,
            NegativeSlope = activation.NegativeSlope,
            SignOf = (float*)activation.SignOf,
        };
        PanelProduct.Run(_kernels, false, product, from.Rows, to.Width, from.Width * _kernels.PanelColumns);
    }
}
