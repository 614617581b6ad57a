using System.Globalization;
using Galatent.Numerics;

namespace Galatent.Files.Fits;

/// <summary>One header and data unit: nothing, an image (also tile-compressed), or a table.</summary>
public sealed class FitsUnit
{
    private readonly string _file;
    private readonly FitsBytes _bytes;
    private readonly Lazy<FitsTable> _table;
    private readonly Lazy<FitsTiles> _tiles;
    private readonly long _gap;

    internal FitsUnit(string file, FitsBytes bytes, FitsHeader header, int index, long start)
    {
        (_file, _bytes, Header, Index, DataStart) = (file, bytes, header, index, start);
        _table = new Lazy<FitsTable>(() => new FitsTable(this));
        _tiles = new Lazy<FitsTiles>(() => new FitsTiles(this));
        (DataBytes, _gap) = Sizes();
    }

    /// <summary>The header.</summary>
    public FitsHeader Header { get; }

    /// <summary>Place in the file; the primary unit is 0.</summary>
    public int Index { get; }

    /// <summary>EXTNAME; empty when there is none.</summary>
    public string Name => Header.Text("EXTNAME").Trim();

    /// <summary>Name, or kind where there is no name.</summary>
    internal string Title =>
        Name.Length > 0 ? Name
        : Header.Text("XTENSION") is { Length: > 0 } kind ? kind
        : "PRIMARY";

    /// <summary>Whether it is a binary or an ASCII table, and no compressed image.</summary>
    internal bool IsTable => Header.Text("XTENSION").Trim() is "BINTABLE" or "A3DTABLE" or "TABLE" && !IsTiled;

    /// <summary>Whether it is an image in compressed tiles.</summary>
    internal bool IsTiled => Header.IsTrue("ZIMAGE");

    /// <summary>Whether it has an image of at least one pixel.</summary>
    internal bool IsImage => !IsTable && Shape.Length > 0 && Shape.All(n => n > 0);

    /// <summary>Where the data begin in the file, bytes.</summary>
    internal long DataStart { get; }

    /// <summary>Length of the data by the header, bytes.</summary>
    internal long DataBytes { get; }

    /// <summary>Where the data end.</summary>
    internal long End => DataStart + DataBytes;

    /// <summary>Where the next unit begins.</summary>
    internal long NextUnit => End + _gap;

    /// <summary>Whether any of its data were read.</summary>
    internal bool WasRead { get; private set; }

    /// <summary>The file, for messages.</summary>
    internal string FilePath => _file;

    /// <summary>Lengths of the image's axes, slowest first, as arrays are indexed; empty without an image.</summary>
    public int[] Shape => Lengths(IsTiled ? "Z" : "");

    /// <summary>The columns of a table.</summary>
    /// <exception cref="InputException">The unit is no table, or its columns do not fit into its rows.</exception>
    internal FitsTable Table =>
        IsTable ? _table.Value : throw new InputException($"'{_file}': HDU {Index} ({Title}) is no table; give another one.");

    /// <summary>Names of a table's columns.</summary>
    public IReadOnlyList<string> ColumnNames => [.. Table.Columns.Select(c => c.Name)];

    /// <summary>The image, row-major with the shape of <see cref="Shape"/>, scaled by BSCALE and BZERO; NaN where BLANK declares a pixel
    /// missing.</summary>
    /// <exception cref="InputException">The file ends before the image does, or it is compressed in a way that is not read.</exception>
    public double[] Image() => Rows(0, Shape is [var rows, ..] ? rows : 0);

    /// <summary>Some rows (slowest axis) of the image, as <see cref="Image"/>.</summary>
    internal double[] Rows(int first, int count)
    {
        var raw = Raw(first, count, out var format);
        return format.Numbers(raw);
    }

    /// <summary>Some rows of an image of whole numbers, exactly; numbers of 2^63 and more keep their bits. A pixel without a value is
    /// -1.</summary>
    internal long[] WholeRows(int first, int count)
    {
        var raw = Raw(first, count, out var format);
        return format.Wholes(raw);
    }

    /// <summary>A numeric column of a table, all its elements in row order, scaled by TSCAL and TZERO; NaN where TNULL declares one
    /// missing.</summary>
    /// <exception cref="InputException">There is no such column, or it is not numeric.</exception>
    public double[] Column(string name) => Table.Numbers(Table.Require(name), 0, Table.RowCount);

    /// <summary>A column of a table as texts, trimmed; whole numbers with all their digits.</summary>
    /// <exception cref="InputException">There is no such column.</exception>
    public string[] TextColumn(string name) => Table.Texts(Table.Require(name), 0, Table.RowCount);

