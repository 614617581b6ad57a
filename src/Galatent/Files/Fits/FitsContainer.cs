using System.IO.Compression;
using System.Text;
using Galatent.Numerics;
using Microsoft.Win32.SafeHandles;

namespace Galatent.Files.Fits;

/// <summary>What a file is by its first bytes, whatever its name: FITS, or FITS compressed by gzip. All else is refused by
/// name.</summary>
internal static class FitsContainer
{
    // What a gzipped file holds stays in memory up to this size, and goes to a scratch file beyond.
    private const int MostHeld = 1 << 25;

    private static readonly (byte[] Signature, string Name, string Tool)[] Packed =
    [
        ([0x1F, 0x9D], "compressed by compress (.Z)", "uncompress"),
        ("BZh"u8.ToArray(), "compressed by bzip2", "bunzip2"),
        ("PK"u8.ToArray(), "a zip archive", "unzip"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "compressed by xz", "unxz"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed by zstd", "unzstd"),
    ];

    /// <summary>Whether the first bytes are those of a FITS file.</summary>
    public static bool IsFits(ReadOnlySpan<byte> head) =>
        head.StartsWith("SIMPLE"u8) && (head.Length < 9 || head[6..9].Contains((byte)'='));

    /// <summary>Whether the first bytes are those of gzip.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> head) => head.Length > 1 && head[0] == 0x1F && head[1] == 0x8B;

    /// <summary>The sentence about a compression that is not read; null for anything else.</summary>
    public static string? Refusal(string path, ReadOnlySpan<byte> head)
    {
        foreach (var (signature, name, tool) in Packed)
        {
            if (head.StartsWith(signature))
            {
                return $"'{path}' is {name}; unpack it first ({tool}).";
            }
        }
        return null;
    }

    /// <summary>Opens the bytes of a FITS file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="scratchFolder">Where the content of a large gzipped file is put; null for the folder of the file.</param>
    /// <exception cref="InputException">There is none, or it is something else.</exception>
    public static FitsBytes Open(string path, string? scratchFolder)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"'{path}' is a folder; give a FITS file.");
        }
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'; check the path.");
        }
        RegularFile.Require(path);
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var file = new FitsBytes(path, handle);
        var isKept = false;
        try
        {
            var head = new byte[(int)Math.Min(80, file.Length)];
            file.Read(0, head);
            if (IsGzip(head))
            {
                return Inflate(path, scratchFolder);
            }
            isKept = IsFits(head);
            return isKept ? file : throw new InputException(NotFits(path, head));
        }
        finally
        {
            if (!isKept)
            {
                file.Dispose();
            }
        }
    }

    private static string NotFits(string path, ReadOnlySpan<byte> head) =>
        head.IsEmpty
            ? $"'{path}' is empty; a FITS file is expected."
            : Refusal(path, head)
                ?? $"'{path}' is not a FITS file (it begins with '{Printable(head[..Math.Min(8, head.Length)])}' instead of SIMPLE).";

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var b in bytes)
        {
            text.Append(b is >= 32 and < 127 ? (char)b : '?');
        }
        return text.ToString();
    }

    private static FitsBytes Inflate(string path, string? scratchFolder)
    {
        using var packed = File.OpenRead(path);
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        using var held = new MemoryStream();
        var block = new byte[1 << 17];
        try
        {
            while (held.Length < MostHeld)
            {
                var count = gzip.Read(block);
                if (count == 0)
                {
                    var content = held.ToArray();
                    return RequireFits(path, content, new FitsBytes(content));
                }
                held.Write(block, 0, count);
            }
            // Nothing is put on the disk that does not begin as FITS does.
            _ = RequireFits(path, held.GetBuffer(), file: null!);
            return Spill(path, scratchFolder ?? Path.GetDirectoryName(Path.GetFullPath(path))!, held, gzip, block);
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"'{path}' is gzipped and cut short or damaged ({e.Message.TrimEnd('.')}); copy it again.", e);
        }
    }

    private static FitsBytes Spill(string path, string folder, MemoryStream held, GZipStream gzip, byte[] block)
    {
        SafeFileHandle? scratch = null;
        var isKept = false;
        try
        {
            scratch = ScratchFile.Open(folder, Path.GetFileName(path));
            RandomAccess.Write(scratch, held.GetBuffer().AsSpan(0, (int)held.Length), 0);
            for (long at = held.Length; gzip.Read(block) is var count and > 0; at += count)
            {
                RandomAccess.Write(scratch, block.AsSpan(0, count), at);
            }
            isKept = true;
            return new FitsBytes(path, scratch);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"'{path}' is gzipped, and its content does not go into '{folder}' ({e.Message.TrimEnd('.')}); free some space, or unpack "
                    + $"it.",
                e
            );
        }
        finally
        {
            if (!isKept)
            {
                scratch?.Dispose();
            }
        }
    }

    private static FitsBytes RequireFits(string path, ReadOnlySpan<byte> content, FitsBytes file) =>
        IsFits(content) ? file : throw new InputException($"'{path}' is gzipped, but what it holds is not a FITS file.");
}
