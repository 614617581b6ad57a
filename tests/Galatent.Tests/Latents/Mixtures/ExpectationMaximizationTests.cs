using CsCheck;
using Galatent.Latents.Mixtures;

namespace Galatent.Tests.Latents.Mixtures;

public class ExpectationMaximizationTests
{
    [Fact]
    public void Likelihood_never_falls() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 6], Gen.Int[1, 3])
            .Sample(
                (seed, components, dimension) =>
                {
                    var points = RandomMixtures.Points(seed, dimension, 120);
                    var mixture = RandomMixtures.Mixture(seed, dimension, components);
                    var none = CovariancePrior.None(dimension);
                    var previous = double.NegativeInfinity;
                    for (var iteration = 0; iteration < 8; iteration++)
                    {
                        var moments = ExpectationMaximization.Expect(points, mixture);
                        Assert.True(
                            moments.LogLikelihood >= previous - 1e-6 * Math.Abs(previous),
                            $"{moments.LogLikelihood} after {previous}"
                        );
                        previous = moments.LogLikelihood;
                        if (moments.Mass.Min() < 20)
                        {
                            return;
                        }
                        mixture = ExpectationMaximization.Maximize(mixture, moments, none);
                    }
                },
                iter: 100
            );

    [Fact]
    public void Step_keeps_the_mean_of_the_data()
    {
        // An identity of maximum-likelihood mixtures: sum_k w_k m_k is the sample mean after any M-step.
        var points = RandomMixtures.Points(9, 2, 500);
        var mixture = RandomMixtures.Mixture(9, 2, 4);
        var next = ExpectationMaximization.Maximize(
            mixture,
            ExpectationMaximization.Expect(points, mixture),
            CovariancePrior.For(points, 4)
        );
        for (var axis = 0; axis < 2; axis++)
        {
            Assert.Equal(DataMoments.Mean(points)[axis], Enumerable.Range(0, 4).Sum(k => next.Weights[k] * next.Means[2 * k + axis]), 9);
        }
    }

    [Fact]
    public void Multiplicities_are_the_same_as_repeated_rows()
    {
        double[][] columns =
        [
            [0, 1, 5, 2],
            [1, 0, 4, 7],
        ];
        var repeated = WeightedPoints.Take(columns, [0, 0, 1, 2, 2, 2, 3]);
        var weighted = WeightedPoints.Take(columns, [0, 1, 2, 3], [2, 1, 3, 1]);
        var start = RandomMixtures.Mixture(1, 2, 2);
        var prior = CovariancePrior.For(weighted, 2);
        var a = ExpectationMaximization.Fit(repeated, start, prior, 5, 0);
        var b = ExpectationMaximization.Fit(weighted, start, prior, 5, 0);
        Assert.Equal(a.MeanLogLikelihood, b.MeanLogLikelihood, 9);
        Assert.Equal(a.Mixture.Covariances[0], b.Mixture.Covariances[0], 9);
    }

    [Fact]
    public void Points_that_coincide_do_not_break_the_fit()
    {
        var points = WeightedPoints.Of([
            [1, 1, 1, 1, 2, 3, 4, 5, 6, 7],
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ]);
        var fit = ExpectationMaximization.Fit(points, RandomMixtures.Mixture(2, 2, 3), CovariancePrior.For(points, 3), 200, 1e-9);
        Assert.True(double.IsFinite(fit.MeanLogLikelihood));
        Assert.All(fit.Mixture.Covariances, c => Assert.True(double.IsFinite(c)));
    }

    [Fact]
    public void Split_keeps_the_mean_and_the_covariance_of_the_whole()
    {
        var mixture = RandomMixtures.Mixture(4, 2, 3);
        foreach (var direction in MixtureStarts.Directions(2))
        {
            var split = MixtureStarts.Split(mixture, 1, direction);
            Assert.Equal(4, split.ComponentCount);
            Assert.Equal(Moments(mixture), Moments(split), (a, b) => Math.Abs(a - b) < 1e-12 * (1 + Math.Abs(a)));
        }
    }

    [Fact]
    public void Selection_finds_the_three_components_of_a_clear_mixture()
    {
        var random = new Galatent.Numerics.RandomStream(1, "clusters");
        var columns = new[] { new double[3000], new double[3000] };
        for (var i = 0; i < 3000; i++)
        {
            columns[0][i] = 8 * (i % 3) + random.NextNormal();
            columns[1][i] = i % 3 == 1 ? 6 : 0 + 0.5 * random.NextNormal();
            columns[1][i] += 0.3 * random.NextNormal();
        }
        var fit = MixtureSelection.Fit(columns, new MixtureFitOptions { StandardErrors = 1 }, 1, 2, TestContext.Current.CancellationToken);
        Assert.Equal(3, fit.Mixture.ComponentCount);
        Assert.True(fit.Converged);
        Assert.Equal([0.0, 8, 16], fit.Mixture.Means.Where((_, i) => i % 2 == 0).Order(), (a, b) => Math.Abs(a - b) < 0.15);
    }

    private static double[] Moments(GaussianMixture m)
    {
        var sums = new double[5];
        for (var k = 0; k < m.ComponentCount; k++)
        {
            var w = m.Weights[k];
            var x = m.Means[2 * k];
            var y = m.Means[2 * k + 1];
            double[] terms = [x, y, m.Covariances[4 * k] + x * x, m.Covariances[4 * k + 1] + x * y, m.Covariances[4 * k + 3] + y * y];
            for (var i = 0; i < 5; i++)
            {
                sums[i] += w * terms[i];
            }
        }
        return sums;
    }
}
