using Galatent.Networks;
using Galatent.Networks.Fused;
using Galatent.Networks.Objectives;
using Galatent.Numerics;

namespace Galatent.Tests.Networks;

/// <summary>The path of the closed-form linear VAE, against its loss in closed form, and the model files that hold it.</summary>
public sealed class LinearPathTests : IDisposable
{
    private const int Pixels = 61;
    private const int Latent = 5;
    private const int Training = 400;
    private const int Count = 500;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Error and divergence of the whole network at rest, by its own encoder and decoder, against the formulas of LinearVae. Spectra are
    // four directions of falling variance and a little noise.
    [Theory]
    [InlineData(0.02)]
    [InlineData(0.3)]
    [InlineData(2.0)]
    public void At_rest_the_network_is_the_linear_vae(double beta)
    {
        var flux = Spectra();
        var components = Components(flux);
        var weights = AtRest(components, beta, Mean(flux));
        using var engine = new FusedEngine(weights, new AdamOptions(), 1);
        var judged = flux.AsSpan(Training * Pixels);
        var rows = Count - Training;
        var mu = new float[rows * Latent];
        var logVariance = new float[rows * Latent];
        engine.Encode(judged, mu, logVariance);
        var decoded = new float[rows * Pixels];
        engine.Decode(mu, decoded);
        var error = 0.0;
        var kl = 0.0;
        for (var i = 0; i < decoded.Length; i++)
        {
            error += ((double)judged[i] - decoded[i]) * ((double)judged[i] - decoded[i]);
        }
        // The mean error of a sample z adds sigma² |column of W|² for every dimension.
        for (var i = 0; i < mu.Length; i++)
        {
            error += Math.Exp(logVariance[i]) * Column(weights.Linear!, i % Latent);
            kl += KullbackLeibler.OfDimension(mu[i], logVariance[i]);
        }
        var expected = LinearVae.Judged(beta, components.Eigenvalues, Latent, components.JudgedSquares, components.JudgedTotal);
        Assert.Equal(expected.ActiveDimensions, weights.Linear!.Used);
        Assert.Equal(expected.SquaredError, error / rows, 1e-4 * expected.SquaredError);
        Assert.Equal(expected.KlNat, kl / rows, 1e-4 * expected.KlNat);
    }

    // 1 - V·W is s/lambda, the variance of the posterior.
    [Fact]
    public void The_posterior_variance_is_half_beta_over_the_eigenvalue()
    {
        var components = Components(Spectra());
        var path = LinearPath.Best(components, 0.3, Latent, Pixels);
        for (var j = 0; j < path.Used; j++)
        {
            Assert.Equal(0.15 / components.Eigenvalues[j], path.Variance(j), 1e-6);
        }
        Assert.Equal(1, path.Variance(Latent - 1));
    }

    [Fact]
    public void Without_components_there_is_no_path()
    {
        var path = LinearPath.Best(null, 0.3, Latent, Pixels);
        Assert.Equal(0, path.Used);
        Assert.All(path.Encoder.Concat(path.Decoder), x => Assert.Equal(0, x));
    }

    [Fact]
    public void A_file_gives_the_path_back_and_a_file_without_one_is_refused()
    {
        var flux = Spectra();
        var weights = AtRest(Components(flux), 0.3, Mean(flux));
        var file = _folder.File("weights.safetensors");
        weights.Write(file, new Dictionary<string, string>());
        var read = NetworkWeights.Read(file, weights.Layout);
        Assert.Equal(weights.Values, read.Values);
        Assert.Equal(weights.Linear!.Encoder, read.Linear!.Encoder);
        Assert.Equal(weights.Linear.Decoder, read.Linear.Decoder);
        (weights with { Linear = null }).Write(file, new Dictionary<string, string>());
        Assert.Contains("linear.encoder", Assert.Throws<InputException>(() => NetworkWeights.Read(file, weights.Layout)).Message);
    }

    [Fact]
    public void A_path_needs_the_mean_subtracted()
    {
        var options = new NetworkOptions { LinearPath = true, SubtractMean = false };
        Assert.Contains("the mean must be subtracted", Assert.Throws<InputException>(options.Validate).Message);
    }

    private static NetworkWeights AtRest(PrincipalComponents components, double beta, float[] mean)
    {
        var options = new NetworkOptions
        {
            LatentDimensions = Latent,
            Channels = [2, 3, 4],
            LinearPath = true,
        };
        return NetworkWeights
            .Initialize(new ParameterLayout(options, Pixels), 5, mean, InitialScale.VariancePreserving)
            .StartingAt(LinearPath.Best(components, beta, Latent, Pixels));
    }

    private static PrincipalComponents Components(float[] flux)
    {
        void Read(ReadOnlySpan<int> rows, Span<float> to)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                flux.AsSpan(rows[i] * Pixels, Pixels).CopyTo(to[(i * Pixels)..]);
            }
        }
        int[] rows = [.. Enumerable.Range(0, Count)];
        return PrincipalComponents.Measure(Read, Pixels, rows.AsSpan(0, Training), 1, Latent, judging: rows.AsSpan(Training));
    }

    private static float[] Mean(float[] flux) =>
        [.. Enumerable.Range(0, Pixels).Select(p => (float)Enumerable.Range(0, Training).Average(i => (double)flux[(i * Pixels) + p]))];

    private static double Column(LinearPath path, int j) => path.Decoder.AsSpan(j * Pixels, Pixels).ToArray().Sum(w => (double)w * w);

    private static float[] Spectra()
    {
        var stream = new RandomStream(3, "linear path");
        var flux = new float[Count * Pixels];
        for (var i = 0; i < Count; i++)
        {
            var amplitudes = Enumerable.Range(0, 4).Select(j => stream.NextNormal() * Math.Pow(0.3, j)).ToArray();
            for (var p = 0; p < Pixels; p++)
            {
                var value = 1 + (0.02 * stream.NextNormal());
                value += amplitudes.Select((a, j) => a * Math.Cos((j + 1) * Math.PI * (p + 0.5) / Pixels)).Sum();
                flux[(i * Pixels) + p] = (float)value;
            }
        }
        return flux;
    }
}
