using CsCheck;
using Galatent.Numerics;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Tests.Synthesis.StarFormation;

public class DelayedTauTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1.39221)]
    [InlineData(5, 0.17555)]
    [InlineData(-1, 2.71828)]
    [InlineData(-2, 3.52319)]
    public void Specific_rate_has_the_known_values(double x, double expected) =>
        Assert.Equal(expected, Math.Exp(DelayedTau.LogScaledSpecificSfr(x)), 5e-6);

    [Fact]
    public void Specific_rate_tends_to_two_as_a_smooth_function()
    {
        // g(x) = 2 (1 - x/3 + x^2/36 + ...) from the series of e^x.
        foreach (var x in new[] { -1e-3, -1e-9, 1e-12, 1e-5 })
        {
            Assert.Equal(2 * (1 - (x / 3) + (x * x / 36)), Math.Exp(DelayedTau.LogScaledSpecificSfr(x)), 1e-11);
        }
    }

    [Fact]
    public void Inverse_undoes_the_function() =>
        Gen.Double[-60, 200]
            .Sample(x =>
                Assert.Equal(x, DelayedTau.InverseOfLogScaledSpecificSfr(DelayedTau.LogScaledSpecificSfr(x)), 1e-9 * (1 + Math.Abs(x)))
            );

    [Fact]
    public void Inverse_keeps_to_its_ends()
    {
        Assert.Equal(-2, DelayedTau.InverseOfLogScaledSpecificSfr(50, -2, 30), 1e-10);
        Assert.Equal(30, DelayedTau.InverseOfLogScaledSpecificSfr(double.NegativeInfinity, -2, 30), 1e-10);
        Assert.Throws<ArgumentException>(() => DelayedTau.InverseOfLogScaledSpecificSfr(double.NaN));
    }

    [Fact]
    public void Bin_means_are_the_closed_form() =>
        // Int (1-u) e^(xu) du = [(1-u)/x + 1/x^2] e^(xu), which loses digits near x = 0: 1e-16/x^2.
        Gen.Select(Gen.Double[0.1, 60], Gen.Bool, Gen.Double[0, 0.9], Gen.Double[0.05, 1])
            .Sample(
                (size, isRising, from, share) =>
                {
                    var x = isRising ? -size : size;
                    var to = from + (share * (1 - from));
                    double Primitive(double u) => (((1 - u) / x) + (1 / (x * x))) * Math.Exp(x * u);
                    var expected = (Primitive(to) - Primitive(from)) / (to - from);
                    Assert.Equal(1, DelayedTau.BinMean(x, from, to) / expected, 1e-9 + (1e-13 / (share * size * size)));
                }
            );

    [Fact]
    public void Bin_means_are_the_quadrature_for_every_x()
    {
        var rule = new GaussLegendre(32);
        Gen.Select(Gen.Double[-5, 5], Gen.Double[0, 0.9], Gen.Double[0.01, 0.1])
            .Sample(
                (x, from, width) =>
                {
                    var expected = rule.Integrate(u => (1 - u) * Math.Exp(x * u), from, from + width) / width;
                    Assert.Equal(1, DelayedTau.BinMean(x, from, from + width) / expected, 1e-12);
                }
            );
        Assert.Equal(0.5, DelayedTau.BinMean(0, 0, 1), 1e-15);
    }

    [Fact]
    public void Before_the_start_there_are_no_stars()
    {
        Assert.Equal(0, DelayedTau.BinMean(3, 1, 1.2));
        Assert.Equal(0.5 * DelayedTau.BinMean(3, 0.8, 1), DelayedTau.BinMean(3, 0.8, 1.2), 1e-14);
    }
}
