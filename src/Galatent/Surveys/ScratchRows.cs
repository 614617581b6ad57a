using System.Runtime.InteropServices;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Surveys.Preparation;
using Microsoft.Win32.SafeHandles;

namespace Galatent.Surveys;

/// <summary>Prepared spectra on disk until it is known which are written: memory does not grow with their number. Any thread appends. The
/// file goes when it is closed.</summary>
internal sealed class ScratchRows : IPreparedRows, IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly int _pixels;
    private readonly string _folder;
    private long _count;

    /// <summary>Opens a new file.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="name">What it is for; part of its name.</param>
    /// <param name="pixels">Pixels of a spectrum.</param>
    /// <exception cref="InputException">It cannot be made.</exception>
    public ScratchRows(string folder, string name, int pixels)
    {
        (_folder, _pixels) = (folder, pixels);
        try
        {
            _file = ScratchFile.Open(folder, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot write into '{folder}': {e.Message.TrimEnd('.')}; choose another place.", e);
        }
    }

    /// <summary>Whether the disk could not take a spectrum. That is no fault of the file that is read.</summary>
    public bool HasFailed { get; private set; }

    private int RowBytes => _pixels * 9;

    /// <summary>Appends a spectrum.</summary>
    /// <returns>Its place.</returns>
    /// <exception cref="InputException">The disk is full.</exception>
    public long Append(PreparedSpectrum spectrum)
    {
        var row = new byte[RowBytes];
        MemoryMarshal.AsBytes(spectrum.Flux.AsSpan()).CopyTo(row);
        MemoryMarshal.AsBytes(spectrum.InverseVariance.AsSpan()).CopyTo(row.AsSpan(4 * _pixels));
        spectrum.Mask.CopyTo(row.AsSpan(8 * _pixels));
        var place = Interlocked.Increment(ref _count) - 1;
        try
        {
            RandomAccess.Write(_file, row, place * RowBytes);
        }
        catch (IOException e)
        {
            HasFailed = true;
            throw new InputException(
                $"Cannot write prepared spectra into '{_folder}': {e.Message.TrimEnd('.')}; free some space or choose another place.",
                e
            );
        }
        return place;
    }

    /// <inheritdoc/>
    public (float[] Flux, float[] InverseVariance, byte[] Mask) Read(ReadOnlySpan<long> places)
    {
        var flux = new float[places.Length * _pixels];
        var ivar = new float[places.Length * _pixels];
        var mask = new byte[places.Length * _pixels];
        var row = new byte[RowBytes];
        for (var i = 0; i < places.Length; i++)
        {
            for (var done = 0; done < row.Length; )
            {
                var count = RandomAccess.Read(_file, row.AsSpan(done), (places[i] * RowBytes) + done);
                done +=
                    count > 0
                        ? count
                        : throw new InputException($"A scratch file in '{_folder}' was cut while it was used; run the same command again.");
            }
            MemoryMarshal.Cast<byte, float>(row.AsSpan(0, 4 * _pixels)).CopyTo(flux.AsSpan(i * _pixels));
            MemoryMarshal.Cast<byte, float>(row.AsSpan(4 * _pixels, 4 * _pixels)).CopyTo(ivar.AsSpan(i * _pixels));
            row.AsSpan(8 * _pixels).CopyTo(mask.AsSpan(i * _pixels));
        }
        return (flux, ivar, mask);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
