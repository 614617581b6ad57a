using Galatent.Networks;
using Galatent.Networks.Fused;
using Galatent.Networks.Objectives;
using Galatent.Spectra;
using Galatent.Tests.Networks.Objectives;
using Galatent.Torch;
using TorchSharp;

namespace Galatent.Tests.Networks.Fused;

/// <summary>A network that is shown which pixels have no weight: both engines agree, what stands in such a pixel changes no bit, and
/// without gaps it is the network without the channel.</summary>
public class MaskChannelTests
{
    private const int Count = 13;
    private const int Latent = 3;
    private const float Beta = 0.7f;

    // Only deep convolutions, both kinds, an odd kernel first, the network of the study.
    public static TheoryData<int, string, bool> Cases =>
        new()
        {
            { 2, "beta-vae", false },
            { 21, "beta-vae", false },
            { 64, "beta-vae", true },
            { 101, "beta-vae", false },
            { 101, "autoencoder", false },
            { 101, "capacity", false },
            { 101, "tc-vae", true },
            { 101, "info-vae", false },
            { 101, "iwae", true },
            { 101, "sigma-vae", false },
            { 4582, "beta-vae", true },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Both_engines_agree_and_bad_pixels_may_hold_anything(int pixels, string name, bool path)
    {
        var network = Network(pixels, path);
        var objective = PreparedObjective.Create(
            ChosenObjective.Of(name, ("capacity", 40), ("draws", 4)),
            name == "autoencoder" ? 0 : Beta,
            WavelengthGrid.Study
        );
        var deviates = Count * objective.Choice.DrawCount * Latent;
        var epsilon = objective.Choice.UsesMean ? new float[deviates] : TinyNetwork.Normals("epsilon", deviates);
        var weights = Weights(pixels);
        var x = TinyNetwork.Normals("x", Count * pixels);
        using var fused = new ComputeOptions { Threads = 2 }.Create(network, new AdamOptions(), objective);
        using var stock = new TorchEngine(network, new AdamOptions(), torch.CPU, 1, objective);
        var ours = new float[network.Layout.Count];
        var theirs = new float[network.Layout.Count];
        var loss = fused.Gradient(x, epsilon, objective.At(0.3, 0.2), ours, weights);
        var expected = stock.Gradient(x, epsilon, objective.At(0.3, 0.2), theirs, weights);
        Assert.Equal(expected.SquaredError, loss.SquaredError, 1e-5 * expected.SquaredError);
        Assert.Equal(expected.WeightedError, loss.WeightedError, 1e-5 * expected.WeightedError);
        Assert.Equal(expected.KullbackLeibler, loss.KullbackLeibler, 1e-5 * expected.KullbackLeibler);
        AssertClose(network.Layout, theirs, ours);
        foreach (var nonsense in new[] { float.NaN, 1e30f })
        {
            var spoilt = x.Select((f, i) => weights[i] > 0 ? f : nonsense).ToArray();
            foreach (var (engine, clean, before) in new[] { (fused, ours, loss), (stock, theirs, expected) })
            {
                var gradient = new float[network.Layout.Count];
                Assert.Equal(before, engine.Gradient(spoilt, epsilon, objective.At(0.3, 0.2), gradient, weights));
                Assert.Equal(clean, gradient);
            }
        }
    }

    [Fact]
    public void Posteriors_follow_the_mask_and_agree()
    {
        const int pixels = 57;
        var network = Network(pixels, path: true);
        var x = TinyNetwork.Normals("x", Count * pixels);
        using var fused = new FusedEngine(network, new AdamOptions(), 2);
        using var stock = new TorchEngine(network, new AdamOptions(), torch.CPU, 1);
        var seen = Encoded(fused, x, Weights(pixels));
        var expected = Encoded(stock, x, Weights(pixels));
        Assert.All(seen.Zip(expected), p => Assert.Equal(p.Second, p.First, 1e-5f * expected.Max(Math.Abs)));
        Assert.NotEqual(seen, Encoded(fused, x, []));
        // One row of weights stands for all spectra.
        var shared = Weights(pixels)[..pixels];
        Assert.Equal(Encoded(fused, x, [.. Enumerable.Range(0, Count).SelectMany(_ => shared)]), Encoded(fused, x, shared));
    }

    [Fact]
    public void Without_gaps_it_is_the_network_without_the_channel()
    {
        const int pixels = 101;
        var options = TinyNetwork.Options with { Channels = [4, 6, 9] };
        var plain = TinyNetwork.Weights(pixels, options);
        var masked = Network(pixels, path: false);
        // The weights of the flux stand before those of the mask, for each channel that comes out.
        var kernel = masked.Layout["encoder.0.weight"].Shape[2];
        foreach (var block in plain.Layout.Blocks)
        {
            var to = masked.Block(block.Name);
            for (var i = 0; i < block.Count; i++)
            {
                to[block.Name == "encoder.0.weight" ? i + (i / kernel * kernel) : i] = plain.Block(block.Name)[i];
            }
        }
        var x = TinyNetwork.Normals("x", Count * pixels);
        using var first = new FusedEngine(plain, new AdamOptions(), 1);
        using var second = new FusedEngine(masked, new AdamOptions(), 1);
        var expected = Encoded(first, x, []);
        Assert.All(expected.Zip(Encoded(second, x, Enumerable.Repeat(3f, pixels).ToArray())), p => Assert.Equal(p.First, p.Second, 1e-5f));
    }

    [Fact]
    public void A_new_network_does_not_heed_its_channel_yet_but_learns_to()
    {
        const int pixels = 101;
        var layout = new ParameterLayout(TinyNetwork.Options with { MaskChannel = true }, pixels);
        var weights = NetworkWeights.Initialize(layout, 5, new float[pixels]);
        var kernel = layout["encoder.0.weight"].Shape[2];
        var block = weights.Block("encoder.0.weight").ToArray();
        Assert.All(Enumerable.Range(0, block.Length), i => Assert.Equal(i / kernel % 2 == 1, block[i] == 0));
        using var engine = new FusedEngine(weights, new AdamOptions(), 1);
        engine.Step(TinyNetwork.Normals("x", Count * pixels), new float[Count * Latent], Beta, 1e-3f, Weights(pixels));
        engine.GetWeights(weights.Values);
        Assert.Contains(weights.Block("encoder.0.weight")[kernel..(2 * kernel)].ToArray(), w => w != 0);
    }

    private static NetworkWeights Network(int pixels, bool path)
    {
        var options = TinyNetwork.Options with
        {
            Channels = pixels == 4582 ? new NetworkOptions().Channels : [4, 6, 9],
            MaskChannel = true,
            LinearPath = path,
        };
        var weights = TinyNetwork.Weights(pixels, options);
        // A training begins with zeros here, of which a comparison would say nothing.
        var block = weights.Block("encoder.0.weight");
        TinyNetwork.Normals("first layer", block.Length).Select(v => 0.3f * v).ToArray().CopyTo(block);
        var linear = new LinearPath(
            Latent,
            [.. TinyNetwork.Normals("V", Latent * pixels).Select(v => v / pixels)],
            TinyNetwork.Normals("W", Latent * pixels)
        );
        return path ? weights with { Linear = linear } : weights;
    }

    // A quarter of the pixels has no weight; in the second spectrum the whole first half.
    private static float[] Weights(int pixels) =>
        [
            .. TinyNetwork
                .Normals("w", Count * pixels)
                .Select((v, i) => v < -0.7 || (i / pixels == 1 && i % pixels < pixels / 2) ? 0 : Math.Abs(v) + 0.1f),
        ];

    private static float[] Encoded(ITrainingEngine engine, float[] x, float[] weights)
    {
        var mu = new float[Count * Latent];
        var logVariance = new float[Count * Latent];
        engine.Encode(x, mu, logVariance, weights);
        return [.. mu, .. logVariance];
    }

    private static void AssertClose(ParameterLayout layout, float[] expected, float[] actual)
    {
        foreach (var block in layout.Blocks)
        {
            var difference = 0.0;
            var norm = 0.0;
            for (var i = block.Offset; i < block.Offset + block.Count; i++)
            {
                difference += Math.Pow(expected[i] - actual[i], 2);
                norm += Math.Pow(expected[i], 2);
            }
            // Float32 sums in different orders.
            Assert.True(
                Math.Sqrt(difference) <= (5e-5 * Math.Sqrt(norm)) + 1e-12,
                $"{block.Name}: relative difference {Math.Sqrt(difference / norm):E1}"
            );
        }
    }
}
