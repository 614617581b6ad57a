using BenchmarkDotNet.Attributes;
using Galatent.Networks;
using Galatent.Networks.Fused;
using Galatent.Torch;
using TorchSharp;

namespace Galatent.Benchmarks;

/// <summary>
/// Why it exists: training is nearly all of the time that a study takes.
/// What it measures: one step (forward, backward, Adam) of the network of the study at its 4582 pixels, both engines on the CPU, and what
/// the managed side allocates.
/// What it does not measure: reading spectra, shuffling, the validation pass, GPUs. libtorch's threads spin while they wait, so beside
/// other work it looks slower than it is; <c>ratios --one-core</c> is fairer there.
/// <code>
/// one core, processor time, samples/s:   stock   fused
/// 54.0 ms/step: separate passes for gradient, Adam and packing; one-channel layer in 2 of 16 lanes    269   593
/// 49.8 ms/step: gradient, Adam and packing block by block; eight positions of that layer per row      269   647
/// </code>
/// </summary>
[MemoryDiagnoser]
public class TrainingStepBenchmarks
{
    private const float Beta = 0.3f;
    private const float LearningRate = 3e-4f;
    private float[] _batch = [];
    private float[] _epsilon = [];
    private ITrainingEngine[] _engines = [];

    /// <summary>Spectra per step.</summary>
    [Params(32, 128)]
    public int BatchSize { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var weights = Claims.Weights(new NetworkOptions());
        (_batch, _epsilon) = (
            Claims.Draw(BatchSize * weights.Layout.Plan.Pixels, "batch"),
            Claims.Draw(BatchSize * weights.Layout.Options.LatentDimensions, "epsilon")
        );
        _engines =
        [
            new TorchEngine(weights, new AdamOptions(), torch.CPU, Environment.ProcessorCount),
            new FusedEngine(weights, new AdamOptions(), Environment.ProcessorCount),
        ];
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        foreach (var engine in _engines)
        {
            engine.Dispose();
        }
    }

    [Benchmark(Baseline = true)]
    public double Stock() => _engines[0].Step(_batch, _epsilon, Beta, LearningRate).SquaredError;

    [Benchmark]
    public double Fused() => _engines[1].Step(_batch, _epsilon, Beta, LearningRate).SquaredError;
}
