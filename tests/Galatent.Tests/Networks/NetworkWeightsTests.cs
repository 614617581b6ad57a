using Galatent.Networks;
using Galatent.Numerics;

namespace Galatent.Tests.Networks;

public sealed class NetworkWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Layout_has_no_gaps_and_the_names_and_shapes_of_PyTorch()
    {
        var layout = new ParameterLayout(new NetworkOptions(), 4582);
        var end = 0;
        foreach (var block in layout.Blocks)
        {
            Assert.Equal(end, block.Offset);
            end += block.Count;
        }
        Assert.Equal(end, layout.Count);
        Assert.Equal([16, 1, 4], layout["encoder.0.weight"].Shape);
        Assert.Equal([512, 256, 2], layout["encoder.10.weight"].Shape);
        Assert.Equal([32, 512], layout["log_variance.weight"].Shape);
        Assert.Equal([512, 32], layout["decoder.input.weight"].Shape);
        Assert.Equal([512, 256, 2], layout["decoder.0.weight"].Shape);
        Assert.Equal([16, 1, 4], layout["decoder.10.weight"].Shape);
        Assert.Equal([1], layout["decoder.10.bias"].Shape);
        // Counted by hand from channels and kernels: 780,000 in each half's convolutions, 16,416 in each of three dense layers.
        long convolutions = 0;
        int[] channels = [1, 16, 16, 32, 32, 64, 64, 128, 128, 256, 256, 512];
        int[] kernels = [4, 4, 4, 5, 4, 5, 5, 5, 5, 4, 2];
        for (var i = 0; i < 11; i++)
        {
            convolutions += (2L * channels[i] * channels[i + 1] * kernels[i]) + channels[i] + channels[i + 1];
        }
        Assert.Equal(convolutions + (2 * ((512 * 32) + 32)) + (512 * 32) + 512, layout.Count);
    }

    [Fact]
    public void Initial_weights_are_uniform_within_the_bound_and_repeat()
    {
        var layout = new ParameterLayout(new NetworkOptions(), 4582);
        var weights = NetworkWeights.Initialize(layout, 7, new float[4582]);
        Assert.Equal(weights.Values, NetworkWeights.Initialize(layout, 7, new float[4582]).Values);
        Assert.NotEqual(weights.Values, NetworkWeights.Initialize(layout, 8, new float[4582]).Values);
        // PyTorch: fan-in of Conv1d is in x kernel, of ConvTranspose1d out x kernel, of Linear in; a uniform of half-width b has the
        // variance b²/3.
        foreach (
            var (name, fanIn) in new[]
            {
                ("encoder.10.weight", 512),
                ("decoder.0.weight", 512),
                ("decoder.input.weight", 32),
                ("mu.weight", 512),
                ("encoder.5.weight", 320),
            }
        )
        {
            var block = weights.Block(name);
            var bound = 1 / Math.Sqrt(fanIn);
            var sum = 0.0;
            var squares = 0.0;
            var largest = 0.0;
            foreach (var w in block)
            {
                (sum, squares, largest) = (sum + w, squares + ((double)w * w), Math.Max(largest, Math.Abs(w)));
            }
            var deviation = Math.Sqrt(bound * bound / 3 / block.Length);
            Assert.True(largest <= bound && largest > 0.99 * bound, $"{name}: {largest} of {bound}");
            Assert.InRange(sum / block.Length, -5 * deviation, 5 * deviation);
            Assert.InRange(
                squares / block.Length / (bound * bound / 3),
                1 - (5 / Math.Sqrt(block.Length)),
                1 + (5 / Math.Sqrt(block.Length))
            );
        }
    }

    [Theory]
    [InlineData(InitialScale.VariancePreserving, 1.0)]
    [InlineData(InitialScale.PyTorch, 1.0 / 81)]
    public void Variance_is_kept_from_layer_to_layer_or_falls_to_a_third(InitialScale scale, double expected)
    {
        // A linear network (slope 1) with equal channels, without biases: uniform weights of bound b have the variance b²/3, so a layer
        // multiplies the variance by fan-in b²/3, that is 1 or, with PyTorch's bound, 1/3; four convolutions take 61 pixels to 1. The
        // linear heads keep a third in both cases.
        var options = new NetworkOptions
        {
            LatentDimensions = 64,
            Channels = [64],
            NegativeSlope = 1,
            SubtractMean = false,
        };
        var layout = new ParameterLayout(options, 61);
        var weights = NetworkWeights.Initialize(layout, 3, [], scale);
        foreach (var block in layout.Blocks.Where(b => b.Shape.Length == 1))
        {
            weights.Block(block.Name).Clear();
        }
        using var engine = TinyNetwork.Engine(weights);
        const int count = 64;
        var mu = new float[count * 64];
        var logVariance = new float[count * 64];
        engine.Encode(TinyNetwork.Normals("x", count * 61), mu, logVariance);
        // 64 channels per layer leave the product of four layers uncertain by about sqrt(4 x 2/64) = 35 %.
        Assert.InRange(mu.Average(v => (double)v * v) / (expected / 3), 0.5, 2);
        if (scale == InitialScale.VariancePreserving)
        {
            Assert.All(logVariance, v => Assert.Equal(0, v));
            var flux = new float[count * 61];
            engine.Decode(TinyNetwork.Normals("z", count * 64), flux);
            Assert.InRange(flux.Average(v => (double)v * v) * 3, 0.5, 2);
        }
    }

    [Fact]
    public void Weights_survive_the_file_to_the_bit()
    {
        var weights = TinyNetwork.Weights(61);
        var path = _folder.File("weights.safetensors");
        weights.Write(path, new Dictionary<string, string> { ["format"] = "pt" });
        var read = NetworkWeights.Read(path, weights.Layout);
        Assert.Equal(weights.Values, read.Values);
        Assert.Equal(weights.MeanSpectrum, read.MeanSpectrum);
    }

    [Fact]
    public void A_file_of_another_network_or_with_NaN_is_refused_by_name()
    {
        var weights = TinyNetwork.Weights(61);
        var path = _folder.File("weights.safetensors");
        weights.Write(path, new Dictionary<string, string>());
        var other = new ParameterLayout(TinyNetwork.Options with { LatentDimensions = 4 }, 61);
        Assert.Contains(
            "mu.weight",
            Assert.Throws<InputException>(() => NetworkWeights.Read(path, other)).Message,
            StringComparison.Ordinal
        );
        weights.Values[3] = float.NaN;
        weights.Write(path, new Dictionary<string, string>());
        Assert.Contains(
            "not finite",
            Assert.Throws<InputException>(() => NetworkWeights.Read(path, weights.Layout)).Message,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => _folder.Dispose();
}
