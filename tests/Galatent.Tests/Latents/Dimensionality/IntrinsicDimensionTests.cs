using Galatent.Latents.Dimensionality;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Dimensionality;

public class IntrinsicDimensionTests
{
    [Fact]
    public void Three_points_by_hand()
    {
        Assert.Equal(1.329719, IntrinsicDimension.TwoNearest([1, 2, 1, 1.5, 2, 3], 2).Dimension, 1e-6);
        Assert.Equal(.961797, IntrinsicDimension.MaximumLikelihood([1, 2, 4], 3), 1e-6);
        // A point that has a twin is left out.
        Assert.Equal(1.329719, IntrinsicDimension.TwoNearest([1, 2, 0, 3, 1, 1.5, 2, 3], 2).Dimension, 1e-6);
        Assert.True(double.IsNaN(IntrinsicDimension.TwoNearest([0, 0, 0, 0], 2).Dimension));
        Assert.True(double.IsNaN(IntrinsicDimension.MaximumLikelihood([1, 1, 1, 1], 2)));
    }

    // Without edges (opposite faces are neighbours) both estimates are right. The spread of such estimates is
    // 0.19 and 0.03 (40 cubes: 0.18 and 0.028); the tolerance is three of it.
    [Theory]
    [InlineData(1000, 2, 3 * .19)]
    [InlineData(2000, 20, 3 * .03)]
    public void A_periodic_cube_has_its_dimension(int n, int neighbours, double tolerance)
    {
        var distances = Periodic(Cube(n, 5), 5, neighbours);
        var found =
            neighbours == 2
                ? IntrinsicDimension.TwoNearest(distances, 2).Dimension
                : IntrinsicDimension.MaximumLikelihood(distances, neighbours);
        Assert.Equal(5, found, tolerance);
    }

    [Fact]
    public void Distances_are_those_of_all_pairs_for_any_number_of_threads()
    {
        var points = Cube(200, 3);
        var one = NeighbourDistances.Of(points, 3, 5, 1, TestContext.Current.CancellationToken);
        Assert.Equal(one, NeighbourDistances.Of(points, 3, 5, 2, TestContext.Current.CancellationToken));
        for (var i = 0; i < 200; i += 37)
        {
            var all = Enumerable
                .Range(0, 200)
                .Where(j => j != i)
                .Select(j => Math.Sqrt(Enumerable.Range(0, 3).Sum(d => Math.Pow(points[(i * 3) + d] - points[(j * 3) + d], 2))))
                .Order()
                .Take(5)
                .ToArray();
            Assert.All(all.Zip(one[(i * 5)..((i + 1) * 5)]), p => Assert.Equal(p.First, p.Second, 1e-12));
        }
    }

    // On [0, 1] the share of pairs closer than r is 2r - r², so the slope at r is (2 - 2r) / (2 - r).
    [Theory]
    [InlineData(.2, .3)]
    [InlineData(.36, .51)]
    public void The_correlation_dimension_of_an_interval_is_known(double low, double high)
    {
        var points = Enumerable.Range(0, 1500).Select(i => (i + .5) / 1500).ToArray();
        var near = 1 - Math.Sqrt(1 - low);
        var far = 1 - Math.Sqrt(1 - high);
        Assert.Equal(Math.Log(high / low) / Math.Log(far / near), CorrelationDimension.Of(points, 1, low, high), .02);
        var middle = .5 * (near + far);
        Assert.Equal((2 - (2 * middle)) / (2 - middle), CorrelationDimension.Of(points, 1, low, high), .03);
    }

    [Fact]
    public void The_normal_control_has_the_given_variances()
    {
        var points = NormalControl.Points([4, .25, 0], 20_000, 1);
        double Variance(int d) => Enumerable.Range(0, 20_000).Average(i => points[(i * 3) + d] * points[(i * 3) + d]);
        Assert.Equal(4, Variance(0), .12);
        Assert.Equal(.25, Variance(1), .0075);
        Assert.Equal(0, Variance(2));
    }

    private static double[] Cube(int n, int d)
    {
        var random = new RandomStream(1, "cube");
        var points = new double[n * d];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = random.NextDouble();
        }
        return points;
    }

    private static double[] Periodic(double[] points, int d, int neighbours)
    {
        var n = points.Length / d;
        double Distance(int i, int j)
        {
            var sum = 0.0;
            for (var c = 0; c < d; c++)
            {
                var apart = Math.Abs(points[(i * d) + c] - points[(j * d) + c]);
                apart = Math.Min(apart, 1 - apart);
                sum += apart * apart;
            }
            return Math.Sqrt(sum);
        }
        return
        [
            .. Enumerable
                .Range(0, n)
                .SelectMany(i => Enumerable.Range(0, n).Where(j => j != i).Select(j => Distance(i, j)).Order().Take(neighbours)),
        ];
    }
}
