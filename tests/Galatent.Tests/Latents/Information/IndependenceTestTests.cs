using Galatent.Calibration;
using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Information;

public class IndependenceTestTests
{
    [Fact]
    public void P_values_of_independent_columns_are_uniform_also_beyond_the_largest_null_sample()
    {
        foreach (var n in new[] { 40, 3000 })
        {
            var test = new IndependenceTest(n, 1999, 1, 2, TestContext.Current.CancellationToken);
            var random = new RandomStream(8, "ranks");
            var ranks = Enumerable.Range(0, n).ToArray();
            var p = new double[1000];
            for (var i = 0; i < p.Length; i++)
            {
                random.Shuffle(ranks.AsSpan());
                p[i] = test.PValue(ranks);
            }
            Array.Sort(p);
            // Kolmogorov's distance: 1.95 / sqrt(m) is exceeded with probability 0.001, for the 1000 p-values and the 1999 draws of the
            // null together.
            var distance = p.Select((v, i) => Math.Abs(v - (i + 0.5) / p.Length)).Max();
            Assert.True(distance < 1.95 * Math.Sqrt(1.0 / 1000 + 1.0 / 1999), $"n = {n}: {distance}");
        }
    }

    [Fact]
    public void Cosines_are_orthonormal_on_the_ranks()
    {
        var cosines = IndependenceTest.Cosines(101);
        for (var r = 0; r < cosines.Length; r++)
        {
            for (var s = 0; s < cosines.Length; s++)
            {
                Assert.Equal(r == s ? 1 : 0, cosines[r].Zip(cosines[s], (a, b) => a * b).Average(), 12);
            }
        }
    }

    [Theory]
    [InlineData("ring")]
    [InlineData("parabola")]
    [InlineData("sine")]
    public void Dependence_without_correlation_is_seen(string name)
    {
        var family = name switch
        {
            "ring" => KnownDependence.Ring(0.2),
            "parabola" => KnownDependence.Banana(1),
            _ => KnownDependence.Sine(3, 0.5),
        };
        var (x, y) = family.Sample(500, 2);
        var test = new IndependenceTest(500, 999, 1, 1, TestContext.Current.CancellationToken);
        Assert.Equal(0.001, test.PValue(RankPair.Of(x, y, 1).RanksY), 12);
    }
}
