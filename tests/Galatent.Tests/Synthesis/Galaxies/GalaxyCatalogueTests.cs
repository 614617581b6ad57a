using Galatent.Files;
using Galatent.Numerics;
using Galatent.Synthesis.Galaxies;

namespace Galatent.Tests.Synthesis.Galaxies;

public class GalaxyCatalogueTests
{
    private static readonly string[] Names =
    [
        "redshift",
        "log_sfr_ratio_1",
        "log_sfr_ratio_2",
        "log_sfr_ratio_3",
        "log_sfr_ratio_4",
        "log_sfr_ratio_5",
        "log_sfr_ratio_6",
        "log_z_star",
        "log_z_gas",
        "log_u",
        "dust1",
        "dust2",
        "dust_index",
    ];

    private static readonly double[] Values = [0.5, 0, 0.1, 0.2, -0.1, 0, 0.3, -0.2, -0.1, -3, 0.2, 0.3, -0.1];

    [Fact]
    public void Galaxies_come_as_they_are_given()
    {
        var catalogue = new GalaxyCatalogue("mine.csv", [.. Table(), new ParameterColumn("object_id", "", "", [77])]);
        Assert.Equal(1, catalogue.Count);
        var galaxy = catalogue.Galaxy(0);
        Assert.Equal(
            (0.5, -0.2, -0.1, -3.0, 0.2, 0.3, -0.1),
            (galaxy.Redshift, galaxy.LogZStar, galaxy.LogZGas, galaxy.LogU, galaxy.Dust1, galaxy.Dust2, galaxy.DustIndex)
        );
        Assert.Equal(1, galaxy.History.TotalMassFormedMsun, 1e-12);
        Assert.Equal(Values[1..7], galaxy.LogSfrRatios.Select(r => Math.Round(r, 12)));
        Assert.Equal("object_id", catalogue.Columns[^1].Name);
        Assert.Equal("log10(Zsun)", catalogue.Columns.Single(c => c.Name == "log_z_star").Unit);
    }

    [Theory]
    [InlineData("redshift", -0.1)]
    [InlineData("redshift", 21)]
    [InlineData("dust1", -1)]
    [InlineData("dust2", double.NaN)]
    [InlineData("log_u", double.PositiveInfinity)]
    [InlineData("log_sfr_ratio_4", 25)]
    public void Values_without_meaning_are_named(string column, double value)
    {
        var table = Table([.. Names.Select((n, i) => n == column ? value : Values[i])]);
        var message = Assert.Throws<InputException>(() => new GalaxyCatalogue("mine.csv", table)).Message;
        Assert.Contains("mine.csv", message, StringComparison.Ordinal);
        Assert.Contains(column, message, StringComparison.Ordinal);
        Assert.Contains("galaxy 0", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_columns_are_all_named()
    {
        var message = Assert
            .Throws<InputException>(() => new GalaxyCatalogue("mine.csv", [.. Table().Where(c => c.Name is not ("dust1" or "log_u"))]))
            .Message;
        Assert.Contains("log_u, dust1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_catalogue_is_refused() =>
        Assert.Contains(
            "no rows",
            Assert
                .Throws<InputException>(() => new GalaxyCatalogue("mine.csv", [.. Names.Select(n => new ParameterColumn(n, "", "", []))]))
                .Message,
            StringComparison.Ordinal
        );

    private static ParameterColumn[] Table(double[]? values = null) =>
        [.. Names.Select((n, i) => new ParameterColumn(n, "", "", [(values ?? Values)[i]]))];
}
