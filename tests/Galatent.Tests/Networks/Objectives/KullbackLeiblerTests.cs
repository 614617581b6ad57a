using Galatent.Networks;
using Galatent.Networks.Objectives;

namespace Galatent.Tests.Networks.Objectives;

public class KullbackLeiblerTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1.5, 1)]
    [InlineData(0, 0.1)]
    [InlineData(-2, 0.5)]
    [InlineData(0.3, 2.5)]
    public void Divergence_equals_the_integral_of_its_definition(double mu, double sigma)
    {
        // Eq. 6 by the trapezoidal rule over ±12 sigma, which converges exponentially for Gaussians: 20,000 points leave less than 1e-10.
        const int n = 20_000;
        var step = 24 * sigma / n;
        var integral = 0.0;
        for (var i = 0; i <= n; i++)
        {
            var z = mu - (12 * sigma) + (i * step);
            var logQ = (-0.5 * (z - mu) * (z - mu) / (sigma * sigma)) - Math.Log(sigma);
            var logP = -0.5 * z * z;
            integral += step * Math.Exp(logQ) / Math.Sqrt(2 * Math.PI) * (logQ - logP);
        }
        Assert.Equal(integral, KullbackLeibler.OfDimension(mu, Math.Log(sigma * sigma)), 1e-8);
    }

    [Fact]
    public void Divergence_by_dimension_is_the_mean_over_rows()
    {
        var posterior = new LatentPosterior(2, 2, [1, 0, 3, 0], [0, 0, 0, 0]);
        // ½ μ² for unit variance: (0.5 + 4.5) / 2 in the first dimension, nothing in the second.
        Assert.Equal([2.5, 0], KullbackLeibler.ByDimension(posterior));
    }

    [Fact]
    public void Beta_is_twice_the_pixel_variance()
    {
        Assert.Equal(0.5, PixelNoise.Sigma(0.5));
        Assert.Equal(0.3, PixelNoise.Beta(PixelNoise.Sigma(0.3)), 1e-15);
    }

    [Fact]
    public void Engine_reports_both_terms_of_what_it_encodes_and_decodes()
    {
        const int pixels = 61;
        const int count = 5;
        var weights = TinyNetwork.Weights(pixels);
        using var engine = TinyNetwork.Engine(weights);
        var x = TinyNetwork.Normals("x", count * pixels);
        var epsilon = TinyNetwork.Normals("epsilon", count * 3);
        var mu = new float[count * 3];
        var logVariance = new float[count * 3];
        var z = new float[count * 3];
        var decoded = new float[count * pixels];
        engine.Encode(x, mu, logVariance);
        for (var i = 0; i < z.Length; i++)
        {
            z[i] = mu[i] + (MathF.Exp(0.5f * logVariance[i]) * epsilon[i]);
        }
        engine.Decode(z, decoded);
        var squaredError = x.Zip(decoded, (a, b) => ((double)a - b) * ((double)a - b)).Sum() / count;
        var divergence = mu.Zip(logVariance, (m, v) => 0.5 * (((double)m * m) + Math.Exp(v) - v - 1)).Sum() / count;
        var loss = engine.Gradient(x, epsilon, 0.7f, new float[weights.Layout.Count]);
        Assert.Equal(1, loss.SquaredError / squaredError, 1e-5);
        Assert.Equal(1, loss.KullbackLeibler / divergence, 1e-5);
    }
}
