using CsCheck;
using Galatent.Numerics;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Tests.Synthesis.StarFormation;

public class SurvivingMassTests
{
    // Values of DSPS's surviving_mstar with its Chabrier coefficients.
    [Theory]
    [InlineData(1e6, 0.9969)]
    [InlineData(1e7, 0.9003)]
    [InlineData(3e7, 0.8364)]
    [InlineData(1e8, 0.7751)]
    [InlineData(3e8, 0.7225)]
    [InlineData(1e9, 0.6676)]
    [InlineData(3e9, 0.6198)]
    [InlineData(1e10, 0.5699)]
    public void Chabrier_has_the_published_values(double ageYr, double expected) =>
        Assert.Equal(expected, new SurvivingMass(InitialMassFunction.Chabrier).Fraction(ageYr), 5e-5);

    [Theory]
    [InlineData(InitialMassFunction.Chabrier)]
    [InlineData(InitialMassFunction.Kroupa)]
    [InlineData(InitialMassFunction.Salpeter)]
    public void Bin_means_are_the_quadrature(InitialMassFunction imf)
    {
        var survivingMass = new SurvivingMass(imf);
        var rule = new GaussLegendre(48);
        Gen.Select(Gen.Double[-3.5, 1], Gen.Double[0.1, 0.3])
            .Sample(
                (logFrom, width) =>
                {
                    var from = Math.Pow(10, logFrom);
                    var to = Math.Pow(10, logFrom + width);
                    var expected = rule.Integrate(t => survivingMass.Fraction(t * 1e9), from, to) / (to - from);
                    Assert.Equal(expected, survivingMass.MeanFraction(from, to), 1e-8);
                }
            );
    }

    [Fact]
    public void Means_of_adjoining_bins_add_up() =>
        Gen.Select(Gen.Double[0.01, 6], Gen.Double[0.01, 6])
            .Sample(
                (first, second) =>
                {
                    var survivingMass = new SurvivingMass(InitialMassFunction.Kroupa);
                    var total = first + second;
                    var parts = (first * survivingMass.MeanFraction(0, first)) + (second * survivingMass.MeanFraction(first, total));
                    Assert.Equal(survivingMass.MeanFraction(0, total), parts / total, 1e-12);
                }
            );

    [Fact]
    public void A_lighter_stellar_mass_function_loses_less()
    {
        var ages = new[] { 1e8, 1e9, 1e10 };
        foreach (var age in ages)
        {
            var chabrier = new SurvivingMass(InitialMassFunction.Chabrier).Fraction(age);
            var kroupa = new SurvivingMass(InitialMassFunction.Kroupa).Fraction(age);
            Assert.True(chabrier < kroupa && kroupa < new SurvivingMass(InitialMassFunction.Salpeter).Fraction(age));
        }
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, 1)]
    [InlineData(1, 21)]
    public void Bins_outside_the_table_are_refused(double from, double to) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SurvivingMass(InitialMassFunction.Kroupa).MeanFraction(from, to));
}
