using Galatent.Numerics.MatrixProducts;

namespace Galatent.Networks.Fused;

/// <summary>Scratch memory of one worker.</summary>
internal sealed unsafe class WorkerBuffers
{
    private readonly PinnedBuffer _patches;
    private readonly float[] _linear;
    private readonly int _latent;

    /// <summary>Allocates for chunks of up to <paramref name="capacity"/> spectra and <paramref name="gradientLength"/> numbers of the
    /// gradient at a time.</summary>
    public WorkerBuffers(FusedNetwork network, int capacity, int gradientLength)
    {
        Gradient = new PinnedBuffer(gradientLength);
        _latent = network.Latent;
        _linear = new float[capacity * _latent];
        Decoder = new LevelBuffer(network.Levels, 0, network.FirstDeep - 1, 1);
        _patches = new PinnedBuffer(
            network
                .EncoderLevels.Skip(network.FirstDeep)
                .Max(shape => (long)capacity * shape.OutputLength * RowBlock.StrideFor(shape.Kernel * shape.InputChannels))
        );
    }

    /// <summary>The decoder's shallow levels of one spectrum, so that they are still in the cache on the way back.</summary>
    public LevelBuffer Decoder { get; }

    /// <summary>Room for a part of the gradient.</summary>
    public PinnedBuffer Gradient { get; }

    /// <summary>Derivatives of z of one spectrum of a chunk through the linear path.</summary>
    public Span<float> LinearGradient(int spectrum) => _linear.AsSpan(spectrum * _latent, _latent);

    /// <summary>Sets those of all spectra to zero.</summary>
    public void ClearLinearGradient() => Array.Clear(_linear);

    /// <summary>Room for the patches of a deep convolution.</summary>
    public RowBlock Patches(ConvolutionShape shape, int spectra)
    {
        var width = shape.Kernel * shape.InputChannels;
        return new RowBlock(_patches.Pointer, spectra * shape.OutputLength, width, RowBlock.StrideFor(width));
    }
}
