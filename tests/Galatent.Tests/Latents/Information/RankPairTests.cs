using CsCheck;
using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Information;

public class RankPairTests
{
    private static readonly Gen<(double[] X, double[] Y)> _columns = Gen.Select(Gen.Int[10, 80], Gen.ULong)
        .Select(
            (n, seed) =>
            {
                var random = new RandomStream(seed, "columns");
                var columns = (X: new double[n], Y: new double[n]);
                for (var i = 0; i < n; i++)
                {
                    columns.X[i] = random.NextNormal();
                    columns.Y[i] = columns.X[i] + random.NextNormal();
                }
                return columns;
            }
        );

    [Fact]
    public void Rising_functions_of_a_column_change_nothing() =>
        _columns.Sample(
            (x, y) =>
                Assert.Equal(
                    RankPair.Of(x, y, 1).RanksY,
                    RankPair.Of(Array.ConvertAll(x, v => 1e6 + v), Array.ConvertAll(y, Math.Exp), 1).RanksY
                )
        );

    [Fact]
    public void Columns_may_be_exchanged() => _columns.Sample(AssertExchangeable);

    // The ranks are their own inverse, and cannot tell which column comes first: 1 pair in 400 of ten rows, and every monotone one.
    [Fact]
    public void Columns_whose_ranks_are_their_own_inverse_may_be_exchanged() =>
        _columns.Sample(
            (x, _) =>
            {
                AssertExchangeable(x, Array.ConvertAll(x, Math.Exp));
                AssertExchangeable(x, Array.ConvertAll(x, v => -v * v * v));
            }
        );

    [Fact]
    public void Rows_may_come_in_any_order_also_with_ties() =>
        _columns.Sample(
            (x, y) =>
            {
                x = Array.ConvertAll(x, v => Math.Round(v, 1));
                y = Array.ConvertAll(y, v => Math.Round(v));
                var order = Enumerable.Range(0, x.Length).ToArray();
                new RandomStream(5, "rows").Shuffle(order.AsSpan());
                Assert.Equal(
                    RankPair.Of(x, y, 1).RanksY,
                    RankPair.Of(Array.ConvertAll(order, i => x[i]), Array.ConvertAll(order, i => y[i]), 1).RanksY
                );
            }
        );

    [Fact]
    public void Ranks_are_a_permutation_and_rows_without_a_number_are_counted()
    {
        var pair = RankPair.Of([3, double.NaN, 1, 2, 5, 2], [1, 2, double.PositiveInfinity, 4, 4, 4], 1);
        Assert.Equal(2, pair.Dropped);
        Assert.Equal([0, 1, 2, 3], pair.RanksY.Order());
    }

    private static void AssertExchangeable(double[] x, double[] y)
    {
        var one = RankPair.Of(x, y, 1);
        var other = RankPair.Of(y, x, 1);
        Assert.Equal(one.RanksY, other.RanksY);
        Assert.Equal(one.ScoresX, other.ScoresX);
        Assert.Equal(one.ScoresY, other.ScoresY);
    }
}
