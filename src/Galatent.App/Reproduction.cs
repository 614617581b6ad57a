using System.Globalization;
using Galatent.App.Commands;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Files;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Report.Runs;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Training;

namespace Galatent.App;

/// <summary>
/// The stages of the study in order. Each leaves whole files and a line in <c>run.json</c>; the same command on the same folder skips what
/// is finished and goes on inside an unfinished training from its saved state.
/// </summary>
internal sealed class Reproduction(
    RunPaths paths,
    RunManifest wanted,
    ReproducePreset recipe,
    ComputeOptions compute,
    CancellationToken cancellation
)
{
    private RunManifest? _manifest;
    private ISpectrumSource? _spectra;

    private ISpectrumSource Spectra => _spectra ??= MemoryLimit.Automatic().Open(paths.Spectra, paths.Folder);

    /// <summary>Runs what is not finished yet and prints what was made.</summary>
    public void Run()
    {
        var start = TimeProvider.System.GetTimestamp();
        using var folder = ResultFolder.Prepare(paths.Folder);
        Resume();
        Stage("simulate", Simulate);
        foreach (var beta in wanted.Betas)
        {
            Stage($"train beta {Text(beta)}", () => Train(beta));
        }
        foreach (var beta in wanted.Betas)
        {
            Stage($"analyze beta {Text(beta)}", () => Analyze(beta));
        }
        Stage("report", WriteReport);
        RunSummary.Print(Console.Out, paths, _manifest!, TimeProvider.System.GetElapsedTime(start));
    }

    private void Resume()
    {
        if (!File.Exists(paths.Manifest))
        {
            _manifest = wanted;
            _manifest.Write(paths.Manifest);
            return;
        }
        var found = RunManifest.Read(paths.Manifest);
        if (found.DifferenceFrom(wanted) is { } difference)
        {
            throw new InputException(
                $"'{paths.Folder}' holds a run of other settings ({difference}); choose another --out, or remove that folder."
            );
        }
        _manifest = wanted with { Stages = found.Stages, DataHash = found.DataHash };
        if (found.Stages.Count > 0)
        {
            ProgressDisplay.Say($"going on in {paths.Folder}; finished before: {string.Join(", ", found.Stages.Select(s => s.Name))}");
        }
    }

    private void Stage(string name, Action work)
    {
        if (_manifest!.Has(name))
        {
            return;
        }
        cancellation.ThrowIfCancellationRequested();
        var start = TimeProvider.System.GetTimestamp();
        work();
        _manifest = _manifest.With(name, TimeProvider.System.GetElapsedTime(start).TotalSeconds);
        _manifest.Write(paths.Manifest);
    }

    private void Simulate() => ProgressDisplay.Run("simulating", "spectra", progress =>
        {
            var library = SspSource.Load(wanted.StellarPopulations == "built-in" ? null : wanted.StellarPopulations);
            new Simulator(library, SimulationOptions.Study(compute.Threads)).WritePopulation(
                paths.Spectra,
                wanted.Count,
                SimulateCommand.Population(wanted.Population),
                wanted.Population,
                (ulong)wanted.Seed,
                progress,
                cancellation
            );
            return 0;
        });

    private void Train(double beta)
    {
        var options = recipe.Training with { Beta = beta, Seed = (ulong)wanted.Seed };
        using var folder = ResultFolder.Prepare(paths.Model(beta));
        var split = DataSplit.Random(Spectra.Count, ReproducePreset.ValidationFraction, (ulong)wanted.Seed);
        TrainingDisplay.Run($"training, beta {Text(beta)}", (progress, epochs) =>
            Trainer.Run(
                Spectra,
                split,
                options,
                compute,
                paths.Model(beta),
                new TrainingContext(TimeProvider.System, progress, cancellation) { Epochs = epochs }
            )
        );
        if (_manifest!.DataHash.Length == 0)
        {
            _manifest = _manifest with
            {
                DataHash = ModelDescription.Read(Path.Combine(paths.Model(beta), VaeModel.DescriptionFile)).DataHash,
            };
        }
    }

    private void Analyze(double beta)
    {
        var options = new ModelAnalysisOptions
        {
            Seed = (ulong)wanted.Seed,
            ValidationFraction = ReproducePreset.ValidationFraction,
            Threads = compute.Threads,
            InformationSpectra = recipe.InformationSpectra,
        };
        AnalyzeCommand.Analyze(paths.Model(beta), paths.Beta(beta), Spectra, options, compute);
    }

    private void WriteReport() => ReportCommand.Write(paths.Folder);

    private static string Text(double beta) => beta.ToString(CultureInfo.InvariantCulture);
}
