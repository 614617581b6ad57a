using Galatent.Calibration;
using Galatent.Latents.Information;
using Galatent.Latents.Mixtures;
using Galatent.Tests.Latents.Mixtures;

namespace Galatent.Tests.Latents.Information;

public class InformationMathTests
{
    [Theory]
    [InlineData(1, -0.57721566490153286)]
    [InlineData(0.5, -1.9635100260214235)]
    [InlineData(10, 2.2517525890667211)]
    public void Digamma_has_its_known_values(double x, double value) => Assert.Equal(value, SpecialFunctions.Digamma(x), 1e-12);

    [Theory]
    [InlineData(0)]
    [InlineData(0.6)]
    [InlineData(-0.99)]
    public void One_component_has_the_closed_form(double rho) =>
        Assert.Equal(
            -0.5 * Math.Log(1 - rho * rho),
            MixtureInformation.Of(new GaussianMixture(2, [1], [3, -1], [4, 2 * rho, 2 * rho, 1])),
            1e-12
        );

    [Fact]
    public void Grid_reproduces_the_closed_form_of_a_normal_written_as_two_equal_components()
    {
        var mixture = new GaussianMixture(2, [0.3, 0.7], [0, 0, 0, 0], [1, 0.8, 0.8, 1, 1, 0.8, 0.8, 1]);
        Assert.Equal(-0.5 * Math.Log(1 - 0.64), MixtureInformation.Of(mixture), 1e-7);
    }

    [Fact]
    public void Components_far_apart_carry_the_entropy_of_their_weights()
    {
        var mixture = new GaussianMixture(2, [0.3, 0.7], [-50, -50, 50, 50], [1, 0, 0, 1, 1, 0, 0, 1]);
        Assert.Equal(-0.3 * Math.Log(0.3) - 0.7 * Math.Log(0.7), MixtureInformation.Of(mixture), 1e-7);
    }

    [Fact]
    public void Mixture_of_products_with_one_marginal_in_common_is_independent()
    {
        var mixture = new GaussianMixture(2, [0.5, 0.5], [-2, 1, 2, 1], [1, 0, 0, 2, 0.3, 0, 0, 2]);
        Assert.Equal(0, MixtureInformation.Of(mixture), 1e-7);
    }

    [Fact]
    public void Information_does_not_depend_on_the_order_of_the_coordinates()
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            var mixture = RandomMixtures.Mixture(seed, 2, 6);
            Assert.Equal(MixtureInformation.Of(mixture), MixtureInformation.Of(mixture.Marginal(1, 0)), 2e-3);
            Assert.Equal(MixtureInformation.Of(mixture, 241), MixtureInformation.Of(mixture.Marginal(1, 0), 241), 1e-5);
        }
    }

    [Fact]
    public void Mean_pointwise_information_of_a_large_sample_is_the_integral()
    {
        var family = KnownDependence.Mixture("D3", KnownDependence.D3);
        var (x, y) = family.Sample(200_000, 4);
        Assert.Equal(family.Truth, LogRatio.Mean(WeightedPoints.Of([x, y]), KnownDependence.D3), 4 * 0.45 / Math.Sqrt(200_000));
    }

    [Fact]
    public void False_discovery_rates_are_those_of_the_paper()
    {
        // Benjamini and Hochberg 1995, section 3.2: at q = 0.05 the four smallest of these fifteen are rejected.
        double[] p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0];
        var q = FalseDiscoveryRate.QValues([.. p.Reverse()]);
        Assert.Equal(4, q.Count(v => v <= 0.05));
        Assert.Equal(1, q[0]);
        Assert.Equal(0.0015, q[^1], 12);
        Assert.Empty(FalseDiscoveryRate.QValues([]));
    }

    [Theory]
    [InlineData("weinman")]
    [InlineData("sine")]
    [InlineData("ring")]
    public void Known_dependences_agree_with_nearest_neighbours(string name)
    {
        // Ties the closed forms and quadratures to samples by an estimator that knows neither; its error at n = 20,000 is about 0.02 (PRE
        // 69, 066138, fig. 4).
        var family = name switch
        {
            "weinman" => KnownDependence.OrderedWeinman(0.3),
            "sine" => KnownDependence.Sine(1, 0.3),
            _ => KnownDependence.Ring(0.2),
        };
        var (x, y) = family.Sample(20_000, 1);
        Assert.Equal(family.Truth, KraskovEstimator.Estimate(RankPair.Of(x, y, 1), 3), 0.03);
    }
}
