using System.Text;
using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>
/// A file that is read several times. A pipe (standard input, a named pipe) can be read only once. It is therefore read into memory whole.
/// </summary>
internal sealed class TableInput
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly byte[]? _held;

    private TableInput(string path, byte[]? held, byte[] head) => (Path, _held, Head) = (path, held, head);

    /// <summary>The path that the user gave.</summary>
    public string Path { get; }

    /// <summary>The first bytes, at most 4096.</summary>
    public byte[] Head { get; }

    /// <summary>Whether it could be read only once.</summary>
    public bool IsStream => _held is not null;

    /// <summary>Looks at a file.</summary>
    /// <exception cref="InputException">There is no such file, or it cannot be read, or a pipe holds more than memory can.</exception>
    public static TableInput Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"'{path}' is a folder; give a file of columns: text, HDF5 or Parquet.");
        }
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'; check the path.");
        }
        return Guard(path, () =>
        {
            using var stream = File.OpenRead(path);
            var held = stream.CanSeek ? null : Whole(path, stream);
            var head = new byte[4096];
            var length = held is null
                ? stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)
                : new MemoryStream(held).ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            return new TableInput(path, held, head[..length]);
        });
    }

    /// <summary>Refuses this input if it can be read only once.</summary>
    /// <exception cref="InputException">It is a pipe or the like.</exception>
    public void RequireFile()
    {
        if (IsStream)
        {
            throw RegularFile.OnlyOnce(Path);
        }
    }

    /// <summary>The bytes from the beginning; call as often as needed.</summary>
    public Stream Read() => _held is null ? Guard(Path, () => File.OpenRead(Path)) : new MemoryStream(_held, writable: false);

    /// <summary>The text from the beginning, without a byte-order mark.</summary>
    /// <param name="encoding">How its characters are written.</param>
    public StreamReader Text(Encoding encoding) => new(Read(), encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);

    /// <summary>
    /// How the characters are written: by the byte-order mark; without one UTF-16 where every other byte of the head is 0, UTF-8 where all
    /// bytes are valid in it, and else Latin-1.
    /// </summary>
    public Encoding DetectEncoding()
    {
        switch (Head)
        {
            case [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..]:
                return new UTF32Encoding(bigEndian: Head[0] == 0, byteOrderMark: true);
            case [0xFF, 0xFE, ..]:
                return Encoding.Unicode;
            case [0xFE, 0xFF, ..]:
                return Encoding.BigEndianUnicode;
        }
        var isOfPairs = Head.Length >= 8 && Head.Length % 2 == 0;
        if (isOfPairs && Zeros(0) == 0 && Zeros(1) > Head.Length / 4)
        {
            return Encoding.Unicode;
        }
        if (isOfPairs && Zeros(1) == 0 && Zeros(0) > Head.Length / 4)
        {
            return Encoding.BigEndianUnicode;
        }
        return IsUtf8() ? StrictUtf8 : Encoding.Latin1;
    }

    /// <summary>Turns what the disk says into one sentence.</summary>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read '{path}': {e.Message.TrimEnd('.')}; check the file and its permissions.", e);
        }
    }

    private static byte[] Whole(string path, FileStream stream)
    {
        using var all = new MemoryStream();
        var part = new byte[1 << 16];
        for (var read = stream.Read(part); read > 0; read = stream.Read(part))
        {
            if (all.Length + read > Array.MaxLength)
            {
                throw new InputException(
                    $"'{path}' is a pipe with more than {Array.MaxLength / 1e9:F1} GB, which is kept in memory; save it as a regular file."
                );
            }
            all.Write(part.AsSpan(0, read));
        }
        return all.ToArray();
    }

    // Zero bytes at even or odd places: ASCII text in UTF-16 has them at one of the two.
    private int Zeros(int parity) => Head.Where((b, i) => i % 2 == parity && b == 0).Count();

    private bool IsUtf8()
    {
        try
        {
            using var reader = Text(StrictUtf8);
            var part = new char[1 << 16];
            while (reader.Read(part) > 0) { }
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
