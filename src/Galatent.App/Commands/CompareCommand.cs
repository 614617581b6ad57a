using System.CommandLine;
using System.Globalization;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Report.Figures.Comparisons;
using Galatent.Report.Runs;
using Galatent.Study;

namespace Galatent.App.Commands;

/// <summary><c>galatent compare</c>: analysed runs side by side.</summary>
internal static class CompareCommand
{
    // The table of partners has a line for each dimension of each pair: for files, not for a terminal.
    private const string OnlyInFiles = "dimensions";

    // Mixtures of fewer rows say little.
    private const int LeastSpectra = 200;

    // Where a comparison of real spectra with mocks goes by default.
    private const string Gap = "gap";

    private static InputException Missing(string option) =>
        new($"--model compares real spectra with mocks, and {option} is missing; give --real and --mock.");

    public static Command Create()
    {
        var runs = new Argument<string[]>("runs")
        {
            Description =
                "Run folders, or folders of single models; all must have been analysed. A run with several seeds stands for all of them.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var model = new Option<string?>("--model")
        {
            Description = "Instead of runs: compare real spectra with mocks as this model sees them (a page, tables and figures in --out).",
            HelpName = "DIR",
        };
        var real = new Option<string?>("--real") { Description = "With --model: the observed spectra, from import.", HelpName = "FILE" };
        var mock = new Option<string?>("--mock")
        {
            Description = "With --model: mocks that copy them, from simulate --like.",
            HelpName = "FILE",
        };
        var output = new Option<string?>("--out")
        {
            Description = "Folder for the tables as CSV: models, scatter, matching, stability, dimensions.",
            HelpName = "DIR",
        };
        var figures = new Option<string?>("--figures")
        {
            Description = "Folder for figures of dimensions, losses and matching, as PNG, SVG and PDF, each with its numbers as CSV.",
            HelpName = "DIR",
        };
        var information = new Option<int>("--information-spectra")
        {
            Description = "Match by mutual information too, on N spectra; 3000 take seconds for each pair of models. 0 does not.",
            DefaultValueFactory = _ => 0,
            HelpName = "N",
        }.Checked(n => n == 0 || n >= LeastSpectra, $"must be 0 or at least {LeastSpectra}");
        var json = CommonOptions.Json();
        var seed = CommonOptions.Seed();
        var threads = CommonOptions.Threads();
        var device = CommonOptions.Device();
        var command = new Command(
            "compare",
            "Compares the models of runs with other seeds, betas, recipes or populations: dimensions, losses, and which dimension of one "
                + "is which of "
                + "another, against axes turned at random."
        )
        {
            runs,
            model,
            real,
            mock,
            output,
            figures,
            information,
            json,
            seed,
            threads,
            device,
        };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(output);
            if (parsed.GetValue(model) is { } network)
            {
                using var page = OutputPath.Folder(folder ?? Gap);
                DomainComparison.Run(
                    network,
                    parsed.GetValue(real) ?? throw Missing("--real"),
                    parsed.GetValue(mock) ?? throw Missing("--mock"),
                    folder ?? Gap,
                    (ulong)parsed.GetValue(seed),
                    CommonOptions.Compute(parsed.GetRequiredValue(device), parsed.GetValue(threads)),
                    parsed.GetValue(json)
                );
                return;
            }
            if (parsed.GetRequiredValue(runs).Length == 0)
            {
                throw new InputException("Nothing to compare: give run folders, or --model, --real and --mock.");
            }
            var drawings = parsed.GetValue(figures);
            using var place = folder is null ? null : OutputPath.Folder(folder);
            using var drawn = drawings is null || OutputPath.IsSame(drawings, folder) ? null : ResultFolder.Prepare(drawings, "--figures");
            var comparison = RunComparison.Of(
                parsed.GetRequiredValue(runs),
                (ulong)parsed.GetValue(seed),
                TerminalDisplay.Context,
                CommonOptions.Compute(parsed.GetRequiredValue(device), parsed.GetValue(threads)),
                parsed.GetValue(information)
            );
            var tables = ComparisonTables.Of(comparison);
            foreach (var (name, table) in tables.Where(_ => folder is not null))
            {
                table.Write(Path.Combine(folder!, name + ".csv"));
            }
            if (drawings is not null)
            {
                Draw(tables, drawings);
            }
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(TableJson.Of(tables));
                return;
            }
            foreach (var (name, table) in tables.Where(t => t.Name != OnlyInFiles))
            {
                Print(Console.Out, name, table);
            }
        });
        return command;
    }

    private static void Draw(IReadOnlyList<(string Name, ResultTable Table)> tables, string folder)
    {
        ResultTable Table(string name) => tables.First(t => t.Name == name).Table;
        foreach (var figure in ComparisonFigures.All(new ComparisonResults(Table("models"), Table("scatter"), Table("matching"))))
        {
            FigureFiles.Write(figure, folder);
        }
    }

    private static void Print(TextWriter writer, string name, ResultTable table)
    {
        writer.WriteLine();
        writer.WriteLine($"{name}{string.Concat(table.Remarks.Select(r => $" ({r})"))}");
        // A mean and its standard deviation stand together.
        int[] columns =
        [
            .. Enumerable
                .Range(0, table.Header.Length)
                .Where(c => !table.Header[c].EndsWith(ComparisonResults.Deviation, StringComparison.Ordinal)),
        ];
        string Cell(string[] row, int c) =>
            table.IndexOf(table.Header[c] + ComparisonResults.Deviation) is >= 0 and var d && row[d].Length > 0
                ? $"{Short(row[c])} ± {Short(row[d])}"
                : Short(row[c]);
        string[][] lines =
        [
            Array.ConvertAll(columns, c => table.Header[c]),
            .. table.Rows.Where(row => IsShown(table, row)).Select(row => Array.ConvertAll(columns, c => Cell(row, c))),
        ];
        if (lines.Length == 1)
        {
            writer.WriteLine("none");
            return;
        }
        int[] widths = [.. columns.Select((_, c) => lines.Max(line => line[c].Length))];
        foreach (var line in lines)
        {
            writer.WriteLine(string.Join("  ", line.Select((field, c) => field.PadRight(widths[c]))).TrimEnd());
        }
    }

    // Of the pairs, those of one beta; with many models the others fill pages. The files have all.
    private static bool IsShown(ResultTable table, string[] row) =>
        table.IndexOf("first_beta") is not (>= 0 and var first) || row[first] == row[table.Require("second_beta")];

    // Four digits for a reader; the files have all.
    private static string Short(string field) =>
        field.Contains('.', StringComparison.Ordinal)
        && double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("G4", CultureInfo.InvariantCulture)
            : field;
}
