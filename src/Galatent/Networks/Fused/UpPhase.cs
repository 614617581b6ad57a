using Galatent.Numerics;

namespace Galatent.Networks.Fused;

/// <summary>The part of <see cref="StridedLink.Up"/> that makes the even or the odd positions of the fine level, or both.</summary>
internal sealed unsafe class UpPhase
{
    private readonly TileKernels _kernels;
    private readonly ConvolutionShape _shape;
    private readonly int _phase, _taps, _columns;
    private readonly PinnedBuffer _panels;

    /// <summary>Prepares a phase.</summary>
    /// <param name="kernels">Register width.</param>
    /// <param name="shape">The link.</param>
    /// <param name="phase">0 or 1: the first fine position it makes.</param>
    /// <param name="taps">Coarse positions that meet in one fine position.</param>
    /// <param name="columns">The fine channels, or twice as many when it makes odd positions too.</param>
    public UpPhase(TileKernels kernels, ConvolutionShape shape, int phase, int taps, int columns)
    {
        (_kernels, _shape, _phase, _taps, _columns) = (kernels, shape, phase, taps, columns);
        _panels = new PinnedBuffer(PanelPacking.Size(kernels, Depth, columns));
    }

    private int Depth => _taps * _shape.OutputChannels;

    /// <summary>Brings the weights into the kernels' order: coarse positions ascend, so the taps descend.</summary>
    public void Pack(float* weights)
    {
        var tapSize = _shape.InputChannels * _shape.OutputChannels;
        for (var position = 0; position < _taps; position++)
        {
            var tap = (2 * (_taps - 1 - position)) + _phase;
            var source = new PanelSource(weights + (tap * tapSize), 1, _shape.OutputChannels);
            var target = _panels.Pointer + (position * _shape.OutputChannels * _kernels.PanelColumns);
            PanelPacking.Pack(_kernels, source, _shape.OutputChannels, _columns, target, Depth * _kernels.PanelColumns);
        }
    }

    /// <summary>Makes its positions of the fine level.</summary>
    public void Run(float* coarse, float* fine, Activation activation)
    {
        var first = _phase * _shape.InputChannels;
        var product = new ProductTile
        {
            A = coarse - ((_taps - 1) * _shape.OutputChannels),
            RowStrideA = _shape.OutputChannels,
            DepthStrideA = 1,
            B = _panels.Pointer,
            DepthStrideB = _kernels.PanelColumns,
            C = fine + first,
            RowStrideC = 2 * _shape.InputChannels,
            Depth = Depth,
            Bias = (float*)activation.Bias,
            NegativeSlope = activation.NegativeSlope,
            SignOf = activation.SignOf == 0 ? null : (float*)activation.SignOf + first,
        };
        PanelProduct.Run(_kernels, false, product, _shape.OutputLength + _taps - 1, _columns, Depth * _kernels.PanelColumns);
    }
}
