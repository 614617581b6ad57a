using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Galatent.Numerics;

namespace Galatent.Files.Fits;

/// <summary>One header and data unit: nothing, an image, or a binary table.</summary>
public sealed class FitsUnit
{
    private readonly string _file;
    private byte[] _data = [];

    internal FitsUnit(string file, FitsHeader header) => (_file, Header) = (file, header);

    /// <summary>The header.</summary>
    public FitsHeader Header { get; }

    /// <summary>EXTNAME; empty when there is none.</summary>
    public string Name => Header.Text("EXTNAME");

    /// <summary>Lengths of the image's axes, slowest first, as arrays are indexed; empty without an image.</summary>
    public int[] Shape => [.. Enumerable.Range(1, Header.Count("NAXIS")).Reverse().Select(axis => Header.Count($"NAXIS{axis}"))];

    /// <summary>Names of a table's columns.</summary>
    public IReadOnlyList<string> ColumnNames => [.. Columns().Select(c => c.Name)];

    /// <summary>The image, row-major with the shape of <see cref="Shape"/>, scaled by BSCALE and BZERO; NaN where BLANK declares a pixel
    /// missing.</summary>
    public double[] Image()
    {
        var bits = (int)Header.Number("BITPIX");
        var zero = Header.Number("BZERO", 0);
        var scale = Header.Number("BSCALE", 1);
        if (bits is not (8 or 16 or 32 or 64 or -32 or -64))
        {
            throw new InputException($"'{_file}': BITPIX is {bits}; 8, 16, 32, 64, -32 or -64 is expected.");
        }
        var blank = bits > 0 ? Header.Number("BLANK", double.PositiveInfinity) : double.PositiveInfinity;
        var width = Math.Abs(bits) / 8;
        var values = new double[_data.Length / width];
        for (var i = 0; i < values.Length; i++)
        {
            var raw = _data.AsSpan(i * width, width);
            double stored = bits switch
            {
                8 => raw[0],
                16 => BinaryPrimitives.ReadInt16BigEndian(raw),
                32 => BinaryPrimitives.ReadInt32BigEndian(raw),
                64 => BinaryPrimitives.ReadInt64BigEndian(raw),
                -32 => BinaryPrimitives.ReadSingleBigEndian(raw),
                _ => BinaryPrimitives.ReadDoubleBigEndian(raw),
            };
            values[i] = stored == blank ? double.NaN : zero + (scale * stored);
        }
        return values;
    }

    /// <summary>A numeric column of a binary table, all its elements in row order, scaled by TSCAL and TZERO; NaN where TNULL declares one
    /// missing.</summary>
    /// <exception cref="InputException">There is no such column, or it is not numeric.</exception>
    public double[] Column(string name)
    {
        var column = Find(name);
        var rows = Header.Count("NAXIS2");
        var rowBytes = Header.Count("NAXIS1");
        var scale = Header.Number($"TSCAL{column.Number}", 1);
        var zero = Header.Number($"TZERO{column.Number}", 0);
        var blank = column.Type is 'B' or 'I' or 'J' or 'K'
            ? Header.Number($"TNULL{column.Number}", double.PositiveInfinity)
            : double.PositiveInfinity;
        RequireInside(name, column, rows, rowBytes);
        var values = new double[checked(rows * column.Repeat)];
        for (var i = 0; i < values.Length; i++)
        {
            var raw = _data.AsSpan(
                (i / column.Repeat * rowBytes) + column.Offset + (i % column.Repeat * ElementBytes(column)),
                ElementBytes(column)
            );
            double stored = column.Type switch
            {
                'B' => raw[0],
                'L' => raw[0] == (byte)'T' ? 1 : 0,
                'I' => BinaryPrimitives.ReadInt16BigEndian(raw),
                'J' => BinaryPrimitives.ReadInt32BigEndian(raw),
                'K' => BinaryPrimitives.ReadInt64BigEndian(raw),
                'E' => BinaryPrimitives.ReadSingleBigEndian(raw),
                'D' => BinaryPrimitives.ReadDoubleBigEndian(raw),
                _ => throw new InputException($"'{_file}': the column {name} has the type {column.Type}, which is not a number."),
            };
            values[i] = stored == blank ? double.NaN : zero + (scale * stored);
        }
        return values;
    }

