using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Tests.Synthesis.Galaxies;

/// <summary>
/// The population as a whole, against statistics of an independent implementation of the same model (77,000 galaxies selected with
/// magnitudes of the public pop-cosmos emulator of FSPS). Standard errors here: 0.006 of a median in units of the sd, 0.4 % of an sd, 0.005
/// of a correlation.
/// </summary>
[Collection(typeof(PopulationCollection))]
public class PopulationStatisticsTests(PopulationFixture sample)
{
    // 0.03 and 5 % are what the model promises.
    [Theory]
    [InlineData("redshift", 0.832, 0.699)]
    [InlineData("log_mass", 9.30, 0.840)]
    [InlineData("log_sfr", 0.25, 1.011)]
    [InlineData("log_z_star", -0.57, 0.485)]
    [InlineData("log_z_gas", -0.21, 0.191)]
    [InlineData("dust1", 0.230, 0.291)]
    [InlineData("dust2", 0.250, 0.268)]
    [InlineData("dust_index", -0.07, 0.307)]
    [InlineData("log_u", -3.07, 0.374)]
    public void Medians_and_widths_are_those_of_the_model(string name, double median, double sd)
    {
        var values = PopulationFixture.Column(sample.Bright, name);
        Assert.Equal(median, SampleStatistics.Median(values), 0.03);
        Assert.Equal(1, SampleStatistics.StandardDeviation(values) / sd, 0.05);
    }

    // Rows and columns: mass, Z*, Zgas, z, dust1, dust index, dust2, SFR. 0.04 is what the model promises.
    [Theory]
    [InlineData("log_mass", 1.0, 0.43, 0.63, 0.38, 0.57, 0.09, 0.61, 0.61)]
    [InlineData("log_z_star", 0.43, 1.0, 0.48, 0.00, 0.29, 0.03, 0.31, 0.16)]
    [InlineData("log_z_gas", 0.63, 0.48, 1.0, -0.19, 0.45, 0.02, 0.48, 0.00)]
    [InlineData("redshift", 0.38, 0.00, -0.19, 1.0, 0.07, 0.15, 0.09, 0.80)]
    [InlineData("dust1", 0.57, 0.29, 0.45, 0.07, 1.0, 0.13, 0.93, 0.40)]
    [InlineData("dust_index", 0.09, 0.03, 0.02, 0.15, 0.13, 1.0, 0.13, 0.15)]
    [InlineData("dust2", 0.61, 0.31, 0.48, 0.09, 0.93, 0.13, 1.0, 0.45)]
    public void Rank_correlations_are_those_of_the_model(string name, params double[] expected)
    {
        var values = PopulationFixture.Column(sample.Bright, name);
        for (var j = 0; j < expected.Length; j++)
        {
            var other = GalaxyColumns.Study[j];
            var correlation = SampleStatistics.Spearman(values, other.Of(sample.Bright).Values);
            Assert.True(Math.Abs(correlation - expected[j]) < 0.04, $"{name} with {other.Name}: {correlation:F3}, expected {expected[j]}");
        }
    }

    [Fact]
    public void Redshifts_and_masses_are_spread_as_in_the_model()
    {
        double[] perQuarterRedshift = [.080, .178, .186, .153, .116, .084, .060, .044, .032, .023, .017, .012, .007, .005, .003, .001];
        double[] perHalfDexFrom7 = [.015, .039, .100, .200, .243, .182, .123, .073, .024, .001];
        double n = sample.Bright.Count;
        for (var k = 0; k < perQuarterRedshift.Length; k++)
        {
            // Three standard errors are at most 0.006; the rest is how the magnitudes scatter.
            Assert.Equal(perQuarterRedshift[k], sample.Bright.Count(g => (int)(g.Redshift / 0.25) == k) / n, 0.015);
        }
        for (var k = 0; k < perHalfDexFrom7.Length; k++)
        {
            Assert.Equal(perHalfDexFrom7[k], sample.Bright.Count(g => (int)((g.LogMass - 7) / 0.5) == k) / n, 0.015);
        }
    }

