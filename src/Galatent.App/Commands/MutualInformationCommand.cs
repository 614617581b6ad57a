using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Galatent.Latents.Information;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.App.Commands;

/// <summary><c>galatent mi</c>: mutual information of columns in files.</summary>
internal static class MutualInformationCommand
{
    private static readonly char[] Comma = [','];

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "CSV with or without a header, or HDF5 (dataset or latent file)." };
        var other = new Argument<string?>("other") { Description = "A second file with the same rows: pairs are then one column of each.", Arity = ArgumentArity.ZeroOrOne };
        var columns = Names("--columns", "Columns to use, e.g. x,y; all that hold numbers when left out. A column of classes may stand with one of numbers.");
        var given = Names("--given", "Columns that are known already: I(x; y | given) of the two --columns.");
        var replicas = new Option<int>("--replicas") { Description = "Bootstrap resamples.", DefaultValueFactory = _ => 50, HelpName = "N" }.Checked(n => n >= 10, "must be at least 10");
        var (seed, threads, json) = (CommonOptions.Seed(), CommonOptions.Threads(), CommonOptions.Json());
        var command = new Command("mi", "Mutual information of columns, in nat, with standard error, 95 % interval and significance.") { file, other, columns, given, replicas, seed, threads, json };
        command.SetAction(parsed =>
        {
            var options = new MutualInformationOptions { Replicas = parsed.GetValue(replicas) };
            var run = new Run(options, (ulong)parsed.GetValue(seed), parsed.GetValue(threads));
            var first = ColumnFile.Read(parsed.GetRequiredValue(file));
            var second = parsed.GetValue(other) is { } path ? ColumnFile.Read(path) : null;
            var lines = run.Lines(first, second, Split(parsed.GetValue(columns)), Split(parsed.GetValue(given)));
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(lines, InformationJson.Default.IReadOnlyListInformationLine));
            }
            else
            {
                Print(lines);
            }
        });
        return command;
    }

    private static Option<string?> Names(string name, string description) => new(name) { Description = description, HelpName = "A,B,..." };

    private static string[] Split(string? names) => names?.Split(Comma, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static void Print(IReadOnlyList<InformationLine> lines)
    {
        var widthX = Math.Max(1, lines.Max(l => l.X.Length));
        var widthY = Math.Max(1, lines.Max(l => l.Y.Length));
        Console.Out.WriteLine($"{"x".PadRight(widthX)}  {"y".PadRight(widthY)}       MI    error  95 % interval          q   n       k-nearest");
        foreach (var l in lines)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{l.X.PadRight(widthX)}  {l.Y.PadRight(widthY)}  {l.Mi,7:F4}  {l.Std,7:F4}  {l.Low,7:F4} ... {l.High,7:F4}  {l.QValue,7:G2}  {l.Count,-7} {l.Ksg,7:F4}"));
        }
    }

    /// <summary>One run's settings.</summary>
    private sealed record Run(MutualInformationOptions Options, ulong Seed, int Threads)
    {
        public IReadOnlyList<InformationLine> Lines(ColumnFile first, ColumnFile? second, string[] columns, string[] given)
        {
            if (given.Length > 0)
            {
                return [Conditional(first, second, columns, given)];
            }
            if (second is null && columns.Length == 2 && first.IsText(columns[0]) != first.IsText(columns[1]))
            {
                return [Categorical(first, columns)];
            }
            var rows = Numeric(first, second is null ? columns : [.. columns.Where(c => first.Names.Contains(c))]);
            var others = second is null ? null : Numeric(second, [.. columns.Where(c => !first.Names.Contains(c))]);
            if (others is null && rows.Length < 2)
            {
                throw new InputException($"'{first.Source}' gives {rows.Length} column of numbers and a pair needs two; name them with --columns, or give a second file.");
            }
            var table = ProgressDisplay.Run("mutual information", "pairs", progress => MutualInformationTable.Compute(rows, others, Options, Seed, Threads, progress, cancel: Interruption.Token));
            return
            [
                .. from i in Enumerable.Range(0, table.Rows.Count)
                   from j in Enumerable.Range(0, table.Columns.Count)
                   where !table.Symmetric || j > i
                   select InformationLine.Of(table.Rows[i], table.Columns[j], table[i, j]!),
            ];
        }

        private InformationLine Conditional(ColumnFile first, ColumnFile? second, string[] columns, string[] given)
        {
            if (columns.Length != 2)
            {
                throw new InputException($"--given needs exactly two --columns, e.g. --columns x,y; there are {columns.Length}.");
            }
            NamedColumn Find(string name) => second is not null && !first.Names.Contains(name) ? Named(second, name) : Named(first, name);
            var estimate = ConditionalInformation.Estimate([Find(columns[0])], [Find(columns[1])], [.. given.Select(Find)], Options, Seed, Threads, Interruption.Token);
            return InformationLine.Of(columns[0], $"{columns[1]} | {string.Join(',', given)}", estimate);
        }

        private InformationLine Categorical(ColumnFile file, string[] columns)
        {
            var (number, classes) = file.IsText(columns[0]) ? (columns[1], columns[0]) : (columns[0], columns[1]);
            var estimate = CategoricalInformation.Estimate(Named(file, number), file.Texts(classes), Options, Seed, Threads, Interruption.Token);
            return InformationLine.Of(columns[0], columns[1], estimate);
        }

        private static NamedColumn[] Numeric(ColumnFile file, string[] names) => [.. (names.Length > 0 ? names : file.NumericNames).Select(n => Named(file, n))];

        private static NamedColumn Named(ColumnFile file, string name) => new(name, file.Numbers(name));
    }
}

/// <summary>One pair as <c>mi --json</c> prints it; nat.</summary>
internal sealed record InformationLine(
    string X, string Y, double Mi, double Std, double Low, double High, double? PValue, double? QValue, int Count, int Dropped, int Components, double? Ksg, bool Converged)
{
    public static InformationLine Of(string x, string y, MutualInformationEstimate e) =>
        new(x, y, e.Mi, e.Std, e.Low, e.High, e.PValue, e.QValue, e.Count, e.Dropped, e.Components, e.Ksg, e.Converged);

    public static InformationLine Of(string x, string y, InformationEstimate e) =>
        new(x, y, e.Mi, e.Std, e.Low, e.High, null, null, e.Count, e.Dropped, e.Components, null, e.Converged);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<InformationLine>))]
internal sealed partial class InformationJson : JsonSerializerContext;
