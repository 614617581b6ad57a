using Galatent.Networks;

namespace Galatent.Tests.Networks;

public class LatentPosteriorTests
{
    [Fact]
    public void Samples_have_the_mean_and_variance_of_the_posterior()
    {
        const int count = 20_000;
        var posterior = new LatentPosterior(
            count,
            2,
            [.. Enumerable.Repeat(new[] { 1f, -2f }, count).SelectMany(p => p)],
            [.. Enumerable.Repeat(new[] { 0f, MathF.Log(0.04f) }, count).SelectMany(p => p)]
        );
        var z = posterior.Sample(3);
        foreach (var (d, mean, sigma) in new[] { (0, 1.0, 1.0), (1, -2.0, 0.2) })
        {
            var column = Enumerable.Range(0, count).Select(i => (z[(2 * i) + d] - mean) / sigma).ToArray();
            // Five standard errors: 5/sqrt(n) of the mean, 5 sqrt(2/n) of the variance.
            Assert.InRange(column.Average(), -0.036, 0.036);
            Assert.InRange(column.Average(x => x * x), 0.95, 1.05);
        }
    }

    [Fact]
    public void A_row_s_sample_depends_on_seed_and_row_alone()
    {
        var many = new LatentPosterior(3, 2, [1, 2, 3, 4, 5, 6], new float[6]);
        var few = new LatentPosterior(2, 2, [1, 2, 3, 4], new float[4]);
        Assert.Equal(many.Sample(9)[..4], few.Sample(9));
        Assert.NotEqual(few.Sample(9), few.Sample(10));
        Assert.NotEqual(few.Sample(9)[0] - 1, few.Sample(9)[2] - 3);
    }
}
