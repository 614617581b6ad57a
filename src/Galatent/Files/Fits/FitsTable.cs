using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Galatent.Numerics;

namespace Galatent.Files.Fits;

/// <summary>A table of a FITS file, binary or ASCII. Only what is asked for is read, and memory is taken only for bytes that
/// exist.</summary>
internal sealed class FitsTable
{
    // Small tables are read once and kept; of larger ones, blocks of rows of at most this size.
    private const int MostKept = 1 << 23;

    private readonly FitsUnit _unit;
    private readonly long _heapStart;
    private readonly bool _isAscii;
    private (int First, int Count, byte[] Bytes) _kept = (0, 0, []);

    /// <summary>Reads the descriptions of the columns.</summary>
    /// <exception cref="InputException">They are damaged, or do not fit into a row.</exception>
    public FitsTable(FitsUnit unit)
    {
        _unit = unit;
        _isAscii = unit.Header.Text("XTENSION").Trim() == "TABLE";
        RowBytes = unit.Header.LongCount("NAXIS1");
        RowCount = unit.Header.Count("NAXIS2");
        if ((Int128)RowBytes * RowCount > unit.DataBytes)
        {
            throw new InputException(
                $"'{unit.FilePath}': the table {unit.Title} says {RowCount} rows of {RowBytes} bytes, and its data have "
                    + $"{unit.DataBytes}; the "
                    + $"file is damaged, copy it again."
            );
        }
        Columns = [.. ReadColumns()];
        _heapStart = unit.Header.Has("THEAP") ? unit.Header.LongCount("THEAP") : RowBytes * RowCount;
    }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Bytes from one row to the next.</summary>
    public long RowBytes { get; }

    /// <summary>Rows that are read at once: those of a large table are best asked for so, several columns at a time.</summary>
    public int BlockRows => (int)Math.Clamp(MostKept / Math.Max(1, RowBytes), 1, int.MaxValue);

    /// <summary>The columns in the order of the file.</summary>
    public IReadOnlyList<FitsColumn> Columns { get; }

