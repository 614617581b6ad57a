using CsCheck;
using Galatent.Networks;
using Galatent.Networks.Fused;
using Galatent.Tests.Networks;
using Galatent.Torch;
using TorchSharp;

namespace Galatent.Tests.Torch;

public class TorchEngineTests
{
    private const int Latent = 3;

    [Theory]
    [InlineData(4582)]
    [InlineData(4583)]
    [InlineData(1000)]
    [InlineData(257)]
    [InlineData(2)]
    public void Every_input_pixel_reaches_mu_and_every_output_pixel_depends_on_z(int pixels)
    {
        // Positive weights and inputs let no contribution cancel, so that a pixel without effect is one that is not connected.
        var weights = TinyNetwork.Weights(pixels, TinyNetwork.Options with { SubtractMean = false, Channels = [2] });
        for (var i = 0; i < weights.Values.Length; i++)
        {
            weights.Values[i] = 0.2f + Math.Abs(weights.Values[i]);
        }
        using var engine = TinyNetwork.Engine(weights);
        var rest = new float[Latent];
        var restVariance = new float[Latent];
        var moved = new float[Latent];
        var movedVariance = new float[Latent];
        var flux = new float[pixels];
        engine.Encode(flux, rest, restVariance);
        for (var i = 0; i < pixels; i += pixels > 1000 && i > 40 && i < pixels - 60 ? 7 : 1)
        {
            flux[i] = 1e6f;
            engine.Encode(flux, moved, movedVariance);
            Assert.True(moved.Zip(rest).All(p => p.First > p.Second), $"Pixel {i} of {pixels} does not reach mu.");
            flux[i] = 0;
        }
        var origin = new float[pixels];
        var there = new float[pixels];
        engine.Decode([0, 0, 0], origin);
        engine.Decode([1, 1, 1], there);
        Assert.All(Enumerable.Range(0, pixels), i =>
            Assert.True(there[i] > origin[i], $"Output pixel {i} of {pixels} does not depend on z.")
        );
    }

    [Fact]
    public void Grids_of_any_length_are_connected_from_end_to_end() =>
        Gen.Int[2, 3000]
            .Sample(
                pixels =>
                {
                    // With weights and inputs of one sign nothing cancels, so one backward pass finds every pixel without effect: its
                    // derivative is 0.
                    var weights = TinyNetwork.Weights(pixels, TinyNetwork.Options with { SubtractMean = false, Channels = [2] });
                    for (var i = 0; i < weights.Values.Length; i++)
                    {
                        weights.Values[i] = 0.2f + Math.Abs(weights.Values[i]);
                    }
                    using var scope = torch.NewDisposeScope();
                    using var network = new TorchNetwork(weights, torch.CPU);
                    var flux = torch.ones([1, pixels]).requires_grad_(true);
                    network.Encode(flux).Mu.sum().backward();
                    Assert.All(flux.grad!.data<float>().ToArray(), (g, i) =>
                        Assert.True(g > 0, $"Pixel {i} of {pixels} does not reach mu.")
                    );
                    var origin = network.Decode(torch.zeros(1, Latent));
                    var there = network.Decode(torch.ones(1, Latent));
                    Assert.All((there - origin).detach().data<float>().ToArray(), (d, i) =>
                        Assert.True(d > 0, $"Output pixel {i} of {pixels} does not depend on z.")
                    );
                },
                iter: 60,
                threads: 1
            );

