using CsCheck;
using Galatent.Numerics;

namespace Galatent.Tests.Numerics;

public class TabulatedDensityTests
{
    [Fact]
    public void A_linear_density_is_exact_with_two_nodes()
    {
        var triangle = new TabulatedDensity(0, 3, [0, 6]); // p = 2x, CDF (x/3)^2
        Assert.Equal(9, triangle.Integral, 1e-14);
        Gen.Double[0, 1].Sample(u => Assert.Equal(3 * Math.Sqrt(u), triangle.Quantile(u), 1e-14));
    }

    [Fact]
    public void An_exponential_is_met_to_the_square_of_the_step()
    {
        const int n = 401;
        var density = Enumerable.Range(0, n).Select(i => Math.Exp(-10.0 * i / (n - 1))).ToArray();
        var table = new TabulatedDensity(0, 10, density);
        var total = 1 - Math.Exp(-10);
        // Trapezia exceed the integral by h^2/12 of it, h = 0.025; the quantile's slope is at most e^10 only beyond u = 0.999.
        Assert.Equal(total, table.Integral, 6e-5);
        Gen.Double[0, 0.99].Sample(u => Assert.Equal(-Math.Log(1 - (u * total)), table.Quantile(u), 2e-4));
    }

    [Fact]
    public void Where_the_density_is_zero_nothing_falls()
    {
        var table = new TabulatedDensity(0, 4, [0, 0, 1, 0, 0]);
        Gen.Double[1e-9, 1].Sample(u => Assert.InRange(table.Quantile(u), 1, 3));
        Assert.Equal(2, table.Quantile(0.5), 1e-14);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, double.NaN)]
    [InlineData(1, double.PositiveInfinity)]
    [InlineData(-1, -1)]
    public void A_density_without_a_positive_integral_is_refused(double first, double second) =>
        Assert.Throws<ArgumentException>(() => new TabulatedDensity(0, 1, [first, second]));
}