    /// <summary>The first column of that name in any case; null when there is none.</summary>
    public FitsColumn? Find(string name) => Columns.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The first column that has one of the names; null when there is none.</summary>
    public FitsColumn? FindAny(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Find(name) is { } column)
            {
                return column;
            }
        }
        return null;
    }

    /// <summary>The first column of that name in any case.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public FitsColumn Require(string name) =>
        Find(name)
        ?? throw new InputException(
            $"'{_unit.FilePath}': the table {_unit.Title} has no column {name}; it has " + $"{ShownNames.Of(Columns.Select(c => c.Name))}."
        );

    /// <summary>Numbers of some rows, all elements of each row in order; NaN for missing ones.</summary>
    /// <exception cref="InputException">The column holds no numbers, or the file ends before them.</exception>
    public double[] Numbers(FitsColumn column, int first, int count)
    {
        if (column.Descriptor is not null)
        {
            return [.. Enumerable.Range(first, count).SelectMany(row => Cell(column, row))];
        }
        if (column.Type == 'X')
        {
            return [.. Cells(column, first, count).SelectMany(cell => Bits(cell, column.Repeat))];
        }
        RequireNumbers(column);
        RequireRows(first, count);
        var values = new double[(long)count * column.Repeat];
        var width = column.FieldWidth > 0 ? column.FieldWidth : column.ElementBytes;
        ForEachElement(column, first, count, width, (i, bytes) => values[i] = Number(column, bytes));
        return values;
    }

    /// <summary>Whole numbers of some rows, exactly; -1 for missing ones.</summary>
    /// <exception cref="InputException">The column holds no numbers, or the file ends before them.</exception>
    public long[] Wholes(FitsColumn column, int first, int count)
    {
        if (!column.IsWhole || column.Descriptor is not null || column.FieldWidth > 0)
        {
            return Array.ConvertAll(Numbers(column, first, count), v => Math.Abs(v) < 9e18 ? (long)Math.Round(v) : -1);
        }
        RequireRows(first, count);
        var values = new long[(long)count * column.Repeat];
        ForEachElement(column, first, count, column.ElementBytes, (i, bytes) => values[i] = column.Format.Whole(bytes) ?? -1);
        return values;
    }

    /// <summary>One text for each row: the first text of a text column; of a column of numbers the first number, with all digits, empty
    /// where it is missing.</summary>
    /// <exception cref="InputException">The file ends before them.</exception>
    public string[] Texts(FitsColumn column, int first, int count)
    {
        if (column.Descriptor is not null && column.IsText)
        {
            return [.. Enumerable.Range(first, count).Select(row => Encoding.Latin1.GetString(Heap(column, row)).Split('\0')[0].Trim())];
        }
        var texts = new string[count];
        var cells = column.Descriptor is null ? Cells(column, first, count) : [];
        for (var i = 0; i < count; i++)
        {
            texts[i] =
                column.Descriptor is not null ? Plain(Cell(column, first + i).FirstOrDefault(double.NaN))
                : column.FieldWidth > 0 || column.IsText ? Encoding.Latin1.GetString(cells[i]).Split('\0')[0]
                : column.Repeat == 0 ? ""
                : column.Type is 'B' or 'I' or 'J' or 'K' or 'E' or 'D' ? column.Format.Text(cells[i].AsSpan(0, column.ElementBytes))
                : column.Type == 'L' ? (cells[i][0] == (byte)'T' ? "T" : "F")
                : "";
            texts[i] = (
                column.IsText && texts[i].Length > column.TextLength && column.TextLength > 0 ? texts[i][..column.TextLength] : texts[i]
            ).Trim();
        }
        return texts;
    }

    /// <summary>All elements of one cell, also of a variable-length column.</summary>
    /// <exception cref="InputException">The column holds no numbers, or the file ends before them.</exception>
    public double[] Cell(FitsColumn column, int row)
    {
        if (column.Descriptor is null)
        {
            return Numbers(column, row, 1);
        }
        RequireNumbers(column);
        var bytes = Heap(column, row);
        if (column.Type == 'X')
        {
            return Bits(bytes, bytes.Length * 8);
        }
        var values = new double[bytes.Length / column.ElementBytes];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Number(column, bytes.AsSpan(i * column.ElementBytes, column.ElementBytes));
        }
        return values;
    }

    /// <summary>The bytes of a variable-length array.</summary>
    /// <exception cref="InputException">They lie outside the table's heap.</exception>
    public byte[] Heap(FitsColumn column, int row)
    {
        var cell = column.Repeat == 0 ? [] : Cells(column, row, 1)[0];
        var count =
            cell.Length == 0 ? 0
            : column.Descriptor == 'P' ? BinaryPrimitives.ReadInt32BigEndian(cell)
            : BinaryPrimitives.ReadInt64BigEndian(cell);
        if (count == 0)
        {
            return [];
        }
        var offset =
            column.Descriptor == 'P'
                ? BinaryPrimitives.ReadInt32BigEndian(cell.AsSpan(4))
                : BinaryPrimitives.ReadInt64BigEndian(cell.AsSpan(8));
        var bytes = column.Type == 'X' ? ((Int128)count + 7) / 8 : (Int128)count * column.ElementBytes;
        if (count < 0 || offset < 0 || offset + bytes > _unit.DataBytes - _heapStart || bytes > Array.MaxLength)
        {
            throw new InputException(
                $"'{_unit.FilePath}': row {row} of the column {column.Name} points to {count} elements at byte {offset}, "
                    + $"beyond the table's "
                    + $"heap; the file is damaged, copy it again."
            );
        }
        _unit.RequireBytes(_heapStart + offset, (long)bytes);
        var heap = new byte[(int)bytes];
        _unit.Read(_heapStart + offset, heap);
        return heap;
    }

    private static double[] Bits(byte[] bytes, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (double)((bytes[i / 8] >> (7 - (i % 8))) & 1))];

    private static string Plain(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private static double Field(FitsColumn column, ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes).Trim();
        if (text.Length == 0 || (column.NullText.Length > 0 && text == column.NullText))
        {
            return double.NaN;
        }
        if (!double.TryParse(text.Replace('D', 'E').Replace('d', 'e'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return double.NaN;
        }
        var isWhole = column.Type == 'D' && !text.AsSpan().ContainsAny(".EeDd");
        var stored = isWhole ? value / Math.Pow(10, column.ImpliedDecimals) : value;
        return column.Format.Zero + (column.Format.Scale * stored);
    }

    private static double Number(FitsColumn column, ReadOnlySpan<byte> bytes) =>
        column.FieldWidth > 0 ? Field(column, bytes)
        : column.Type == 'L'
            ? bytes[0] switch
            {
                (byte)'T' => 1,
                (byte)'F' => 0,
                _ => double.NaN,
            }
        : column.Format.Number(bytes);

    private void RequireNumbers(FitsColumn column)
    {
        if (column.Type is 'A' or 'C' or 'M')
        {
            var kind = column.Type == 'A' ? "texts" : "complex numbers";
            throw new InputException(
                $"'{_unit.FilePath}': the column {column.Name} has the type {column.Type} ({kind}), which is not a number."
            );
        }
    }

    private byte[][] Cells(FitsColumn column, int first, int count)
    {
        RequireRows(first, count);
        var cells = new byte[count][];
        for (var done = 0; done < count; )
        {
            var part = Math.Min(BlockRows, count - done);
            var rows = Block(first + done, part);
            for (var i = 0; i < part; i++)
            {
                cells[done + i] = rows.Slice((int)((i * RowBytes) + column.Offset), (int)column.CellBytes).ToArray();
            }
            done += part;
        }
        return cells;
    }

    private delegate void ElementAction(int place, ReadOnlySpan<byte> bytes);

    private void ForEachElement(FitsColumn column, int first, int count, int width, ElementAction action)
    {
        for (var done = 0; done < count; )
        {
            var part = Math.Min(BlockRows, count - done);
            var rows = Block(first + done, part);
            for (var row = 0; row < part; row++)
            {
                for (var k = 0; k < column.Repeat; k++)
                {
                    var at = (row * RowBytes) + column.Offset + (k * (long)column.ElementBytes);
                    action(((done + row) * column.Repeat) + k, rows.Slice((int)at, width));
                }
            }
            done += part;
        }
    }

    private void RequireRows(int first, int count)
    {
        var exists = first >= 0 && count >= 0 && first + (long)count <= RowCount;
        if (exists)
        {
            _unit.RequireBytes(first * RowBytes, RowBytes * count);
        }
        if (!exists || RowBytes > Array.MaxLength)
        {
            throw new InputException(
                $"'{_unit.FilePath}': {count} rows of the table {_unit.Title}, of {RowBytes} bytes each, are more than can be read at once."
            );
        }
    }

    // The last rows are kept: they are asked for again, column by column.
    private ReadOnlySpan<byte> Block(int first, int count)
    {
        if (first < _kept.First || first + count > _kept.First + _kept.Count)
        {
            var isSmall = RowCount <= BlockRows;
            _kept = isSmall
                ? (0, RowCount, Bytes(0, (int)(RowBytes * RowCount)))
                : (first, count, Bytes(first * RowBytes, (int)(RowBytes * count)));
        }
        return _kept.Bytes.AsSpan((int)((first - _kept.First) * RowBytes), (int)(RowBytes * count));
    }

    private byte[] Bytes(long offset, int count)
    {
        _unit.RequireBytes(offset, count);
        var bytes = new byte[count];
        _unit.Read(offset, bytes);
        return bytes;
    }

    private IEnumerable<FitsColumn> ReadColumns()
    {
        var fields = _unit.Header.Count("TFIELDS", 0);
        if (fields > 999)
        {
            throw new InputException($"'{_unit.FilePath}': TFIELDS is {fields}, where FITS allows 999; the file is damaged.");
        }
        long offset = 0;
        for (var number = 1; number <= fields; number++)
        {
            var column = _isAscii
                ? FitsColumn.Ascii(_unit.FilePath, _unit.Header, number)
                : FitsColumn.Binary(_unit.FilePath, _unit.Header, number, (int)offset);
            var bytes = column.Descriptor is not null && column.Repeat == 0 ? 0 : column.CellBytes;
            offset = _isAscii ? column.Offset + bytes : offset + bytes;
            if (offset > RowBytes || offset > int.MaxValue || column.Offset < 0)
            {
                throw new InputException(
                    $"'{_unit.FilePath}': the columns of the table {_unit.Title} need {offset} bytes in a row, and NAXIS1 says {RowBytes}; "
                        + $"the file is damaged, copy it again."
                );
            }
            yield return column;
        }
    }
}
