using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Galatent.Tests.Files.Fits;

/// <summary>A column of a table that a test writes.</summary>
/// <param name="Name">TTYPE.</param>
/// <param name="Form">TFORM.</param>
/// <param name="Cell">The bytes of a row.</param>
/// <param name="Keywords">Further keywords, whose number is added, with their values.</param>
internal sealed record TestColumn(string Name, string Form, Func<int, byte[]> Cell, params (string Keyword, string Value)[] Keywords)
{
    public static TestColumn Doubles(string name, double[] values, params (string, string)[] keywords) =>
        new(name, "D", row => Bytes(values[row]), keywords);

    public static TestColumn Singles(string name, double[] values, params (string, string)[] keywords) =>
        new(name, "E", row => Bytes((float)values[row]), keywords);

    public static TestColumn Ints(string name, long[] values, params (string, string)[] keywords) =>
        new(name, "J", row => Bytes((int)values[row]), keywords);

    public static TestColumn Longs(string name, long[] values, params (string, string)[] keywords) =>
        new(name, "K", row => Bytes(values[row]), keywords);

    public static TestColumn Texts(string name, int width, string[] values, params (string, string)[] keywords) =>
        new(name, FormattableString.Invariant($"{width}A"), row => Encoding.ASCII.GetBytes(values[row].PadRight(width)), keywords);

    public static TestColumn Arrays(string name, double[][] values, params (string, string)[] keywords) =>
        new(name, FormattableString.Invariant($"{values[0].Length}D"), row => [.. values[row].SelectMany(Bytes)], keywords);

    public static byte[] Bytes(double value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Bytes(float value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteSingleBigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Bytes(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Bytes(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }
}

/// <summary>Writes binary tables as the standard describes them.</summary>
internal static class FitsTables
{
    /// <summary>The empty primary unit.</summary>
    public static void Primary(Stream file, params string[] cards) => FitsWriter.Image(file, primary: true, [], [], cards);

    /// <summary>A table; a heap may follow its rows.</summary>
    public static void Table(Stream file, string name, int rows, TestColumn[] columns, byte[]? heap = null, params string[] cards)
    {
        var data = new MemoryStream();
        for (var row = 0; row < rows; row++)
        {
            foreach (var column in columns)
            {
                data.Write(column.Cell(row));
            }
        }
        var width = rows > 0 ? data.Length / rows : 0;
        data.Write(heap ?? []);
        string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
        FitsWriter.Header(
            file,
            [
                FitsWriter.Card("XTENSION", "'BINTABLE'"),
                FitsWriter.Card("BITPIX", "8"),
                FitsWriter.Card("NAXIS", "2"),
                FitsWriter.Card("NAXIS1", Number(width)),
                FitsWriter.Card("NAXIS2", Number(rows)),
                FitsWriter.Card("PCOUNT", Number(heap?.Length ?? 0)),
                FitsWriter.Card("GCOUNT", "1"),
                FitsWriter.Card("TFIELDS", Number(columns.Length)),
                FitsWriter.Card("EXTNAME", $"'{name}'"),
                .. cards,
                .. columns.SelectMany(
                    (c, i) =>
                        new[] { FitsWriter.Card($"TTYPE{i + 1}", $"'{c.Name}'"), FitsWriter.Card($"TFORM{i + 1}", $"'{c.Form}'") }.Concat(
                            c.Keywords.Select(k => FitsWriter.Card($"{k.Keyword}{i + 1}", k.Value))
                        )
                ),
            ]
        );
        FitsWriter.Data(file, data.ToArray());
    }
}
