using System.Globalization;
using Galatent.Files;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Report.Runs;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.StarFormation;
using Galatent.Training;

namespace Galatent.Study;

/// <summary>
/// The whole study: simulates, trains and analyses at every beta, and reports. Each stage leaves complete files and a line in
/// <c>run.json</c>. The same call on the same folder skips finished stages and resumes an unfinished training from its saved state. With
/// several seeds, each further one is a whole run in a folder inside (<see cref="RunLayout.Further"/>); the report shows the scatter.
/// </summary>
public sealed class StudyRun
{
    private const string CompareStage = "compare seeds";
    private const string ReportStage = "report";

    private readonly RunLayout _layout;
    private readonly StudyOptions _options;
    private readonly StudyContext _context;
    private readonly StudyPreset _preset;
    private RunManifest _manifest;
    private ISpectrumSource? _spectra;

    private StudyRun(RunLayout layout, StudyOptions options, StudyContext context)
    {
        _layout = layout;
        _options = options;
        _context = context;
        _preset = StudyPreset.ForName(options.Preset);
        _manifest = options.Manifest();
    }

    private ISpectrumSource Spectra => _spectra ??= MemoryLimit.Automatic().Open(_layout.Spectra, _layout.Folder);

    private ulong Seed => (ulong)_options.Seed;

    /// <summary>Runs the stages that are not finished yet.</summary>
    /// <param name="folder">The run folder; created when absent.</param>
    /// <param name="options">What to run.</param>
    /// <param name="context">Clock, display, cancellation. A study runs in one process.</param>
    /// <returns>What was done, and how long each stage took.</returns>
    /// <exception cref="InputException">A setting is out of range, or the folder holds a run with other settings.</exception>
    /// <exception cref="OperationCanceledException">Stopped. The same call resumes the run.</exception>
    public static RunManifest Run(string folder, StudyOptions options, StudyContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        if (context.Processes.Size > 1)
        {
            throw new InputException($"The whole study runs in one process, not in {context.Processes.Size}; its steps can be shared.");
        }
        var run = new StudyRun(new RunLayout(folder), options, context);
        using var place = ResultFolder.Prepare(folder);
        run.Resume();
        try
        {
            run.Stages();
        }
        finally
        {
            run.CloseSpectra();
        }
        return run._manifest;
    }

    private void Stages()
    {
        Stage("simulate", Simulate);
        foreach (var beta in _manifest.Betas)
        {
            Stage($"train beta {Text(beta)}", () => Train(beta));
        }
        foreach (var beta in _manifest.Betas)
        {
            Stage($"analyze beta {Text(beta)}", () => Analyze(beta));
        }
        if (_manifest.Seeds is not null)
        {
            // The run of the next seed opens its own.
            CloseSpectra();
            foreach (var seed in _manifest.FurtherSeeds)
            {
                Stage($"seed {seed}", () => FurtherSeed(seed));
            }
            Stage(CompareStage, () => SeedComparison.Write(_layout.Folder, _context, _options.Compute));
        }
        Stage(ReportStage, Report);
    }

    private void CloseSpectra()
    {
        (_spectra as SpectrumStream)?.Dispose();
        _spectra = null;
    }

    private void FurtherSeed(long seed)
    {
        _context.Display.Say($"seed {seed}: spectra, models and analyses anew");
        Run(_layout.Further(seed).Folder, _options with { Seed = seed, Seeds = 1 }, _context);
    }

    private void Resume()
    {
        if (!File.Exists(_layout.Manifest))
        {
            _manifest.Write(_layout.Manifest);
            return;
        }
        var found = RunManifest.Read(_layout.Manifest);
        if ((found.Seeds ?? 1) < (_manifest.Seeds ?? 1))
        {
            // More seeds than before: what is finished stays, and only what compares them is done again.
            found = found.Without(CompareStage, ReportStage) with { Seeds = _manifest.Seeds };
        }
        if (found.DifferenceFrom(_manifest) is { } difference)
        {
            throw new InputException(
                $"'{_layout.Folder}' holds a run of other settings ({difference}); choose another folder, or remove that one."
            );
        }
        _manifest = _manifest with { Stages = found.Stages, DataHash = found.DataHash };
        if (found.Stages.Count > 0)
        {
            _context.Display.Say($"going on in {_layout.Folder}; finished before: {string.Join(", ", found.Stages.Select(s => s.Name))}");
        }
    }

    private void Stage(string name, Action work)
    {
        if (_manifest.Has(name))
        {
            return;
        }
        _context.Cancellation.ThrowIfCancellationRequested();
        var start = _context.Time.GetTimestamp();
        work();
        _manifest = _manifest.With(name, _context.Time.GetElapsedTime(start).TotalSeconds);
        _manifest.Write(_layout.Manifest);
    }

    private void Simulate()
    {
        var library = SspFile.Load(_options.StellarPopulations);
        if (SspFile.Remark(_options.StellarPopulations, library) is { } remark)
        {
            _context.Display.Say(remark);
        }
        var population = new PopulationOptions
        {
            Selection = SelectionPresets.Named(_options.Population),
            Imf = InitialMassFunctions.Of(library.Stars.Provenance.InitialMassFunction) ?? InitialMassFunction.Kroupa,
        };
        Simulation.WritePopulation(
            _layout.Spectra,
            library,
            SimulationOptions.Study(_options.Compute.ThreadCount),
            _manifest.Count,
            population,
            _options.Population,
            Seed,
            _context
        );
    }

    private void Train(double beta)
    {
        var folder = _layout.Model(beta);
        var options = _preset.Training with { Beta = beta, Seed = Seed };
        using var place = ResultFolder.Prepare(folder.Model);
        var split = DataSplit.Random(Spectra.Count, StudyPreset.ValidationFraction, Seed);
        _context.Display.ShowTraining($"training, beta {Text(beta)}", (progress, epochs) =>
            Trainer.Run(
                Spectra,
                split,
                options,
                _options.Compute,
                folder.Model,
                new TrainingContext(_context.Time, progress, _context.Cancellation) { Epochs = epochs }
            )
        );
        if (_manifest.DataHash.Length == 0)
        {
            _manifest = _manifest with { DataHash = ModelDescription.Read(folder.Description).DataHash };
        }
    }

    private void Analyze(double beta)
    {
        var folder = _layout.Model(beta);
        var options = new ModelAnalysisOptions
        {
            Seed = Seed,
            Threads = _options.Compute.ThreadCount,
            InformationSpectra = _preset.InformationSpectra,
        };
        ModelAnalysis.Run(folder.Model, folder.Folder, Spectra, options, _context, _options.Compute);
    }

    private void Report()
    {
        foreach (var remark in BetaSweep.Write(_layout.Folder))
        {
            _context.Display.Say(remark);
        }
        StudyReport.WriteInto(_layout.Folder, _context);
    }

    private static string Text(double beta) => beta.ToString(CultureInfo.InvariantCulture);
}
