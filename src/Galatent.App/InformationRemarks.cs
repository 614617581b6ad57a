using System.Globalization;
using Galatent.App.Terminal;
using Galatent.Latents.Information;
using Galatent.Latents.Information.Discrete;

namespace Galatent.App;

/// <summary>Remarks of <c>mi</c> on standard error: what was left out, and how columns were treated.</summary>
internal static class InformationRemarks
{
    private const int MostResults = 5;
    private const int MostColumns = 12;

    /// <summary>Remarks about columns with only one value.</summary>
    public static void TellConstants(IReadOnlyList<NamedColumn> columns)
    {
        foreach (var column in columns)
        {
            // A column without any finite value is refused by the estimate itself.
            double[] distinct = [.. column.Values.Where(double.IsFinite).Distinct().Take(2)];
            if (distinct.Length == 1)
            {
                var value = column.IsClass ? "" : string.Create(CultureInfo.InvariantCulture, $" ({distinct[0]})");
                ProgressDisplay.Say($"{column.Name} holds one value only{value}: it has no information about other columns.");
            }
        }
    }

    /// <summary>Remarks on how the columns were treated, and on repeated rows.</summary>
    public static void TellKinds(IReadOnlyList<NamedColumn> columns, IReadOnlyList<InformationLine> lines)
    {
        var classes = columns.Where(c => c.IsClass).Select(c => c.Name).ToHashSet();
        var kinds = ColumnDescription
            .OfTable([.. columns.DistinctBy(c => c.Name)])
            .Where(c => c.DistinctCount > 1 && !classes.Contains(c.Name))
            .ToLookup(c => c.Kind);
        Tell(kinds[ColumnKind.Discrete], "taken as discrete, and counted");
        Tell(kinds[ColumnKind.Spiked], "taken as discrete in rows with one of these values, as continuous in the others");
        Tell(kinds[ColumnKind.Rounded], "values repeat, but are too many to be counted; ties are spread over the gaps between values");
        var discrete = kinds[ColumnKind.Discrete].Select(c => c.Name).ToHashSet();
        var spread = lines.Where(l =>
            (discrete.Contains(l.X) && l.XKind == "rounded") || (l.Y is { } y && discrete.Contains(y) && l.YKind == "rounded")
        );
        Each([.. spread], l => "too many combinations of values to be counted; ties are spread over the gaps, as if they were continuous.");
        Each([.. lines.Where(l => l.IsFunction != true && l.Method != "table" && l.Mi > MostThatRowsShow(l.N - (l.Repeated ?? 0)))], l =>
            $"about the most that {l.N - (l.Repeated ?? 0)} rows can show; if one is a function of the other, the information is infinite."
        );
        TellRepeated([.. lines.Where(l => l.Repeated > 0)], lines.Count);
        Each([.. lines.Where(l => l.IsFunction == true)], l =>
            "one is an increasing or decreasing function of the other: their information is infinite, and the estimate only "
            + "says that it is large."
        );
        Each([.. lines.Where(l => l.Unseen > 0)], l =>
            $"{l.Unseen} of the values of the first never occur in the second, where half a row is assumed for each."
        );
    }

    /// <summary>Remarks about rows left out and fits that did not converge.</summary>
    public static void TellLosses(IReadOnlyList<InformationLine> lines)
    {
        Each([.. lines.Where(l => l.Dropped > 0)], l =>
            $"{l.Dropped} of {l.N + l.Dropped} rows have a missing or infinite value and are left out."
        );
        Each([.. lines.Where(l => l.Converged == false)], _ => "the fit did not converge; the result is that of its last iteration.");
    }

    private static void Tell(IEnumerable<ColumnDescription> columns, string how)
    {
        ColumnDescription[] all = [.. columns];
        if (all.Length > 0)
        {
            var more = all.Length > MostColumns ? $", and {all.Length - MostColumns} more" : "";
            ProgressDisplay.Say($"{string.Join(", ", all.Take(MostColumns))}{more}: {how}.");
        }
    }

    /// <summary>A remark about rows that repeat in all columns.</summary>
    public static void TellRepeated(int repeated, int rows)
    {
        if (repeated > 0)
        {
            ProgressDisplay.Say(Repeated(repeated, rows));
        }
    }

    // For an exact function the estimate is ln(n), or up to 2.5 lower if the function has many turns.
    private static double MostThatRowsShow(int rows) => Math.Max(2, Math.Log(rows) - 2.5);

    private static void TellRepeated(InformationLine[] repeated, int lines)
    {
        if (repeated.Length == 0)
        {
            return;
        }
        if (repeated.Length == lines && repeated.All(l => (l.Repeated, l.N) == (repeated[0].Repeated, repeated[0].N)))
        {
            TellRepeated(repeated[0].Repeated!.Value, repeated[0].N);
            return;
        }
        Each(repeated, l => Repeated(l.Repeated!.Value, l.N));
    }

    private static string Repeated(int repeated, int rows) =>
        $"{repeated} of {rows} rows repeat another; each is counted once, and the error is that of {rows - repeated} rows.";

    private static void Each(InformationLine[] lines, Func<InformationLine, string> sentence)
    {
        foreach (var line in lines.Take(MostResults))
        {
            ProgressDisplay.Say($"{Label(line)}: {sentence(line)}");
        }
        if (lines.Length > MostResults)
        {
            ProgressDisplay.Say($"... and the same for {lines.Length - MostResults} further results, all listed by --json.");
        }
    }

    private static string Label(InformationLine line) =>
        $"{line.X}{(line.Y is null ? "" : $" and {line.Y}")}{(line.Given is null ? "" : $" given {line.Given}")}";
}
