using Galatent.Latents.Mixtures;
using Galatent.Latents.Outliers;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Outliers;

public class OutlierTests
{
    private const double Exact = 1e-6;

    // Half N(-2, 1), half N(2, 1).
    private static GaussianMixture Pair { get; } = new(1, [0.5, 0.5], [-2, 2], [1, 1]);

    [Theory]
    [InlineData(0, 2.918939, 2.265512)]
    [InlineData(5, 6.112086, 4.208614)]
    public void Score_of_a_mixture_with_and_without_posterior_width(double mu, double without, double with)
    {
        Assert.Equal(without, OutlierScore.Of(Pair, [mu], []), Exact);
        Assert.Equal(with, OutlierScore.Of(Pair, [mu], [1]), Exact);
    }

    // |mu|² of five normal coordinates is chi-squared with five degrees of freedom: P(> 15) = 0.010362.
    [Fact]
    public void Probability_is_that_of_the_distribution()
    {
        const int n = 200_000;
        var normal = new GaussianMixture(5, [1], new double[5], [.. Enumerable.Range(0, 25).Select(i => i % 6 == 0 ? 1.0 : 0)]);
        var reference = Scores(normal, n, 0, "reference");
        Array.Sort(reference);
        var score = OutlierScore.Of(normal, [Math.Sqrt(15), 0, 0, 0, 0], []);
        Assert.Equal(0.010362, OutlierScore.PValue(score, reference), 3 * Math.Sqrt(0.010362 / n));
        Assert.Equal(1.0 / (n + 1), OutlierScore.PValue(1e9, reference));
        Assert.Equal(1, OutlierScore.PValue(-1e9, reference));
    }

    [Theory]
    [InlineData(3, 0.9055)]
    [InlineData(5, 0.9966)]
    public void Density_finds_shifted_galaxies(double shift, double area)
    {
        var normal = new GaussianMixture(5, [1], new double[5], [.. Enumerable.Range(0, 25).Select(i => i % 6 == 0 ? 1.0 : 0)]);
        var found = RankingArea.Of(Scores(normal, 20_000, shift, "odd"), Scores(normal, 20_000, 0, "usual"));
        Assert.Equal(area, found.Value, 3 * found.StandardError);
    }

    [Fact]
    public void Area_error_and_interval_of_given_scores()
    {
        var area = RankingArea.Of([0.9, 0.8, 0.6, 0.55], [0.7, 0.6, 0.5, 0.3, 0.1]);
        Assert.Equal(0.825, area.Value, 1e-12);
        Assert.Equal(0.15, area.StandardError, 1e-4);
        Assert.Equal(0.3809, area.Low, 1e-4);
        Assert.Equal(0.9731, area.High, 1e-4);
    }

    [Fact]
    public void Areas_at_the_ends_have_an_interval_and_single_scores_have_none()
    {
        var whole = RankingArea.Of([2, 3], [0, 1, 1.5]);
        Assert.Equal((1.0, 1.0), (whole.Value, whole.High));
        // Wilson: n / (n + 1.96²) with n = 2.
        Assert.Equal(2 / (2 + 3.8414588), whole.Low, 1e-6);
        Assert.True(double.IsNaN(RankingArea.Of([2], [0, 1]).StandardError));
        Assert.Equal(0.5, RankingArea.Of([1, 1], [1, 1]).Value);
        Assert.Throws<InputException>(() => RankingArea.Of([], [1]));
    }

    private static double[] Scores(GaussianMixture normal, int n, double shift, string purpose)
    {
        var stream = new RandomStream(2, purpose);
        var scores = new double[n];
        var mu = new double[5];
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < 5; k++)
            {
                mu[k] = stream.NextNormal() + (k == 0 ? shift : 0);
            }
            scores[i] = OutlierScore.Of(normal, mu, []);
        }
        return scores;
    }
}
