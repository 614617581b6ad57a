using System.CommandLine;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Files;
using Galatent.Latents.Estimates;
using Galatent.Latents.Outliers;
using Galatent.Networks;
using Galatent.Report.Figures.Observed;

namespace Galatent.App.Commands;

/// <summary><c>galatent estimate</c>: parameters of real galaxies, calibrated on mocks.</summary>
internal static class EstimateCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model")
        {
            Description = "The model folder that train made.",
            Required = true,
            HelpName = "DIR",
        };
        var data = new Option<string>("--data")
        {
            Description = "The observed spectra, with /ivar and redshifts.",
            Required = true,
            HelpName = "FILE",
        };
        var mock = new Option<string>("--mock")
        {
            Description = "Mocks of the same survey (simulate --like): they say what the latents mean, and how wide intervals must be.",
            Required = true,
            HelpName = "FILE",
        };
        var output = CommonOptions.Out("The table (CSV) to write; the coverage on mocks goes beside it.", "estimates.csv");
        var figures = new Option<string?>("--figures")
        {
            Description = "Folder for a figure of true and estimated parameters of mocks, as PNG, SVG and PDF, with its numbers as CSV.",
            HelpName = "DIR",
        };
        var json = CommonOptions.Json();
        var seed = CommonOptions.Seed();
        var threads = CommonOptions.Threads();
        var device = CommonOptions.Device();
        var command = new Command("estimate", "Parameters of observed galaxies from latents, with intervals that are calibrated on mocks.")
        {
            model,
            data,
            mock,
            output,
            figures,
            json,
            seed,
            threads,
            device,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(output);
            var beside = SingleSpectrum.Stem(path) + "-coverage.csv";
            using var place = OutputPath.ForFile(path);
            AtomicFile.RequireReplaceable(beside);
            using var drawings = parsed.GetValue(figures) is { } drawn ? ResultFolder.Prepare(drawn, "--figures") : null;
            var cores = parsed.GetValue(threads);
            using var network = VaeModel.Load(
                parsed.GetRequiredValue(model),
                CommonOptions.Compute(parsed.GetRequiredValue(device), cores)
            );
            var scratch = Path.GetDirectoryName(Path.GetFullPath(path))!;
            ObservedSpectra Open(string file) =>
                ProgressDisplay.Run("encoding", "spectra", progress =>
                    ObservedSpectra.Open(file, network, scratch, progress, Interruption.Token)
                );
            using var real = Open(parsed.GetRequiredValue(data));
            using var mocks = Open(parsed.GetRequiredValue(mock));
            var estimates = ProgressDisplay.Run("estimating", "parameters", progress =>
                MockEstimates.Of(real, mocks, (ulong)parsed.GetValue(seed), cores, progress, Interruption.Token)
            );
            var table = estimates.Table(real.ObjectIds());
            table.Write(path);
            var coverage = estimates.Coverage();
            coverage.Write(beside);
            if (parsed.GetValue(figures) is { } folder)
            {
                FigureFiles.Write(MockEstimatesFigure.Make(estimates), folder);
            }
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(TableJson.Of([("estimates", table), ("coverage", coverage)]));
                return;
            }
            foreach (var row in coverage.Rows)
            {
                Console.Out.WriteLine($"{row[0], -20} R2 {row[2], 7}; 68 % intervals hold {row[3]}, 95 % intervals {row[5]} of the mocks");
            }
            ProgressDisplay.Say($"{path}: {real.Count} spectra; {beside}: coverage on mocks");
        });
        return command;
    }
}
