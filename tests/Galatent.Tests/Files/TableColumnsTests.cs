using CsCheck;
using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Tests.Files;

public sealed class TableColumnsTests : IDisposable
{
    private static readonly TableColumns<Star> Columns = new TableColumns<Star>(new("", 0, 0, null))
        .Text("name", s => s.Name, (s, value) => s with { Name = value })
        .Count("planets", s => s.Planets, (s, value) => s with { Planets = value })
        .Number("mass_msun", s => s.MassMsun, (s, value) => s with { MassMsun = value })
        .Optional("age_gyr", s => s.AgeGyr, (s, value) => s with { AgeGyr = value }, "R")
        .Number("mass_squared", s => s.MassMsun * s.MassMsun);

    private readonly TemporaryFolder _folder = new();

    private string Table => _folder.File("stars.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_survive_on_disk() =>
        Gen.Select(Gen.String[Gen.Char["a ,\"\n#"], 0, 5], Gen.Int, Gen.Double, Gen.Double.Nullable(), (n, p, m, a) => new Star(n, p, m, a))
            .Array[0, 5]
            .Sample(
                stars =>
                {
                    var path = _folder.File($"{Environment.CurrentManagedThreadId}.csv");
                    Columns.Table(stars).Write(path);
                    Assert.Equal(stars, Columns.Rows(ResultTable.Read(path)));
                },
                iter: 300
            );

    [Fact]
    public void One_row_can_stand_as_a_list_of_quantities()
    {
        var sun = new Star("Sun, the", 8, 1, 4.57);
        Columns.Quantities(sun).Write(Table);
        Assert.Equal("quantity,value", File.ReadLines(Table).First());
        Assert.Equal(sun, Columns.Row(ResultTable.Read(Table)));
        File.WriteAllText(Table, "quantity,value\nname,x\nplanets,8\n");
        Assert.Contains("no quantity 'mass_msun'", Message(() => Columns.Row(ResultTable.Read(Table))), StringComparison.Ordinal);
        File.WriteAllText(Table, "quantity,value\nname,x\nplanets,eight\nmass_msun,1\n");
        Assert.Contains("row 3, column 'value': 'eight'", Message(() => Columns.Row(ResultTable.Read(Table))), StringComparison.Ordinal);
    }

    [Fact]
    public void Order_of_columns_and_columns_of_later_versions_do_not_matter()
    {
        File.WriteAllText(Table, "planets,new,name,mass_msun\n8,1,Sun,1\n");
        Assert.Equal([new Star("Sun", 8, 1, null)], Columns.Rows(ResultTable.Read(Table)));
        File.WriteAllText(Table, "planets,name\n8,Sun\n");
        Assert.Contains("no column 'mass_msun'", Message(() => Columns.Rows(ResultTable.Read(Table))), StringComparison.Ordinal);
    }

    [Fact]
    public void Remarks_stand_above_and_are_skipped()
    {
        (Columns.Table([new Star("Sun", 8, 1, null)]) with { Remarks = ["stars, nearby"] }).Write(Table);
        Assert.Equal(["# stars, nearby", "name,planets,mass_msun,age_gyr,mass_squared", "Sun,8,1,,1"], File.ReadAllLines(Table));
        Assert.Single(Columns.Rows(ResultTable.Read(Table)));
    }

    [Fact]
    public void An_empty_field_is_no_number_unless_it_may_be()
    {
        File.WriteAllText(Table, "x,y\n,1\n2,\n");
        var table = ResultTable.Read(Table);
        Assert.Equal([double.NaN, 2], table.Doubles("x", mayBeUndefined: true));
        Assert.Contains("row 3, column 'y': '' is not a number", Message(() => table.Doubles("y")), StringComparison.Ordinal);
    }

    private static string Message(Action action) => Assert.Throws<InputException>(action).Message;

    private sealed record Star(string Name, int Planets, double MassMsun, double? AgeGyr);
}
