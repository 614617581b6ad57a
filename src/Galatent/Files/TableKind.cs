using System.Text;
using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>What a file of columns is, by its first bytes: names end in anything.</summary>
internal static class TableKind
{
    private static readonly (byte[] Signature, string Name)[] Refused =
    [
        ("SIMPLE  ="u8.ToArray(), "a FITS file"),
        ([0x1F, 0x8B], "compressed by gzip"),
        ("PK\x03\x04"u8.ToArray(), "a zip archive (.npz and .xlsx are such)"),
        ([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], "a NumPy array"),
        ("ARROW1"u8.ToArray(), "an Arrow (Feather) file"),
        ("BZh"u8.ToArray(), "compressed by bzip2"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "compressed by xz"),
    ];

    /// <summary>The readers there are.</summary>
    public enum Kind
    {
        /// <summary>Text.</summary>
        Text,

        /// <summary>HDF5.</summary>
        Hdf5,

        /// <summary>Apache Parquet.</summary>
        Parquet,
    }

    /// <summary>Looks at the first bytes.</summary>
    /// <exception cref="InputException">It is of a kind that no reader understands.</exception>
    public static Kind Of(TableInput input)
    {
        var path = input.Path;
        ReadOnlySpan<byte> head = input.Head;
        if (IsHdf5(input))
        {
            input.RequireFile();
            return Kind.Hdf5;
        }
        if (head.StartsWith("PAR1"u8))
        {
            input.RequireFile();
            return Kind.Parquet;
        }
        foreach (var (signature, name) in Refused)
        {
            if (head.StartsWith(signature))
            {
                throw new InputException($"'{path}' is {name}; write its columns as text (CSV), HDF5 or Parquet.");
            }
        }
        return head.Contains((byte)0) && input.DetectEncoding() is not (UnicodeEncoding or UTF32Encoding)
            ? throw new InputException(
                $"'{path}' holds binary data of an unknown kind; give columns as text (CSV, UTF-8), HDF5 or Parquet."
            )
            : Kind.Text;
    }

    private static bool IsHdf5(TableInput input)
    {
        using var stream = input.Read();
        return Hdf5.IsHdf5(stream);
    }
}
