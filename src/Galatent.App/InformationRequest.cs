using Galatent.App.Terminal;
using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.App;

/// <summary>The quantity that <c>mi</c> computes.</summary>
internal enum InformationQuantity
{
    /// <summary>Mutual information; also between groups, conditional, and with classes.</summary>
    MutualInformation,

    /// <summary>Entropy of each column, and of all columns together.</summary>
    Entropy,

    /// <summary>Divergence between the distributions of two columns.</summary>
    Divergence,

    /// <summary>Divergence of every column's distribution from the standard normal.</summary>
    Prior,
}

/// <summary>One request to <c>mi</c>.</summary>
internal sealed record InformationRequest(
    InformationSources Sources,
    InformationQuantity Quantity,
    string[] Columns,
    string[] With,
    string[] Given,
    string[] Classes,
    MutualInformationOptions Options,
    ulong Seed,
    int Threads
)
{
    /// <summary>Whether the answer is one result instead of a table.</summary>
    public bool IsSingle =>
        Quantity == InformationQuantity.MutualInformation
            ? With.Length > 0
                || Given.Length > 0
                || (
                    Columns.Length == 2
                    && (Sources.Second is null || Sources.First.Names.Contains(Columns[0]) != Sources.First.Names.Contains(Columns[1]))
                )
            : Columns.Length == 1;

    /// <summary>Computes the answer. Reports on standard error how columns were treated.</summary>
    public IReadOnlyList<InformationLine> Answer()
    {
        string[] named = [.. Columns, .. With, .. Given];
        if (named.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } repeated)
        {
            throw new InputException(
                $"Column '{repeated.Key}' is named twice among --columns, --with and --given, but its information about itself is not "
                    + $"estimated; name it once."
            );
        }
        Array.ForEach(Classes, name => _ = Sources.IsText(name));
        if (Classes.Except(named).FirstOrDefault() is { } unused && Columns.Length > 0)
        {
            throw new InputException($"--classes names '{unused}', which is not among the named columns; name it there too.");
        }
        Sources.TellDamaged(named, Classes);
        Sources.TellMixed(named);
        Sources.TellMerging(named, Classes);
        Sources.TellExtremes(named, Classes);
        return Quantity switch
        {
            InformationQuantity.Entropy => new DistributionAnswers(this).Entropies(),
            InformationQuantity.Divergence => new DistributionAnswers(this).Divergences(),
            InformationQuantity.Prior => new DistributionAnswers(this).Priors(),
            _ => With.Length > 0 || Given.Length > 0 ? Group() : Table(),
        };
    }

    /// <summary>The pairs of columns of a table's lines, for figures. Lines of groups and classes have no pair.</summary>
    public IEnumerable<(NamedColumn X, NamedColumn Y, double Nat)> Pairs(IReadOnlyList<InformationLine> lines) =>
        lines
            .Where(l => l.Mi is not null && l.Y is not null && !IsClass(l.X) && !IsClass(l.Y))
            .Select(l =>
                (
                    Sources.Numbers(l.X),
                    Sources.Second is { } second && second.Names.Contains(l.Y!)
                        ? new NamedColumn(l.Y!, second.Numbers(l.Y!))
                        : Sources.Numbers(l.Y!),
                    l.Mi!.Value
                )
            );

    /// <summary>The named columns; all columns of numbers when none is named.</summary>
    public NamedColumn[] Named() => Columns.Length > 0 ? [.. Columns.Select(Column)] : Filled(Sources.First.NumericNames.Select(Column));

    /// <summary>A column. It holds classes if it has anything other than numbers, or if the user said so.</summary>
    public NamedColumn Column(string name) => IsClass(name) ? NamedColumn.OfClasses(name, Sources.Classes(name)) : Sources.Numbers(name);

    /// <summary>Whether a column holds classes, by its content or because the user said so.</summary>
    public bool IsClass(string name) => Classes.Contains(name) || Sources.IsText(name);

    // When all columns are meant, an empty one must not stop the others. (A comma at the end of every line makes an empty column.)
    private static NamedColumn[] Filled(IEnumerable<NamedColumn> columns)
    {
        var all = columns.ToLookup(c => c.Values.Count(double.IsFinite) >= MutualInformationOptions.LeastCount);
        foreach (var column in all[false])
        {
            ProgressDisplay.Say(
                $"{column.Name} has {column.Values.Count(double.IsFinite)} rows with a finite value, at least "
                    + $"{MutualInformationOptions.LeastCount} are needed: the column is left out."
            );
        }
        return [.. all[true]];
    }

    private InformationLine[] Table()
    {
        var (rows, others) = Sides();
        if (others is null ? rows.Length < 2 : rows.Length == 0 || others.Length == 0)
        {
            var words = Sources.First.Names.Where(Sources.First.IsText).ToArray();
            var held = words.Length == 0 ? "" : $" ({string.Join(", ", words.Take(5))}{(words.Length > 5 ? ", ..." : "")}: words)";
            throw new InputException(
                $"'{Sources.First.Source}' gives {rows.Length} column{(rows.Length == 1 ? "" : "s")} of numbers{held} and a pair needs "
                    + $"two; name two columns with --columns (of words, too: they are classes), or give a second file."
            );
        }
        NamedColumn[] all = [.. rows, .. others ?? []];
        InformationRemarks.TellConstants(all);
        var table = ProgressDisplay.Run("mutual information", "pairs", progress =>
            MutualInformationTable.Compute(rows, others, Options, Seed, Threads, progress, cancel: Interruption.Token)
        );
        InformationLine[] lines =
        [
            .. from i in Enumerable.Range(0, table.Rows.Count)
            from j in Enumerable.Range(0, table.Columns.Count)
            where !table.Symmetric || j > i
            select InformationLine.Of(table.Rows[i], table.Columns[j], table[i, j]!),
        ];
        InformationRemarks.TellKinds(all, lines);
        return lines;
    }

    private (NamedColumn[] Rows, NamedColumn[]? Others) Sides()
    {
        if (Sources.Second is not { } second)
        {
            return (Named(), null);
        }
        string[] own = [.. Columns.Where(Sources.First.Names.Contains)];
        string[] theirs = [.. Columns.Where(c => !Sources.First.Names.Contains(c))];
        NamedColumn Theirs(string name) =>
            Classes.Contains(name) || second.IsText(name)
                ? NamedColumn.OfClasses(name, second.Classes(name))
                : new NamedColumn(name, second.Numbers(name));
        return (
            own.Length > 0 ? [.. own.Select(Column)] : Filled(Sources.First.NumericNames.Select(Column)),
            theirs.Length > 0 ? [.. theirs.Select(Theirs)] : Filled(Sources.SecondNames.Select(Theirs))
        );
    }

    private InformationLine[] Group()
    {
        var (x, y) =
            With.Length > 0 ? (Columns, With)
            : Columns.Length == 2 ? (Columns[..1], Columns[1..])
            : throw new InputException(
                $"--given needs exactly two --columns, e.g. --columns x,y, or --columns and --with; there are {Columns.Length}."
            );
        if (x.Length == 0)
        {
            throw new InputException(
                "--with needs --columns, the group with information about it, e.g. --columns z00,z01 --with log_mass."
            );
        }
        NamedColumn[] Find(string[] names) => [.. names.Select(Column)];
        var first = Find(x);
        var second = Find(y);
        var given = Find(Given);
        NamedColumn[] all = [.. first, .. second, .. given];
        InformationRemarks.TellConstants(all);
        var estimate = ConditionalInformation.Estimate(first, second, given, Options, Seed, Threads, Interruption.Token);
        var line = InformationLine.Of(
            string.Join(',', x),
            string.Join(',', y),
            Given.Length > 0 ? string.Join(',', Given) : null,
            estimate
        );
        InformationRemarks.TellKinds(all, [line]);
        return [line];
    }
}
