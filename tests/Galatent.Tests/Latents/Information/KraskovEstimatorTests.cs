using CsCheck;
using Galatent.Calibration;
using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Information;

public class KraskovEstimatorTests
{
    [Fact]
    public void Tree_finds_and_counts_the_neighbours_that_a_full_search_finds() =>
        Gen.Select(Gen.Int[5, 120], Gen.Int[1, 4], Gen.Int[1, 4], Gen.ULong)
            .Sample(
                (count, k, dimension, seed) =>
                {
                    // Coarse grids give many equal distances, the hard case of the search.
                    var random = new RandomStream(seed, "grid");
                    var columns = new double[dimension][];
                    for (var axis = 0; axis < dimension; axis++)
                    {
                        columns[axis] = new double[count];
                        for (var i = 0; i < count; i++)
                        {
                            columns[axis][i] = random.NextInt(6);
                        }
                    }
                    var tree = new NeighbourTree(columns);
                    for (var i = 0; i < count; i++)
                    {
                        var point = Array.ConvertAll(columns, c => c[i]);
                        var all = Enumerable.Range(0, count).Select(j => columns.Max(c => Math.Abs(c[j] - c[i]))).ToArray();
                        double[] others = [.. all.Where((_, j) => j != i).Order()];
                        Assert.Equal(others[k - 1], tree.NeighbourDistance(point, i, k));
                        Assert.Equal(all.Count(d => d < k), tree.CountCloser(point, k));
                    }
                },
                iter: 100
            );

    [Fact]
    public void Groups_of_normal_columns_give_the_closed_form()
    {
        // y = x1 + x2 + e: I(x1, x2; y) = ln(3) / 2; 20 seeds scatter by 0.007.
        var (x1, x2) = KnownDependence.Gaussian(0).Sample(20_000, 1);
        var y = Sum(x1, x2, Noise(x1.Length, 2));
        Assert.Equal(0.5 * Math.Log(3), KraskovEstimator.Estimate([x1, x2], [y], [], 3, 2, Cancel), 0.03);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Given_normal_columns_the_partial_correlation_decides(int givens)
    {
        // x = z + e1, y = z + e1 + e2 with z the sum of the given columns: given them the correlation is sqrt(1/2), I = ln(2) / 2; without,
        // more.
        double[][] given = [.. Enumerable.Range(0, givens).Select(g => Noise(20_000, 10 + (ulong)g))];
        var e1 = Noise(20_000, 3);
        var e2 = Noise(20_000, 4);
        var x = Sum([e1, .. given]);
        var y = Sum(x, e2);
        // Known to come out low by 0.01 with one given column and by 0.04 with two (Frenzel and Pompe 2007, fig. 2, show the same towards
        // 0).
        Assert.Equal(0.5 * Math.Log(2), KraskovEstimator.Estimate([x], [y], given, 3, 2, Cancel), givens == 1 ? 0.03 : 0.06);
        Assert.Equal(0, KraskovEstimator.Estimate([e1], [e2], given, 3, 2, Cancel), 0.02);
    }

    [Fact]
    public void The_order_of_the_groups_does_not_matter()
    {
        double[][] columns = [Noise(500, 1), Noise(500, 2), Noise(500, 3), Noise(500, 4)];
        Assert.Equal(
            KraskovEstimator.Estimate(columns[..2], columns[2..3], columns[3..], 3, 1, Cancel),
            KraskovEstimator.Estimate(columns[2..3], columns[..2], columns[3..], 3, 1, Cancel),
            1e-12
        );
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static double[] Noise(int count, ulong seed) => KnownDependence.Gaussian(0).Sample(count, 100 + seed).X;

    private static double[] Sum(params double[][] columns) =>
        [.. Enumerable.Range(0, columns[0].Length).Select(i => columns.Sum(c => c[i]))];

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
