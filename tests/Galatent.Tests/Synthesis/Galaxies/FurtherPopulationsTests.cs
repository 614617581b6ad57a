using Galatent.Files;
using Galatent.Numerics;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Tests.Synthesis.Galaxies;

/// <summary>Populations beyond the study's: uniform, decorrelated, one galaxy in words, catalogues of others.</summary>
public class FurtherPopulationsTests
{
    private static readonly string[] Independent = ["redshift", "log_mass", "log_z_star", "log_z_gas", "log_u", "dust2", "dust_index"];

    [Fact]
    public void Uniform_parameters_are_uniform_and_independent()
    {
        var population = new UniformPopulation(new PopulationOptions { Selection = SelectionPreset.Uniform });
        var galaxies = Enumerable.Range(0, 5000).Select(i => population.Draw(3, (ulong)i)).ToArray();
        (string Name, double Low, double High)[] ranges =
        [
            ("redshift", 0.02, 4),
            ("log_mass", 8, 11.5),
            ("log_z_star", -1.98, 0.19),
            ("log_z_gas", -2, 0.5),
            ("log_u", -4, -1),
            ("dust2", 0, 2),
            ("dust_index", -1, 0.4),
        ];
        foreach (var (name, low, high) in ranges)
        {
            var values = PopulationFixture.Column(galaxies, name);
            var uniform = Enumerable.Range(0, 5000).Select(i => low + ((high - low) * (i + 0.5) / 5000)).ToArray();
            Assert.True(SampleStatistics.KolmogorovSmirnovProbability(values, uniform) > 0.001, name);
        }
        RequireNoCorrelation(galaxies);
        var survivingMass = new SurvivingMass(InitialMassFunction.Kroupa);
        Assert.All(galaxies.Take(500), g => Assert.Equal(g.LogMass, Math.Log10(g.History.SurvivingMassMsun(survivingMass)), 1e-10));
    }

    [Fact]
    public void Decorrelated_galaxies_keep_their_distributions_and_lose_their_correlations()
    {
        var sample = PopulationFixture.Draw(new PopulationOptions(), 8, 5000);
        var shuffled = DecorrelatedSample.Of(sample, InitialMassFunction.Kroupa, 8).ToArray();
        foreach (var name in Independent.Append("dust1"))
        {
            Assert.Equal(PopulationFixture.Column(sample, name).Order(), PopulationFixture.Column(shuffled, name).Order());
        }
        static double[] SpecificRates(IEnumerable<Galaxy> galaxies) => [.. galaxies.Select(g => g.LogSfr - g.LogMass).Order()];
        var before = SpecificRates(sample);
        var after = SpecificRates(shuffled);
        for (var i = 0; i < before.Length; i++)
        {
            Assert.Equal(before[i], after[i], 1e-12);
        }
        RequireNoCorrelation(shuffled);
        // Redshift and mass were correlated by 0.4 before.
        Assert.True(
            SampleStatistics.Spearman(PopulationFixture.Column(sample, "redshift"), PopulationFixture.Column(sample, "log_mass")) > 0.2
        );
        Assert.Equal(
            shuffled[17].History.SfrMsunPerYr,
            DecorrelatedSample.Of(sample, InitialMassFunction.Kroupa, 8).ElementAt(17).History.SfrMsunPerYr
        );
    }

    [Fact]
    public void A_galaxy_in_words_has_what_is_said_and_follows_the_mean_elsewhere()
    {
        var galaxy = GalaxyDescription.Parse(["logM=10.5", "logSFR=0.3", "z=0.1", "dust2=0.4"], InitialMassFunction.Kroupa);
        Assert.Equal((10.5, 0.3, 0.1, 0.4), (galaxy.LogMass, galaxy.LogSfr, galaxy.Redshift, galaxy.Dust2));
        Assert.Equal(0.3, Math.Log10(galaxy.History.Sfr100MsunPerYr), 1e-12);
        Assert.Equal(10.5, Math.Log10(galaxy.History.SurvivingMassMsun(new SurvivingMass(InitialMassFunction.Kroupa))), 1e-10);
        Assert.Equal(MetallicityRelations.StellarRelation(10.5).Mean, galaxy.LogZStar);
        Assert.False(galaxy.IsQuiescent);
        Assert.True(GalaxyDescription.Parse(["log_mass=11", "log_sfr=-2"], InitialMassFunction.Kroupa).IsQuiescent);
    }

    [Theory]
    [InlineData("colour=3", "colour")]
    [InlineData("logM=heavy", "heavy")]
    [InlineData("logM", "logM")]
    [InlineData("logM=30", "log_mass")]
    [InlineData("logSFR=4", "log_sfr")]
    [InlineData("dust2=-1", "dust2")]
    public void Words_that_mean_nothing_are_named(string setting, string named) =>
        Assert.Contains(
            named,
            Assert.Throws<InputException>(() => GalaxyDescription.Parse([setting], InitialMassFunction.Kroupa)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_value_given_twice_is_refused() =>
        Assert.Contains(
            "twice",
            Assert.Throws<InputException>(() => GalaxyDescription.Parse(["z=1", "redshift=2"], InitialMassFunction.Kroupa)).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("z", "log10Z", "gaslog10Z", "gaslog10U", "logsfr_ratio")]
    [InlineData("zred", "logzsol", "gas_logz", "gas_logu", "logsfr_ratios_")]
    public void Names_of_pop_cosmos_and_Prospector_are_understood(
        string redshift,
        string stars,
        string gas,
        string ionization,
        string ratio
    )
    {
        ParameterColumn[] table =
        [
            Column(redshift, 0.7),
            Column(stars, -0.3),
            Column(gas, -0.2),
            Column(ionization, -2.9),
            Column("dust2", 0.4),
            Column("dust1_fraction", 1.5),
            Column("dust_index", -0.2),
            .. Enumerable.Range(1, 6).Select(j => Column($"{ratio}{j}", 0.1 * j)),
        ];
        var galaxy = new GalaxyCatalogue("mock.csv", table).Galaxy(0);
        Assert.Equal((0.7, -0.3, -0.2, -2.9), (galaxy.Redshift, galaxy.LogZStar, galaxy.LogZGas, galaxy.LogU));
        Assert.Equal(0.6, galaxy.Dust1, 1e-12);
        Assert.Equal(0.6, galaxy.LogSfrRatios[5], 1e-12);
    }

    private static ParameterColumn Column(string name, double value) => new(name, "", "", [value]);

    // Four standard errors of a correlation of 5000 pairs are 0.057; 28 pairs are looked at.
    private static void RequireNoCorrelation(Galaxy[] galaxies)
    {
        var columns = Independent
            .Select(n => PopulationFixture.Column(galaxies, n))
            .Append([.. galaxies.Select(g => g.LogSfr - g.LogMass)])
            .ToArray();
        for (var i = 0; i < columns.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Assert.InRange(SampleStatistics.Spearman(columns[i], columns[j]), -0.057, 0.057);
            }
        }
    }
}
