using Galatent.Numerics;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Tests.Synthesis.Galaxies;

[Collection(typeof(PopulationCollection))]
public class GalaxyPopulationTests(PopulationFixture sample)
{
    [Fact]
    public void Mass_and_star_formation_rate_are_met_by_the_history()
    {
        var survivingMass = new SurvivingMass(new PopulationOptions().Imf);
        foreach (var galaxy in sample.Candidates)
        {
            Assert.Equal(galaxy.LogSfr, Math.Log10(galaxy.History.Sfr100MsunPerYr), 1e-12);
            Assert.Equal(1, galaxy.History.SurvivingMassMsun(survivingMass) / Math.Pow(10, galaxy.LogMass), 1e-10);
        }
    }

    [Fact]
    public void The_written_columns_rebuild_the_history()
    {
        foreach (var galaxy in sample.Candidates.Take(5000))
        {
            var rebuilt = StarFormationHistory.FromLogSfrRatios(
                galaxy.LogSfrRatios,
                Cosmology.AgeGyr(galaxy.Redshift),
                Math.Pow(10, galaxy.LogMassFormed)
            );
            Assert.Equal(galaxy.LogSfr, Math.Log10(rebuilt.Sfr100MsunPerYr), 1e-10);
            Assert.Equal(galaxy.MassWeightedAgeGyr, rebuilt.MassWeightedAgeGyr, 1e-10);
        }
    }

    // Mocks leave out trials that cannot be bright enough. Here every trial is drawn in full; windows are bright, usual and empty ones.
    [Theory]
    [InlineData(0.05, 14, 16)]
    [InlineData(0.1, 16.5, 18.5)]
    [InlineData(0.1, 23, 25)]
    [InlineData(0.5, 12, 13)]
    [InlineData(1.5, 21, 21.2)]
    public void A_galaxy_of_given_brightness_is_the_first_of_all_trials_or_the_nearest(double redshift, double bright, double faint)
    {
        const int trials = 200;
        var population = new GalaxyPopulation(new PopulationOptions());
        // At 0.19 the r band sees rest 5250 angstrom.
        var shift = Cosmology.DistanceModulus(redshift) - Cosmology.DistanceModulus(0.19) - (2.5 * Math.Log10((1 + redshift) / 1.19));
        double Distance(Galaxy galaxy) =>
            GalaxyPopulation.ApproximateRMagnitude(galaxy with { Redshift = 0.19 }) + shift is var m
                ? Math.Max(0, Math.Max(bright - m, m - faint))
                : double.NaN;
        for (ulong index = 0; index < 30; index++)
        {
            var stream = new RandomStream(2, "mock galaxy", index);
            var chosen = population.DrawAt(redshift, (bright, faint), trials, ref stream);
            var all = new RandomStream(2, "mock galaxy", index);
            var each = Enumerable.Range(0, trials).Select(_ => population.DrawAt(redshift, (double.NaN, double.NaN), 1, ref all)).ToArray();
            var least = each.Min(Distance);
            var expected = each.First(g => Distance(g) == least);
            Assert.Equal(expected.LogMass, chosen.LogMass);
            Assert.Equal(expected.DustIndex, chosen.DustIndex);
            Assert.Equal(expected.History.SfrMsunPerYr, chosen.History.SfrMsunPerYr);
        }
    }

    [Fact]
    public void Every_parameter_is_inside_its_prior()
    {
        foreach (var galaxy in sample.Candidates)
        {
            Assert.InRange(galaxy.Redshift, 0.02, 4);
            // Half a dex above the one curve and 0.6 dex below the other, within 7 and 12.5.
            var low = Math.Max(7, Hermite(galaxy.Redshift, (0, 6.5184, 6.9873), (0.7404, 8.5429, 0.5549), (6, 9.6966, 0.2956)) - 0.6);
            var high = Math.Min(12.5, Hermite(galaxy.Redshift, (0, 9.7108, 6.4555), (0.7948, 11.6535, 0), (6, 11.3251, 0)) + 0.5);
            // Limits are interpolated over steps of 0.01 in z; the curves deviate by less than 1e-3 from their chords.
            Assert.InRange(galaxy.LogMass, low - 1e-3, high + 1e-3);
            Assert.InRange(galaxy.LogSfr - galaxy.LogMass, -14 - 1e-12, -8.15 + 1e-12);
            Assert.InRange(galaxy.LogZStar, -1.98, 0.19);
            Assert.InRange(galaxy.LogZGas, -2, 0.5);
            Assert.InRange(galaxy.LogU, -4, -1);
            Assert.InRange(galaxy.Dust2, 0, 4);
            Assert.InRange(galaxy.Dust1, 0, 2 * galaxy.Dust2);
            Assert.InRange(galaxy.DustIndex, -1, 0.4);
            Assert.All(galaxy.LogSfrRatios, ratio => Assert.InRange(ratio, -5, 5));
            Assert.InRange(galaxy.MassWeightedAgeGyr, 0.015, Cosmology.AgeGyr(galaxy.Redshift));
            Assert.InRange(galaxy.LogMassFormed, galaxy.LogMass, galaxy.LogMass + 0.4);
        }
    }

