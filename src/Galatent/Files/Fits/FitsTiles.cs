using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using Galatent.Numerics;

namespace Galatent.Files.Fits;

/// <summary>An image in compressed tiles (FITS standard 4.0, section 10): a table with one tile a row. GZIP_1, GZIP_2 and RICE_1 of whole
/// numbers are read, and floats that were compressed without loss. Other codes are refused by name.</summary>
internal sealed class FitsTiles
{
    // Deflate shrinks by 1032 at most, Rice's code by less. A tile that claims more pixels than that is damaged.
    private const int MostRatio = 1032;

    private readonly FitsUnit _unit;
    private readonly string _code;
    private readonly int[] _shape;
    private readonly int[] _tile;
    private readonly int _bits;
    private readonly FitsPixels _format;
    private readonly FitsTable _table;

    /// <summary>Reads how the image is compressed.</summary>
    /// <exception cref="InputException">In a way that is not read.</exception>
    public FitsTiles(FitsUnit unit)
    {
        _unit = unit;
        var header = unit.Header;
        _code = header.Text("ZCMPTYPE").Trim().ToUpperInvariant();
        if (_code is not ("GZIP_1" or "GZIP_2" or "RICE_1" or "RICE_ONE"))
        {
            throw Refusal($"it is compressed with {_code}, which is not read");
        }
        _bits = (int)header.Number("ZBITPIX");
        _table = new FitsTable(unit);
        var isLossless = _table.Find("ZSCALE") is null && !header.Has("ZSCALE");
        if (
            _bits is not (8 or 16 or 32 or 64)
            && (_bits is not (-32 or -64) || !isLossless || _code.StartsWith("RICE", StringComparison.Ordinal))
        )
        {
            throw Refusal("its floats were rounded before they were compressed (ZSCALE, ZZERO), which is not read");
        }
        _shape = unit.Shape;
        _tile = [.. Enumerable.Range(1, _shape.Length).Reverse().Select(axis => header.Count($"ZTILE{axis}", axis == 1 ? _shape[^1] : 1))];
        var rows = _shape
            .Zip(_tile, (n, t) => t > 0 ? ((long)n + t - 1) / t : throw Refusal("a tile has no pixel"))
            .Aggregate((Int128)1, (a, b) => a > long.MaxValue ? a : a * b);
        if (rows != _table.RowCount)
        {
            throw Refusal($"it has {_table.RowCount} tiles where its axes need {rows}");
        }
        _format = FitsPixels.Of(unit.FilePath, header, _bits);
        if (_format.Blank is null && _bits > 0)
        {
            _format = _format with { Blank = FitsPixels.BlankOf(header.Text("ZBLANK")) };
        }
    }

    /// <summary>The stored numbers of some rows (slowest axis), big-endian, as if they were not compressed.</summary>
    public byte[] Rows(int first, int count, out FitsPixels format)
    {
        format = _format;
        var width = _format.Width;
        var row = _shape.Skip(1).Aggregate((Int128)1, (a, b) => a > long.MaxValue ? a : a * b);
        var bytes = row * count * width;
        if (bytes > Array.MaxLength || bytes > ((Int128)_unit.DataBytes * MostRatio) + (1 << 20))
        {
            throw Refusal($"{count} rows of it need {bytes} bytes, which its compressed data cannot hold");
        }
        _unit.RequireBytes(0, _unit.DataBytes);
        var result = new byte[(int)bytes];
        var tiles = _shape.Zip(_tile, (n, t) => (n + t - 1) / t).ToArray();
        for (var number = 0; number < _table.RowCount; number++)
        {
            var corner = Corner(number, tiles);
            if (corner[0] < first + count && corner[0] + _tile[0] > first)
            {
                Place(Tile(number, corner), corner, first, count, result);
            }
        }
        return result;
    }

    private int[] Corner(int number, int[] tiles)
    {
        var corner = new int[tiles.Length];
        for (var axis = tiles.Length - 1; axis >= 0; axis--)
        {
            corner[axis] = number % tiles[axis] * _tile[axis];
            number /= tiles[axis];
        }
        return corner;
    }

    // Runs along the fastest axis go to their places.
    private void Place(byte[] tile, int[] corner, int first, int count, byte[] result)
    {
        var width = _format.Width;
        var lengths = corner.Select((c, axis) => Math.Min(_tile[axis], _shape[axis] - c)).ToArray();
        var run = lengths[^1];
        var runs = tile.Length / width / run;
        for (var r = 0; r < runs; r++)
        {
            var rest = r;
            long place = 0;
            long stride = _shape[^1];
            var slowest = corner[0];
            for (var axis = lengths.Length - 2; axis >= 0; axis--)
            {
                var index = corner[axis] + (rest % lengths[axis]);
                rest /= lengths[axis];
                place += (axis == 0 ? index - first : index) * stride;
                stride *= _shape[axis];
                slowest = axis == 0 ? index : slowest;
            }
            if (lengths.Length == 1)
            {
                var from = Math.Max(first, corner[0]);
                var length = Math.Min(first + count, corner[0] + run) - from;
                tile.AsSpan((from - corner[0]) * width, length * width).CopyTo(result.AsSpan((from - first) * width));
            }
            else if (slowest >= first && slowest < first + count)
            {
                tile.AsSpan(r * run * width, run * width).CopyTo(result.AsSpan((int)((place + corner[^1]) * width)));
            }
        }
    }

