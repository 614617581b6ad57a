using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Spectra;

/// <summary>Where the spectra of a file have bad pixels: those that <c>/mask</c> marks, and those whose <c>/ivar</c>, where it is there, is
/// not positive. They are counted once; the rows stay in the file.</summary>
public sealed class SpectrumGaps : IDisposable
{
    private readonly RowFile<byte>? _mask;
    private readonly RowFile<float>? _ivar;
    private readonly long[] _before;
    private readonly int[] _good;

    private SpectrumGaps(string path, ISpectrumSource source, RowFile<byte>? mask, RowFile<float>? ivar, long[] before, int[] good) =>
        (Path, Source, _mask, _ivar, _before, _good) = (path, source, mask, ivar, before, good);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its spectra.</summary>
    public ISpectrumSource Source { get; }

    /// <summary>Share of bad pixels.</summary>
    public double BadShare => (double)BadCount / Source.Count / Source.Grid.Count;

    /// <summary>Number of bad pixels in all spectra.</summary>
    internal long BadCount => _before[^1];

    /// <summary>Opens mask and inverse variances of a file.</summary>
    /// <param name="path">The file of the spectra.</param>
    /// <param name="source">The spectra.</param>
    /// <param name="scratchFolder">Folder for flat copies, if the file is not stored row by row.</param>
    /// <returns>Null when the file has no bad pixel.</returns>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static SpectrumGaps? Open(string path, ISpectrumSource source, string scratchFolder)
    {
        ArgumentNullException.ThrowIfNull(source);
        var count = source.Count;
        var pixels = source.Grid.Count;
        var (masked, known) = Hdf5.Open(path, file =>
            (
                SpectrumFile.PixelRows(file, path, SpectrumFile.Mask, count, pixels),
                SpectrumFile.PixelRows(file, path, SpectrumFile.InverseVariance, count, pixels)
            )
        );
        var mask = masked is { } m ? RowFile<byte>.Open(path, SpectrumFile.Mask, scratchFolder, m, count, pixels) : null;
        var ivar = known is { } k ? RowFile<float>.Open(path, SpectrumFile.InverseVariance, scratchFolder, k, count, pixels) : null;
        var gaps = new SpectrumGaps(path, source, mask, ivar, new long[count + 1], new int[pixels]);
        var isUsed = false;
        try
        {
            isUsed = (mask is not null || ivar is not null) && gaps.CountBad() > 0;
            return isUsed ? gaps : null;
        }
        finally
        {
            if (!isUsed)
            {
                gaps.Dispose();
            }
        }
    }

    /// <summary>Whether at least half of the spectra are good in a pixel.</summary>
    internal bool IsCovered(int pixel) => 2L * _good[pixel] >= Source.Count;

    /// <summary>Number of bad pixels in all spectra before one, and in that one.</summary>
    internal (long Before, int Count) Bad(int row) => (_before[row], (int)(_before[row + 1] - _before[row]));

    /// <summary>The bad pixels of a spectrum, shape (n_wave): not 0 for a bad one. Several threads may call at once.</summary>
    /// <exception cref="InputException">The file has changed since it was opened.</exception>
    internal byte[] Mask(int row)
    {
        var mask = Marks(row);
        // The number of bad pixels is known from the opening.
        _mask?.RequireUnchanged();
        _ivar?.RequireUnchanged();
        return mask;
    }

    /// <summary>1/sigma² of the pixels of a spectrum, shape (n_wave); empty when the file has none.</summary>
    internal float[] InverseVariance(int row)
    {
        var ivar = _ivar is null ? [] : new float[Source.Grid.Count];
        _ivar?.Read(row, ivar);
        return ivar;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _mask?.Dispose();
        _ivar?.Dispose();
    }

    private byte[] Marks(int row)
    {
        var mask = new byte[Source.Grid.Count];
        _mask?.Read(row, mask);
        var ivar = InverseVariance(row);
        for (var j = 0; j < ivar.Length; j++)
        {
            // Also where it is not a number.
            if (!(ivar[j] > 0) && mask[j] == 0)
            {
                mask[j] = 1;
            }
        }
        return mask;
    }

    private long CountBad()
    {
        for (var i = 0; i < Source.Count; i++)
        {
            var row = Marks(i);
            _before[i + 1] = _before[i] + row.Length - row.AsSpan().Count((byte)0);
            for (var j = 0; j < row.Length; j++)
            {
                _good[j] += row[j] == 0 ? 1 : 0;
            }
        }
        return BadCount;
    }
}
