using System.Buffers.Binary;
using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>
/// Looks whether the footer of a Parquet file is what parquet.thrift (format 2.11) says, in Thrift's compact protocol. The package reads
/// on at the end of a damaged one without end (Parquet.Net 6.1.0: a number of variable length has none there), so it is only given footers
/// whose fields have their types and end where the footer ends.
/// </summary>
internal ref struct ParquetFooter
{
    private const int MostDepth = 32;

    // Types of the compact protocol; a truth value is in its type.
    private const int True = 1;
    private const int False = 2;
    private const int I8 = 3;
    private const int I16 = 4;
    private const int I32 = 5;
    private const int I64 = 6;
    private const int Double = 7;
    private const int Binary = 8;
    private const int List = 9;
    private const int Set = 10;
    private const int Map = 11;
    private const int Struct = 12;

    // Fields of a structure in the order of their numbers from 1 on: a type, or the fields of what it holds; null where anything will do.
    private static readonly Shape KeyValue = new(Of(Binary), Of(Binary));
    private static readonly Shape SchemaElement = new([.. Numbers(3), Of(Binary), .. Numbers(5)]);
    private static readonly Shape ColumnMetaData = new([
        Of(I32),
        ListOf(I32),
        ListOf(Binary),
        Of(I32),
        Of(I64),
        Of(I64),
        Of(I64),
        new Field(List, Struct, KeyValue),
        Of(I64),
        Of(I64),
        Of(I64),
        Of(Struct),
        ListOf(Struct),
        Of(I64),
        Of(I32),
    ]);

    private static readonly Shape ColumnChunk = new(
        Of(Binary),
        Of(I64),
        new Field(Struct, 0, ColumnMetaData),
        Of(I64),
        Of(I32),
        Of(I64),
        Of(I32)
    );

    private static readonly Shape RowGroup = new(
        new Field(List, Struct, ColumnChunk),
        Of(I64),
        Of(I64),
        ListOf(Struct),
        Of(I64),
        Of(I64),
        Of(I16)
    );

    private static readonly Shape FileMetaData = new(
        Of(I32),
        new Field(List, Struct, SchemaElement),
        Of(I64),
        new Field(List, Struct, RowGroup),
        new Field(List, Struct, KeyValue),
        Of(Binary)
    );

    private readonly ReadOnlySpan<byte> _bytes;
    private int _at;

    private ParquetFooter(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Refuses a file whose footer is damaged.</summary>
    /// <exception cref="InputException">It is.</exception>
    public static void Check(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> end = stackalloc byte[8];
        var isWhole = file.Length >= 12;
        file.Position = Math.Max(0, file.Length - 8);
        isWhole = isWhole && file.ReadAtLeast(end, 8, throwOnEndOfStream: false) == 8 && end[4..].SequenceEqual("PAR1"u8);
        var length = BinaryPrimitives.ReadInt32LittleEndian(end);
        if (!isWhole || length <= 0 || length > file.Length - 12)
        {
            throw new InputException($"'{path}' is damaged or not readable as Parquet (it has no footer); make or download it again.");
        }
        var bytes = new byte[length];
        file.Position = file.Length - 8 - length;
        file.ReadExactly(bytes);
        var footer = new ParquetFooter(bytes);
        if (!footer.Skip(Struct, FileMetaData, 0, 0))
        {
            throw new InputException(
                $"'{path}' is damaged or not readable as Parquet (byte {footer._at} of its footer does not fit); make or download it again."
            );
        }
    }

    private static Field Of(int type) => new(type, 0, null);

    private static Field ListOf(int element) => new(List, element, null);

    private static Field[] Numbers(int count) => [.. Enumerable.Repeat(Of(I32), count)];

    // Whether a value of a type stands here; moves behind it.
    private bool Skip(int type, Shape? shape, int element, int depth)
    {
        if (depth > MostDepth)
        {
            return false;
        }
        switch (type)
        {
            case True or False:
                return true;
            case I8:
                return Move(1);
            case I16 or I32 or I64:
                return Number(out _);
            case Double:
                return Move(8);
            case Binary:
                return Number(out var length) && length <= int.MaxValue && Move((int)length);
            case List or Set:
                return SkipList(shape, element, depth);
            case Map:
                return SkipMap(depth);
            case Struct:
                return SkipStruct(shape, depth);
            default:
                return false;
        }
    }

    private bool SkipStruct(Shape? shape, int depth)
    {
        for (var last = 0; ; )
        {
            if (_at >= _bytes.Length)
            {
                return false;
            }
            var header = _bytes[_at++];
            if (header == 0)
            {
                return true;
            }
            var number = last + (header >> 4);
            if (header >> 4 == 0)
            {
                if (!Number(out var zigzag))
                {
                    return false;
                }
                number = (short)((int)(zigzag >> 1) ^ -(int)(zigzag & 1));
            }
            last = number;
            var due = shape is not null && number >= 1 && number <= shape.Fields.Length ? shape.Fields[number - 1] : default;
            if ((due.Type != 0 && due.Type != (header & 15)) || !Skip(header & 15, due.Inner, due.Element, depth + 1))
            {
                return false;
            }
        }
    }

    private bool SkipList(Shape? shape, int element, int depth)
    {
        if (_at >= _bytes.Length)
        {
            return false;
        }
        var header = _bytes[_at++];
        var count = (ulong)(header >> 4);
        if ((count == 15 && !Number(out count)) || count > (ulong)(_bytes.Length - _at) || (element != 0 && (header & 15) != element))
        {
            return false;
        }
        for (var i = 0UL; i < count; i++)
        {
            // A truth value in a list takes a byte.
            if ((header & 15) is True or False ? !Move(1) : !Skip(header & 15, shape, 0, depth + 1))
            {
                return false;
            }
        }
        return true;
    }

    private bool SkipMap(int depth)
    {
        if (!Number(out var count) || count > (ulong)(_bytes.Length - _at))
        {
            return false;
        }
        if (count == 0)
        {
            return true;
        }
        var types = _at < _bytes.Length ? _bytes[_at++] : 0;
        for (var i = 0UL; i < count; i++)
        {
            if (!Skip(types >> 4, null, 0, depth + 1) || !Skip(types & 15, null, 0, depth + 1))
            {
                return false;
            }
        }
        return true;
    }

    private bool Number(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && _at < _bytes.Length; shift += 7)
        {
            var part = _bytes[_at++];
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
            {
                return true;
            }
        }
        return false;
    }

    private bool Move(int count)
    {
        if (count < 0 || count > _bytes.Length - _at)
        {
            return false;
        }
        _at += count;
        return true;
    }

    private readonly record struct Field(int Type, int Element, Shape? Inner);

    private sealed record Shape(params Field[] Fields);
}