    [Fact]
    public void Ages_types_and_acceptance_are_those_of_the_model()
    {
        Assert.Equal(1.92, SampleStatistics.Median(sample.Bright.Select(g => g.MassWeightedAgeGyr)), 0.1);
        Assert.Equal(-9.13, SampleStatistics.Median(sample.Bright.Select(g => g.LogSfr - g.LogMass)), 0.03);
        Assert.Equal(0.09, sample.Bright.Average(g => g.IsQuiescent ? 1.0 : 0), 0.01);
        Assert.Equal(0.26, (double)sample.Bright.Count / sample.Candidates.Count, 0.01);
        var residuals = sample
            .Bright.Where(g => !g.IsQuiescent)
            .Select(g => g.LogSfr - StarFormingSequence.LogRidgeSfr(g.LogMass, g.Redshift))
            .ToArray();
        Assert.Equal(0.28, SampleStatistics.StandardDeviation(residuals), 0.01);
    }

    [Fact]
    public void The_mass_limited_preset_needs_no_magnitude_and_is_met_closely()
    {
        double[] Of(string name) => PopulationFixture.Column(sample.MassLimited, name);
        double Correlation(string a, string b) => SampleStatistics.Spearman(Of(a), Of(b));
        // No selection here: what remains is sampling (three standard errors of a median: 0.014 in z, 0.017 in log SFR; of a correlation
        // 0.01) and the two digits printed.
        Assert.Equal(1.26, SampleStatistics.Median(Of("redshift")), 0.02);
        Assert.Equal(9.41, SampleStatistics.Median(Of("log_mass")), 0.02);
        Assert.Equal(0.42, SampleStatistics.Median(Of("log_sfr")), 0.022);
        Assert.Equal(0.127, Of("quiescent").Average(), 0.005);
        Assert.Equal(0.62, Correlation("log_mass", "log_sfr"), 0.016);
        Assert.Equal(0.74, Correlation("redshift", "log_sfr"), 0.016);
        Assert.Equal(0.42, Correlation("log_z_star", "log_z_gas"), 0.016);
        Assert.Equal(0.21, Correlation("log_z_gas", "dust1"), 0.016);
        Assert.Equal(0.57, Correlation("log_mass", "dust2"), 0.016);
        Assert.Equal(-0.18, Correlation("log_z_gas", "redshift"), 0.016);
    }

    // Medians of the six log10 SFR ratios and of mass-weighted age over the age of the Universe.
    [Theory]
    [InlineData(false, 0.28, 0.0, 0.22, 0.05, 0.12, 0.40, 1.17)]
    [InlineData(true, 0.56, 0.0, -0.38, -0.28, -0.34, -0.44, 0.41)]
    public void Histories_have_the_shapes_of_the_model(bool isQuiescent, double ageShare, params double[] ratios)
    {
        // 52,000 and 7,700 galaxies; the medians of ratios scatter by 0.003 and 0.01.
        var galaxies = sample.MassLimited.Where(g => g.IsQuiescent == isQuiescent).ToArray();
        Assert.Equal(ageShare, SampleStatistics.Median(galaxies.Select(g => g.MassWeightedAgeGyr / Cosmology.AgeGyr(g.Redshift))), 0.01);
        for (var j = 0; j < ratios.Length; j++)
        {
            Assert.Equal(ratios[j], SampleStatistics.Median(galaxies.Select(g => g.LogSfrRatios[j])), isQuiescent ? 0.035 : 0.015);
        }
    }

    [Fact]
    public void Two_seeds_draw_from_one_distribution()
    {
        var other = PopulationFixture.Draw(new PopulationOptions(), PopulationFixture.Seed + 1, 20_000);
        var first = sample.Candidates.Take(20_000).ToArray();
        foreach (var column in GalaxyColumns.Study)
        {
            var probability = SampleStatistics.KolmogorovSmirnovProbability(column.Of(first).Values, column.Of(other).Values);
            Assert.True(probability > 0.01, $"{column.Name}: p = {probability}");
        }
    }
}