    // The cubic through three knots (x, y, slope), as Thorp et al. (2025, arXiv:2506.12122) give their mass limits.
    private static double Hermite(
        double x,
        (double X, double Y, double Slope) first,
        (double X, double Y, double Slope) second,
        (double X, double Y, double Slope) third
    )
    {
        var (a, b) = x < second.X ? (first, second) : (second, third);
        var width = b.X - a.X;
        var t = (x - a.X) / width;
        // Around the straight line: what the slopes at both ends add.
        var chord = (b.Y - a.Y) / width;
        return a.Y + (t * (b.Y - a.Y)) + (width * t * (1 - t) * (((a.Slope - chord) * (1 - t)) - ((b.Slope - chord) * t)));
    }

    [Fact]
    public void A_candidate_depends_on_seed_and_index_alone()
    {
        var population = new GalaxyPopulation(new PopulationOptions());
        var galaxies = new Galaxy[2000];
        Parallel.For(0, galaxies.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
            galaxies[i] = population.Draw(PopulationFixture.Seed, (ulong)i)
        );
        foreach (var column in GalaxyColumns.All)
        {
            Assert.Equal(column.Of(sample.Candidates.Take(galaxies.Length).ToArray()).Values, column.Of(galaxies).Values);
        }
        for (var i = 999; i >= 0; i -= 37)
        {
            Assert.Equal(galaxies[i].History.SfrMsunPerYr, population.Draw(PopulationFixture.Seed, (ulong)i).History.SfrMsunPerYr);
        }
        Assert.NotEqual(galaxies[0].Redshift, population.Draw(PopulationFixture.Seed + 1, 0).Redshift);
    }

    [Fact]
    public void Changing_one_relation_leaves_the_other_numbers_alone()
    {
        var changed = new GalaxyPopulation(
            new PopulationOptions { DustSlope = DustSlopeVariant.Steep, StellarMetallicity = StellarMetallicityVariant.DoubledWidth }
        );
        for (var i = 0; i < 200; i++)
        {
            var galaxy = sample.Candidates[i];
            var other = changed.Draw(PopulationFixture.Seed, (ulong)i);
            Assert.Equal(
                (galaxy.LogMass, galaxy.LogSfr, galaxy.Dust1, galaxy.LogU, galaxy.LogMassFormed),
                (other.LogMass, other.LogSfr, other.Dust1, other.LogU, other.LogMassFormed)
            );
            Assert.NotEqual((galaxy.DustIndex, galaxy.LogZStar), (other.DustIndex, other.LogZStar));
        }
    }

    [Fact]
    public void The_prefilter_gives_up_only_faint_candidates_and_none_without_a_limit()
    {
        var bright = new GalaxyPopulation(new PopulationOptions());
        var massLimited = new GalaxyPopulation(new PopulationOptions { Selection = SelectionPreset.IracChannel1Band26 });
        var faint = sample.Candidates.First(g => GalaxyPopulation.ApproximateRMagnitude(g) > 26.01);
        var borderline = sample.Candidates.First(g => GalaxyPopulation.ApproximateRMagnitude(g) is > 25.5 and < 25.99);
        Assert.Equal((false, true, true), (bright.MayPass(faint), bright.MayPass(borderline), massLimited.MayPass(faint)));
    }

