using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Galatent.Files;

/// <summary>What an HDF5 element is.</summary>
internal enum Hdf5Kind
{
    /// <summary>IEEE 754 float of 2, 4 or 8 bytes.</summary>
    Float,

    /// <summary>Whole number of 1, 2, 4 or 8 bytes; enumerated values and truth values (0 and 1) too.</summary>
    Whole,

    /// <summary>Text of a fixed number of bytes.</summary>
    Text,

    /// <summary>Text of any length, kept elsewhere in the file.</summary>
    VariableText,

    /// <summary>Compound: several named fields.</summary>
    Record,

    /// <summary>A fixed number of elements.</summary>
    Array,

    /// <summary>What is not read: bit fields, references, sequences, 128-bit floats, ...</summary>
    Other,
}

/// <summary>The type of an element and how its bytes become a number.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Bytes.</param>
/// <param name="IsBigEndian">Most significant byte first.</param>
/// <param name="IsSigned">For whole numbers.</param>
internal sealed record Hdf5Type(Hdf5Kind Kind, int Size, bool IsBigEndian = false, bool IsSigned = false)
{
    /// <summary>Fields of a record: name, first byte, type.</summary>
    public IReadOnlyList<(string Name, int Offset, Hdf5Type Type)> Fields { get; init; } = [];

    /// <summary>Type of an array's elements.</summary>
    public Hdf5Type? Element { get; init; }

    /// <summary>Number of an array's elements.</summary>
    public int ElementCount { get; init; } = 1;

    /// <summary>For messages: what is not read.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether it is one number.</summary>
    public bool IsNumber => Kind is Hdf5Kind.Float or Hdf5Kind.Whole;

    /// <summary>Whether it is a whole number that a double may not hold.</summary>
    public bool IsLong => Kind == Hdf5Kind.Whole && Size == 8;

    /// <summary>The nearest double.</summary>
    public double Number(ReadOnlySpan<byte> bytes) =>
        (Kind, Size, IsBigEndian) switch
        {
            (Hdf5Kind.Float, 2, false) => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
            (Hdf5Kind.Float, 2, true) => (double)BinaryPrimitives.ReadHalfBigEndian(bytes),
            (Hdf5Kind.Float, 4, false) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
            (Hdf5Kind.Float, 4, true) => BinaryPrimitives.ReadSingleBigEndian(bytes),
            (Hdf5Kind.Float, 8, false) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            (Hdf5Kind.Float, 8, true) => BinaryPrimitives.ReadDoubleBigEndian(bytes),
            _ when IsSigned => (long)Bits(bytes),
            _ => Bits(bytes),
        };

    /// <summary>A whole number, signed ones as their two's complement of 64 bits.</summary>
    public ulong Bits(ReadOnlySpan<byte> bytes)
    {
        var bits = 0UL;
        for (var i = 0; i < Size; i++)
        {
            bits = (bits << 8) | bytes[IsBigEndian ? i : Size - 1 - i];
        }
        var unused = 64 - (8 * Size);
        return IsSigned ? (ulong)((long)(bits << unused) >> unused) : bits;
    }

    /// <summary>A text of fixed length, without the zeros or blanks that fill it up.</summary>
    public string Text(ReadOnlySpan<byte> bytes)
    {
        var text = bytes[..Size];
        var end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]).TrimEnd(' ');
    }

    /// <summary>Many numbers that stand one after the other, as doubles.</summary>
    public void Numbers(ReadOnlySpan<byte> bytes, Span<double> values)
    {
        if (Kind == Hdf5Kind.Float && Size == 8 && IsBigEndian != BitConverter.IsLittleEndian)
        {
            MemoryMarshal.Cast<byte, double>(bytes)[..values.Length].CopyTo(values);
            return;
        }
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Number(bytes[(i * Size)..]);
        }
    }
}
