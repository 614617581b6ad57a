using CsCheck;
using Galatent.Numerics;

namespace Galatent.Tests.Numerics;

public class ShapleyValuesTests
{
    [Fact]
    public void Values_that_add_are_the_shares()
    {
        double[] worth = [3, 1, 7];
        Assert.Equal(worth, ShapleyValues.Of(3, g => worth.Where((_, i) => (g & (1 << i)) != 0).Sum()).Select(v => Math.Round(v, 12)));
    }

    // The glove game: player 0 has a left glove, players 1 and 2 a right one each (Shapley & Shubik 1969).
    [Fact]
    public void The_glove_game()
    {
        var shares = ShapleyValues.Of(3, g => (g & 1) != 0 && (g & 6) != 0 ? 1 : 0);
        Assert.Equal(2.0 / 3, shares[0], 1e-12);
        Assert.Equal(1.0 / 6, shares[1], 1e-12);
    }

    [Fact]
    public void The_shares_sum_to_the_worth_of_all() =>
        Gen.Double[-1, 1].Array[32].Sample(worths => Math.Abs(ShapleyValues.Of(5, g => worths[g]).Sum() - worths[31]) < 1e-9);
}
