using Galatent.Numerics;

namespace Galatent.Networks.Fused;

/// <summary>
/// A matrix of weights W[inputs, outputs] that acts on the rows of many spectra at once: the linear layers, and the deep convolutions, whose few positions
/// per spectrum would not fill a tile, on patches gathered from a chunk of spectra.
/// </summary>
internal sealed unsafe class DenseLayer
{
    private readonly TileKernels _kernels;
    private readonly float* _weights;
    private readonly PinnedBuffer _forward, _backward;

    /// <summary>Prepares the products; <see cref="Pack"/> must follow every change of the weights.</summary>
    public DenseLayer(TileKernels kernels, int inputs, int outputs, float* weights)
    {
        _weights = weights;
        (_kernels, Inputs, Outputs) = (kernels, inputs, outputs);
        _forward = new PinnedBuffer(PanelPacking.Size(kernels, inputs, outputs));
        _backward = new PinnedBuffer(PanelPacking.Size(kernels, outputs, inputs));
    }

    /// <summary>Width of an input row.</summary>
    public int Inputs { get; }

    /// <summary>Width of an output row.</summary>
    public int Outputs { get; }

    /// <summary>Brings the weights into the kernels' order.</summary>
    public void Pack()
    {
        PanelPacking.Pack(_kernels, new PanelSource(_weights, Outputs, 1), Inputs, Outputs, _forward.Pointer, Inputs * _kernels.PanelColumns);
        PanelPacking.Pack(_kernels, new PanelSource(_weights, 1, Outputs), Outputs, Inputs, _backward.Pointer, Outputs * _kernels.PanelColumns);
    }

    /// <summary>y = activation(x W).</summary>
    public void Forward(RowBlock x, RowBlock y, Activation activation) => Run(_forward, x, y, activation);

    /// <summary>x = activation(y Wᵀ).</summary>
    public void Backward(RowBlock y, RowBlock x, Activation activation) => Run(_backward, y, x, activation);

    /// <summary>Rows <paramref name="first"/> to <paramref name="end"/> of the gradient xᵀ y; replaces or adds.</summary>
    /// <param name="x">Inputs, or derivatives with respect to them.</param>
    /// <param name="y">Derivatives with respect to the outputs, or outputs.</param>
    /// <param name="first">First row of W.</param>
    /// <param name="end">Row after the last.</param>
    /// <param name="gradient">The gradient of all of W, row-major.</param>
    /// <param name="accumulate">Adds instead of replacing.</param>
    public void Gradient(RowBlock x, RowBlock y, int first, int end, float* gradient, bool accumulate)
    {
        var product = new ProductTile
        {
            A = x.First + first,
            RowStrideA = 1,
            DepthStrideA = x.Stride,
            B = y.First,
            DepthStrideB = y.Stride,
            C = gradient + ((nint)first * Outputs),
            RowStrideC = Outputs,
            Depth = x.Rows,
            Accumulate = accumulate,
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
