using CsCheck;
using Galatent.Numerics;

namespace Galatent.Tests.Numerics;

public class TruncatedNormalTests
{
    [Fact]
    public void Mean_and_variance_are_the_closed_forms()
    {
        // Johnson, Kotz and Balakrishnan (1994), section 10.1, for N(1, 0.3^2) in [0.8, 2].
        var a = -0.2 / 0.3;
        var b = 1 / 0.3;
        static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
        var mass = NormalDistribution.Cdf(b) - NormalDistribution.Cdf(a);
        var shift = (Density(a) - Density(b)) / mass;
        var variance = 1 + (((a * Density(a)) - (b * Density(b))) / mass) - (shift * shift);
        // The quantile has infinite slope at u = 0 and 1 only when untruncated; here quadrature over u converges.
        var rule = new GaussLegendre(64);
        var mean = rule.Integrate(u => TruncatedNormal.Quantile(u, 1, 0.3, 0.8, 2), 0, 1);
        Assert.Equal(1 + (0.3 * shift), mean, 1e-5);
        Assert.Equal(0.09 * variance, rule.Integrate(u => Math.Pow(TruncatedNormal.Quantile(u, 1, 0.3, 0.8, 2) - mean, 2), 0, 1), 1e-5);
    }

    [Fact]
    public void It_stays_inside_rises_with_u_and_is_mirrored() =>
        Gen.Select(Gen.Double[-5, 5], Gen.Double[0.01, 3], Gen.Double[-5, 5], Gen.Double[0.01, 5], Gen.Double[0.001, 0.999])
            .Sample(
                (mean, sd, low, width, u) =>
                {
                    var high = low + width;
                    var x = TruncatedNormal.Quantile(u, mean, sd, low, high);
                    Assert.InRange(x, low, high);
                    Assert.True(TruncatedNormal.Quantile(u / 2, mean, sd, low, high) <= x);
                    Assert.Equal(-x, TruncatedNormal.Quantile(1 - u, -mean, sd, -high, -low), 1e-9);
                }
            );

    [Theory]
    [InlineData(-100, 20, 30, 20)]
    [InlineData(100, 20, 30, 30)]
    public void An_interval_beyond_reach_gives_its_end_nearest_to_the_mean(double mean, double low, double high, double expected) =>
        Assert.Equal(expected, TruncatedNormal.Quantile(0.5, mean, 1, low, high));

    [Fact]
    public void Far_tails_keep_their_digits()
    {
        // Beyond a, a normal tail is nearly exponential; its median is a + ln2/a - (1 - ln2/2) ln2/a^3 + O(a^-5), from Mills' ratio (1/a)(1
        // - 1/a^2).
        const double a = 20;
        var expected = a + (Math.Log(2) / a) - ((1 + (Math.Log(2) / 2)) * Math.Log(2) / Math.Pow(a, 3));
        Assert.Equal(expected, TruncatedNormal.Quantile(0.5, 0, 1, a, 100), 3e-6);
        Assert.Equal(-expected, TruncatedNormal.Quantile(0.5, 0, 1, -100, -a), 3e-6);
    }
}
