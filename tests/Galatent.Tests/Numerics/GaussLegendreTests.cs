using CsCheck;
using Galatent.Numerics;

namespace Galatent.Tests.Numerics;

public class GaussLegendreTests
{
    // Abramowitz and Stegun (1964), table 25.4 (Lowan, Davids and Levenson 1942).
    [Theory]
    [InlineData(2, 1, 0.577350269189625764509, 1)]
    [InlineData(5, 2, 0, 0.568888888888888888889)]
    [InlineData(5, 4, 0.906179845938663992798, 0.236926885056189087514)]
    [InlineData(16, 8, 0.095012509837637440185, 0.189450610455068496285)]
    [InlineData(16, 15, 0.989400934991649932596, 0.027152459411754094852)]
    public void Nodes_and_weights_are_the_tabulated_ones(int order, int index, double node, double weight)
    {
        var rule = new GaussLegendre(order);
        Assert.Equal(node, rule.Nodes[index], 3e-16);
        Assert.Equal(weight, rule.Weights[index], 3e-16);
        Assert.Equal(-rule.Nodes[index], rule.Nodes[order - 1 - index]);
    }

    [Fact]
    public void Powers_up_to_twice_the_order_less_one_are_exact() =>
        Gen.Select(Gen.Int[1, 64], Gen.Int[0, 127])
            .Where((order, power) => power < 2 * order)
            .Sample(
                (order, power) =>
                {
                    var integral = new GaussLegendre(order).Integrate(x => Math.Pow(x, power), 0, 1);
                    Assert.Equal(1.0 / (power + 1), integral, 1e-14);
                }
            );

    [Fact]
    public void A_power_beyond_is_not()
    {
        // The error of n = 2 on x^4 over (-1, 1) is 8/45 by the remainder term, 25.4.30 of the same book.
        Assert.Equal((2 / 5.0) - (8 / 45.0), new GaussLegendre(2).Integrate(x => x * x * x * x, -1, 1), 1e-15);
    }
}
