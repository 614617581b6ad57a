using System.Globalization;
using System.Text;
using CsCheck;
using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Tests.Files;

/// <summary>Any table of numbers, written in any way that keeps fields apart, reads back as the same numbers or is refused.</summary>
public sealed class TextTablePropertyTests
{
    private const int Tables = 3000;
    private static readonly Encoding[] Encodings =
    [
        new UTF8Encoding(false),
        new UTF8Encoding(true),
        Encoding.Unicode,
        Encoding.BigEndianUnicode,
        Encoding.Latin1,
    ];

    private static readonly Gen<double> Number = Gen.OneOf(
        Gen.Double,
        Gen.Double[-1000, 1000].Select(v => Math.Round(v, 4)),
        Gen.Int[-50, 50].Select(v => (double)v),
        Gen.Const(double.NaN)
    );

    private static readonly Gen<Writing> AnyWriting = Gen.Select(
        OneOf(",", ";", "\t", "|", " ", "   ", " | ", ", "),
        OneOf('.', ','),
        OneOf("", "a,b,c,d", "log M; yr,x,y z,w", "mass,\"age\",v,u"),
        Gen.Bool,
        OneOf("\n", "\r\n", "\r"),
        Gen.Int[0, Encodings.Length - 1],
        (separator, decimalSign, header, quotes, end, encoding) =>
            new Writing(separator, decimalSign, header, quotes || separator.Trim() == decimalSign.ToString(), end, Encodings[encoding])
    );

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Fact]
    public void Reads_back_or_is_refused()
    {
        var refused = 0;
        Gen.Select(Gen.Int[2, 4].SelectMany(width => Number.Array[width].Array[1, 25]), AnyWriting)
            .Sample(
                (rows, writing) =>
                {
                    var path = Path.Combine(Path.GetTempPath(), $"galatent-text-{Guid.NewGuid():N}.txt");
                    File.WriteAllText(path, writing.Text(rows), writing.Encoding);
                    try
                    {
                        var file = ColumnFile.Read(path);
                        // A column of nothing but missing values may be read as words without any.
                        double[][] read = [.. file.Names.Select(n => file.IsText(n) ? null! : file.Numbers(n))];
                        Assert.DoesNotContain(null, read);
                        Assert.Equal(rows[0].Length, read.Length);
                        for (var c = 0; c < read.Length; c++)
                        {
                            Assert.Equal(rows.Select(r => r[c]), read[c]);
                        }
                    }
                    catch (InputException e)
                    {
                        Assert.Contains(path, e.Message, StringComparison.Ordinal);
                        refused++;
                    }
                    finally
                    {
                        File.Delete(path);
                    }
                },
                iter: Tables,
                threads: 1
            );
        // Words as names, one row, or nothing but missing values leave room for doubt; most tables leave none.
        Assert.InRange(refused, 0, Tables / 10);
    }

    private sealed record Writing(string Separator, char DecimalSign, string Header, bool Quotes, string End, Encoding Encoding)
    {
        public string Text(double[][] rows) =>
            string.Concat(rows.Select(r => Line(r.Select(Field))).Prepend(Header.Length > 0 ? Line(Names(rows[0].Length)) : ""));

        private string Line(IEnumerable<string> fields) => string.Join(Separator, fields) + End;

        private string Field(double value)
        {
            var text = value.ToString("R", CultureInfo.InvariantCulture).Replace('.', DecimalSign);
            return Quotes ? $"\"{text}\"" : text;
        }

        // Names are quoted, so that what stands in them is no separator.
        private IEnumerable<string> Names(int width) => Header.Split(',').Take(width).Select(n => $"\"{n.Trim('"')}\"");

        public override string ToString() => $"{Separator} {DecimalSign} {Header} {Quotes} {Encoding.WebName}";
    }
}
