using System.CommandLine;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Latents;
using Galatent.Latents.Information;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Report.Runs;
using Galatent.Spectra;
using Galatent.Study;
using Galatent.Training;

namespace Galatent.App.Commands;

/// <summary><c>galatent analyze</c>: what the models of a run have learnt.</summary>
internal static class AnalyzeCommand
{
    public static Command Create()
    {
        var run = new Option<string?>("--run")
        {
            Description = "A run folder: all its models are analysed, on its spectra.h5.",
            HelpName = "DIR",
        };
        var model = new Option<string?>("--model") { Description = "One model folder instead; results go to --out.", HelpName = "DIR" };
        var data = new Option<string?>("--data") { Description = "The spectra of --model.", HelpName = "FILE" };
        var output = new Option<string?>("--out")
        {
            Description = "Folder for latents.h5 and analysis/ of --model; by default the parent of the model folder.",
            HelpName = "DIR",
        };
        var count = CommonOptions.First("Use only the first N spectra; by default as many as in the training.", ModelAnalysis.LeastSpectra);
        var validation = new Option<double?>("--validation")
        {
            Description = "Share of the validation spectra; by default that of the training.",
            HelpName = "FRACTION",
        }.Share();
        var information = new Option<int>("--information-spectra")
        {
            Description = "Spectra used for mutual information, at most.",
            DefaultValueFactory = _ => new ModelAnalysisOptions().InformationSpectra,
            HelpName = "N",
        }.Checked(n => n >= MutualInformationOptions.LeastCount, $"must be at least {MutualInformationOptions.LeastCount}");
        var analyses = AnalysesOption.Create();
        var seed = CommonOptions.Seed();
        var threads = CommonOptions.Threads();
        var device = CommonOptions.Device();
        var memory = CommonOptions.Memory();
        var command = new Command(
            "analyze",
            "Measures trained models: reconstruction, informative dimensions, mutual information, traversals; writes latents.h5 and "
                + "analysis/*.csv."
        )
        {
            run,
            model,
            data,
            output,
            count,
            validation,
            information,
            analyses,
            seed,
            threads,
            memory,
            device,
        };
        command.SetAction(parsed =>
        {
            var options = new ModelAnalysisOptions
            {
                Seed = (ulong)parsed.GetValue(seed),
                ValidationFraction = parsed.GetValue(validation),
                Threads = parsed.GetValue(threads),
                InformationSpectra = parsed.GetValue(information),
                Analyses = AnalysesOption.Names(parsed.GetValue(analyses)),
            };
            var compute = CommonOptions.Compute(parsed.GetRequiredValue(device), parsed.GetValue(threads));
            var (file, models) = Inputs(parsed.GetValue(run), parsed.GetValue(model), parsed.GetValue(data), parsed.GetValue(output));
            OutputPath.RequireNoInput(parsed, models.Select(m => new ModelLayout(m.Target).Latents));
            // The only model of a run may lie in the run folder itself, which its own analysis then holds.
            using var whole = parsed.GetValue(run) is { } folder && models.All(m => m.Target != folder) ? OutputPath.Folder(folder) : null;
            foreach (var group in models.GroupBy(m => SpectraOf(m.Model, parsed.GetValue(count))))
            {
                var spectra = CommonOptions.OpenSpectra(
                    parsed.GetRequiredValue(memory),
                    file,
                    group.First().Target,
                    group.Key ?? int.MaxValue
                );
                using var stream = spectra as SpectrumStream;
                using var gaps = SpectrumGaps.Open(file, spectra, group.First().Target);
                ProgressDisplay.Say($"{file}: the first {spectra.Count} spectra{Origin(group.First().Model, spectra, gaps is not null)}");
                if (Job.Processes.IsFirst)
                {
                    InformationRemarks.TellKinds(
                        [.. ComparedParameters.Of(spectra.Parameters).Select(p => new NamedColumn(p.Name, p.Values))],
                        []
                    );
                }
                foreach (var (trained, target) in group)
                {
                    using var filled = Fill(gaps, trained, target, compute);
                    ModelAnalysis.Run(trained, target, filled ?? spectra, options, TerminalDisplay.Context, compute);
                }
            }
            if (parsed.GetValue(run) is { } analysed && Job.Processes.IsFirst)
            {
                foreach (var remark in BetaSweep.Write(analysed))
                {
                    ProgressDisplay.Say(remark);
                }
                if (ComparisonResults.ReadSeeds(new RunLayout(analysed).Analysis) is not null)
                {
                    // The tables of several seeds hold what has just been measured again.
                    SeedComparison.Write(analysed, TerminalDisplay.Context, compute);
                }
            }
        });
        return command;
    }

    private static FilledSpectra? Fill(SpectrumGaps? gaps, string model, string scratchFolder, ComputeOptions compute)
    {
        if (gaps is null)
        {
            return null;
        }
        using var network = VaeModel.Load(model, compute);
        return GapRemarks.Fill(gaps, network, scratchFolder);
    }

    // The loss counts as held out only if the split gives the rows of the training. That is so only for the spectra of the training.
    // Nothing is said of spectra with gaps: the training saw them filled, and so in another form.
    private static string Origin(string modelFolder, ISpectrumSource spectra, bool hasGaps)
    {
        var description = Describe(modelFolder);
        description.RequireAlike(spectra);
        return hasGaps
            ? ""
            : TrainingData.IsThatOf(description, spectra, Job.Processes) switch
            {
                true => ", those of the training",
                false => ", not those of the training: they are split at random into training and validation spectra",
                null => "",
            };
    }

    private static int? SpectraOf(string modelFolder, int? given)
    {
        var description = Describe(modelFolder);
        return given ?? (description.SpectrumCount > 0 ? description.SpectrumCount : null);
    }

    private static ModelDescription Describe(string modelFolder) =>
        ModelDescription.Read(Path.Combine(VaeModel.Home(modelFolder), VaeModel.DescriptionFile));

    private static (string Data, IEnumerable<(string Model, string Target)> Models) Inputs(
        string? run,
        string? model,
        string? data,
        string? output
    ) =>
        (run, model) switch
        {
            (not null, null) when data is null && output is null => (
                new RunLayout(run).Spectra,
                new RunLayout(run).Models().Select(m => (m.Model, m.Folder))
            ),
            (null, not null) when data is not null => (data, [(model, output ?? Path.GetDirectoryName(Path.GetFullPath(model))!)]),
            _ => throw new InputException("Give either --run DIR, or --model DIR with --data FILE (and --out DIR)."),
        };
}
