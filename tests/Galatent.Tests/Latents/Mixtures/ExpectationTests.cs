using CsCheck;
using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Mixtures;

public class ExpectationTests
{
    [Fact]
    public void Vectorised_step_agrees_with_the_plain_one() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 12], Gen.Int[1, 400], Gen.Int[1, 4])
            .Sample(
                (seed, components, count, dimension) =>
                    AssertSame(RandomMixtures.Points(seed, dimension, count), RandomMixtures.Mixture(seed, dimension, components), 1e-8),
                iter: 200
            );

    [Fact]
    public void Points_beyond_the_reach_of_doubles_are_treated_exactly()
    {
        foreach (var dimension in new[] { 1, 2, 3 })
        {
            var mixture = RandomMixtures.Mixture(3, dimension, 4);
            var points = RandomMixtures.Points(3, dimension, 300, spread: 400);
            Assert.True(ExpectationMaximization.LogDensity(points, mixture).Min() < -1000);
            AssertSame(points, mixture, 1e-8);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Density_of_one_component_is_the_normal_density(int dimension)
    {
        var mixture = new GaussianMixture(
            dimension,
            [1],
            new double[dimension],
            [.. Enumerable.Range(0, dimension * dimension).Select(i => i % (dimension + 1) == 0 ? 4.0 : 0)]
        );
        var point = Enumerable.Range(0, dimension).Select(i => 1.0 + i).ToArray();
        var expected = -0.5 * point.Sum(x => x * x / 4) - dimension * Math.Log(2 * Math.Sqrt(2 * Math.PI));
        Assert.Equal(expected, mixture.LogDensity(point), 12);
    }

    [Fact]
    public void Responsibilities_sum_to_one() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 9], Gen.Int[1, 4])
            .Sample(
                (seed, components, dimension) =>
                {
                    var mixture = RandomMixtures.Mixture(seed, dimension, components);
                    var responsibilities = new double[components];
                    ScalarExpectation.Responsibilities(mixture, new double[dimension], responsibilities);
                    Assert.Equal(1, responsibilities.Sum(), 12);
                },
                iter: 100
            );

    [Fact]
    public void Marginal_keeps_the_chosen_coordinates()
    {
        var mixture = RandomMixtures.Mixture(5, 3, 2);
        var marginal = mixture.Marginal(2, 0);
        Assert.Equal([mixture.Means[2], mixture.Means[0], mixture.Means[5], mixture.Means[3]], marginal.Means);
        Assert.Equal(mixture.Covariances[8], marginal.Covariances[0]);
        Assert.Equal(mixture.Covariances[6], marginal.Covariances[1]);
    }

    private static void AssertSame(WeightedPoints points, GaussianMixture mixture, double tolerance)
    {
        var plain = new MixtureMoments(mixture.ComponentCount, mixture.Dimension);
        var fast = ExpectationMaximization.Expect(points, mixture);
        ScalarExpectation.Accumulate(points, 0, points.Count, mixture, plain);
        Assert.Equal(plain.LogLikelihood, fast.LogLikelihood, tolerance * (1 + Math.Abs(plain.LogLikelihood)));
        foreach (var (a, b) in plain.Mass.Concat(plain.First).Concat(plain.Second).Zip(fast.Mass.Concat(fast.First).Concat(fast.Second)))
        {
            Assert.Equal(a, b, tolerance * (1 + Math.Abs(a)));
        }
        var logs = new double[points.Count];
        ScalarExpectation.LogDensity(points, 0, points.Count, mixture, logs);
        foreach (var (a, b) in logs.Zip(ExpectationMaximization.LogDensity(points, mixture)))
        {
            Assert.Equal(a, b, tolerance * (1 + Math.Abs(a)));
        }
    }

    [Fact]
    public void The_place_of_arrays_in_memory_changes_nothing()
    {
        // Components so far apart that most exponentials are below e^-700. Arrays of odd sizes in between move the next ones by 8 bytes.
        var random = new RandomStream(5, "points");
        var columns = Enumerable.Range(0, 3).Select(_ => new double[300]).ToArray();
        for (var i = 0; i < 300; i++)
        {
            foreach (var column in columns)
            {
                column[i] = (30 * (i % 3)) + random.NextNormal();
            }
        }
        double[] unit = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        var mixture = new GaussianMixture(3, [0.3, 0.3, 0.4], [0, 0, 0, 30, 30, 30, 60, 60, 60], [.. unit, .. unit, .. unit]);
        var first = ExpectationMaximization.Expect(WeightedPoints.Of(columns), mixture);
        var between = new List<byte[]>();
        for (var i = 0; i < 200; i++)
        {
            between.Add(new byte[(8 * i % 64) + 1]);
            var again = ExpectationMaximization.Expect(WeightedPoints.Of(columns), mixture);
            Assert.Equal(first.First, again.First);
            Assert.Equal(first.Second, again.Second);
        }
    }
}
