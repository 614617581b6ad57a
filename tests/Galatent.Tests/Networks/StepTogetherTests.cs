using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Tests.Networks.Objectives;
using Galatent.Tests.Numerics;

namespace Galatent.Tests.Networks;

public class StepTogetherTests
{
    private const int Pixels = 57;
    private const float Beta = 0.7f;
    private const float LearningRate = 1e-3f;

    // 13 spectra: parts of unequal size, and of none.
    [Theory]
    [InlineData("auto", 1, false)]
    [InlineData("auto", 2, false)]
    [InlineData("auto", 3, false)]
    [InlineData("auto", 16, false)]
    [InlineData("auto", 2, true)]
    [InlineData("auto", 3, true)]
    [InlineData("auto", 16, true)]
    [InlineData("torch", 2, false)]
    [InlineData("auto", 2, false, true)]
    [InlineData("auto", 5, false, true)]
    [InlineData("auto", 2, true, true)]
    [InlineData("auto", 16, true, true)]
    public void Several_processes_make_the_step_of_one(string engine, int size, bool sharesMemory, bool isMuon = false)
    {
        const int spectra = 13;
        const int steps = 4;
        var adam = new AdamOptions
        {
            WeightDecay = 1e-3,
            OutlierLimit = 3,
            Muon = isMuon ? new MuonOptions() : null,
        };
        var weights = TinyNetwork.Weights(Pixels);
        var batch = TinyNetwork.Normals("batch", spectra * Pixels);
        var noise = TinyNetwork.Normals("noise", spectra * 3);
        var compute = TinyNetwork.Compute(engine);
        using var alone = compute.Create(weights, adam);
        var expectedLoss = Enumerable.Range(0, steps).Select(_ => alone.Step(batch, noise, Beta, LearningRate)).ToArray();
        var expected = new float[weights.Layout.Count];
        alone.GetWeights(expected);
        var expectedAdam = alone.GetAdamState();

        var results = ThreadGroup.Run(
            size,
            group =>
            {
                // Replaced at once, as by a state that is resumed.
                using var together = compute.Create(TinyNetwork.Weights(Pixels, TinyNetwork.Options), adam, processes: group);
                together.SetWeights([.. weights.Values.Select(w => 2 * w)]);
                together.SetWeights(weights.Values);
                var (first, count) = together.Part(spectra, group);
                var loss = new StepLoss[steps];
                var mu = new float[3];
                var logVariance = new float[3];
                for (var step = 0; step < steps; step++)
                {
                    loss[step] = together.StepTogether(
                        batch.AsSpan(first * Pixels, count * Pixels),
                        noise.AsSpan(first * 3, count * 3),
                        spectra,
                        Beta,
                        LearningRate,
                        group
                    );
                    // Each looks at a spectrum of its own between two steps, as in validation.
                    together.Encode(batch.AsSpan(group.Rank % spectra * Pixels, Pixels), mu, logVariance);
                }
                var values = new float[weights.Layout.Count];
                together.GetWeights(values);
                return (Loss: loss, Weights: values, Adam: together.GetAdamState());
            },
            sharesMemory
        );

        foreach (var result in results)
        {
            if (engine == "auto")
            {
                // The same bits, whatever the number of processes.
                Assert.Equal(expected, result.Weights);
                Assert.Equal(expectedLoss, result.Loss);
                Assert.Equal(expectedAdam.FirstMoment, result.Adam.FirstMoment);
                Assert.Equal(expectedAdam.SecondMoment, result.Adam.SecondMoment);
            }
            // Everybody has the same bits, and those of one process but for the order of the sums: 4 steps of 1e-3 with relative errors of
            // 1e-5 in the gradient.
            Assert.Equal(results[0].Weights, result.Weights);
            Assert.Equal(results[0].Loss, result.Loss);
            Assert.Equal(expectedAdam.Steps, result.Adam.Steps);
            for (var i = 0; i < steps; i++)
            {
                Assert.Equal(expectedLoss[i].Total(Beta), result.Loss[i].Total(Beta), 1e-5 * expectedLoss[i].Total(Beta));
            }
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], result.Weights[i], 2e-5f);
                Assert.Equal(expectedAdam.FirstMoment[i], result.Adam.FirstMoment[i], 1e-4f * (1 + Math.Abs(expectedAdam.FirstMoment[i])));
            }
        }
    }

    [Fact]
    public void Memory_in_common_belongs_to_one_group()
    {
        using var engine = ThreadGroup.Run(
            1,
            group => new ComputeOptions { Threads = 1 }.Create(TinyNetwork.Weights(Pixels), new AdamOptions(), processes: group),
            sharesMemory: true
        )[0];
        Assert.Throws<ArgumentException>(() =>
            engine.StepTogether(TinyNetwork.Normals("batch", Pixels), new float[3], 1, Beta, LearningRate, ProcessGroup.Alone)
        );
    }

    public static TheoryData<string, string, string, int> Objectives =>
        new()
        {
            { "auto", "beta-vae", "each", 3 },
            { "auto", "beta-vae", "shared", 13 },
            { "auto", "sigma-vae", "shared", 3 },
            { "auto", "capacity", "none", 3 },
            { "auto", "tc-vae", "none", 2 },
            { "auto", "tc-vae", "each", 16 },
            { "auto", "info-vae", "each", 3 },
            { "auto", "iwae", "each", 3 },
            { "auto", "iwae", "shared", 16 },
            { "torch", "annealed", "each", 2 },
            { "torch", "capacity", "none", 3 },
            { "torch", "tc-vae", "each", 3 },
            { "torch", "info-vae", "none", 16 },
            { "torch", "iwae", "each", 3 },
        };

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Every_objective_is_divided_without_a_change(string engine, string name, string weighting, int size) =>
        RequireSameObjective(engine, name, weighting, size, false);

    [Theory]
    [InlineData("beta-vae", "each", 3)]
    [InlineData("capacity", "none", 3)]
    [InlineData("tc-vae", "each", 16)]
    [InlineData("info-vae", "each", 2)]
    [InlineData("iwae", "none", 3)]
    public void Also_in_memory_in_common(string name, string weighting, int size) =>
        RequireSameObjective("auto", name, weighting, size, true);

    private static void RequireSameObjective(string engine, string name, string weighting, int size, bool sharesMemory)
    {
        const int spectra = 13;
        var objective = PreparedObjective.Create(
            ChosenObjective.Of(name, ("capacity", 40), ("capacity-weight", 3), ("info-lambda", 20), ("draws", 4)),
            Beta,
            WavelengthGrid.Study
        );
        var network = TinyNetwork.Weights(Pixels);
        var deviates = 3 * objective.Choice.DrawCount;
        var terms = objective.At(0.4, 0.2);
        var batch = TinyNetwork.Normals("batch", spectra * Pixels);
        var noise = TinyNetwork.Normals("noise", spectra * deviates);
        float[] pixels =
        [
            .. TinyNetwork
                .Normals(
                    "weights",
                    weighting switch
                    {
                        "shared" => Pixels,
                        "each" => spectra * Pixels,
                        _ => 0,
                    }
                )
                .Select(MathF.Abs),
        ];
        // A step of plain gradient descent would show the gradient itself; Adam's first moment after one update is a tenth of it.
        var compute = TinyNetwork.Compute(engine);
        using var alone = compute.Create(network, new AdamOptions(), objective);
        var expected = alone.Step(batch, noise, terms, LearningRate, pixels);
        var gradient = alone.GetAdamState().FirstMoment;
        var norm = Math.Sqrt(gradient.Sum(g => (double)g * g));

        var results = ThreadGroup.Run(
            size,
            group =>
            {
                using var together = compute.Create(network, new AdamOptions(), objective, group);
                var (first, count) = together.Part(spectra, group);
                var loss = together.StepTogether(
                    batch.AsSpan(first * Pixels, count * Pixels),
                    noise.AsSpan(first * deviates, count * deviates),
                    spectra,
                    terms,
                    LearningRate,
                    group,
                    weighting == "each" ? pixels.AsSpan(first * Pixels, count * Pixels) : pixels
                );
                return (Loss: loss, Gradient: together.GetAdamState().FirstMoment);
            },
            sharesMemory
        );

        foreach (var result in results)
        {
            Assert.Equal(results[0].Loss, result.Loss);
            if (engine == "auto")
            {
                // The same bits, whatever the number of processes.
                Assert.Equal(expected, result.Loss);
                Assert.Equal(gradient, result.Gradient);
            }
            Assert.Equal(expected.SquaredError, result.Loss.SquaredError, 1e-5 * expected.SquaredError);
            Assert.Equal(expected.WeightedError, result.Loss.WeightedError, 1e-5 * expected.WeightedError);
            Assert.Equal(expected.KullbackLeibler, result.Loss.KullbackLeibler, 1e-5 * expected.KullbackLeibler);
            Assert.Equal(expected.Penalty, result.Loss.Penalty, 1e-5 * (1 + Math.Abs(expected.Penalty)));
            // Float32 sums in different orders.
            Assert.InRange(Math.Sqrt(gradient.Zip(result.Gradient, (a, b) => Math.Pow((double)a - b, 2)).Sum()), 0, 2e-5 * norm);
        }
    }
}
