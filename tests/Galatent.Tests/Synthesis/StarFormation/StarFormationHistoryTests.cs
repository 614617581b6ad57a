using CsCheck;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Tests.Synthesis.StarFormation;

public class StarFormationHistoryTests
{
    // Prospector's adjust_continuity_agebins, seven bins, with astropy's Planck18 ages.
    [Theory]
    [InlineData(13.7869, 0.329, 1.0825, 3.5618, 11.7189)]
    [InlineData(8.5906, 0.2923, 0.8545, 2.4979, 7.302)]
    [InlineData(3.2768, 0.2297, 0.5278, 1.2124, 2.7853)]
    public void Edges_are_those_of_Prospector(double ageOfUniverseGyr, double e3, double e4, double e5, double e6)
    {
        double[] expected = [0, 0.03, 0.1, e3, e4, e5, e6, ageOfUniverseGyr];
        var edges = StarFormationHistory.BinEdgesGyr(ageOfUniverseGyr);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], edges[i], 6e-5); // printed to four digits
        }
    }

    [Fact]
    public void A_Universe_too_young_for_the_bins_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StarFormationHistory.BinEdgesGyr(0.11));

    // Computed with the public pop-cosmos code and its FSPS emulator of the surviving mass (Chabrier); ages of astropy's Planck18.
    // The fit of the surviving mass is known to be 1.5 % above the emulator, 5 to 95 %: -0.2 to +3.6 %.
    [Theory]
    [InlineData("constant", 8.59065, 0.617, -9.934, 4.295, 0, 0, 0, 0, 0, 0)]
    [InlineData("falling", 8.59065, 0.594, -12.076, 6.006, -0.5, -0.5, -0.5, -0.5, -0.5, -0.5)]
    [InlineData("rising", 5.85134, 0.686, -8.728, 1.562, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3)]
    [InlineData("quenched", 10.25856, 0.596, -12.728, 5.954, 0, -1, -1, -0.5, -0.3, 0)]
    [InlineData("recent burst", 3.27683, 0.680, -8.693, 1.325, 0.5, 0.5, 0.2, 0, 0, 0)]
    public void Known_histories_have_the_known_numbers(
        string name,
        double ageOfUniverseGyr,
        double surviving,
        double logSpecificSfr,
        double massWeightedAgeGyr,
        double r1,
        double r2,
        double r3,
        double r4,
        double r5,
        double r6
    )
    {
        var history = StarFormationHistory.FromLogSfrRatios([r1, r2, r3, r4, r5, r6], ageOfUniverseGyr, 1e10);
        Assert.True(Math.Abs(logSpecificSfr - history.LogSpecificSfr) < 1e-3, $"{name}: {history.LogSpecificSfr}");
        Assert.True(Math.Abs(massWeightedAgeGyr - history.MassWeightedAgeGyr) < 1e-3, $"{name}: {history.MassWeightedAgeGyr}");
        var ratio = history.SurvivingMassMsun(new SurvivingMass(InitialMassFunction.Chabrier)) / 1e10 / surviving;
        Assert.True(Math.Abs(ratio - 1) < 0.03, $"{name}: surviving mass {ratio} of the emulator's");
    }

    [Fact]
    public void Ratios_and_mass_come_back() =>
        Gen.Select(Gen.Double[-5, 5].Array[6], Gen.Double[0.5, 13.8], Gen.Double[6, 13])
            .Sample(
                (ratios, age, logMass) =>
                {
                    var mass = Math.Pow(10, logMass);
                    var history = StarFormationHistory.FromLogSfrRatios(ratios, age, mass);
                    Assert.Equal(1, history.TotalMassFormedMsun / mass, 1e-13);
                    var back = history.LogSfrRatios();
                    for (var j = 0; j < 6; j++)
                    {
                        Assert.Equal(ratios[j], back[j], 1e-12);
                    }
                    Assert.InRange(history.MassWeightedAgeGyr, 0.015 * 0.999, age);
                }
            );

    [Fact]
    public void A_constant_rate_has_the_closed_forms()
    {
        var history = StarFormationHistory.FromLogSfrRatios(new double[6], 10, 1e10);
        Assert.All(history.SfrMsunPerYr, sfr => Assert.Equal(1, sfr, 1e-13));
        Assert.Equal(1, history.Sfr100MsunPerYr, 1e-13);
        Assert.Equal(5, history.MassWeightedAgeGyr, 1e-13);
        Assert.Equal(-10, history.LogSpecificSfr, 1e-13);
        Assert.Equal(3e7, history.BinMassFormedMsun(0), 1e-6);
    }

    [Fact]
    public void A_bin_without_stars_has_no_ratio()
    {
        var history = new StarFormationHistory(StarFormationHistory.BinEdgesGyr(10), [1, 1, 0, 1, 1, 1, 1]);
        Assert.Contains("bin 3", Assert.Throws<InvalidOperationException>(history.LogSfrRatios).Message, StringComparison.Ordinal);
    }
}
