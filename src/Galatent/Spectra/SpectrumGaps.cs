using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Spectra;

/// <summary>Where the spectra of a file have bad pixels (<c>/mask</c>). The mask is counted once; its rows stay in the file.</summary>
public sealed class SpectrumGaps : IDisposable
{
    private readonly RowFile<byte> _mask;
    private readonly RowFile<float>? _ivar;
    private readonly long[] _before;
    private readonly int[] _good;

    private SpectrumGaps(string path, ISpectrumSource source, RowFile<byte> mask, RowFile<float>? ivar, long[] before, int[] good) =>
        (Path, Source, _mask, _ivar, _before, _good) = (path, source, mask, ivar, before, good);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its spectra.</summary>
    public ISpectrumSource Source { get; }

    /// <summary>Share of bad pixels.</summary>
    public double BadShare => (double)BadCount / Source.Count / Source.Grid.Count;

    /// <summary>Number of bad pixels in all spectra.</summary>
    internal long BadCount => _before[^1];

    /// <summary>Opens the mask of a file.</summary>
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
        if (masked is not { } maskRows)
        {
            return null;
        }
        var mask = RowFile<byte>.Open(path, SpectrumFile.Mask, scratchFolder, maskRows, count, pixels);
        var before = new long[count + 1];
        var good = new int[pixels];
        var isUsed = false;
        try
        {
            var row = new byte[pixels];
            for (var i = 0; i < count; i++)
            {
                mask.ReadFrom(i, row);
                before[i + 1] = before[i] + pixels - row.AsSpan().Count((byte)0);
                for (var j = 0; j < pixels; j++)
                {
                    good[j] += row[j] == 0 ? 1 : 0;
                }
            }
            if (before[^1] == 0)
            {
                return null;
            }
            var ivar = known is { } ivarRows
                ? RowFile<float>.Open(path, SpectrumFile.InverseVariance, scratchFolder, ivarRows, count, pixels)
                : null;
            isUsed = true;
            return new SpectrumGaps(path, source, mask, ivar, before, good);
        }
        finally
        {
            if (!isUsed)
            {
                mask.Dispose();
            }
        }
    }

    /// <summary>Whether at least half of the spectra are good in a pixel.</summary>
    internal bool IsCovered(int pixel) => 2L * _good[pixel] >= Source.Count;

    /// <summary>Number of bad pixels in all spectra before one, and in that one.</summary>
    internal (long Before, int Count) Bad(int row) => (_before[row], (int)(_before[row + 1] - _before[row]));

    /// <summary>The mask of a spectrum, shape (n_wave): not 0 for a bad pixel. Several threads may call at once.</summary>
    /// <exception cref="InputException">The file has changed since it was opened.</exception>
    internal byte[] Mask(int row)
    {
        var mask = new byte[Source.Grid.Count];
        _mask.Read(row, mask);
        // The number of bad pixels is known from the opening.
        _mask.RequireUnchanged();
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
        _mask.Dispose();
        _ivar?.Dispose();
    }
}
