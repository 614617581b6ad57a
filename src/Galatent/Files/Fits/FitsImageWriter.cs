using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Galatent.Files.Fits;

/// <summary>Writes images as FITS header and data units (FITS standard 4.0), one after the other.</summary>
internal static class FitsImageWriter
{
    private const int BlockBytes = 2880;
    private const int CardBytes = 80;

    /// <summary>Writes the empty primary unit that extensions follow.</summary>
    public static void Primary(Stream file) =>
        Header(file, [Card("SIMPLE", "T"), Card("BITPIX", "8"), Card("NAXIS", "0"), Card("EXTEND", "T")]);

    /// <summary>Writes an image of float32 as an extension.</summary>
    /// <param name="file">The file, at the end of the unit before.</param>
    /// <param name="shape">Lengths of the axes, slowest first.</param>
    /// <param name="values">The pixels, row-major.</param>
    /// <param name="keywords">Further keywords of at most eight letters with numbers.</param>
    public static void Image(Stream file, int[] shape, ReadOnlySpan<float> values, params (string Name, double Value)[] keywords)
    {
        Start(file, -32, shape, keywords);
        var data = new byte[4 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleBigEndian(data.AsSpan(4 * i), values[i]);
        }
        Fill(file, data, 0);
    }

    /// <summary>Writes an image of float64 as an extension; parameters as in
    /// <see cref="Image(Stream, int[], ReadOnlySpan{float}, ValueTuple{string, double}[])"/>.</summary>
    public static void Image(Stream file, int[] shape, ReadOnlySpan<double> values, params (string Name, double Value)[] keywords)
    {
        Start(file, -64, shape, keywords);
        var data = new byte[8 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleBigEndian(data.AsSpan(8 * i), values[i]);
        }
        Fill(file, data, 0);
    }

    private static void Start(Stream file, int bits, int[] shape, (string Name, double Value)[] keywords) =>
        Header(
            file,
            [
                Card("XTENSION", "'IMAGE   '", isText: true),
                Card("BITPIX", $"{bits}"),
                Card("NAXIS", $"{shape.Length}"),
                .. shape.Reverse().Select((length, i) => Card($"NAXIS{i + 1}", $"{length}")),
                Card("PCOUNT", "0"),
                Card("GCOUNT", "1"),
                .. keywords.Select(k => Card(k.Name, k.Value.ToString("R", CultureInfo.InvariantCulture))),
            ]
        );

    private static string Card(string keyword, string value, bool isText = false) =>
        $"{keyword, -8}= " + (isText ? value : value.PadLeft(20));

    private static void Header(Stream file, IEnumerable<string> cards) =>
        Fill(file, Encoding.ASCII.GetBytes(string.Concat(cards.Append("END").Select(c => c.PadRight(CardBytes)))), (byte)' ');

    private static void Fill(Stream file, byte[] content, byte fill)
    {
        file.Write(content);
        file.Write([.. Enumerable.Repeat(fill, (BlockBytes - (content.Length % BlockBytes)) % BlockBytes)]);
    }
}
