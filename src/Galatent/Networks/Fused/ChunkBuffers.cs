using Galatent.Numerics.MatrixProducts;

namespace Galatent.Networks.Fused;

/// <summary>
/// A chunk of the batch: what is kept of its spectra's shallow levels between the forward and the backward pass, its part of the batch's
/// deep levels, and its own gradient. Chunks, not threads, own the sums, so the result does not depend on the number of threads.
/// </summary>
internal sealed unsafe class ChunkBuffers
{
    private readonly FusedNetwork _network;
    private readonly LevelBuffer _flux;
    private BatchBuffers? _batch;
    private int _first;

    /// <summary>Allocates for up to <paramref name="capacity"/> spectra.</summary>
    public ChunkBuffers(FusedNetwork network, int capacity)
    {
        _network = network;
        Encoder = new LevelBuffer(network.EncoderLevels, 0, network.FirstDeep, capacity);
        _flux = network.HasMaskChannel ? new LevelBuffer(network.Levels, 0, 0, capacity) : Encoder;
        DecoderBorder = new LevelBuffer(network.Levels, network.FirstDeep, network.FirstDeep, capacity);
        Gradient = new PinnedBuffer(network.Layout.ChunkGradientCount);
    }

    /// <summary>Spectra in use.</summary>
    public int Count { get; private set; }

    /// <summary>Levels 0 to <see cref="FusedNetwork.FirstDeep"/> of the encoder: values, on the way back overwritten by
    /// derivatives.</summary>
    public LevelBuffer Encoder { get; }

    /// <summary>A spectrum minus the mean, shape (n_wave): level 0 of the encoder, or a copy where that has a mask channel; 0 in pixels
    /// that the network does not see.</summary>
    public float* Centred(int spectrum) => _flux.At(0, spectrum);

    /// <summary>The decoder's level <see cref="FusedNetwork.FirstDeep"/>: values, on the way back overwritten by derivatives.</summary>
    public LevelBuffer DecoderBorder { get; }

    /// <summary>mu and log variance, (spectrum, 2 × latent).</summary>
    public RowBlock Posterior => Batch.Posterior(_first, Count);

    /// <summary>Derivatives with respect to mu and log variance.</summary>
    public RowBlock PosteriorGradient => Batch.PosteriorGradient(_first, Count);

    /// <summary>Latent vectors.</summary>
    public RowBlock Z => Batch.Z(_first, Count);

    /// <summary>Derivatives with respect to the latent vectors.</summary>
    public RowBlock ZGradient => Batch.ZGradient(_first, Count);

    /// <summary>The chunk's gradient of the shallow convolutions and of all biases: the first numbers in the engine's order.</summary>
    public PinnedBuffer Gradient { get; }

    /// <summary>Squared error of the chunk's spectra, summed.</summary>
    public double SquaredError { get; set; }

    /// <summary>Weighted squared error of the chunk's spectra, summed; equal to the plain one when there are no weights.</summary>
    public double WeightedError { get; set; }

    /// <summary>Divergence of the chunk's spectra, summed, nat.</summary>
    public double KullbackLeibler { get; set; }

    private BatchBuffers Batch => _batch ?? throw new InvalidOperationException("The chunk has not been given a part of a batch.");

    /// <summary>Makes the chunk stand for <paramref name="count"/> spectra of a batch.</summary>
    public void Assign(BatchBuffers batch, int first, int count) => (_batch, _first, Count) = (batch, first, count);

    /// <summary>A deep convolution of the encoder.</summary>
    public DeepChunk EncoderDeep(int convolution) => new(Batch.EncoderDeep[convolution - _network.FirstDeep], _first, Count);

    /// <summary>A deep convolution of the decoder.</summary>
    public DeepChunk DecoderDeep(int convolution) => new(Batch.DecoderDeep[convolution - _network.FirstDeep], _first, Count);

    /// <summary>The fine level of a deep convolution of the encoder: values, or derivatives.</summary>
    public LevelRows EncoderFine(int convolution, int spectrum, bool derivatives) =>
        convolution == _network.FirstDeep
            ? Border(Encoder, _network.EncoderLevels, spectrum)
            : Deep(Batch.EncoderDeep[convolution - _network.FirstDeep - 1], spectrum, derivatives);

    /// <summary>The fine level of a deep convolution of the decoder: values, or derivatives.</summary>
    public LevelRows DecoderFine(int convolution, int spectrum, bool derivatives) =>
        convolution == _network.FirstDeep
            ? Border(DecoderBorder, _network.Levels, spectrum)
            : Deep(Batch.DecoderDeep[convolution - _network.FirstDeep - 1], spectrum, derivatives);

    private LevelRows Border(LevelBuffer arena, IReadOnlyList<ConvolutionShape> levels, int spectrum) =>
        new((nint)arena.At(_network.FirstDeep, spectrum), levels[_network.FirstDeep].InputChannels);

    private LevelRows Deep(DeepBuffers buffers, int spectrum, bool derivatives) =>
        derivatives ? buffers.GradientsOf(_first + spectrum) : buffers.ValuesOf(_first + spectrum);
}

/// <summary>A chunk's part of what a deep convolution keeps of a batch.</summary>
internal readonly struct DeepChunk(DeepBuffers buffers, int first, int count)
{
    /// <inheritdoc cref="DeepBuffers.Patches"/>
    public RowBlock Patches => buffers.Patches(first, count);

    /// <inheritdoc cref="DeepBuffers.Values"/>
    public RowBlock Values => buffers.Values(first, count);

    /// <inheritdoc cref="DeepBuffers.Gradients"/>
    public RowBlock Gradients => buffers.Gradients(first, count);
}