    [Fact]
    public void Gradient_agrees_with_finite_differences()
    {
        const int pixels = 29;
        const int count = 3;
        var weights = TinyNetwork.Weights(pixels);
        using var engine = TinyNetwork.Engine(weights);
        var x = TinyNetwork.Normals("x", count * pixels);
        var epsilon = TinyNetwork.Normals("epsilon", count * Latent);
        var gradient = new float[weights.Layout.Count];
        var scratch = new float[weights.Layout.Count];
        engine.Gradient(x, epsilon, 0.5f, gradient);
        var values = (float[])weights.Values.Clone();
        double Loss(int i, float shift)
        {
            var kept = values[i];
            values[i] += shift;
            engine.SetWeights(values);
            values[i] = kept;
            return engine.Gradient(x, epsilon, 0.5f, scratch).Total(0.5);
        }
        // Loss about 40 in float32: rounding 3e-6 x 40 / (2 x 0.004) = 0.015 in the worst case; a kink of LeakyReLU inside ±h adds a
        // little more.
        const float h = 4e-3f;
        var largest = gradient.Max(Math.Abs);
        for (var i = 0; i < gradient.Length; i++)
        {
            var expected = (Loss(i, h) - Loss(i, -h)) / (2 * h);
            Assert.True(
                Math.Abs(expected - gradient[i]) < 0.02 + (0.01 * largest),
                $"Weight {i}: finite difference {expected}, gradient {gradient[i]}."
            );
        }
        Assert.True(largest > 1);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.1, false)]
    [InlineData(0.1, true)]
    public void Adam_takes_the_steps_of_its_paper(double decay, bool decoupled)
    {
        const int pixels = 29;
        const int count = 2;
        var weights = TinyNetwork.Weights(pixels);
        using var engine = TinyNetwork.Engine(weights, new AdamOptions { WeightDecay = decay, DecoupledDecay = decoupled });
        var x = TinyNetwork.Normals("x", count * pixels);
        var epsilon = TinyNetwork.Normals("epsilon", count * Latent);
        var n = weights.Layout.Count;
        var w = Array.ConvertAll(weights.Values, a => (double)a);
        var m = new double[n];
        var v = new double[n];
        var gradient = new float[n];
        var after = new float[n];
        for (var t = 1; t <= 3; t++)
        {
            const double rate = 1e-2;
            engine.Gradient(x, epsilon, 0.5f, gradient);
            engine.Step(x, epsilon, 0.5f, (float)rate);
            engine.GetWeights(after);
            for (var i = 0; i < n; i++)
            {
                var g = gradient[i] + (decoupled ? 0 : decay * w[i]);
                w[i] -= decoupled ? rate * decay * w[i] : 0;
                m[i] = (0.9 * m[i]) + (0.1 * g);
                v[i] = (0.999 * v[i]) + (0.001 * g * g);
                w[i] -= rate * (m[i] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
                // One update moves a weight by up to 0.01; 2e-6 is float32 rounding of weights up to 1 over three updates.
                Assert.True(Math.Abs(w[i] - after[i]) < 2e-6 + (1e-4 * rate), $"Step {t}, weight {i}: {w[i]} expected, {after[i]} found.");
                w[i] = after[i];
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gradients_far_above_their_running_size_are_limited(bool stock)
    {
        const int pixels = 29;
        const int count = 2;
        const double limit = 2;
        const double rate = 1e-2;
        const double second = 1e-2;
        var weights = TinyNetwork.Weights(pixels);
        var options = new AdamOptions { OutlierLimit = limit };
        using ITrainingEngine engine = stock ? TinyNetwork.Engine(weights, options) : new FusedEngine(weights, options, 1);
        var x = TinyNetwork.Normals("x", count * pixels);
        var epsilon = TinyNetwork.Normals("epsilon", count * Latent);
        var gradient = new float[weights.Layout.Count];
        var after = new float[weights.Layout.Count];
        engine.Gradient(x, epsilon, 0.5f, gradient);
        engine.SetAdamState(new AdamState(new float[gradient.Length], [.. gradient.Select(_ => (float)second)], 500));
        engine.Step(x, epsilon, 0.5f, (float)rate);
        engine.GetWeights(after);
        var bound = limit * Math.Sqrt(second / (1 - Math.Pow(0.999, 500)));
        Assert.Contains(gradient, g => Math.Abs(g) > 2 * bound);
        Assert.Contains(gradient, g => Math.Abs(g) < bound);
        for (var i = 0; i < after.Length; i++)
        {
            var g = Math.Clamp(gradient[i], -bound, bound);
            var m = 0.1 * g / (1 - Math.Pow(0.9, 501));
            var v = ((0.999 * second) + (0.001 * g * g)) / (1 - Math.Pow(0.999, 501));
            // Float32 rounding of weights up to 1 and of an update up to 0.01.
            Assert.Equal(weights.Values[i] - (rate * m / (Math.Sqrt(v) + 1e-8)), after[i], 1e-6);
        }
        Assert.Equal(501, engine.GetAdamState().Steps);
    }

    [Fact]
    public void First_Adam_step_is_the_learning_rate_against_the_sign_of_the_gradient()
    {
        // By hand: m^ = g, v^ = g², so w moves by η g / (|g| + ε).
        using var scope = torch.NewDisposeScope();
        var layout = new ParameterLayout(TinyNetwork.Options, 2);
        var weights = layout.Blocks.Select(b => torch.ones([.. b.Shape.Select(s => (long)s)]).requires_grad_(true)).ToArray();
        using var adam = new TorchAdam(new AdamOptions(), layout, weights);
        foreach (var w in weights)
        {
            w.grad = torch.ones_like(w, requires_grad: false).Times(-3);
        }
        adam.Step(0.25);
        Assert.All(weights, w => Assert.All(w.data<float>().ToArray(), value => Assert.Equal(1.25f, value, 1e-6f)));
    }

    [Fact]
    public void A_step_leaves_no_tensor_behind()
    {
        const int pixels = 61;
        using var engine = TinyNetwork.Engine(TinyNetwork.Weights(pixels));
        var x = TinyNetwork.Normals("x", 4 * pixels);
        var epsilon = TinyNetwork.Normals("epsilon", 4 * Latent);
        var mu = new float[4 * Latent];
        var z = new float[4 * Latent];
        void Work()
        {
            engine.Step(x, epsilon, 0.3f, 1e-3f);
            engine.Encode(x, mu, z);
            engine.Decode(z, new float[4 * pixels]);
            engine.SetWeights(TinyNetwork.Weights(pixels).Values);
            engine.SetAdamState(engine.GetAdamState());
        }
        Work();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var beforeGlobal = torch.Tensor.TotalCount;
        for (var i = 0; i < 3; i++)
        {
            Work();
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(torch.Tensor.TotalCount <= beforeGlobal + 3, "Tensors outside every dispose scope accumulate.");
    }

    [Fact]
    public void Weights_and_Adam_state_return_what_was_put_in()
    {
        const int pixels = 61;
        var weights = TinyNetwork.Weights(pixels);
        using var engine = TinyNetwork.Engine(weights);
        var state = new AdamState(TinyNetwork.Normals("m", weights.Layout.Count), TinyNetwork.Normals("v", weights.Layout.Count), 17);
        engine.SetAdamState(state);
        Assert.Equal(state.FirstMoment, engine.GetAdamState().FirstMoment);
        Assert.Equal(state.SecondMoment, engine.GetAdamState().SecondMoment);
        Assert.Equal(17, engine.GetAdamState().Steps);
        var values = TinyNetwork.Normals("w", weights.Layout.Count);
        engine.SetWeights(values);
        var read = new float[values.Length];
        engine.GetWeights(read);
        Assert.Equal(values, read);
    }
}
