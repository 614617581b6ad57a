using Galatent.Numerics.MatrixProducts;

namespace Galatent.Networks.Fused;

/// <summary>What one deep convolution of the encoder or the decoder keeps of a batch; rows are (spectrum, coarse position), so the rows of
/// a chunk and those of the whole batch are both one matrix.</summary>
internal sealed unsafe class DeepBuffers
{
    private readonly PinnedBuffer _patches;
    private readonly PinnedBuffer _values;
    private readonly PinnedBuffer _gradients;
    private readonly ConvolutionShape _shape;

    /// <summary>Allocates for a number of spectra.</summary>
    public DeepBuffers(ConvolutionShape shape, int spectra, Func<long, PinnedBuffer> allocate)
    {
        _shape = shape;
        var rows = (long)spectra * shape.OutputLength;
        _patches = allocate(rows * RowBlock.StrideFor(PatchWidth));
        _values = allocate(rows * RowBlock.StrideFor(shape.OutputChannels));
        _gradients = allocate(rows * RowBlock.StrideFor(shape.OutputChannels));
    }

    private int PatchWidth => _shape.Kernel * _shape.InputChannels;

    /// <summary>Patches of the fine level: values in the encoder, derivatives in the decoder.</summary>
    public RowBlock Patches(int first, int spectra) => Rows(_patches, PatchWidth, first, spectra);

    /// <summary>Values of the coarse level.</summary>
    public RowBlock Values(int first, int spectra) => Rows(_values, _shape.OutputChannels, first, spectra);

    /// <summary>Derivatives of the loss with respect to the coarse level before its activation.</summary>
    public RowBlock Gradients(int first, int spectra) => Rows(_gradients, _shape.OutputChannels, first, spectra);

    /// <summary>The coarse level's values of one spectrum.</summary>
    public LevelRows ValuesOf(int spectrum) => Level(_values, spectrum);

    /// <summary>The coarse level's derivatives of one spectrum.</summary>
    public LevelRows GradientsOf(int spectrum) => Level(_gradients, spectrum);

    /// <summary>The patches of all spectra, and the floats of one.</summary>
    public (PinnedBuffer Values, int FloatsPerSpectrum) AllPatches => (_patches, _shape.OutputLength * RowBlock.StrideFor(PatchWidth));

    /// <summary>The values of all spectra, and the floats of one.</summary>
    public (PinnedBuffer Values, int FloatsPerSpectrum) AllValues =>
        (_values, _shape.OutputLength * RowBlock.StrideFor(_shape.OutputChannels));

    /// <summary>The derivatives of all spectra, and the floats of one.</summary>
    public (PinnedBuffer Values, int FloatsPerSpectrum) AllGradients =>
        (_gradients, _shape.OutputLength * RowBlock.StrideFor(_shape.OutputChannels));

    private RowBlock Rows(PinnedBuffer buffer, int width, int first, int spectra)
    {
        var stride = RowBlock.StrideFor(width);
        return new RowBlock(buffer.Pointer + ((nint)first * _shape.OutputLength * stride), spectra * _shape.OutputLength, width, stride);
    }

    private LevelRows Level(PinnedBuffer buffer, int spectrum)
    {
        var stride = RowBlock.StrideFor(_shape.OutputChannels);
        return new LevelRows((nint)(buffer.Pointer + ((nint)spectrum * _shape.OutputLength * stride)), stride);
    }
}
