using CsCheck;
using Galatent.Latents.Information;

namespace Galatent.Tests.Latents.Information;

public class KraskovEstimatorTests
{
    [Fact]
    public void Tree_finds_the_neighbours_that_a_full_search_finds() =>
        Gen.Select(Gen.Int[0, 8].Array[5, 120], Gen.Int[1, 4], Gen.ULong).Sample((grid, k, seed) =>
        {
            // Coarse grids give many equal distances, the hard case of the search.
            var x = Array.ConvertAll(grid, v => (double)v);
            var random = new Galatent.Numerics.RandomStream(seed, "y");
            var y = Array.ConvertAll(grid, _ => (double)random.NextInt(5));
            var tree = new PlanarTree(x, y);
            for (var i = 0; i < x.Length; i++)
            {
                var all = Enumerable.Range(0, x.Length).Where(j => j != i).Select(j => Math.Max(Math.Abs(x[i] - x[j]), Math.Abs(y[i] - y[j]))).Order().ToArray();
                Assert.Equal(all[k - 1], tree.NeighbourDistance(x[i], y[i], i, k));
            }
        }, iter: 100);

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.6)]
    [InlineData(0.9)]
    public void Normal_pairs_give_the_closed_form(double rho)
    {
        var family = KnownDependence.Gaussian(rho);
        var (x, y) = family.Sample(20_000, 3);
        // Standard error about 0.007 at rho = 0.9 (spread over 20 seeds).
        Assert.Equal(family.Truth, KraskovEstimator.Estimate(RankPair.Of(x, y, 1), 3), 0.025);
    }
}
