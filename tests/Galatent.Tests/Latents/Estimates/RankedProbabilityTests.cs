using Galatent.Latents.Estimates;
using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Estimates;

public class RankedProbabilityTests
{
    [Fact]
    public void Scores_of_a_normal_distribution()
    {
        Assert.Equal(.233695, RankedProbability.Normal(0, 1, 0), 1e-6);
        Assert.Equal(.602441, RankedProbability.Normal(0, 1, 1), 1e-6);
        Assert.Equal(.564190, Mean(y => RankedProbability.Normal(0, 1, y)), 1e-6);
        // A pair of correlation 0.8: the prediction .8 x has the deviation .6.
        Assert.Equal(.338514, .6 * Mean(y => RankedProbability.Normal(0, 1, y)), 1e-6);
        // A deviation that is half of the true one.
        Assert.Equal(.609967, Mean(y => RankedProbability.Normal(0, .5, y)), 1e-6);
    }

    [Fact]
    public void Coverage_of_half_the_deviation()
    {
        // Central intervals of one predicted deviation (68.27 %) and of 95 %.
        Assert.Equal(.382925, Covered(.6826894921), 1e-6);
        Assert.Equal(.672905, Covered(.95), 1e-6);
    }

    [Fact]
    public void Scores_of_ensembles()
    {
        Assert.Equal(.333333, RankedProbability.FairEnsemble([1, 2, 4], 3), 1e-6);
        Assert.Equal(.666667, RankedProbability.PlainEnsemble([1, 2, 4], 3), 1e-6);
    }

    // The closed form against the integral of (F - 1[x >= y])².
    [Fact]
    public void The_score_of_a_mixture_is_its_integral()
    {
        var mixture = new NormalMixture([.3, .7], [-1, 2], [.5, 1.5]);
        Assert.Equal(RankedProbability.Normal(-1, .5, .4), RankedProbability.Mixture(new NormalMixture([1], [-1], [.5]), .4), 1e-12);
        foreach (var y in new[] { -2.0, .4, 5 })
        {
            const double step = .002;
            var sum = 0.0;
            for (var x = -20.0; x < 25; x += step)
            {
                var middle = x + (step / 2);
                var difference = mixture.Cdf(middle) - (middle >= y ? 1 : 0);
                sum += difference * difference * step;
            }
            Assert.Equal(sum, RankedProbability.Mixture(mixture, y), 2e-3);
        }
        Assert.Equal(.3, mixture.Cdf(mixture.Quantile(.3)), 1e-12);
        Assert.Equal(1.1, mixture.Mean, 1e-12);
    }

    // A normal pair of correlation 0.8: y given x is normal with mean .8 x and deviation .6.
    [Fact]
    public void One_component_gives_the_regression_of_normal_variables()
    {
        var regression = new MixtureRegression(new GaussianMixture(2, [1], [0, 0], [1, .8, .8, 1]));
        var given = regression.Given([1.5]);
        Assert.Equal(1.2, given.Mean, 1e-12);
        Assert.Equal(.6, given.Deviation, 1e-12);
    }

    // Three variables, two components: mean and spread against sums over the joint density.
    [Fact]
    public void Several_components_give_the_conditional_density()
    {
        var joint = new GaussianMixture(
            3,
            [.4, .6],
            [0, 1, -1, 2, 0, 1],
            [1, .3, .2, .3, 1, -.4, .2, -.4, .8, .5, 0, .1, 0, .7, .3, .1, .3, 1.2]
        );
        var given = new MixtureRegression(joint).Given([.7, .2]);
        var mass = 0.0;
        var mean = 0.0;
        var below = 0.0;
        for (var i = -1200; i < 1200; i++)
        {
            var y = (i + .5) / 100;
            var density = Math.Exp(joint.LogDensity([.7, .2, y]));
            mass += density;
            mean += density * y;
            below += y < .5 ? density : 0;
        }
        Assert.Equal(mean / mass, given.Mean, 1e-6);
        Assert.Equal(below / mass, given.Cdf(.5), 1e-4);
        Assert.Equal(1, given.Weights.Sum(), 1e-12);
    }

    // Intervals of a prediction with half the true deviation.
    private static double Covered(double level)
    {
        var halved = new NormalMixture([1], [0], [.5]);
        var reach = halved.Quantile(.5 + (level / 2));
        return NormalDistribution.Cdf(reach) - NormalDistribution.Cdf(-reach);
    }

    // Mean over a standard normal truth.
    private static double Mean(Func<double, double> score)
    {
        const double step = .001;
        var sum = 0.0;
        for (var y = -9.0; y < 9; y += step)
        {
            sum += score(y) * Math.Exp(-.5 * y * y) / Math.Sqrt(2 * Math.PI) * step;
        }
        return sum;
    }
}
