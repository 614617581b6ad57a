using Galatent.Latents.Dimensionality;

namespace Galatent.Tests.Latents.Dimensionality;

public class DimensionNumberTests
{
    [Fact]
    public void Effective_numbers_of_the_toy_model()
    {
        double[] kl = [1.641707, .948560, .032269];
        Assert.Equal(2.044517, EffectiveNumber.ExponentialEntropy(kl), 1e-6);
        Assert.Equal(1.912591, EffectiveNumber.InverseSimpson(kl), 1e-6);
    }

    [Fact]
    public void Equal_shares_count_all_and_one_share_counts_one()
    {
        Assert.Equal(4, EffectiveNumber.ExponentialEntropy([2, 2, 2, 2]), 1e-12);
        Assert.Equal(4, EffectiveNumber.InverseSimpson([2, 2, 2, 2, 0]), 1e-12);
        Assert.Equal(1, EffectiveNumber.ExponentialEntropy([0, 3]), 1e-12);
        Assert.Throws<ArgumentException>(() => EffectiveNumber.InverseSimpson([0, 0]));
        Assert.Throws<ArgumentException>(() => EffectiveNumber.ExponentialEntropy([1, -1]));
    }

    [Fact]
    public void The_knee_moves_with_the_axis()
    {
        double[] x = [.. Enumerable.Range(0, 11)];
        double[] y = [.. x.Select(v => 1 / (1 + v))];
        var (index, height) = Kneedle.Of(x, y);
        Assert.Equal(2, index);
        Assert.Equal(.533333, height, 1e-6);
        Assert.Equal(3, Kneedle.Of(x, [.. y.Select(v => Math.Log(v))]).Index);
        Assert.Throws<ArgumentException>(() => Kneedle.Of(x, new double[11]));
    }

    [Fact]
    public void Linear_persistence_is_that_of_the_variances()
    {
        double[] variances = [5856, 495, 104, 43.6, 29.1, 6.8, 2.3, 1.2, .42];
        Assert.Equal([2.47, 1.56, .87, .40, 1.45, 1.08, .65, 1.05], Persistence.Linear(variances).Select(p => Math.Round(p, 2)));
    }

    // A linear VAE: the k-th KL is ½ ln(2 λ / beta), and k dimensions persist over ln(λ_k / λ_k+1).
    [Fact]
    public void A_sweep_of_linear_models_gives_the_linear_persistence()
    {
        double[] variances = [40, 8, 1, .5];
        var betas = Enumerable.Range(0, 60).Select(i => .02 * Math.Pow(1.15, i)).ToArray();
        var sweep = betas.Select(b => (b, variances.Select(l => Math.Max(0, .5 * Math.Log(2 * l / b))).Order().ToArray()));
        var found = Persistence.OfSweep(sweep);
        var linear = Persistence.Linear(variances);
        Assert.Equal([0, 1, 2, 3, 4], found.Select(p => p.Dimensions));
        for (var k = 1; k < 4; k++)
        {
            Assert.Equal(linear[k - 1], found[k].Length, 1e-9);
            Assert.False(found[k].IsOpen);
        }
        Assert.True(found[0].IsOpen && found[4].IsOpen);
        Assert.Equal(Math.Log(betas[^1] / betas[0]), found.Sum(p => p.Length), 1e-9);
        Assert.Equal(2 * .5 * Math.Exp(-.2), found[4].HighBeta, 1e-9);
        Assert.Throws<ArgumentException>(() => Persistence.OfSweep([(.3, [1.0])]));
    }
}
