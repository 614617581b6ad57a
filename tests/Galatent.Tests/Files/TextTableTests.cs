using System.Globalization;
using System.Text;
using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Tests.Files;

/// <summary>Texts as other programs and people write them: the numbers are right, or one sentence names the place.</summary>
public sealed class TextTableTests : IDisposable
{
    private static readonly double[] Mass =
    [
        .. Enumerable.Range(0, 12).Select(i => Math.Round(9.3982 + (0.1 * i) + (0.03 * i * i % 0.7), 4)),
    ];
    private static readonly double[] Rate = [.. Enumerable.Range(0, 12).Select(i => Math.Round(-0.4926 + (0.09 * i), 4))];
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"galatent-text-{Guid.NewGuid():N}.txt");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("semicolons and decimal commas", "", ";", ",", "decimal comma, line 1 as data")]
    [InlineData("tabs and decimal commas", "mass\tsfr\n", "\t", ",", "separator tab, decimal comma")]
    [InlineData("blanks and decimal commas", "", " ", ",", "separator blanks, decimal comma")]
    [InlineData("bars", "mass|sfr\n", "|", ".", "")]
    [InlineData("bars and blanks", " mass | sfr \n------+------\n", " | ", ".", "first is line 2")]
    [InlineData("a comma in a name", "log M, solar;sfr\n", ";", ".", "separator semicolon")]
    [InlineData("a semicolon in a quoted name", "\"log M; solar\",sfr\n", ",", ".", "")]
    [InlineData("a separator in a quoted name", "\"log M; solar\";sfr\n", ";", ".", "")]
    [InlineData("names in quotes with blanks between", "\"mass\" \"sfr\"\n", "  ", ".", "")]
    [InlineData("columns that pandas named", "0,1\n", ",", ".", "line 1 as header (it counts the columns")]
    [InlineData("columns counted from 1", "1;2\n", ";", ",", "line 1 as header (it counts the columns")]
    [InlineData("numbers in quotes above numbers", "\"4000\",\"5000\"\n", ",", ".", "line 1 as header (only its numbers stand in quotes)")]
    [InlineData("units below the names", "mass,sfr\ndex(Msun),\n", ",", ".", "line 2 is taken for units")]
    [InlineData("remarks of several kinds", "# a\n% b\n! c\n// d\nmass,sfr\n", ",", ".", "3 lines are left out")]
    [InlineData("a remark with the names", "# log M, sfr\n", ",", ".", "names from the remark above line 2")]
    [InlineData("ECSV", "# %ECSV 1.0\n# ---\n# datatype:\n# - {name: mass, datatype: float64}\nmass sfr\n", " ", ".", "")]
    [InlineData("no-break blanks", "mass sfr\n", "\u00a0", ".", "")]
    public void Tables_of_other_programs_give_their_numbers(string what, string header, string separator, string decimalSign, string said)
    {
        File.WriteAllText(_path, header + Rows(separator, decimalSign));
        AssertNumbers(what, said);
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", true)]
    [InlineData("latin1", false)]
    public void Every_encoding_of_text_and_every_line_end_is_read(string name, bool hasMark)
    {
        var encoding = Encoding.GetEncoding(name);
        foreach (var end in new[] { "\n", "\r\n", "\r" })
        {
            var text = ("Größe,sfr\n" + Rows(",", ".")).Replace("\n", end, StringComparison.Ordinal);
            File.WriteAllBytes(_path, [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)]);
            Assert.Equal("Größe", AssertNumbers(name, name == "latin1" ? "Latin-1" : "").Names[0]);
        }
    }

    [Fact]
    public void Rows_may_have_names_or_a_separator_at_their_end()
    {
        File.WriteAllLines(_path, ["mass,sfr", .. Fields().Select(r => $"{r.Mass},{r.Rate},")]);
        AssertNumbers("a comma at the end", "an empty field at the end");
        File.WriteAllLines(_path, ["\"mass\" \"sfr\"", .. Fields().Select((r, i) => $"\"{i + 1}\" {r.Mass} {r.Rate}")]);
        Assert.Equal(["c1", "mass", "sfr"], AssertNumbers("R", "names of rows", 1).Names);
        File.WriteAllLines(_path, [",0,1", .. Fields().Select((r, i) => $"{i},{r.Mass},{r.Rate}")]);
        Assert.Equal(["c1", "0", "1"], AssertNumbers("pandas", "line 1 as header", 1).Names);
        File.WriteAllLines(_path, ["| mass | sfr |", "|---|:--:|", .. Fields().Select(r => $"| {r.Mass} | {r.Rate} |")]);
        AssertNumbers("Markdown", "line 2");
    }

    [Fact]
    public void Units_of_a_second_row_belong_to_the_columns()
    {
        File.WriteAllText(_path, "mass,kind,age\nMsun,,Gyr\n1.5,a,3\n2.5,b,4\n");
        var file = ColumnFile.Read(_path);
        Assert.Equal("Msun Gyr", $"{file.Column("mass").Unit} {file.Column("age").Unit}");
        Assert.Equal([3.0, 4.0], file.Numbers("age"));
        Assert.Equal((string?[])["a", "b"], file.Classes("kind"));
    }

    [Theory]
    [InlineData("1.5D+03", 1500)]
    [InlineData("+2.5e-1", 0.25)]
    [InlineData("\u22121.5", -1.5)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("-nan", double.NaN)]
    [InlineData("<NA>", double.NaN)]
    [InlineData("\\N", double.NaN)]
    [InlineData("#N/A", double.NaN)]
    public void Numbers_of_every_language_are_understood(string field, double value)
    {
        File.WriteAllText(_path, $"i,v\n1,{field}\n2,7\n");
        Assert.Equal([value, 7], ColumnFile.Read(_path).Numbers("v"));
    }

    [Theory]
    [InlineData("\"93,982.00\"", "thousands separator")]
    [InlineData("\"1,234,567\"", "thousands separator")]
    [InlineData("1.234.567", "thousands separator")]
    [InlineData("1 234", "thousands separator")]
    [InlineData("1'234.5", "thousands separator")]
    [InlineData("12%", "no sign but those of a number")]
    [InlineData("\u20131.5", "no sign but those of a number")]
    [InlineData("\"9,5\"", "decimal point is expected")]
    [InlineData("****", "declare this one as missing")]
    [InlineData("0x1F", "decimal point is expected")]
    [InlineData("1.5e", "decimal point is expected")]
    public void What_is_no_plain_number_is_refused_by_column_line_and_field(string field, string remedy)
    {
        File.WriteAllText(_path, $"i,v\n1,2.5\n2,{field}\n3,7.25\n4,1.5\n");
        var file = ColumnFile.Read(_path);
        Assert.Equal(["v"], file.DamagedNames);
        var message = Assert.Throws<InputException>(() => file.Numbers("v")).Message;
        Assert.Contains($"column 'v', line 3: '{field.Trim('"')}' is not a number", message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "mass,sfr\n9,3982,-0,4926\n9,5,1,25\n",
        "line 2: 4 fields where the header names 2; repair or remove that line (if the commas"
    )]
    [InlineData("9,3982,-0,0926\n9,05,1,25\n", "line 1: is '9,3982' one number with a decimal comma, or two numbers?")]
    [InlineData("mass;sfr\n9,398;1,926\n9,105;1,253\n", "is '9,398' (line 2) 9.398 with a decimal comma, or 9398")]
    [InlineData("a,b\n\"1,2\n3,4\n", "line 2: a quote is opened here and never closed")]
    [InlineData("\"a,b\n1,2\n", "line 1: a quote is opened here and never closed")]
    [InlineData("a,b\n1,2\n\"3\"5,4\n", "line 3: the quoted field '3' is followed by '5'")]
    [InlineData("<?xml version=\"1.0\"?>\n<VOTABLE>\n", "VOTable")]
    [InlineData("<html><table>\n", "HTML")]
    [InlineData("[{\"mass\": 1}]", "JSON")]
    [InlineData("{\"mass\": [1]}", "JSON")]
    [InlineData("\\fixlen = T\n| ra | dec |\n 1 2\n", "IPAC")]
    [InlineData("| ra | dec |\n| double | double |\n 1 2\n", "IPAC")]
    [InlineData("\\begin{tabular}{cc}\na & b \\\\\n", "LaTeX")]
    [InlineData("1 & 2 \\\\\n3 & 4 \\\\\n", "LaTeX")]
    [InlineData("Title: x\nByte-by-byte Description of file: t.dat\n", "fixed-width")]
    [InlineData("\ufeff", "empty")]
    [InlineData("\n  \n\r\n", "empty")]
    public void What_has_no_one_reading_is_refused(string text, string place)
    {
        File.WriteAllText(_path, text);
        var message = Assert.Throws<InputException>(() => ColumnFile.Read(_path)).Message;
        Assert.Contains(place, message, StringComparison.Ordinal);
        Assert.Contains(_path, message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_user_states_goes_before_what_is_seen()
    {
        File.WriteAllText(_path, "4000,5000\n0.25,0.50\n");
        Assert.Equal([0.25], Read(new TableOptions { HasHeader = true }).Numbers("4000"));
        Assert.Equal([4000, 0.25], Read(new TableOptions { HasHeader = false }).Numbers("c1"));
        File.WriteAllText(_path, "a;b\n9,398;1,926\n");
        Assert.Equal([9.398], Read(new TableOptions { DecimalSign = ',' }).Numbers("a"));
        File.WriteAllText(_path, "9,05\n9,06\n");
        Assert.Equal([5.0, 6.0], Read(new TableOptions { Separator = ',' }).Numbers("c2"));
        Assert.Equal([9.05, 9.06], Read(new TableOptions { Separator = ' ', DecimalSign = ',' }).Numbers("c1"));
        File.WriteAllText(_path, "a/b\n1/2\n");
        Assert.Equal([2.0], Read(new TableOptions { Separator = '/' }).Numbers("b"));
    }

    [Fact]
    public void A_first_row_of_numbers_that_could_be_a_header_is_told()
    {
        foreach (var first in new[] { "4000,5000", "0.5,1.5", "0,0" })
        {
            File.WriteAllText(_path, $"{first}\n{Rows(",", ".")}");
            var file = ColumnFile.Read(_path);
            Assert.Equal(13, file.Count);
            Assert.Contains(
                "line 1 as data, no header (its numbers are written otherwise",
                Assert.Single(file.Remarks),
                StringComparison.Ordinal
            );
        }
        File.WriteAllText(_path, Rows(",", "."));
        Assert.Empty(ColumnFile.Read(_path).Remarks);
    }

    [Fact]
    public void Classes_without_a_header_are_data_where_they_come_again()
    {
        File.WriteAllText(_path, "disk,red\nbulge,red\ndisk,blue\nbulge,blue\n");
        var file = ColumnFile.Read(_path);
        Assert.Equal(4, file.Count);
        Assert.Contains("its words come again below", Assert.Single(file.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_far_below_decides_and_a_fault_there_is_named()
    {
        // More rows than the sample from which the guess is made.
        var whole = Enumerable.Range(0, 3000).Select(i => $"{i % 7};{i % 5}");
        File.WriteAllLines(_path, ["a;b", .. whole, "1,5;2,25"]);
        var file = ColumnFile.Read(_path);
        Assert.Equal(1.5, file.Numbers("a")[^1]);
        Assert.Contains("decimal comma", Assert.Single(file.Remarks), StringComparison.Ordinal);
        File.WriteAllLines(_path, ["a;b", .. whole, "1;2;3"]);
        Assert.Contains(
            "line 3002: 3 fields",
            Assert.Throws<InputException>(() => ColumnFile.Read(_path)).Message,
            StringComparison.Ordinal
        );
        File.WriteAllText(_path, $"a;b\n{string.Join('\n', whole)}\n1;\0\n");
        Assert.Contains(
            "line 3002: a NUL byte",
            Assert.Throws<InputException>(() => ColumnFile.Read(_path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Long_lines_and_line_ends_inside_quotes_are_read()
    {
        File.WriteAllText(_path, $"note,v\n\"{new string('x', 300_000)}\r\ny\",1.5\r\n\"z\",2.5\r\n");
        var file = ColumnFile.Read(_path);
        Assert.Equal([1.5, 2.5], file.Numbers("v"));
        Assert.Equal(300_003, file.Classes("note")[0]!.Length);
        var wide = Enumerable.Range(0, 20_000).ToArray();
        File.WriteAllLines(_path, [string.Join(',', wide.Select(i => $"f{i}")), string.Join(',', wide), string.Join(',', wide)]);
        Assert.Equal([19_999.0, 19_999.0], ColumnFile.Read(_path).Numbers("f19999"));
    }

    private ColumnFile Read(TableOptions options) => ColumnFile.Read(_path, null, options);

    private ColumnFile AssertNumbers(string what, string said, int first = 0)
    {
        var file = ColumnFile.Read(_path);
        Assert.True(Mass.SequenceEqual(file.Numbers(file.Names[first])), what);
        Assert.True(Rate.SequenceEqual(file.Numbers(file.Names[first + 1])), what);
        Assert.Contains(said, string.Join('\n', file.Remarks), StringComparison.Ordinal);
        return file;
    }

    private static string Rows(string separator, string decimalSign) =>
        string.Concat(Fields(decimalSign).Select(r => $"{r.Mass}{separator}{r.Rate}\n"));

    private static IEnumerable<(string Mass, string Rate)> Fields(string decimalSign = ".")
    {
        string Text(double v) => v.ToString("F4", CultureInfo.InvariantCulture).Replace(".", decimalSign, StringComparison.Ordinal);
        return Mass.Zip(Rate, (m, r) => (Text(m), Text(r)));
    }
}
