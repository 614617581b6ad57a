using CsCheck;
using Galatent.Numerics;

namespace Galatent.Tests.Numerics;

public class OrderStatisticTests
{
    [Fact]
    public void Selection_is_what_sorting_finds() =>
        Gen.Select(Gen.Float[-3, 3].Array[1, 300], Gen.Double[0, 1], Gen.Int[1, 5])
            .Sample(
                (values, where, steps) =>
                {
                    // Rounded, so that many are equal.
                    var rounded = values.Select(v => MathF.Round(v * steps) / steps).ToArray();
                    var k = Math.Min(rounded.Length - 1, (int)(where * rounded.Length));
                    var selected = (float[])rounded.Clone();
                    Assert.Equal(rounded.Order().ElementAt(k), OrderStatistic.Select(selected, k));
                    Assert.All(selected[..k], v => Assert.True(v <= selected[k]));
                    Assert.All(selected[k..], v => Assert.True(v >= selected[k]));
                    Assert.Equal(rounded.Order(), selected.Order());
                }
            );

    [Fact]
    public void Not_a_number_does_not_trap_it() => OrderStatistic.Select([float.NaN, 1, float.NaN, 2, 0, float.NaN], 3);

    [Fact]
    public void A_place_outside_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => OrderStatistic.Select([1f, 2f], 2));
}
