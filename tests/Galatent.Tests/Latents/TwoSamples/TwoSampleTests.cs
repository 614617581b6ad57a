using Galatent.Latents.Outliers;
using Galatent.Latents.TwoSamples;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.TwoSamples;

public class TwoSampleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.1, 0.528186)]
    [InlineData(0.5, 0.638163)]
    [InlineData(1, 0.760250)]
    [InlineData(2, 0.921350)]
    public void Area_of_a_shift(double shift, double area)
    {
        var first = Normals(4000, 3, shift, "first");
        var second = Normals(4000, 3, 0, "second");
        var test = ClassifierTest.Of(first, second, 1, threads: 2, cancellation: Cancellation);
        // The known direction, and the fitted one, which loses a little.
        var known = RankingArea.Of([.. first.Select(r => r[0])], [.. second.Select(r => r[0])]);
        Assert.Equal(area, known.Value, 3 * known.StandardError);
        Assert.Equal(area, test.Area, 3 * known.StandardError);
        Assert.Equal(0.005, test.PValue, 1e-9);
        Assert.Equal(shift, new ClassifierTest(area, 1, 0).Shift, 1e-5);
    }

    // 200 + 200 rows in six dimensions: 0.0406 by simulation, where the textbook says 0.0289.
    [Fact]
    public void Chance_of_the_area_is_wider_than_the_textbook_says()
    {
        var test = ClassifierTest.Of(Normals(200, 6, 0, "a"), Normals(200, 6, 0, "b"), 3, threads: 2, cancellation: Cancellation);
        // Of 199 permutations, a standard deviation is known to 5 %.
        Assert.Equal(0.0406, test.ChanceDeviation, 0.0406 * 0.2);
        Assert.InRange(test.PValue, 0.01, 1);
    }

    // A mock shares mask and noise with its galaxy: in other folds, each pulls the other's fold to the wrong side.
    [Fact]
    public void Rows_that_belong_together_stay_in_one_fold()
    {
        const int n = 100;
        var stream = new RandomStream(8, "pairs");
        var noise = Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, 30).Select(_ => stream.NextNormal()).ToArray()).ToArray();
        double[][] Near() => [.. noise.Select(r => r.Select(x => x + (0.05 * stream.NextNormal())).ToArray())];
        var first = Near();
        var second = Near();
        int[] groups = [.. Enumerable.Range(0, n)];
        var together = ClassifierTest.Of(first, second, 1, groups, groups, 2, Cancellation);
        var apart = ClassifierTest.Of(first, second, 1, threads: 2, cancellation: Cancellation);
        Assert.InRange(together.Area, 0.5 - (3 * together.ChanceDeviation), 0.5 + (3 * together.ChanceDeviation));
        Assert.True(apart.Area < 0.4, $"{apart.Area}");
    }

    [Fact]
    public void Kernel_distance_of_given_numbers()
    {
        double[][] x =
        [
            [0],
            [1],
            [2],
        ];
        double[][] y =
        [
            [1],
            [3],
            [4],
        ];
        var width = KernelDistance.MedianDistance(x, y);
        Assert.Equal(2, width);
        Assert.Throws<InputException>(() =>
            KernelDistance.Unbiased(
                x,
                [
                    [1],
                ],
                1
            )
        );
        Assert.Equal(0.008720, KernelDistance.Unbiased(x, y, 1), 1e-6);
        Assert.Equal(0.441901, KernelDistance.Biased(x, y, 1), 1e-6);
    }

    // 2 √(h² / (h² + 2)) (1 - exp(-δ² / 2 (h² + 2))) with h = δ = 1 is 0.177268.
    [Fact]
    public void Kernel_distance_of_a_shift()
    {
        double[] found =
        [
            .. Enumerable.Range(0, 20).Select(i => KernelDistance.Unbiased(Normals(500, 1, 1, $"x{i}"), Normals(500, 1, 0, $"y{i}"), 1)),
        ];
        var error = SampleMoments.Deviation(found) / Math.Sqrt(found.Length);
        Assert.Equal(0.177268, SampleMoments.Mean(found), 3 * error);
        Assert.InRange(error, 0.0005, 0.01);
    }

    private static double[][] Normals(int n, int d, double shift, string purpose)
    {
        var stream = new RandomStream(12, purpose);
        var rows = new double[n][];
        for (var i = 0; i < n; i++)
        {
            rows[i] = new double[d];
            for (var k = 0; k < d; k++)
            {
                rows[i][k] = stream.NextNormal() + (k == 0 ? shift : 0);
            }
        }
        return rows;
    }
}
