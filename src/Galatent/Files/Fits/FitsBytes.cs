using Microsoft.Win32.SafeHandles;

namespace Galatent.Files.Fits;

/// <summary>The bytes of a FITS file, read at any place by any thread: the file itself, or what it holds when it is compressed.</summary>
internal sealed class FitsBytes : IDisposable
{
    private readonly SafeFileHandle? _handle;
    private readonly byte[] _held = [];
    private readonly UnchangedFile? _state;

    /// <summary>Bytes of an open file.</summary>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="handle">The open file; this object closes it.</param>
    public FitsBytes(string path, SafeFileHandle handle)
    {
        (_handle, _state) = (handle, UnchangedFile.Of(path, handle));
        Length = RandomAccess.GetLength(handle);
    }

    /// <summary>Bytes in memory.</summary>
    public FitsBytes(byte[] held) => (_held, Length) = (held, held.Length);

    /// <summary>How many there are.</summary>
    public long Length { get; }

    /// <summary>Fills a buffer from a place. The caller has checked that the bytes exist.</summary>
    public void Read(long offset, Span<byte> buffer)
    {
        if (_handle is null)
        {
            _held.AsSpan(checked((int)offset), buffer.Length).CopyTo(buffer);
            return;
        }
        while (buffer.Length > 0)
        {
            var count = RandomAccess.Read(_handle, buffer, offset);
            if (count == 0)
            {
                throw new EndOfStreamException("it became shorter while it was read");
            }
            buffer = buffer[count..];
            offset += count;
        }
    }

    /// <summary>Makes sure that the file is the one that was opened.</summary>
    public void RequireUnchanged()
    {
        if (_handle is not null)
        {
            _state!.Require(_handle);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle?.Dispose();
}
