using Galatent.Numerics;

namespace Galatent.Networks.Fused;

/// <summary>
/// All that is kept of a chunk of spectra between the forward and the backward pass, and the chunk's own gradient. Chunks, not threads, own the sums, so the
/// result does not depend on the number of threads.
/// </summary>
internal sealed unsafe class ChunkBuffers
{
    private readonly FusedNetwork _network;
    private readonly PinnedBuffer _posterior, _posteriorGradient, _z, _zGradient;

    /// <summary>Allocates for up to <paramref name="capacity"/> spectra.</summary>
    public ChunkBuffers(FusedNetwork network, int capacity)
    {
        _network = network;
        var (levels, border) = (network.Levels, network.FirstDeep);
        Encoder = new LevelArena(levels, 0, border, capacity);
        DecoderBorder = new LevelArena(levels, border, border, capacity);
        EncoderDeep = [.. levels.Skip(border).Select(shape => new DeepBuffers(shape, capacity))];
        DecoderDeep = [.. levels.Skip(border).Select(shape => new DeepBuffers(shape, capacity))];
        PinnedBuffer Latent(int width) => new((long)capacity * RowBlock.StrideFor(width));
        (_posterior, _posteriorGradient) = (Latent(2 * network.Latent), Latent(2 * network.Latent));
        (_z, _zGradient) = (Latent(network.Latent), Latent(network.Latent));
        // Only the blocks of the shallow convolutions and the biases are ever touched; untouched pages take no memory.
        Gradient = new PinnedBuffer(network.Layout.Count);
    }

    /// <summary>Spectra in use.</summary>
    public int Count { get; set; }

    /// <summary>Levels 0 to <see cref="FusedNetwork.FirstDeep"/> of the encoder: values, on the way back overwritten by derivatives.</summary>
    public LevelArena Encoder { get; }

    /// <summary>The decoder's level <see cref="FusedNetwork.FirstDeep"/>: values, on the way back overwritten by derivatives.</summary>
    public LevelArena DecoderBorder { get; }

    /// <summary>Deep convolutions of the encoder.</summary>
    public DeepBuffers[] EncoderDeep { get; }

    /// <summary>Deep convolutions of the decoder.</summary>
    public DeepBuffers[] DecoderDeep { get; }

    /// <summary>mu and log variance, (spectrum, 2 × latent).</summary>
    public RowBlock Posterior => Rows(_posterior, 2 * _network.Latent);

    /// <summary>Derivatives with respect to mu and log variance.</summary>
    public RowBlock PosteriorGradient => Rows(_posteriorGradient, 2 * _network.Latent);

    /// <summary>Latent vectors.</summary>
    public RowBlock Z => Rows(_z, _network.Latent);

    /// <summary>Derivatives with respect to the latent vectors.</summary>
    public RowBlock ZGradient => Rows(_zGradient, _network.Latent);

    /// <summary>The chunk's gradient of the shallow convolutions and of all biases, in the engine's order.</summary>
    public PinnedBuffer Gradient { get; }

    /// <summary>Squared error of the chunk's spectra, summed.</summary>
    public double SquaredError { get; set; }

    /// <summary>Divergence of the chunk's spectra, summed, nat.</summary>
    public double KullbackLeibler { get; set; }

    /// <summary>The fine level of a deep convolution of the encoder: values, or derivatives.</summary>
    public LevelRows EncoderFine(int convolution, int spectrum, bool derivatives) => convolution == _network.FirstDeep
        ? Border(Encoder, spectrum)
        : Deep(EncoderDeep[convolution - _network.FirstDeep - 1], spectrum, derivatives);

    /// <summary>The fine level of a deep convolution of the decoder: values, or derivatives.</summary>
    public LevelRows DecoderFine(int convolution, int spectrum, bool derivatives) => convolution == _network.FirstDeep
        ? Border(DecoderBorder, spectrum)
        : Deep(DecoderDeep[convolution - _network.FirstDeep - 1], spectrum, derivatives);

    private LevelRows Border(LevelArena arena, int spectrum) =>
        new((nint)arena.At(_network.FirstDeep, spectrum), _network.Levels[_network.FirstDeep].InputChannels);

    private static LevelRows Deep(DeepBuffers buffers, int spectrum, bool derivatives) =>
        derivatives ? buffers.GradientsOf(spectrum) : buffers.ValuesOf(spectrum);

    private RowBlock Rows(PinnedBuffer buffer, int width) => new(buffer.Pointer, Count, width, RowBlock.StrideFor(width));
}

/// <summary>Scratch memory of one worker.</summary>
internal sealed unsafe class WorkerBuffers
{
    private readonly PinnedBuffer _patches;

    /// <summary>Allocates for chunks of up to <paramref name="capacity"/> spectra.</summary>
    public WorkerBuffers(FusedNetwork network, int capacity)
    {
        Decoder = new LevelArena(network.Levels, 0, network.FirstDeep - 1, 1);
        _patches = new PinnedBuffer(network.Levels.Skip(network.FirstDeep)
            .Max(shape => (long)capacity * shape.OutputLength * RowBlock.StrideFor(shape.Kernel * shape.InputChannels)));
    }

    /// <summary>The decoder's shallow levels of one spectrum, so that they are still in the cache on the way back.</summary>
    public LevelArena Decoder { get; }

    /// <summary>Room for the patches of a deep convolution.</summary>
    public RowBlock Patches(ConvolutionShape shape, int spectra)
    {
        var width = shape.Kernel * shape.InputChannels;
        return new RowBlock(_patches.Pointer, spectra * shape.OutputLength, width, RowBlock.StrideFor(width));
    }
}
