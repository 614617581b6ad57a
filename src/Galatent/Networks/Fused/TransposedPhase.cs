using Galatent.Numerics.MatrixProducts;

namespace Galatent.Networks.Fused;

/// <summary>
/// The part of <see cref="StridedConvolution.Up"/> that makes the even or the odd positions of the fine level, or both. With few
/// channels several positions make one row of the product, with zeros in W where they do not meet: the last layer (one channel) takes
/// 12 instead of 47 microseconds per spectrum, although 7 of 9 products are with zero, because the alternative is a tile of which 2
/// of 16 lanes are used.
/// </summary>
internal sealed unsafe class TransposedPhase
{
    private readonly TileKernels _kernels;
    private readonly ConvolutionShape _shape;
    private readonly int _phase;
    private readonly int _taps;
    private readonly int _columns;
    private readonly int _positions;
    private readonly PinnedBuffer _rowPanels;
    private readonly PinnedBuffer _lastPanels;

    /// <summary>Prepares a phase.</summary>
    /// <param name="kernels">Register width.</param>
    /// <param name="shape">The link.</param>
    /// <param name="phase">0 or 1: the first fine position it makes.</param>
    /// <param name="taps">Coarse positions that meet in one fine position.</param>
    /// <param name="makesBoth">Whether it makes the odd positions too.</param>
    public TransposedPhase(TileKernels kernels, ConvolutionShape shape, int phase, int taps, bool makesBoth)
    {
        (_kernels, _shape, _phase, _taps) = (kernels, shape, phase, taps);
        _columns = (makesBoth ? 2 : 1) * shape.InputChannels;
        // Only a phase that makes all positions has rows without gaps, which can be joined.
        _positions = makesBoth && kernels.Lanes % _columns == 0 ? kernels.Lanes / _columns : 1;
        _rowPanels = new PinnedBuffer(PanelPacking.Size(kernels, Depth(_positions), _positions * _columns));
        _lastPanels = new PinnedBuffer(PanelPacking.Size(kernels, Depth(1), _columns));
    }

    private int Rows => _shape.OutputLength + _taps - 1;

    /// <summary>Brings the weights into the kernels' order: coarse positions ascend, so the taps descend.</summary>
    public void Pack(float* weights)
    {
        var channels = _shape.OutputChannels;
        var panel = _kernels.PanelColumns;
        var tapSize = _shape.InputChannels * channels;
        for (var position = 0; position < _taps; position++)
        {
            var tap = (2 * (_taps - 1 - position)) + _phase;
            var source = new PanelSource(weights + (tap * tapSize), 1, channels);
            PanelPacking.Pack(_kernels, source, channels, _columns, _lastPanels.Pointer + (position * channels * panel), Depth(1) * panel);
        }
        for (var shift = 0; _positions > 1 && shift < _positions; shift++)
        {
            for (var depth = 0; depth < Depth(1); depth++)
            {
                var target = _rowPanels.Pointer + (((shift * channels) + depth) * panel) + (shift * _columns);
                new ReadOnlySpan<float>(_lastPanels.Pointer + (depth * panel), _columns).CopyTo(new Span<float>(target, _columns));
            }
        }
    }

    /// <summary>Makes its positions of the fine level; the bias of the activation must hold the channels as often as a register
    /// does.</summary>
    public void Run(float* coarse, float* fine, Activation activation)
    {
        var joined = _positions > 1 ? Rows / _positions * _positions : 0;
        if (joined > 0)
        {
            Run(coarse, fine, activation, 0, joined, _positions);
        }
        if (joined < Rows)
        {
            Run(coarse, fine, activation, joined, Rows - joined, 1);
        }
    }

    private void Run(float* coarse, float* fine, Activation activation, int from, int count, int positions)
    {
        var offset = (from * 2 * _shape.InputChannels) + (_phase * _shape.InputChannels);
        var product = new ProductTile
        {
            A = coarse + ((from - _taps + 1) * _shape.OutputChannels),
            RowStrideA = positions * _shape.OutputChannels,
            DepthStrideA = 1,
            B = (positions > 1 ? _rowPanels : _lastPanels).Pointer,
            DepthStrideB = _kernels.PanelColumns,
            C = fine + offset,
            RowStrideC = positions * 2 * _shape.InputChannels,
            Depth = Depth(positions),
            Bias = (float*)activation.Bias,
            NegativeSlope = activation.NegativeSlope,
            SignOf = activation.SignOf == 0 ? null : (float*)activation.SignOf + offset,
        };
        PanelProduct.Run(_kernels, false, product, count / positions, positions * _columns, Depth(positions) * _kernels.PanelColumns);
    }

    private int Depth(int positions) => (_taps + positions - 1) * _shape.OutputChannels;
}
