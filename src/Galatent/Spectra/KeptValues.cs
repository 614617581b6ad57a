using System.Runtime.InteropServices;
using Galatent.Files;
using Galatent.Numerics;
using Microsoft.Win32.SafeHandles;

namespace Galatent.Spectra;

/// <summary>What bad pixels were filled with, so that it is computed once and not in every epoch: only those pixels, spectrum after
/// spectrum, in a scratch file. So memory does not grow with the spectra; what is used often stays in the page cache.</summary>
internal sealed class KeptValues : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly SpectrumGaps _gaps;
    private readonly byte[] _isKept;

    /// <summary>Sets room aside.</summary>
    /// <param name="gaps">Where the bad pixels are.</param>
    /// <param name="folder">Folder of the scratch file.</param>
    /// <exception cref="InputException">There is no room.</exception>
    public KeptValues(SpectrumGaps gaps, string folder)
    {
        (_gaps, _isKept) = (gaps, new byte[gaps.Source.Count]);
        try
        {
            _file = ScratchFile.Open(folder, "filled", gaps.BadCount * sizeof(float));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"The filled pixels of '{gaps.Path}' need {gaps.BadCount * sizeof(float) / 1e9:F1} GB in '{folder}': "
                    + $"{e.Message.TrimEnd('.')}; free some space or choose another place.",
                e
            );
        }
    }

    /// <summary>The kept values of a spectrum; null when none are kept yet.</summary>
    public float[]? Read(int row)
    {
        if (Volatile.Read(ref _isKept[row]) == 0)
        {
            return null;
        }
        var (before, count) = _gaps.Bad(row);
        var values = new float[count];
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        for (var done = 0; done < bytes.Length; )
        {
            var read = RandomAccess.Read(_file, bytes[done..], (before * sizeof(float)) + done);
            done += read > 0 ? read : throw new InputException("A scratch file was cut while it was used; run the same command again.");
        }
        return values;
    }

    /// <summary>Keeps the values of a spectrum. Threads that compute the same spectrum at once write the same bytes.</summary>
    /// <exception cref="InputException">The disk is full.</exception>
    public void Write(int row, ReadOnlySpan<float> values)
    {
        try
        {
            RandomAccess.Write(_file, MemoryMarshal.AsBytes(values), _gaps.Bad(row).Before * sizeof(float));
        }
        catch (IOException e)
        {
            throw new InputException(
                $"Cannot keep the filled pixels of '{_gaps.Path}': {e.Message.TrimEnd('.')}; free some space and run the same "
                    + "command again.",
                e
            );
        }
        Volatile.Write(ref _isKept[row], 1);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
