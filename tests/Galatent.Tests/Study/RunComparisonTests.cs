using Galatent.Files;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Study;
using Galatent.Training;

namespace Galatent.Tests.Study;

/// <summary>Two small models of the same spectra, and a copy of the first.</summary>
public sealed class RunComparisonTests : IDisposable
{
    private const int Pixels = 47;
    private const int Count = 240;

    private static readonly ComputeOptions OneThread = new() { Threads = 1 };

    private readonly TemporaryFolder _folder = new();

    private static StudyContext Context => new(TimeProvider.System) { Cancellation = TestContext.Current.CancellationToken };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_copy_matches_itself_and_another_seed_spans_the_same_line()
    {
        var spectra = Spectra();
        var first = Run(spectra, 1);
        var second = Run(spectra, 2);
        var copy = _folder.File("copy");
        Copy(first, copy);

        var comparison = RunComparison.Of([first, copy, second], 1, Context, OneThread);
        Assert.Equal(Count, comparison.SpectrumCount);
        Assert.NotEmpty(comparison.Models[0].InUse);
        var same = comparison.Pairs.Single(p => (p.First, p.Second) == (0, 1)).Agreement;
        Assert.Equal(1, same.Matching.Mean, 1e-12);
        Assert.Equal(1, same.Subspace.MeanSquaredCorrelation, 1e-9);
        Assert.Equal(1, same.FirstFromSecond, 1e-3);
        // The spectra are one slope and noise: the strongest dimension of any model is that slope.
        var other = comparison.Pairs.Single(p => (p.First, p.Second) == (0, 2)).Agreement;
        Assert.InRange(other.Subspace.CanonicalCorrelations[0], 0.95, 1);

        var tables = ComparisonTables.Of(comparison).ToDictionary(t => t.Name, t => t.Table);
        Assert.Equal(["1", "1", "2"], tables["models"].Texts("seed"));
        Assert.Equal(3, tables["matching"].Rows.Count);
        // One recipe, one beta, three models.
        Assert.Equal([3.0], tables["scatter"].Doubles("models"));
        var losses = tables["models"].Doubles("loss");
        Assert.Equal(losses.Average(), tables["scatter"].Doubles("loss")[0], 1e-9);
        Assert.Equal([2.0, 2.0, 2.0], tables["stability"].Doubles("partners"));
        Assert.All(tables["dimensions"].Rows, r => Assert.True(r[4].Length == 0 || r[4][0] == 'z'));
    }

    [Fact]
    public void What_cannot_be_compared_is_said()
    {
        var folder = Run(Spectra(), 1);
        string Message(params string[] folders) =>
            Assert.Throws<InputException>(() => RunComparison.Of(folders, 1, Context, OneThread)).Message;
        Assert.Contains("holds one model", Message(folder), StringComparison.Ordinal);
        Assert.Contains("is given twice", Message(folder, folder + Path.DirectorySeparatorChar), StringComparison.Ordinal);
        Assert.Contains("There is no folder", Message(folder, _folder.File("nowhere")), StringComparison.Ordinal);
        var bare = _folder.File("bare");
        Copy(folder, bare);
        Directory.Delete(Path.Combine(bare, "analysis"), recursive: true);
        Assert.Contains("galatent analyze", Message(folder, bare), StringComparison.Ordinal);
    }

    private string Run(SpectrumSet spectra, ulong seed)
    {
        var folder = _folder.File($"seed-{seed}");
        var model = Path.Combine(folder, "model");
        Directory.CreateDirectory(folder);
        Trainer.Run(
            spectra,
            DataSplit.Random(Count, 0.2, 1),
            new TrainingOptions
            {
                Epochs = 60,
                BatchSize = 16,
                Seed = seed,
                Beta = 0.1,
                Network = new NetworkOptions { LatentDimensions = 3, Channels = [4, 4, 8] },
            },
            OneThread,
            model,
            new TrainingContext(TimeProvider.System, Cancellation: TestContext.Current.CancellationToken)
        );
        ModelAnalysis.Run(model, folder, spectra, new ModelAnalysisOptions { Analyses = [] }, Context, OneThread);
        return folder;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static SpectrumSet Spectra()
    {
        var grid = new WavelengthGrid([.. Enumerable.Range(0, Pixels).Select(i => 4800.0 + (10 * i))]);
        var stream = new RandomStream(2, "slopes");
        var flux = new float[Count * Pixels];
        for (var row = 0; row < Count; row++)
        {
            var slope = stream.NextNormal();
            for (var i = 0; i < Pixels; i++)
            {
                flux[(row * Pixels) + i] = (float)(1 + (0.1 * slope * i) + (0.1 * stream.NextNormal()));
            }
        }
        return new SpectrumSet(
            grid,
            flux,
            [.. Enumerable.Repeat(1.0, Count)],
            [new ParameterColumn("theta", "", "", [.. Enumerable.Range(0, Count).Select(i => (double)i)])],
            new SpectrumProvenance("test", 2, "", 5000, 5500, "", "")
        );
    }
}
