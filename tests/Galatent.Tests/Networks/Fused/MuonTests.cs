using Galatent.Networks;
using Galatent.Networks.Fused;
using Galatent.Tests.Numerics.MatrixProducts;

namespace Galatent.Tests.Networks.Fused;

public class MuonTests
{
    private const int Pixels = 57;
    private const int Spectra = 5;
    private const float Rate = 1e-2f;
    private const float Momentum = 0.95f;

    private static readonly AdamOptions s_muon = new() { Muon = new MuonOptions() };

    // In PyTorch's layout: a matrix has the output channels as rows, and what meets in them side by side.
    [Fact]
    public void Two_steps_move_matrices_along_the_polar_factor_of_the_momentum()
    {
        var (before, gradients, after) = Steps(s_muon, 2);
        var layout = TinyNetwork.Weights(Pixels).Layout;
        var checkedBlocks = 0;
        foreach (var block in layout.Blocks.Where(b => b.Shape.Length > 1))
        {
            var order = OutputsFirst(block);
            var rows =
                block.Name.StartsWith("decoder.", StringComparison.Ordinal) && block.Shape.Length == 3 ? block.Shape[1] : block.Shape[0];
            var columns = block.Count / rows;
            var expected = order.Select(i => (double)before[block.Offset + i]).ToArray();
            var momentum = new float[block.Count];
            foreach (var gradient in gradients)
            {
                var own = order.Select(i => gradient[block.Offset + i]).ToArray();
                momentum = [.. momentum.Zip(own, (m, g) => (Momentum * m) + g)];
                var polar = PolarFactorTests.Expected([.. momentum.Zip(own, (m, g) => (Momentum * m) + g)], rows, columns, 5);
                var size = Rate * 0.2 * Math.Sqrt(Math.Max(rows, columns));
                expected = [.. expected.Zip(polar, (w, p) => w - (size * p))];
            }
            for (var i = 0; i < expected.Length; i++)
            {
                // 1e-3 of an element of the factor, as its own test.
                Assert.Equal(expected[i], after[block.Offset + order[i]], 2e-3 * Rate);
            }
            checkedBlocks++;
        }
        Assert.Equal(3 + (2 * layout.Plan.Layers.Count), checkedBlocks);
    }

    [Fact]
    public void Biases_stay_with_Adam()
    {
        var (_, _, muon) = Steps(s_muon, 1);
        var (_, _, adam) = Steps(new AdamOptions(), 1);
        var layout = TinyNetwork.Weights(Pixels).Layout;
        foreach (var block in layout.Blocks.Where(b => b.Shape.Length == 1))
        {
            Assert.Equal(adam[block.Offset..(block.Offset + block.Count)], muon[block.Offset..(block.Offset + block.Count)]);
        }
    }

    [Fact]
    public void Matrices_that_are_too_large_stay_with_Adam()
    {
        var (_, _, none) = Steps(new AdamOptions { Muon = new MuonOptions { LargestSide = 0 } }, 3);
        var (_, _, adam) = Steps(new AdamOptions(), 3);
        Assert.Equal(adam, none);
    }

    [Fact]
    public void Decay_shrinks_matrices_in_proportion_to_the_rate()
    {
        var (before, _, plain) = Steps(s_muon, 1);
        var (_, _, decayed) = Steps(s_muon with { WeightDecay = 0.1, DecoupledDecay = true }, 1);
        for (var i = 0; i < plain.Length; i++)
        {
            Assert.Equal(plain[i] - (Rate * 0.1f * before[i]), decayed[i], 1e-6);
        }
    }

    [Fact]
    public void Bits_do_not_depend_on_threads_and_a_run_continues_to_the_bit()
    {
        var (_, _, expected) = Steps(s_muon, 3);
        Assert.Equal(expected, Steps(s_muon, 3, threads: 4).After);
        Assert.Equal(expected, Steps(s_muon, 3, resumeAfter: 1).After);
    }

    private static (float[] Before, List<float[]> Gradients, float[] After) Steps(
        AdamOptions options,
        int steps,
        int threads = 1,
        int resumeAfter = 0
    )
    {
        var weights = TinyNetwork.Weights(Pixels);
        var batch = TinyNetwork.Normals("batch", Spectra * Pixels);
        var noise = TinyNetwork.Normals("noise", Spectra * 3);
        float[] before = [.. weights.Values];
        var engine = new FusedEngine(weights, options, threads);
        var gradients = new List<float[]>();
        var values = new float[weights.Layout.Count];
        for (var step = 0; step < steps; step++)
        {
            if (step == resumeAfter)
            {
                engine.GetWeights(values);
                var state = engine.GetAdamState();
                engine = new FusedEngine(TinyNetwork.Weights(Pixels), options, threads);
                engine.SetWeights(values);
                engine.SetAdamState(state);
            }
            gradients.Add(new float[weights.Layout.Count]);
            engine.Gradient(batch, noise, 0.7f, gradients[^1]);
            engine.Step(batch, noise, 0.7f, Rate);
        }
        engine.GetWeights(values);
        engine.Dispose();
        return (before, gradients, values);
    }

    private static int[] OutputsFirst(ParameterBlock block)
    {
        if (!block.Name.StartsWith("decoder.", StringComparison.Ordinal) || block.Shape.Length < 3)
        {
            return [.. Enumerable.Range(0, block.Count)];
        }
        var (coarse, fine, taps) = (block.Shape[0], block.Shape[1], block.Shape[2]);
        return
        [
            .. from f in Enumerable.Range(0, fine)
            from c in Enumerable.Range(0, coarse)
            from tap in Enumerable.Range(0, taps)
            select (((c * fine) + f) * taps) + tap,
        ];
    }
}
