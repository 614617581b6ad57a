using System.Globalization;
using CsCheck;
using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Tests.Files;

public sealed class ColumnFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("columns.csv");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mass,type\n1.5,a\n,b\n", "mass,type")]
    [InlineData("\"mass\" , type \r\n1.5, a\r\n NA ,\"b\"\r\n", "mass,type")]
    [InlineData("mass;type\n1.5;a\nnull;b", "mass,type")]
    [InlineData("mass\ttype\n1.5\ta\n\tb", "mass,type")]
    [InlineData("# a remark\n\nmass   type\n 1.5 a \n nan  b\n", "mass,type")]
    [InlineData("# mass type\n1.5 a\n-- b\n", "mass,type")]
    [InlineData("# a remark of more words\n1.5,a\n,b\n", "c1,c2")]
    [InlineData("1.5 a\nNaN b\n", "c1,c2")]
    [InlineData(",type\n1.5,a\n,b\n", "c1,type")]
    public void Text_tables_of_every_kind_give_the_same_columns(string text, string names)
    {
        File.WriteAllText(FilePath, text);
        var file = ColumnFile.Read(FilePath);
        Assert.Equal(names.Split(','), file.Names);
        Assert.Equal([1.5, double.NaN], file.Numbers(file.Names[0]));
        Assert.Equal((string?[])["a", "b"], file.Classes(file.Names[1]));
        Assert.True(file.IsText(file.Names[1]));
        Assert.Equal([file.Names[0]], file.NumericNames);
        Assert.Equal(2, file.Count);
    }

    [Fact]
    public void Infinities_of_python_and_of_dotnet_are_understood_and_classes_keep_their_spelling()
    {
        File.WriteAllText(FilePath, "v,k\ninf,007\n-inf,1.0\nInfinity,x\n1e400,\n1e-3,y\n");
        var file = ColumnFile.Read(FilePath);
        Assert.Equal(
            [double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, double.PositiveInfinity, 1e-3],
            file.Numbers("v")
        );
        Assert.Equal((string?[])["007", "1.0", "x", null, "y"], file.Classes("k"));
    }

    [Fact]
    public void Numbers_of_any_size_survive_text_to_the_bit() =>
        Gen
            .Double.Array[1, 30]
            .Sample(
                values =>
                {
                    var path = _folder.File("numbers.txt");
                    File.WriteAllLines(
                        path,
                        values.Select((v, i) => string.Create(CultureInfo.InvariantCulture, $"{i} {v:R}")).Prepend("row value")
                    );
                    Assert.Equal(values, ColumnFile.Read(path).Numbers("value"));
                },
                iter: 100,
                threads: 1
            );

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "line 3: 1 field where the header names 2; repair")]
    [InlineData("1,2\n# remark\n\n3,4,5\n", "line 4: 3 fields where the first row has 2")]
    [InlineData("a,\"b\n\",c\n1,2,3\n4,5\n", "line 4: 2 fields")]
    [InlineData("", "empty")]
    [InlineData("# only a remark\n\n", "empty")]
    [InlineData("a,b\n", "has columns (a, b) but no rows")]
    [InlineData("a,b,a\n1,2,3\n", "2 columns 'a'")]
    [InlineData("SIMPLE  =                    T", "FITS")]
    [InlineData("PK\u0003\u0004zip", "zip archive")]
    [InlineData("a\0b", "binary")]
    [InlineData("PAR1 and no more", "damaged or not readable as Parquet")]
    public void Damaged_files_are_refused_with_the_place(string text, string place)
    {
        File.WriteAllText(FilePath, text);
        var message = Assert.Throws<InputException>(() => ColumnFile.Read(FilePath)).Message;
        Assert.Contains(place, message, StringComparison.Ordinal);
        Assert.Contains(FilePath, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_columns_and_fields_that_are_no_numbers_are_named()
    {
        File.WriteAllText(FilePath, "a,b\n1.5,2\n1,\"1,5\"\n");
        var file = ColumnFile.Read(FilePath);
        string Message(Action action) => Assert.Throws<InputException>(action).Message;
        Assert.Contains("no column 'c'; it has a, b", Message(() => file.Numbers("c")), StringComparison.Ordinal);
        Assert.Contains("column 'b', line 3: '1,5' is not a number", Message(() => file.Numbers("b")), StringComparison.Ordinal);
        Assert.Contains("folder", Message(() => ColumnFile.Read(_folder.Path)), StringComparison.Ordinal);
        Assert.Contains("no file", Message(() => ColumnFile.Read(FilePath + "x")), StringComparison.Ordinal);
    }
}
