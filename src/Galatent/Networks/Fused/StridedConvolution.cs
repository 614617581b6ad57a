using Galatent.Numerics.MatrixProducts;

namespace Galatent.Networks.Fused;

/// <summary>
/// One stride-2 convolution of the encoder, or its mirror of the decoder, for one spectrum at a time. It links a fine level [length,
/// channels] and a coarse one (position-major, so that the patch under a kernel is one contiguous run) by weights W[tap, fine channel,
/// coarse channel]:
/// <code>
/// down:      coarse[p] = Σ_t fine[2p + t] W[t]            the encoder's forward, the decoder's backward pass
/// up:        fine[2q + h] = Σ_t coarse[q - t] W[2t + h]ᵀ   the decoder's forward, the encoder's backward pass
/// gradient:  W'[t] = Σ_p fine[2p + t]ᵀ coarse[p]           both; one side holds values, the other derivatives
/// </code>
/// Each is a plain matrix product with overlapping rows; nothing is copied. Up needs the coarse level between <see cref="PaddingRows"/>
/// rows of zeros.
/// </summary>
internal sealed unsafe class StridedConvolution
{
    /// <summary>Rows of zeros before and after every level: a kernel of 5 reaches two coarse positions back.</summary>
    public const int PaddingRows = 2;

    private readonly TileKernels _kernels;
    private readonly float* _weights;
    private readonly PinnedBuffer _down;
    private readonly TransposedPhase[] _up;

    /// <summary>Prepares the products; <see cref="Pack"/> must follow every change of the weights.</summary>
    /// <param name="kernels">Register width.</param>
    /// <param name="shape">Input is the fine level, output the coarse one; kernel 2 to 5.</param>
    /// <param name="weights">W, row-major.</param>
    public StridedConvolution(TileKernels kernels, ConvolutionShape shape, float* weights)
    {
        _weights = weights;
        (_kernels, Shape) = (kernels, shape);
        _down = new PinnedBuffer(PanelPacking.Size(kernels, PatchWidth, shape.OutputChannels));
        // An even kernel treats even and odd positions alike: one product makes both, side by side. An odd one has a tap more for the even
        // positions.
        _up =
            shape.Kernel % 2 == 0
                ? [new TransposedPhase(kernels, shape, 0, shape.Kernel / 2, makesBoth: true)]
                :
                [
                    new TransposedPhase(kernels, shape, 0, (shape.Kernel / 2) + 1, makesBoth: false),
                    new TransposedPhase(kernels, shape, 1, shape.Kernel / 2, makesBoth: false),
                ];
    }

    /// <summary>Lengths, channels and kernel.</summary>
    public ConvolutionShape Shape { get; }

    private int PatchWidth => Shape.Kernel * Shape.InputChannels;

    /// <summary>How often <see cref="Up"/> wants the bias repeated, at least: a register of one-channel positions, or an even and an odd
    /// position.</summary>
    public int BiasRepeats => Math.Max(2, _kernels.Lanes);

    /// <summary>Brings the weights into the kernels' order.</summary>
    public void Pack()
    {
        var source = new PanelSource(_weights, Shape.OutputChannels, 1);
        PanelPacking.Pack(_kernels, source, PatchWidth, Shape.OutputChannels, _down.Pointer, PatchWidth * _kernels.PanelColumns);
        foreach (var phase in _up)
        {
            phase.Pack(_weights);
        }
    }

    /// <summary>Fine to coarse.</summary>
    public void Down(float* fine, float* coarse, Activation activation)
    {
        var product = new ProductTile
        {
            A = fine,
            RowStrideA = 2 * Shape.InputChannels,
            DepthStrideA = 1,
            B = _down.Pointer,
            DepthStrideB = _kernels.PanelColumns,
            C = coarse,
            RowStrideC = Shape.OutputChannels,
            Depth = PatchWidth,
            Bias = (float*)activation.Bias,
            NegativeSlope = activation.NegativeSlope,
            SignOf = (float*)activation.SignOf,
        };
        PanelProduct.Run(_kernels, false, product, Shape.OutputLength, Shape.OutputChannels, PatchWidth * _kernels.PanelColumns);
    }

    /// <summary>Coarse to fine; the bias of the activation is repeated (<see cref="BiasRepeats"/>).</summary>
    public void Up(float* coarse, float* fine, Activation activation)
    {
        foreach (var phase in _up)
        {
            phase.Run(coarse, fine, activation);
        }
    }

    /// <summary>The gradient of W; replaces or adds.</summary>
    public void Gradient(float* fine, float* coarse, float* gradient, bool accumulate)
    {
        var product = new ProductTile
        {
            A = fine,
            RowStrideA = 1,
            DepthStrideA = 2 * Shape.InputChannels,
            B = coarse,
            DepthStrideB = Shape.OutputChannels,
            C = gradient,
            RowStrideC = Shape.OutputChannels,
            Depth = Shape.OutputLength,
            Accumulate = accumulate,
            NegativeSlope = 1,
        };
        PanelProduct.Run(_kernels, true, product, PatchWidth, Shape.OutputChannels, _kernels.PanelColumns);
    }
}
