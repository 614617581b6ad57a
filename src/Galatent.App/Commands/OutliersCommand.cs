using System.CommandLine;
using System.Globalization;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Files;
using Galatent.Latents.Outliers;
using Galatent.Networks;
using Galatent.Report.Figures.Observed;

namespace Galatent.App.Commands;

/// <summary><c>galatent outliers</c>: unusual spectra, ranked, and what they may be.</summary>
internal static class OutliersCommand
{
    private const int Printed = 20;

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
            Description = "The spectra, with /ivar and redshifts, on the model's wavelengths.",
            Required = true,
            HelpName = "FILE",
        };
        var reference = new Option<string?>("--reference")
        {
            Description = "Mocks of the same survey (simulate --like), which say what is usual; otherwise the spectra themselves do.",
            HelpName = "FILE",
        };
        var output = CommonOptions.Out("The ranked table (CSV) to write.", "outliers.csv");
        var figures = new Option<string?>("--figures")
        {
            Description = "Folder for a figure of each of the first spectra, as PNG, SVG and PDF, with its numbers as CSV.",
            HelpName = "DIR",
        };
        var top = new Option<int>("--top")
        {
            Description = "Number of figures.",
            DefaultValueFactory = _ => 12,
            HelpName = "N",
        }.Checked(n => n >= 1, "must be at least 1");
        var json = CommonOptions.Json();
        var seed = CommonOptions.Seed();
        var threads = CommonOptions.Threads();
        var device = CommonOptions.Device();
        var command = new Command("outliers", "Ranks unusual spectra, and says what they may be: artefact, astrophysical, wrong redshift.")
        {
            model,
            data,
            reference,
            output,
            figures,
            top,
            json,
            seed,
            threads,
            device,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(output);
            using var place = OutputPath.ForFile(path);
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
            using var spectra = Open(parsed.GetRequiredValue(data));
            using var mocks = parsed.GetValue(reference) is { } text ? Open(text) : null;
            var search = ProgressDisplay.Run("searching", "spectra", progress =>
                OutlierSearch.Of(network, spectra, mocks, (ulong)parsed.GetValue(seed), cores, progress, Interruption.Token)
            );
            ProgressDisplay.Say(search.Remarks);
            var table = OutlierRow.Table(search.Rows, search.Remarks);
            table.Write(path);
            foreach (var (row, i) in search.Rows.Take(parsed.GetValue(figures) is null ? 0 : parsed.GetValue(top)).Select((r, i) => (r, i)))
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"outlier-{i + 1:D3}-spectrum-{row.Spectrum}");
                UnusualSpectrumFigure.Make(id, row, i + 1, network, spectra, cores).Save(parsed.GetValue(figures)!);
            }
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(TableJson.Of(table));
                return;
            }
            Print(search.Rows);
            ProgressDisplay.Say($"{path}: {search.Rows.Count} spectra, the most unusual first");
        });
        return command;
    }

    private static void Print(IReadOnlyList<OutlierRow> rows)
    {
        foreach (var row in rows.Take(Printed))
        {
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.Spectrum, 7}  z {row.Redshift:F4}  score {row.Score, 7:G4} ({row.Measure}), chi2 {row.ChiSquare, 6:G3}, "
                        + $"{OutlierRow.NameOf(row.Class)}{(row.Feature.Length > 0 ? $": {row.Explanation}, {row.Feature}" : "")}"
                )
            );
        }
    }
}
