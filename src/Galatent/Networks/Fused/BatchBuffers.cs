using Galatent.Numerics;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Networks.Fused;

/// <summary>What is kept of all spectra of a batch until the gradient of the deep layers is computed: small, because these levels are
/// short.</summary>
internal sealed unsafe class BatchBuffers
{
    private readonly int _latent;
    private readonly PinnedBuffer _posterior;
    private readonly PinnedBuffer _posteriorGradient;
    private readonly PinnedBuffer _z;
    private readonly PinnedBuffer _zGradient;

    /// <summary>Allocates for up to <paramref name="capacity"/> spectra.</summary>
    /// <param name="network">The layers.</param>
    /// <param name="capacity">Spectra.</param>
    /// <param name="allocate">Where; in memory of this process when null.</param>
    public BatchBuffers(FusedNetwork network, int capacity, Func<long, PinnedBuffer>? allocate = null)
    {
        allocate ??= count => new PinnedBuffer(count);
        (_latent, Capacity) = (network.Latent, capacity);
        EncoderDeep = [.. network.EncoderLevels.Skip(network.FirstDeep).Select(shape => new DeepBuffers(shape, capacity, allocate))];
        DecoderDeep = [.. network.Levels.Skip(network.FirstDeep).Select(shape => new DeepBuffers(shape, capacity, allocate))];
        PinnedBuffer Rows(int width) => allocate((long)capacity * RowBlock.StrideFor(width));
        (_posterior, _posteriorGradient) = (Rows(2 * _latent), Rows(2 * _latent));
        (_z, _zGradient) = (Rows(_latent), Rows(_latent));
    }

    /// <summary>Spectra that find room.</summary>
    public int Capacity { get; }

    /// <summary>Deep convolutions of the encoder.</summary>
    public DeepBuffers[] EncoderDeep { get; }

    /// <summary>Deep convolutions of the decoder.</summary>
    public DeepBuffers[] DecoderDeep { get; }

    /// <summary>mu and log variance, (spectrum, 2 × latent).</summary>
    public RowBlock Posterior(int first, int spectra) => Rows(_posterior, 2 * _latent, first, spectra);

    /// <summary>Derivatives with respect to mu and log variance.</summary>
    public RowBlock PosteriorGradient(int first, int spectra) => Rows(_posteriorGradient, 2 * _latent, first, spectra);

    /// <summary>Latent vectors.</summary>
    public RowBlock Z(int first, int spectra) => Rows(_z, _latent, first, spectra);

    /// <summary>Derivatives with respect to the latent vectors.</summary>
    public RowBlock ZGradient(int first, int spectra) => Rows(_zGradient, _latent, first, spectra);

    /// <summary>What the gradient of the deep layers needs of all spectra, each with its floats per spectrum.</summary>
    public IEnumerable<(PinnedBuffer Values, int FloatsPerSpectrum)> GradientInputs() =>
        [
            .. EncoderDeep.SelectMany(deep => new[] { deep.AllPatches, deep.AllGradients }),
            .. DecoderDeep.SelectMany(deep => new[] { deep.AllPatches, deep.AllValues }),
            EncoderDeep[^1].AllValues,
            DecoderDeep[^1].AllGradients,
            (_posteriorGradient, RowBlock.StrideFor(2 * _latent)),
            (_z, RowBlock.StrideFor(_latent)),
        ];

    /// <summary>Fetches from the other processes what a term of the whole batch looks at.</summary>
    /// <param name="processes">Each holds the rows of its spectra.</param>
    /// <param name="starts">First spectrum of each process, and the number of spectra.</param>
    public void CompleteLatents(ProcessGroup processes, int[] starts)
    {
        int[] Floats(int width) => [.. starts.Select(spectrum => spectrum * RowBlock.StrideFor(width))];
        processes.AllGather([(_posterior, Floats(2 * _latent)), (_z, Floats(_latent))]);
    }

    private static RowBlock Rows(PinnedBuffer buffer, int width, int first, int spectra)
    {
        var stride = RowBlock.StrideFor(width);
        return new RowBlock(buffer.Pointer + ((nint)first * stride), spectra, width, stride);
    }
}
