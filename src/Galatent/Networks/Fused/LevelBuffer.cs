using Galatent.Numerics.MatrixProducts;

namespace Galatent.Networks.Fused;

/// <summary>Some neighbouring levels of a number of spectra, each level between rows of zeros that nothing overwrites
/// (<see cref="StridedConvolution.PaddingRows"/>).</summary>
internal sealed unsafe class LevelBuffer
{
    private const int CacheLineFloats = 16;
    private readonly PinnedBuffer _values;
    private readonly int _firstLevel;
    private readonly int[] _offsets;
    private readonly long _spectrumStride;

    /// <summary>Allocates levels <paramref name="firstLevel"/> to <paramref name="lastLevel"/>.</summary>
    public LevelBuffer(IReadOnlyList<ConvolutionShape> convolutions, int firstLevel, int lastLevel, int spectra)
    {
        _firstLevel = firstLevel;
        _offsets = new int[Math.Max(0, lastLevel - firstLevel + 1)];
        for (var level = firstLevel; level <= lastLevel; level++)
        {
            var (length, channels) =
                level < convolutions.Count
                    ? (convolutions[level].InputLength, convolutions[level].InputChannels)
                    : (convolutions[^1].OutputLength, convolutions[^1].OutputChannels);
            _offsets[level - firstLevel] = (int)_spectrumStride + (StridedConvolution.PaddingRows * channels);
            var floats = (length + (2 * StridedConvolution.PaddingRows)) * channels;
            _spectrumStride += (floats + CacheLineFloats - 1) / CacheLineFloats * CacheLineFloats;
        }
        _values = new PinnedBuffer(_spectrumStride * spectra);
    }

    /// <summary>Position 0, channel 0 of a level of a spectrum.</summary>
    public float* At(int level, int spectrum = 0) => _values.Pointer + (spectrum * _spectrumStride) + _offsets[level - _firstLevel];
}