    private byte[] Tile(int number, int[] corner)
    {
        var pixels = corner.Select((c, axis) => (long)Math.Min(_tile[axis], _shape[axis] - c)).Aggregate(1L, (a, b) => a * b);
        try
        {
            if (Compressed("COMPRESSED_DATA", number) is { Length: > 0 } code)
            {
                RequireRatio(pixels, code.Length);
                return _code.StartsWith("RICE", StringComparison.Ordinal)
                    ? Rice(code, (int)pixels)
                    : Gzip(code, (int)pixels, _code == "GZIP_2");
            }
            if (Compressed("GZIP_COMPRESSED_DATA", number) is { Length: > 0 } gzip)
            {
                RequireRatio(pixels, gzip.Length);
                return Gzip(gzip, (int)pixels, false);
            }
        }
        catch (InvalidDataException e)
        {
            throw new InputException(
                $"'{_unit.FilePath}': tile {number} of HDU {_unit.Index} ({_unit.Title}) cannot be unpacked "
                    + $"({e.Message.TrimEnd('.')}); the "
                    + $"file is damaged, copy it again.",
                e
            );
        }
        return Compressed("UNCOMPRESSED_DATA", number) is { } plain && plain.Length == pixels * _format.Width
            ? plain
            : throw Refusal($"tile {number} is empty");
    }

    private byte[]? Compressed(string column, int row) => _table.Find(column) is { Descriptor: not null } c ? _table.Heap(c, row) : null;

    private void RequireRatio(long pixels, int codeBytes)
    {
        if (pixels * _format.Width > ((long)codeBytes * MostRatio) + 1024)
        {
            throw Refusal($"a tile of {pixels} pixels cannot come from {codeBytes} bytes");
        }
    }

    private byte[] Rice(byte[] code, int pixels)
    {
        var blockSize = Parameter("BLOCKSIZE", 32);
        var pixelBytes = Parameter("BYTEPIX", 4);
        if (pixelBytes is not (1 or 2 or 4) || blockSize is < 1 or > 1 << 16)
        {
            throw Refusal($"its Rice code has blocks of {blockSize} pixels of {pixelBytes} bytes, which is not read");
        }
        var values = new long[pixels];
        RiceCode.Decode(code, pixelBytes, blockSize, values);
        var bytes = new byte[pixels * _format.Width];
        for (var i = 0; i < pixels; i++)
        {
            Store(values[i], bytes.AsSpan(i * _format.Width, _format.Width));
        }
        return bytes;
    }

    private byte[] Gzip(byte[] code, int pixels, bool isShuffled)
    {
        using var gzip = new GZipStream(new MemoryStream(code), CompressionMode.Decompress);
        var most = 8 * pixels;
        var raw = new byte[most + 1];
        var length = gzip.ReadAtLeast(raw, raw.Length, throwOnEndOfStream: false);
        // Some writers store every whole number in four bytes.
        var width = length / pixels;
        if (width * pixels != length || width is not (1 or 2 or 4 or 8) || (_bits < 0 && width != _format.Width))
        {
            throw new InvalidDataException($"it holds {length} bytes for {pixels} pixels");
        }
        var bytes = new byte[pixels * _format.Width];
        Span<byte> stored = stackalloc byte[8];
        for (var i = 0; i < pixels; i++)
        {
            for (var b = 0; b < width; b++)
            {
                stored[b] = isShuffled ? raw[(b * pixels) + i] : raw[(i * width) + b];
            }
            if (width == _format.Width)
            {
                stored[..width].CopyTo(bytes.AsSpan(i * width));
            }
            else
            {
                Store(new FitsPixels(8 * width, 0, 1, null).Whole(stored[..width])!.Value, bytes.AsSpan(i * _format.Width, _format.Width));
            }
        }
        return bytes;
    }

    private static void Store(long value, Span<byte> bytes)
    {
        switch (bytes.Length)
        {
            case 1:
                bytes[0] = (byte)value;
                break;
            case 2:
                BinaryPrimitives.WriteInt16BigEndian(bytes, (short)value);
                break;
            case 4:
                BinaryPrimitives.WriteInt32BigEndian(bytes, (int)value);
                break;
            default:
                BinaryPrimitives.WriteInt64BigEndian(bytes, value);
                break;
        }
    }

    // ZNAMEn names a parameter of the code and ZVALn has its value.
    private int Parameter(string name, int otherwise)
    {
        for (var n = 1; _unit.Header.Has($"ZNAME{n}"); n++)
        {
            if (_unit.Header.Text($"ZNAME{n}").Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return _unit.Header.Count($"ZVAL{n}");
            }
        }
        return otherwise;
    }

    private InputException Refusal(string why) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"'{_unit.FilePath}': the image of HDU {_unit.Index} ({_unit.Title}) is not read: {why}; unpack it first (funpack)."
            )
        );
}
