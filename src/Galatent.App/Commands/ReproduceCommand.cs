using System.CommandLine;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Networks;
using Galatent.Report.Runs;
using Galatent.Synthesis.Galaxies;
using Galatent.Training;

namespace Galatent.App.Commands;

/// <summary><c>galatent reproduce</c>: the whole study, from nothing to a report.</summary>
internal static class ReproduceCommand
{
    public static Command Create()
    {
        var preset = CommonOptions.Preset();
        var output = CommonOptions.Out("The run folder; a run that it holds goes on where it stopped.", "galatent-run");
        var count = new Option<int?>("--count") { Description = "Number of spectra instead of the preset's.", HelpName = "N" }.Checked(
            n => n >= 100,
            "must be at least 100"
        );
        var betas = new Option<double[]>("--beta")
        {
            Description = "Weights of the divergence, one training each.",
            AllowMultipleArgumentsPerToken = true,
            Arity = ArgumentArity.OneOrMore,
            DefaultValueFactory = _ => [.. TrainingOptions.StudyBetas],
            HelpName = "BETA ...",
        }.Checked(b => b.Length > 0 && b.All(x => x > 0) && b.Distinct().Count() == b.Length, "must be positive and different");
        var population = SimulateCommand.PopulationOption();
        var ssp = SimulateCommand.SspOption();
        var seed = CommonOptions.Seed();
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
            threads,
            device,
        };
        command.SetAction(parsed =>
        {
            var recipe = ReproducePreset.ForName(parsed.GetRequiredValue(preset));
            var compute = new ComputeOptions { Device = parsed.GetRequiredValue(device), Threads = parsed.GetValue(threads) };
            var wanted = new RunManifest
            {
                Generator = Spectra.SpectrumProvenance.ThisProgram,
                Preset = recipe.Name,
                Seed = parsed.GetValue(seed),
                Count = parsed.GetValue(count) ?? recipe.Count,
                Population = SelectionPresets.NameOf(population.Value(parsed)),
                StellarPopulations = parsed.GetValue(ssp) ?? "built-in",
                Betas = [.. parsed.GetRequiredValue(betas).Order()],
                Device = compute.Device,
                Threads = compute.Threads,
                Environment =
                    $".NET {System.Environment.Version}, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, "
                    + $"{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture}",
            };
            new Reproduction(new RunPaths(parsed.GetRequiredValue(output)), wanted, recipe, compute, Interruption.Token).Run();
        });
        return command;
    }
}
