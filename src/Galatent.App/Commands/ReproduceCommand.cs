using System.CommandLine;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Report.Runs;
using Galatent.Study;
using Galatent.Synthesis.Galaxies;

namespace Galatent.App.Commands;

/// <summary><c>galatent reproduce</c>: the whole study, from nothing to a report.</summary>
internal static class ReproduceCommand
{
    public static Command Create()
    {
        var preset = CommonOptions.Preset();
        var output = CommonOptions.Out("The run folder. A run in this folder continues where it stopped.", "galatent-run");
        var count = new Option<int?>("--count") { Description = "Number of spectra instead of the preset's.", HelpName = "N" }.Checked(
            n => n >= StudyOptions.LeastCount,
            $"must be at least {StudyOptions.LeastCount}"
        );
        var betas = new Option<double[]>("--beta")
        {
            Description = "Weights of the divergence, one training each.",
            AllowMultipleArgumentsPerToken = true,
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => [.. new StudyOptions().Betas],
            HelpName = "BETA ...",
        }.Checked(b => b.Length > 0 && b.All(x => x > 0) && b.Distinct().Count() == b.Length, "must be positive and different");
        var population = PopulationSettings.PopulationOption();
        var ssp = SspSource.Option();
        var seed = CommonOptions.Seed();
        var seeds = new Option<int>("--seeds")
        {
            Description =
                "Do the whole study with N seeds, spectra included: --seed is the first, the next ones follow. Each further one is a run "
                + "folder seed-... inside. The report shows the scatter.",
            DefaultValueFactory = _ => new StudyOptions().Seeds,
            HelpName = "N",
        }.Checked(n => n >= 1, "must be at least 1");
        var threads = CommonOptions.Threads();
        var device = CommonOptions.Device();
        var command = new Command(
            "reproduce",
            "Repeats the whole study: simulates spectra, trains a beta-VAE at each beta, analyses the latent spaces, writes the report."
        )
        {
            preset,
            output,
            count,
            betas,
            population,
            ssp,
            seed,
            seeds,
            threads,
            device,
        };
        command.SetAction(parsed =>
        {
            var start = TimeProvider.System.GetTimestamp();
            var options = new StudyOptions
            {
                Preset = parsed.GetRequiredValue(preset),
                Count = parsed.GetValue(count),
                Betas = parsed.GetRequiredValue(betas),
                Population = SelectionPresets.NameOf(population.Value(parsed)),
                StellarPopulations = parsed.GetValue(ssp),
                Seed = parsed.GetValue(seed),
                Seeds = parsed.GetValue(seeds),
                Compute = CommonOptions.Compute(parsed.GetRequiredValue(device), parsed.GetValue(threads)),
                Environment =
                    $".NET {System.Environment.Version}, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, "
                    + $"{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture}",
            };
            var folder = parsed.GetRequiredValue(output);
            var manifest = StudyRun.Run(folder, options, TerminalDisplay.Context);
            RunSummary.Print(Console.Out, new RunLayout(folder), manifest, TimeProvider.System.GetElapsedTime(start));
        });
        return command;
    }
}