    // Apparent magnitudes in HSC r of the pop-cosmos emulator of FSPS for a formed mass of 1e10 Msun; the polynomial's rms is 0.35 mag over
    // the whole population near r = 25, these five lie up to 3 mag from there and far apart in type.
    [Theory]
    [InlineData(22.18, 0.5, 0.617, -9.934, 0, 0, 0, 0)]
    [InlineData(22.70, 0.5, 0.617, -9.934, 0.3, 0.3, 0, 0)]
    [InlineData(23.85, 0.5, 0.594, -12.076, 0, 0, 0, 0)]
    [InlineData(22.90, 1, 0.686, -8.728, 0.5, 0.5, -0.3, -0.5)]
    [InlineData(23.21, 2, 0.680, -8.693, 0.2, 0.2, -0.2, -1)]
    public void Approximate_magnitude_is_near_that_of_the_emulator(
        double magnitude,
        double z,
        double survivingShare,
        double logSpecificSfr,
        double dust1,
        double dust2,
        double dustIndex,
        double logZStar
    )
    {
        var galaxy = sample.Candidates[0] with
        {
            Redshift = z,
            LogMass = 10 + Math.Log10(survivingShare),
            LogSfr = 10 + logSpecificSfr,
            LogZStar = logZStar,
            Dust1 = dust1,
            Dust2 = dust2,
            DustIndex = dustIndex,
        };
        Assert.Equal(magnitude, GalaxyPopulation.ApproximateRMagnitude(galaxy), 3 * 0.35);
    }

    [Fact]
    public void Approximate_magnitude_agrees_with_the_spectra_as_well_as_with_the_emulator()
    {
        // The polynomial was fitted to another stellar library (rms 0.35 mag); with the embedded one: sd 0.36 to 0.41 in bins of magnitude,
        // 0.38 over all, mean -0.03, and 8 of 4677 bright galaxies lost by the prefilter (20,000 candidates of seed 5).
        var library = SspPack.Embedded();
        var ages = new AgeWeights(library.Stars.LogAgeYr);
        var galaxies = sample.Candidates.Take(6000).Where(g => GalaxyPopulation.ApproximateRMagnitude(g) < 27).ToArray();
        var selection = new RBandSelection(library, 4, new SynthesisOptions());
        var exact = selection.Magnitudes(galaxies, galaxies.Select(g => PopulationSample.ToPopulation(g, ages)).ToArray());
        var differences = galaxies
            .Select((g, i) => GalaxyPopulation.ApproximateRMagnitude(g) - exact[i])
            .Where((_, i) => exact[i] < 26)
            .ToArray();
        Assert.Equal(0, differences.Average(), 0.1);
        Assert.Equal(0.38, SampleStatistics.StandardDeviation(differences), 0.04);
        var bright = galaxies.Where((_, i) => exact[i] < 25).ToArray();
        Assert.True(bright.Count(g => GalaxyPopulation.ApproximateRMagnitude(g) >= 26) < 0.006 * bright.Length);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(6.5)]
    [InlineData(double.NaN)]
    public void An_unusable_redshift_is_named(double maxRedshift)
    {
        var error = Assert.Throws<InputException>(() => new GalaxyPopulation(new PopulationOptions { MaxRedshift = maxRedshift }));
        Assert.Contains($"{maxRedshift}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_choice_is_named() =>
        Assert.Contains(
            "dust slope",
            Assert.Throws<InputException>(new PopulationOptions { DustSlope = (DustSlopeVariant)7 }.Validate).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Draws_hold_to_the_greatest_redshift_that_is_possible()
    {
        foreach (
            var galaxy in PopulationFixture.Draw(
                new PopulationOptions { MaxRedshift = 6, Selection = SelectionPreset.IracChannel1Band26 },
                1,
                20_000
            )
        )
        {
            Assert.InRange(galaxy.Redshift, 0.02, 6);
            Assert.Equal(galaxy.LogSfr, Math.Log10(galaxy.History.Sfr100MsunPerYr), 1e-12);
            Assert.True(double.IsFinite(galaxy.MassWeightedAgeGyr));
        }
    }

    [Fact]
    public void Columns_have_the_names_of_the_file_format_in_order()
    {
        Assert.Equal(
            ["log_mass", "log_z_star", "log_z_gas", "redshift", "dust1", "dust_index", "dust2", "log_sfr"],
            GalaxyColumns.Study.Select(c => c.Name)
        );
        Assert.Equal(
            ["log_u", .. Enumerable.Range(1, 6).Select(j => $"log_sfr_ratio_{j}"), "log_mass_formed", "mass_weighted_age", "quiescent"],
            GalaxyColumns.Further.Select(c => c.Name)
        );
        Assert.All(GalaxyColumns.All, column =>
            Assert.All(column.Of(sample.Candidates.Take(100).ToArray()).Values, value => Assert.True(double.IsFinite(value)))
        );
        Assert.Equal(
            sample.Candidates[3].LogSfrRatios[4],
            GalaxyColumns.All.Single(c => c.Name == "log_sfr_ratio_5").Value(sample.Candidates[3])
        );
    }
}
