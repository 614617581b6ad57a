using Galatent.Files;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Report.Runs;
using Galatent.Study;
using Galatent.Training;

namespace Galatent.Tests.Study;

/// <summary>The study in small with two seeds, grown from one seed.</summary>
public sealed class SeedComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static StudyContext Context => new(TimeProvider.System) { Cancellation = TestContext.Current.CancellationToken };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Another_seed_is_the_run_of_that_seed_and_the_first_stays_as_it_is()
    {
        var folder = _folder.File("run");
        var alone = _folder.File("alone");
        StudyRun.Run(folder, Options(1, 1), Context);
        var layout = new RunLayout(folder);
        var before = Bytes(folder);
        var manifest = File.ReadAllText(layout.Manifest);
        Assert.DoesNotContain("\"seeds\"", manifest, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"seeds\"", File.ReadAllText(layout.Report), StringComparison.Ordinal);

        // The same folder with one seed more: the first is kept, the second has the galaxies and the training of that seed alone.
        var grown = StudyRun.Run(folder, Options(1, 2), Context);
        Assert.Throws<OperationCanceledException>(() =>
            StudyRun.Run(alone, Options(2, 1), Context with { Display = new StopBeforeTraining() })
        );
        Assert.Equal(before, Bytes(folder));
        Assert.Equal(Hash(new RunLayout(alone).Spectra), Hash(layout.Further(2).Spectra));
        Assert.Equal(2ul, ModelDescription.Read(layout.Further(2).Model(0.3).Description).Seed);
        Assert.Equal(RunManifest.Read(new RunLayout(alone).Manifest).Seed, RunManifest.Read(layout.Further(2).Manifest).Seed);
        Assert.Equal(
            ["simulate", "train beta 0.3", "analyze beta 0.3", "seed 2", "compare seeds", "report"],
            grown.Stages.Select(s => s.Name)
        );

        // Mean and standard deviation are those of the two models' own tables.
        var models = ResultTable.Read(Path.Combine(layout.Analysis, "seeds-models.csv"));
        var scatter = ResultTable.Read(Path.Combine(layout.Analysis, "seeds-scatter.csv"));
        Assert.Equal(["beta-0.3", "seed-2/beta-0.3"], models.Texts("model"));
        double[] losses = models.Doubles("loss");
        Assert.NotEqual(losses[0], losses[1]);
        Assert.Equal((losses[0] + losses[1]) / 2, scatter.Doubles("loss")[0], 1e-12);
        Assert.Equal(Math.Abs(losses[0] - losses[1]) / Math.Sqrt(2), scatter.Doubles("loss_standard_deviation")[0], 1e-12);
        Assert.Equal([2.0], scatter.Doubles("models"));
        Assert.Contains("id=\"seeds\"", File.ReadAllText(layout.Report), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(layout.Figures, "compared-matching.svg")));

        // Fewer seeds than the folder holds is another run.
        var fewer = Assert.Throws<InputException>(() => StudyRun.Run(folder, Options(1, 1), Context));
        Assert.Contains("seeds 1 instead of 2", fewer.Message, StringComparison.Ordinal);
        // A comparison of the run alone takes all its seeds.
        Assert.Equal([1ul, 2ul], RunComparison.Of([folder], 1, Context).Models.Select(m => m.Seed));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(long.MaxValue, 2)]
    public void What_cannot_be_is_said(long seed, int seeds) =>
        Assert.Contains(
            "seeds from",
            Assert.Throws<InputException>(() => Options(seed, seeds).Manifest()).Message,
            StringComparison.Ordinal
        );

    private static StudyOptions Options(long seed, int seeds) =>
        new()
        {
            Count = 120,
            Betas = [0.3],
            Seed = seed,
            Seeds = seeds,
            Compute = new ComputeOptions { Threads = 1 },
        };

    private static string[] Bytes(string folder) =>
        [
            .. new[] { "spectra.h5", "beta-0.3/model/weights.safetensors", "beta-0.3/latents.h5", "beta-0.3/analysis/loss.csv" }.Select(f =>
                Hash(Path.Combine(folder, f))
            ),
        ];

    private static string Hash(string file) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));

    private sealed class StopBeforeTraining : IStudyDisplay
    {
        public T Show<T>(string label, string unit, Func<IProgress<StepProgress>?, T> work) => work(null);

        public TrainingResult ShowTraining(
            string label,
            Func<IProgress<StepProgress>?, IProgress<EpochRecord>?, TrainingResult> training
        ) => throw new OperationCanceledException(label);

        public void Say(string remark) { }
    }
}
