using Galatent.Exports.Onnx;
using Galatent.Latents;
using Galatent.Latents.Traversals;
using Galatent.Networks;
using Galatent.Report.Runs;
using Galatent.Spectra;
using Galatent.Study;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Ssp;
using Galatent.Training;

// A page of examples does not pass the token of a test runner.
#pragma warning disable xUnit1051

namespace Galatent.Tests.Study;

/// <summary>The examples of docs/library.md, run on a set that is as small as they allow; <see cref="LibraryPageTests"/> holds the page to
/// them. What stands between the markers is on the page.</summary>
public sealed class LibraryExamples : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Step_by_step()
    {
        var folder = _folder.Path;
        // example: Simulate
        var path = Path.Combine(folder, "spectra.h5");
        var simulator = new Simulator(SspPack.Embedded(), SimulationOptions.Study(threads: 2));
        simulator.WritePopulation(path, count: 100, new PopulationOptions(), "r25", seed: 1);
        var spectra = SpectrumFile.Read(path);
        // end

        // example: Train
        var model = Path.Combine(folder, "model");
        var split = DataSplit.Random(spectra.Count, validationFraction: 0.2, seed: 1);
        var options = TrainingOptions.ForPreset("quick") with { Beta = 0.3, Epochs = 2, Seed = 1 };
        var training = Trainer.Run(spectra, split, options, new ComputeOptions(), model, new TrainingContext(TimeProvider.System));
        Console.WriteLine($"epoch {training.Best.Epoch}: validation loss {training.Best.ValidationLoss}");
        // end

        // example: Analyse
        using var network = VaeModel.Load(model);
        var latents = LatentSet.Of(network.Encode(spectra), seed: 1);
        var measured = LatentAnalysis.Run(
            spectra,
            latents,
            split,
            (z, count) => network.Decode(z, count),
            new AnalysisOptions(Beta: 0.3, Seed: 1, new TraversalOptions())
        );
        var results = LatentInformation.Add(measured, latents, spectra.Parameters, new ModelAnalysisOptions { InformationSpectra = 100 });
        AnalysisFolder.Write(Path.Combine(folder, "analysis"), results);
        var traversal = LatentAnalysis.Traverse(
            latents,
            spectrum: 0,
            dimension: 3,
            (z, count) => network.Decode(z, count),
            new TraversalOptions()
        );
        traversal.ToTable(spectra.Grid.WavelengthAngstrom).Write(Path.Combine(folder, "traversal.csv"));
        // end

        // example: Export
        var stored = StoredModel.Read(model);
        File.WriteAllBytes(Path.Combine(folder, "encoder.onnx"), OnnxNetwork.Encoder(stored));
        File.WriteAllBytes(Path.Combine(folder, "decoder.onnx"), OnnxNetwork.Decoder(stored));
        // end

        // The calls one by one are the call for all of them.
        var together = ModelAnalysis.Run(
            model,
            Path.Combine(folder, "together"),
            spectra,
            new ModelAnalysisOptions { InformationSpectra = 100, Analyses = [] },
            new StudyContext(TimeProvider.System)
        );
        Assert.Equal(results.Loss, together.Loss);
        Assert.Equal(results.Parameters!.Nat, together.Parameters!.Nat);
        Assert.Equal(Tables(Path.Combine(folder, "analysis")), Tables(Path.Combine(folder, "together", AnalysisFolder.FolderName)));
        Assert.Equal(spectra.Grid.Count + 1, File.ReadAllLines(Path.Combine(folder, "traversal.csv")).Length);
    }

    [Fact]
    public void The_whole_study()
    {
        var folder = _folder.Path;
        // example: The whole study
        var study = new StudyOptions { Count = 100, Betas = [0.3] };
        var manifest = StudyRun.Run(folder, study, new StudyContext(TimeProvider.System));
        var run = RunFolder.Read(folder);
        Console.WriteLine($"{manifest.Stages.Count} stages; {run.Chosen.Analysis.Informative.Length} informative dimensions");
        Console.WriteLine(new RunLayout(folder).Report);
        // end
        Assert.Equal(["simulate", "train beta 0.3", "analyze beta 0.3", "report"], manifest.Stages.Select(s => s.Name));
        Assert.Contains("those of run.json", File.ReadAllText(new RunLayout(folder).Report), StringComparison.Ordinal);
        Assert.Equal(run.Chosen.History!.Epochs.Count, TrainingOptions.ForPreset("quick").Epochs);
    }

    private static Dictionary<string, string> Tables(string folder) =>
        Directory.GetFiles(folder).ToDictionary(f => Path.GetFileName(f), File.ReadAllText);
}
