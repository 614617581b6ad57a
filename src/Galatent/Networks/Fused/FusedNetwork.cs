using Galatent.Numerics.MatrixProducts;

namespace Galatent.Networks.Fused;

/// <summary>The layers over one flat block of weights. Shallow convolutions work spectrum by spectrum, deep ones on the patches of a chunk
/// of spectra.</summary>
internal sealed unsafe class FusedNetwork
{
    /// <summary>
    /// A convolution with fewer output positions than this is deep: a tile has up to 12 rows, and the gradient of few positions is bound by
    /// the memory of the weights.
    /// Measured, ms per step of 32 spectra on one core: 53 to 55 with 12, 51.5 to 55 with 20, 52 to 55 with 40, 59 with 80.
    /// </summary>
    private const int DeepBelowLength = 20;

    private readonly PinnedBuffer _weights;
    private readonly PinnedBuffer[] _decoderBias;
    private readonly Action[] _packing;

    /// <summary>Builds the layers; <see cref="Pack"/> must follow every change of the weights.</summary>
    /// <param name="layout">Shapes of the weights.</param>
    /// <param name="kernels">Register width.</param>
    /// <param name="allocate">Where the weights and the packed weights of the deep layers lie.</param>
    public FusedNetwork(ParameterLayout layout, TileKernels kernels, Func<long, PinnedBuffer> allocate)
    {
        Kernels = kernels;
        (Levels, EncoderLevels) = (layout.Plan.Layers, layout.Plan.EncoderLayers);
        HasMaskChannel = layout.Options.MaskChannel;
        (Latent, NegativeSlope) = (layout.Options.LatentDimensions, layout.Options.NegativeSlope);
        FirstDeep = Levels.Count(level => level.OutputLength >= DeepBelowLength);
        Layout = new FusedLayout(layout, FirstDeep);
        _weights = allocate(Layout.Count);
        EncoderLinks =
        [
            .. Enumerable.Range(0, FirstDeep).Select(i => new StridedConvolution(kernels, EncoderLevels[i], Weight(Layout.Encoder[i]))),
        ];
        DecoderLinks =
        [
            .. Enumerable.Range(0, FirstDeep).Select(i => new StridedConvolution(kernels, Levels[i], Weight(Layout.Decoder[i]))),
        ];
        EncoderDeep = [.. Layout.Encoder.Skip(FirstDeep).Select(block => Dense(block, allocate))];
        DecoderDeep = [.. Layout.Decoder.Skip(FirstDeep).Select(block => Dense(block, allocate))];
        (Heads, Input) = (Dense(Layout.Heads, allocate), Dense(Layout.Input, allocate));
        _decoderBias =
        [
            .. Layout.Decoder.Take(FirstDeep).Select((block, i) => new PinnedBuffer(DecoderLinks[i].BiasRepeats * block.BiasCount)),
        ];
        _packing = [.. EncoderLinks.Concat(DecoderLinks).Select(link => (Action)link.Pack), PackBias];
        ShallowPackingItems = _packing.Length;
        _packing =
        [
            .. _packing,
            .. EncoderDeep.Concat(DecoderDeep).Append(Heads).Append(Input).Select(layer => (Action)(() => layer.Pack(0, layer.Inputs))),
        ];
    }

    /// <summary>Register width.</summary>
    public TileKernels Kernels { get; }

    /// <summary>Where the weights are.</summary>
    public FusedLayout Layout { get; }

    /// <summary>The convolutions, shallow to deep; number i links level i (fine) and level i + 1 (coarse). Level 0 is the
    /// spectrum.</summary>
    public IReadOnlyList<ConvolutionShape> Levels { get; }

    /// <summary>The encoder's: the first may have a mask channel beside the flux.</summary>
    public IReadOnlyList<ConvolutionShape> EncoderLevels { get; }

    /// <summary>Whether level 0 of the encoder is (flux, mask) in each pixel.</summary>
    public bool HasMaskChannel { get; }

    /// <summary>Number of shallow convolutions.</summary>
    public int FirstDeep { get; }

    /// <summary>Latent dimensions.</summary>
    public int Latent { get; }

    /// <summary>Slope of the LeakyReLU.</summary>
    public float NegativeSlope { get; }

    /// <summary>All weights and biases in the order of <see cref="Layout"/>.</summary>
    public PinnedBuffer Weights => _weights;

    /// <summary>The encoder's shallow convolutions.</summary>
    public StridedConvolution[] EncoderLinks { get; }

    /// <summary>The decoder's mirrors of them, in the same order.</summary>
    public StridedConvolution[] DecoderLinks { get; }

    /// <summary>The encoder's deep convolutions; number 0 is convolution <see cref="FirstDeep"/>.</summary>
    public DenseLayer[] EncoderDeep { get; }

    /// <summary>The decoder's mirrors of them, in the same order.</summary>
    public DenseLayer[] DecoderDeep { get; }

    /// <summary>Deepest level to mu and log variance.</summary>
    public DenseLayer Heads { get; }

    /// <summary>Latent vector to deepest level.</summary>
    public DenseLayer Input { get; }

    /// <summary>The first items of <see cref="Pack"/>, those of the shallow convolutions.</summary>
    public int ShallowPackingItems { get; }

    /// <summary>Number of items of <see cref="Pack"/>.</summary>
    public int PackingItems => _packing.Length;

    /// <summary>Brings the weights of some layers into the kernels' order; items are independent.</summary>
    public void Pack(int item) => _packing[item]();

    /// <summary>First weight of a block.</summary>
    public float* Weight(FusedBlock block) => _weights.Pointer + block.WeightOffset;

    /// <summary>First bias of a block.</summary>
    public float* Bias(FusedBlock block) => _weights.Pointer + block.BiasOffset;

    /// <summary>Bias and activation on the way to a coarse level of the encoder.</summary>
    public Activation EncoderActivation(int convolution) => Activation.Forward(Bias(Layout.Encoder[convolution]), NegativeSlope);

    /// <summary>Bias and activation on the way to a fine level of the decoder; the spectrum itself has none.</summary>
    public Activation DecoderActivation(int convolution)
    {
        var bias = convolution < FirstDeep ? _decoderBias[convolution].Pointer : Bias(Layout.Decoder[convolution]);
        return Activation.Forward(bias, convolution == 0 ? 1 : NegativeSlope);
    }

    private DenseLayer Dense(FusedBlock block, Func<long, PinnedBuffer> allocate) =>
        new(Kernels, block.Inputs, block.Outputs, Weight(block), allocate);

    private void PackBias()
    {
        for (var i = 0; i < FirstDeep; i++)
        {
            var block = Layout.Decoder[i];
            for (var repeat = 0; repeat < DecoderLinks[i].BiasRepeats; repeat++)
            {
                new ReadOnlySpan<float>(Bias(block), block.BiasCount).CopyTo(_decoderBias[i].Span[(repeat * block.BiasCount)..]);
            }
        }
    }
}