    /// <summary>Reads bytes of the data part.</summary>
    /// <param name="offset">From the beginning of the data.</param>
    /// <param name="buffer">What to fill.</param>
    internal void Read(long offset, Span<byte> buffer)
    {
        RequireBytes(offset, buffer.Length);
        WasRead = true;
        _bytes.Read(DataStart + offset, buffer);
    }

    /// <summary>Checks, before memory is taken, that bytes exist.</summary>
    /// <exception cref="InputException">They do not.</exception>
    internal void RequireBytes(long offset, long count)
    {
        if (offset < 0 || count < 0 || offset > DataBytes - count || DataStart + offset > _bytes.Length - count)
        {
            throw new InputException(
                $"'{_file}': HDU {Index} ({Title}) needs bytes {offset} to {offset + count} of its data, which the file does not have; it "
                    + $"is cut short or damaged, copy it again."
            );
        }
    }

    /// <summary>Compares the data with the checksum that the header states (DATASUM: ones' complement sum of 32-bit words).</summary>
    /// <returns>A sentence where they differ; null where they agree or nothing is stated.</returns>
    internal string? CheckDataSum()
    {
        var stated = Header.Stated("DATASUM");
        if (double.IsNaN(stated) || End > _bytes.Length)
        {
            return null;
        }
        var sum = FitsDataSum.Of(_bytes, DataStart, Math.Min(NextUnit, _bytes.Length));
        return sum == stated
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"'{_file}': the data of HDU {Index} ({Title}) have the checksum {sum}, and DATASUM says {stated}; they were changed after "
                    + $"they were written."
            );
    }

    private byte[] Raw(int first, int count, out FitsPixels format)
    {
        var shape = Shape;
        if (shape.Length == 0 || count == 0)
        {
            format = new FitsPixels(8, 0, 1, null);
            return [];
        }
        if (IsTiled)
        {
            return _tiles.Value.Rows(first, count, out format);
        }
        if (IsTable)
        {
            throw new InputException($"'{_file}': HDU {Index} ({Title}) is a table, and no image.");
        }
        format = FitsPixels.Of(_file, Header, Header.Number("BITPIX"));
        Int128 row = format.Width;
        foreach (var length in shape.AsSpan(1))
        {
            row *= length;
        }
        if (row * count > Array.MaxLength)
        {
            throw new InputException($"'{_file}': HDU {Index} ({Title}) has more pixels than can be read at once.");
        }
        RequireBytes((long)row * first, (long)row * count);
        var raw = new byte[(int)row * count];
        Read((long)row * first, raw);
        _bytes.RequireUnchanged();
        return raw;
    }

    private int[] Lengths(string prefix)
    {
        var axes = Header.Count(prefix + "NAXIS", 0);
        return axes <= 999
            ? [.. Enumerable.Range(1, axes).Reverse().Select(axis => Header.Count($"{prefix}NAXIS{axis}"))]
            : throw new InputException($"'{_file}': {prefix}NAXIS of HDU {Index} is {axes}; the file is damaged, copy it again.");
    }

    private (long Bytes, long Gap) Sizes()
    {
        var bits = Header.Number("BITPIX");
        if (bits is not (8 or 16 or 32 or 64 or -32 or -64))
        {
            throw new InputException($"'{_file}': BITPIX is {Header.Text("BITPIX")}; 8, 16, 32, 64, -32 or -64 is expected.");
        }
        if (Header.IsTrue("GROUPS"))
        {
            throw new InputException($"'{_file}': HDU {Index} holds random groups, which are not read; write its data as a table.");
        }
        var axes = Header.Count("NAXIS", 0);
        Int128 elements = axes == 0 ? 0 : 1;
        for (var axis = 1; axis <= Math.Min(axes, 1000); axis++)
        {
            elements *= Header.LongCount($"NAXIS{axis}");
            if (elements > long.MaxValue)
            {
                throw TooLarge();
            }
        }
        var bytes = (Int128)(Math.Abs(bits) / 8) * Header.LongCount("GCOUNT", 1) * (elements + Header.LongCount("PCOUNT", 0));
        if (bytes > long.MaxValue / 4)
        {
            throw TooLarge();
        }
        var size = (long)bytes;
        return (size, (FitsHeader.BlockLength - (size % FitsHeader.BlockLength)) % FitsHeader.BlockLength);
    }

    private InputException TooLarge() =>
        new($"'{_file}': the axes of HDU {Index} (NAXISn, PCOUNT, GCOUNT) multiply to more bytes than any file has; it is damaged.");
}
