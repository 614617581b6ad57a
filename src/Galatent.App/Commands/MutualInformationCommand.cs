using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Files;
using Galatent.Latents;
using Galatent.Latents.Information;
using Galatent.Numerics;
using Galatent.Report.Figures;

namespace Galatent.App.Commands;

/// <summary><c>galatent mi</c>: mutual information of columns in files.</summary>
internal static partial class MutualInformationCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description =
                "Text (CSV, blanks; with or without a header), HDF5 or Parquet; or a folder of a run: its latents with the parameters of "
                + "its spectra.",
        };
        var other = new Argument<string?>("other")
        {
            Description = "A second file with the same rows: pairs are then one column of each.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var columns = Names(
            "--columns",
            "Columns to use, e.g. x,y; by default all columns of numbers. Columns may hold classes. Put a name with a comma in "
                + "double quotes."
        );
        var with = Names("--with", "I(columns; with): the information of all --columns together about these, e.g. --columns a,b --with t.");
        var given = Names("--given", "Columns to condition on: I(x; y | given) of two --columns, or of --columns and --with.");
        var classes = Names("--classes", "Columns of numbers that are classes. Columns with few values are counted in any case.");
        var entropy = new Option<bool>("--entropy")
        {
            Description = "Compute the entropy of every column, and of all --columns together if all are continuous or all are discrete.",
        };
        var divergence = new Option<bool>("--kl")
        {
            Description = "Compute the Kullback-Leibler divergence of two --columns, or of the columns with the same name in two files.",
        };
        var prior = new Option<bool>("--prior")
        {
            Description = "Compute the Kullback-Leibler divergence of every column from the standard normal (the prior of latents).",
        };
        var figures = new Option<string?>("--figures")
        {
            Description = "Folder for a heat map of the table and density maps of the strongest pairs.",
            HelpName = "DIR",
        };
        var replicas = new Option<int>("--replicas")
        {
            Description = "Bootstrap resamples.",
            DefaultValueFactory = _ => 50,
            HelpName = "N",
        }.Checked(n => n >= 10, "must be at least 10");
        var seed = CommonOptions.Seed();
        var threads = CommonOptions.Threads();
        var json = CommonOptions.Json();
        var tables = new TableSettings();
        var command = new Command(
            "mi",
            "Mutual information of columns, in nat, with standard error, 95 % interval and significance; also entropy and divergences."
        )
        {
            file,
            other,
            columns,
            with,
            given,
            classes,
            entropy,
            divergence,
            prior,
            figures,
            replicas,
            seed,
            threads,
            json,
        };
        tables.AddTo(command);
        command.SetAction(parsed =>
        {
            var quantity = Quantity(parsed.GetValue(entropy), parsed.GetValue(divergence), parsed.GetValue(prior));
            string[] Get(Option<string?> option) => Split(parsed.GetValue(option));
            string[] named = [.. Get(columns), .. Get(with), .. Get(given)];
            var reader = tables.Reader(parsed);
            var sources = InformationSources.Open(
                parsed.GetRequiredValue(file),
                parsed.GetValue(other),
                named.Length > 0 ? [.. named, .. Get(classes)] : null,
                reader
            );
            reader.RequireUse();
            var request = new InformationRequest(
                sources,
                quantity,
                Get(columns),
                Get(with),
                Get(given),
                Get(classes),
                new MutualInformationOptions { Replicas = parsed.GetValue(replicas) },
                (ulong)parsed.GetValue(seed),
                parsed.GetValue(threads)
            );
            Option[] random = [replicas, seed];
            if (
                quantity == InformationQuantity.Prior
                && random.Where(o => parsed.GetResult(o) is { Implicit: false }).Select(o => o.Name).ToArray() is { Length: > 0 } idle
            )
            {
                ProgressDisplay.Say(
                    $"note: --prior uses no resamples, so {string.Join(" and ", idle)} {(idle.Length == 1 ? "has" : "have")} no effect"
                );
            }
            using var place = parsed.GetValue(figures) is { } folder ? FigureFolder(request, folder) : null;
            var lines = request.Answer();
            InformationRemarks.TellLosses(lines);
            // The table is printed first, so that minutes of computation are not lost if a figure cannot be drawn.
            Print(lines, parsed.GetValue(json), request.IsSingle && lines.Count == 1);
            if (parsed.GetValue(figures) is { } drawings)
            {
                Draw(request, lines, drawings);
            }
        });
        return command;
    }

    private static Option<string?> Names(string name, string description) => new(name) { Description = description, HelpName = "A,B,..." };

    // A name with a comma is in double quotes, as in CSV. Two double quotes stand for one.
    private static string[] Split(string? names) =>
        [
            .. QuotedOrPlain()
                .Matches(names ?? "")
                .Select(m =>
                    m.Groups["quoted"].Success ? m.Groups["quoted"].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : m.Value.Trim()
                )
                .Where(name => name.Length > 0),
        ];

    [GeneratedRegex("""(?<=^|,)\s*"(?<quoted>([^"]|"")*)"\s*(?=,|$)|[^,]+""")]
    private static partial Regex QuotedOrPlain();

    private static InformationQuantity Quantity(bool entropy, bool divergence, bool prior) =>
        (entropy, divergence, prior) switch
        {
            (false, false, false) => InformationQuantity.MutualInformation,
            (true, false, false) => InformationQuantity.Entropy,
            (false, true, false) => InformationQuantity.Divergence,
            _ => InformationQuantity.Prior,
        };

    private static ResultFolder FigureFolder(InformationRequest request, string folder) =>
        request.With.Length == 0 && request.Given.Length == 0
            ? ResultFolder.Prepare(folder, "--figures")
            : throw new InputException("--figures draws pairs of columns of numbers; leave it out with --with, --given and classes.");

    private static void Draw(InformationRequest request, IReadOnlyList<InformationLine> lines, string folder)
    {
        var pairs = request.Pairs(lines).ToArray();
        if (pairs.Length == 0)
        {
            throw new InputException("--figures draws pairs of columns of numbers, but there is none; leave --figures out.");
        }
        string[] rows = [.. lines.Select(l => l.X).Distinct()];
        string[] columns = [.. lines.Select(l => l.Y!).Distinct()];
        var cells = lines.ToDictionary(l => (l.X, l.Y!));
        double[] Each(Func<InformationLine, double?> value) =>
            [.. rows.SelectMany(r => columns.Select(c => cells.TryGetValue((r, c), out var l) ? value(l) ?? double.NaN : double.NaN))];
        ColumnFigures
            .HeatMap(new MutualInformationMatrix(rows, columns, Each(l => l.Mi), Each(l => l.Std), Each(l => l.Q), Each(l => l.Ksg)))
            .Save(folder);
        ColumnFigures.Densities(pairs).Save(folder);
        ProgressDisplay.Say($"figures in {folder}: mi-table and mi-pairs, as PNG, SVG and PDF");
    }

    private static void Print(IReadOnlyList<InformationLine> lines, bool json, bool single)
    {
        if (json)
        {
            Console.Out.WriteLine(
                single
                    ? JsonSerializer.Serialize(lines[0], InformationJson.Default.InformationLine)
                    : JsonSerializer.Serialize(lines, InformationJson.Default.IReadOnlyListInformationLine)
            );
            return;
        }
        static string Second(InformationLine l) => (l.Y ?? "") + (l.Given is null ? "" : $" | {l.Given}");
        var widthX = Math.Max(1, lines.Max(l => l.X.Length));
        var widthY = Math.Max(1, lines.Max(l => Second(l).Length));
        var first = lines[0];
        var what =
            first.Entropy is not null ? "entropy"
            : first.Kl is not null ? "KL"
            : "MI";
        Console.Out.WriteLine(
            $"{"x".PadRight(widthX)}  {"y".PadRight(widthY)}  {what, 8}    error  95 % interval             p        q  n       k-nearest"
        );
        foreach (var l in lines)
        {
            static string Small(double? p) => p is { } value ? value.ToString("G2", CultureInfo.InvariantCulture) : "-";
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{l.X.PadRight(widthX)}  {Second(l).PadRight(widthY)}  {l.Value, 8:F4}  {l.Std, 7:F4}  {l.Low, 8:F4} ... "
                        + $"{l.High, 8:F4}  {Small(l.P), 7}  {Small(l.Q), 7}  {l.N, -7} "
                        + $"{(l.Ksg is { } ksg ? ksg.ToString("F4", CultureInfo.InvariantCulture) : "-"), 7}"
                )
            );
        }
    }
}
