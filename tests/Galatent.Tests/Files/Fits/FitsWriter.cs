using System.Buffers.Binary;
using System.Text;

namespace Galatent.Tests.Files.Fits;

/// <summary>Writes small FITS files as the standard describes them, for tests of readers.</summary>
internal static class FitsWriter
{
    /// <summary>An image of float64 with a shape in array order (slowest axis first).</summary>
    public static void Image(Stream file, bool primary, int[] shape, double[] values, params string[] extraCards)
    {
        Header(
            file,
            [
                primary ? Card("SIMPLE", "T") : Card("XTENSION", "'IMAGE   '"),
                Card("BITPIX", "-64"),
                Card("NAXIS", $"{shape.Length}"),
                .. shape.Reverse().Select((length, i) => Card($"NAXIS{i + 1}", $"{length}")),
                .. primary ? [] : new[] { Card("PCOUNT", "0"), Card("GCOUNT", "1") },
                .. extraCards,
            ]
        );
        var data = new byte[8 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleBigEndian(data.AsSpan(8 * i), values[i]);
        }
        Data(file, data);
    }

    /// <summary>A header of cards, filled up to a block.</summary>
    public static void Header(Stream file, IEnumerable<string> cards) =>
        Fill(file, Encoding.ASCII.GetBytes(string.Concat(cards.Append("END").Select(c => c.PadRight(80)))), (byte)' ');

    /// <summary>Data, filled up to a block.</summary>
    public static void Data(Stream file, byte[] data) => Fill(file, data, 0);

    public static string Card(string keyword, string value) => $"{keyword, -8}= {value, 20}";

    private static void Fill(Stream file, byte[] content, byte fill)
    {
        file.Write(content);
        file.Write([.. Enumerable.Repeat(fill, (2880 - (content.Length % 2880)) % 2880)]);
    }
}