    /// <summary>A text column of a binary table, trimmed.</summary>
    /// <exception cref="InputException">There is no such column, or it is not text.</exception>
    public string[] TextColumn(string name)
    {
        var column = Find(name);
        if (column.Type != 'A')
        {
            throw new InputException($"'{_file}': the column {name} has the type {column.Type}, which is not text.");
        }
        var rowBytes = Header.Count("NAXIS1");
        RequireInside(name, column, Header.Count("NAXIS2"), rowBytes);
        return
        [
            .. Enumerable
                .Range(0, Header.Count("NAXIS2"))
                .Select(row => Encoding.ASCII.GetString(_data, (row * rowBytes) + column.Offset, column.Repeat).TrimEnd(' ', '\0')),
        ];
    }

    /// <summary>Reads the data that follow the header, and the fill up to the next block.</summary>
    internal void ReadData(Stream stream)
    {
        var shape = Shape;
        var elements = shape.Length == 0 ? 0 : shape.Aggregate(1L, (product, length) => checked(product * length));
        var bytes = checked(
            (Math.Abs((long)Header.Number("BITPIX")) / 8) * ((Header.Count("GCOUNT", 1) * elements) + Header.Count("PCOUNT", 0))
        );
        if (bytes > Array.MaxLength)
        {
            throw new InputException($"'{_file}': an extension of {bytes / 1e9:F1} GB is more than this reader takes.");
        }
        _data = ReadBytes(stream, (int)bytes);
        var fill = (int)((FitsHeader.BlockLength - (bytes % FitsHeader.BlockLength)) % FitsHeader.BlockLength);
        // Some writers leave the last block unfilled.
        stream.ReadAtLeast(new byte[fill], fill, throwOnEndOfStream: false);
    }

    // Block by block: a damaged header may claim gigabytes that the file does not have.
    private static byte[] ReadBytes(Stream stream, int count)
    {
        using var whole = new MemoryStream();
        var block = new byte[1 << 20];
        while (whole.Length < count)
        {
            var part = block.AsSpan(0, (int)Math.Min(block.Length, count - whole.Length));
            stream.ReadExactly(part);
            whole.Write(part);
        }
        return whole.ToArray();
    }

    private void RequireInside(string name, TableColumn column, int rows, int rowBytes)
    {
        if (
            column.Offset < 0
            || column.Offset + ((long)column.Repeat * ElementBytes(column)) > rowBytes
            || (long)rows * rowBytes > _data.Length
        )
        {
            throw new InputException($"'{_file}': the column {name} reaches beyond its table; the file is damaged, copy it again.");
        }
    }

    private TableColumn Find(string name) =>
        Columns().FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new InputException($"'{_file}': the table {Name} has no column {name}; it has {string.Join(", ", ColumnNames)}.");

    private List<TableColumn> Columns()
    {
        var columns = new List<TableColumn>();
        var offset = 0;
        for (var number = 1; number <= Header.Count("TFIELDS", 0); number++)
        {
            var form = Header.Text($"TFORM{number}").TrimEnd();
            var digits = form.TakeWhile(char.IsAsciiDigit).Count();
            if (form.Length == digits)
            {
                throw new InputException($"'{_file}': TFORM{number} is '{form}'; a count and a letter are expected.");
            }
            var column = new TableColumn(
                number,
                Header.Text($"TTYPE{number}"),
                form[digits],
                digits == 0 ? 1
                    : int.TryParse(form[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var repeat) ? repeat
                    : throw new InputException($"'{_file}': TFORM{number} is '{form}'; a count and a letter are expected."),
                offset
            );
            offset = checked(offset + (column.Type == 'X' ? (column.Repeat + 7) / 8 : column.Repeat * ElementBytes(column)));
            columns.Add(column);
        }
        return columns;
    }

    private int ElementBytes(TableColumn column) =>
        column.Type switch
        {
            'L' or 'B' or 'A' or 'X' => 1,
            'I' => 2,
            'J' or 'E' => 4,
            'K' or 'D' or 'C' or 'P' => 8,
            'M' or 'Q' => 16,
            _ => throw new InputException($"'{_file}': TFORM{column.Number} has the unknown type {column.Type}."),
        };

    private sealed record TableColumn(int Number, string Name, char Type, int Repeat, int Offset);
}
