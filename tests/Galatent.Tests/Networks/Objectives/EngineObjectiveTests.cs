using Galatent.Networks;
using Galatent.Networks.Fused;
using Galatent.Networks.Objectives;
using Galatent.Spectra;
using Galatent.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Galatent.Tests.Networks.Objectives;

/// <summary>Every objective on the fused engine and on the torch engine: the same loss and the same gradients; and against autograd on the
/// formula where there is one engine only.</summary>
public class EngineObjectiveTests
{
    private const int Pixels = 61;
    private const int Count = 19;
    private const int Latent = 3;
    private const float Beta = 0.7f;

    private static readonly NetworkWeights Network = TinyNetwork.Weights(Pixels, TinyNetwork.Options with { Channels = [4, 6, 9] });

    private static readonly float[] X = TinyNetwork.Normals("x", Count * Pixels);

    public static TheoryData<string, string> Cases =>
        new()
        {
            { "beta-vae", "none" },
            { "beta-vae", "shared" },
            { "beta-vae", "each" },
            { "autoencoder", "each" },
            { "annealed", "none" },
            { "capacity", "none" },
            { "tc-vae", "none" },
            { "tc-vae", "each" },
            { "info-vae", "shared" },
            { "sigma-vae", "shared" },
            { "iwae", "none" },
            { "iwae", "shared" },
            { "iwae", "each" },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Both_engines_give_the_same_loss_and_gradient(string name, string weighting)
    {
        var objective = Ready(name);
        using var fused = new ComputeOptions { Threads = 2 }.Create(Network, new AdamOptions(), objective);
        using var stock = new TorchEngine(Network, new AdamOptions(), torch.CPU, 1, objective);
        var weights = objective.At(0.3, 0.2);
        var deviates = Count * objective.Choice.DrawCount * Latent;
        var epsilon = objective.Choice.UsesMean ? new float[deviates] : TinyNetwork.Normals("epsilon", deviates);
        var ours = new float[Network.Layout.Count];
        var theirs = new float[Network.Layout.Count];
        var pixelWeights = PixelWeights(weighting);
        var loss = fused.Gradient(X, epsilon, weights, ours, pixelWeights);
        var expected = stock.Gradient(X, epsilon, weights, theirs, pixelWeights);
        Assert.Equal(expected.SquaredError, loss.SquaredError, 1e-5 * expected.SquaredError);
        Assert.Equal(expected.WeightedError, loss.WeightedError, 1e-5 * expected.WeightedError);
        Assert.Equal(expected.KullbackLeibler, loss.KullbackLeibler, 1e-5 * expected.KullbackLeibler);
        // The penalty of several draws is the difference of a bound and an error that float32 knows to 1e-6.
        var difference = objective.Choice.DrawLoss is null ? 0 : 1e-6 * expected.WeightedError;
        Assert.Equal(expected.Penalty, loss.Penalty, difference + (1e-5 * (1 + Math.Abs(expected.Penalty))));
        AssertClose(theirs, ours);
        if (weighting == "none")
        {
            Assert.Equal(loss.SquaredError, loss.WeightedError);
        }
    }

    [Fact]
    public void Bits_of_a_term_of_the_whole_batch_do_not_depend_on_the_number_of_threads()
    {
        var gradients = new[] { 1, 3 }
            .Select(threads =>
            {
                using var engine = new FusedEngine(Network, new AdamOptions(), threads, Ready("tc-vae"));
                var gradient = new float[Network.Layout.Count];
                engine.Gradient(X, TinyNetwork.Normals("epsilon", Count * Latent), Beta, gradient, PixelWeights("each"));
                return gradient;
            })
            .ToArray();
        Assert.Equal(gradients[0], gradients[1]);
    }

    [Fact]
    public void Weights_of_one_change_nothing_and_of_zero_leave_only_the_divergence()
    {
        using var engine = new FusedEngine(Network, new AdamOptions(), 1);
        var epsilon = TinyNetwork.Normals("epsilon", Count * Latent);
        var plain = new float[Network.Layout.Count];
        var ones = new float[Network.Layout.Count];
        var none = new float[Network.Layout.Count];
        engine.Gradient(X, epsilon, Beta, plain);
        engine.Gradient(X, epsilon, Beta, ones, [.. Enumerable.Repeat(1f, Pixels)]);
        Assert.Equal(plain, ones);
        var loss = engine.Gradient(X, epsilon, Beta, none, new float[X.Length]);
        Assert.Equal((0, Beta * loss.KullbackLeibler), (loss.WeightedError, loss.Penalty));
        var decoder = Network.Layout["decoder.input.weight"].Offset;
        Assert.All(none[decoder..], g => Assert.Equal(0, g));
        Assert.Contains(none[..decoder], g => g != 0);
    }

    [Fact]
    public void A_masked_pixel_has_no_influence_on_the_loss()
    {
        using var engine = new FusedEngine(Network, new AdamOptions(), 1);
        // The encoder is made deaf, so that the pixel could only count in the squared error.
        var values = (float[])Network.Values.Clone();
        values.AsSpan(0, Network.Layout["mu.weight"].Offset).Clear();
        engine.SetWeights(values);
        var epsilon = new float[Latent];
        var gradient = new float[Network.Layout.Count];
        var weights = Enumerable.Repeat(1f, Pixels).ToArray();
        weights[17] = 0;
        var x = X[..Pixels];
        var before = engine.Gradient(x, epsilon, Beta, gradient, weights);
        x[17] += 100;
        var after = engine.Gradient(x, epsilon, Beta, gradient, weights);
        Assert.Equal(before.WeightedError, after.WeightedError);
        Assert.NotEqual(before.SquaredError, after.SquaredError);
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused()
    {
        using var engine = new FusedEngine(Network, new AdamOptions(), 1);
        Assert.Throws<ArgumentException>(() => engine.Step(X, new float[Count * Latent], Beta, 1e-3f, new float[Pixels + 1]));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(1, true)]
    [InlineData(4, true)]
    public void Importance_weighted_bound_has_the_derivatives_of_its_definition(int draws, bool stock)
    {
        var objective = Ready("iwae", draws);
        using ITrainingEngine engine = stock
            ? new TorchEngine(Network, new AdamOptions(), torch.CPU, 1, objective)
            : new ComputeOptions { Threads = 1 }.Create(Network, new AdamOptions(), objective);
        var epsilon = TinyNetwork.Normals("epsilon", Count * draws * Latent);
        var gradient = new float[Network.Layout.Count];
        var loss = engine.Gradient(X, epsilon, Beta, gradient);
        // The bound by its definition, from what the engine encodes and decodes, in double precision.
        var mu = new float[Count * Latent];
        var logVariance = new float[Count * Latent];
        double Definition(float[] weights)
        {
            engine.SetWeights(weights);
            engine.Encode(X, mu, logVariance);
            var sum = 0.0;
            for (var i = 0; i < Count; i++)
            {
                var error = new double[draws];
                var ratio = new double[draws];
                for (var k = 0; k < draws; k++)
                {
                    var z = new float[Latent];
                    for (var d = 0; d < Latent; d++)
                    {
                        double e = epsilon[(((i * draws) + k) * Latent) + d];
                        double v = logVariance[(i * Latent) + d];
                        z[d] = (float)(mu[(i * Latent) + d] + (Math.Exp(0.5 * v) * e));
                        ratio[k] += (-0.5 * z[d] * z[d]) + (0.5 * e * e) + (0.5 * v);
                    }
                    var decoded = new float[Pixels];
                    engine.Decode(z, decoded);
                    error[k] = decoded.Select((f, p) => Math.Pow((double)f - X[(i * Pixels) + p], 2)).Sum();
                }
                sum += Bound(error, ratio, Beta);
            }
            return sum / Count;
        }
        Assert.Equal(Definition(Network.Values), loss.Minimised, 1e-5 * loss.Minimised);
        var largest = gradient.Max(Math.Abs);
        foreach (
            var i in new[]
            {
                0,
                5,
                Network.Layout["mu.weight"].Offset + 2,
                Network.Layout["log_variance.weight"].Offset + 1,
                Network.Layout["decoder.0.weight"].Offset + 3,
                gradient.Length - 1,
            }
        )
        {
            const float h = 2e-3f;
            double Moved(float by)
            {
                var values = (float[])Network.Values.Clone();
                values[i] += by;
                return Definition(values);
            }
            // Float32 forward passes: a loss of 60 is good to 1e-5, so the difference quotient to 6e-4 / 4e-3 in the worst case, and much
            // better in the mean.
            Assert.Equal((Moved(h) - Moved(-h)) / (2 * h), gradient[i], 0.02 + (0.01 * largest));
        }
    }

    [Fact]
    public void One_draw_is_a_sample_of_the_evidence_bound_and_equal_draws_add_nothing()
    {
        // K equal draws: -beta ln (1/K K w) = error - beta ln p/q.
        Assert.Equal(3 - (0.7 * -2), Bound([3, 3, 3], [-2, -2, -2], 0.7), 1e-12);
        // A hopeless draw beside a good one costs at most beta ln 2.
        Assert.Equal(3 + (0.7 * Math.Log(2)), Bound([3, 1e9], [0, 0], 0.7), 1e-12);
    }

    [Fact]
    public void Features_of_the_same_spectrum_cost_nothing_and_the_gradient_is_that_of_the_definition()
    {
        using var scope = NewDisposeScope();
        using var loss = new FeatureLoss(new FeatureComparison(Network, 2), torch.CPU);
        using var encoder = new TorchNetwork(Network, torch.CPU);
        var x = tensor(X, [Count, Pixels]);
        Assert.Equal(0, loss.Of(x, x.clone()).Number());
        var other = tensor(TinyNetwork.Normals("other", X.Length), [Count, Pixels]);
        // By hand from the activations' numbers.
        var a = encoder.Features(x);
        var b = encoder.Features(other);
        var expected =
            a.Zip(b, (p, q) => p.data<float>().ToArray().Zip(q.data<float>().ToArray(), (u, v) => Math.Pow((double)u - v, 2)).Average())
                .Average()
            * 2
            * Pixels;
        Assert.Equal(expected, loss.Of(x, other).Number(), 1e-5 * expected);
    }

    private static double Bound(double[] error, double[] logRatio, double beta) =>
        new ImportanceWeightedBound().Evaluate(error, logRatio, beta, new double[error.Length], new double[error.Length]);

    private static PreparedObjective Ready(string name, int draws = 5) =>
        PreparedObjective.Create(
            ChosenObjective.Of(name, ("capacity", 40), ("capacity-weight", 3), ("info-lambda", 20), ("draws", draws)),
            name == "autoencoder" ? 0 : Beta,
            WavelengthGrid.Study
        );

    private static float[] PixelWeights(string weighting) =>
        weighting switch
        {
            "shared" => [.. TinyNetwork.Normals("w", Pixels).Select(Math.Abs)],
            "each" => [.. TinyNetwork.Normals("w", Count * Pixels).Select(v => v < -1 ? 0 : Math.Abs(v))],
            _ => [],
        };

    private static void AssertClose(float[] expected, float[] actual)
    {
        foreach (var block in Network.Layout.Blocks)
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
                Math.Sqrt(difference) <= (2e-5 * Math.Sqrt(norm)) + 1e-12,
                $"{block.Name}: relative difference {Math.Sqrt(difference / norm):E1}"
            );
        }
    }
}
