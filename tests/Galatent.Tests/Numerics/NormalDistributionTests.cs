using CsCheck;
using Galatent.Numerics;

namespace Galatent.Tests.Numerics;

public class NormalDistributionTests
{
    // The series Phi = 1/2 + phi(x) (x + x^3/3 + x^5/15 + ...) in 80-digit decimal arithmetic; quantiles by Newton's method on it.
    [Theory]
    [InlineData(-12, 1.7764821120776789977e-33)]
    [InlineData(-8.25, 7.919726314642477341e-17)]
    [InlineData(-5.75, 4.4621724539016118731e-9)]
    [InlineData(-5.5, 1.8989562465887719384e-8)]
    [InlineData(-3, 0.0013498980316300945267)]
    [InlineData(-1.5, 0.066807201268858066004)]
    [InlineData(-0.675, 0.24983788247177701138)]
    [InlineData(-0.67, 0.25142889509531011429)]
    [InlineData(0, 0.5)]
    [InlineData(1e-5, 0.50000398942280394784)]
    [InlineData(0.5, 0.69146246127401310364)]
    [InlineData(2.5, 0.99379033467422386483)]
    [InlineData(6, 0.99999999901341235496)]
    public void Cdf_agrees_with_80_digit_arithmetic(double x, double expected) =>
        Assert.Equal(1, NormalDistribution.Cdf(x) / expected, 1e-15);

    [Theory]
    [InlineData(1e-30, -11.464024688443615727)]
    [InlineData(1e-10, -6.3613409024040562047)]
    [InlineData(1e-5, -4.2648907939228246285)]
    [InlineData(0.001, -3.0902323061678135415)]
    [InlineData(0.025, -1.9599639845400542355)]
    [InlineData(0.07, -1.4757910281791707352)]
    [InlineData(0.08, -1.405071560309632556)]
    [InlineData(0.45, -0.12566134685507403421)]
    [InlineData(0.6, 0.2533471031357997988)]
    [InlineData(0.975, 1.9599639845400542355)]
    [InlineData(0.9375, 1.5341205443525463117)] // exact in binary, as the next: near 1, rounding p to a double moves the quantile
    [InlineData(0.99951171875, 3.2971933456919633418)]
    public void Quantile_agrees_with_80_digit_arithmetic(double p, double expected) =>
        Assert.Equal(1, NormalDistribution.Quantile(p) / expected, 1e-15);

    [Fact]
    public void Cdf_undoes_the_quantile() =>
        Gen.Double[-30, -1e-3]
            .Sample(logP =>
                Assert.Equal(1, NormalDistribution.Cdf(NormalDistribution.Quantile(Math.Pow(10, logP))) / Math.Pow(10, logP), 1e-12)
            );

    [Fact]
    public void Edges_are_those_documented()
    {
        Assert.Equal(0, NormalDistribution.Cdf(double.NegativeInfinity));
        Assert.Equal(1, NormalDistribution.Cdf(double.PositiveInfinity));
        Assert.Equal(double.NaN, NormalDistribution.Cdf(double.NaN));
        Assert.Equal(double.NegativeInfinity, NormalDistribution.Quantile(0));
        Assert.Equal(double.PositiveInfinity, NormalDistribution.Quantile(1));
        Assert.Equal(double.NaN, NormalDistribution.Quantile(1.5));
        Assert.Equal(double.NaN, NormalDistribution.Quantile(-0.5));
    }

    // Quantiles of Student's t with 2 degrees of freedom, any printed table (e.g. Abramowitz and Stegun 1964, table 26.10).
    [Theory]
    [InlineData(0.75, 0.816497)]
    [InlineData(0.9, 1.885618)]
    [InlineData(0.025, -4.302653)]
    [InlineData(0.995, 9.924843)]
    public void Student_t_with_two_degrees_of_freedom_is_the_tabulated_one(double u, double expected) =>
        Assert.Equal(expected, StudentT2.Quantile(u), 5e-7);
}
