using System.Globalization;
using Galatent.App.Terminal;
using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.App;

/// <summary>What <c>mi</c> is asked for.</summary>
internal enum InformationQuantity
{
    /// <summary>Mutual information, also between groups, given others, and with classes.</summary>
    MutualInformation,

    /// <summary>Entropy of each column, and of all together.</summary>
    Entropy,

    /// <summary>Divergence of one column's distribution from another's.</summary>
    Divergence,

    /// <summary>Divergence of every column's distribution from the standard normal.</summary>
    Prior,
}

/// <summary>One run of <c>mi</c>.</summary>
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
    /// <summary>Whether the answer is one result, and not a table.</summary>
    public bool IsSingle =>
        Quantity == InformationQuantity.MutualInformation
            ? With.Length > 0
                || Given.Length > 0
                || (
                    Columns.Length == 2
                    && (Sources.Second is null || Sources.First.Names.Contains(Columns[0]) != Sources.First.Names.Contains(Columns[1]))
                )
            : Columns.Length == 1;

    /// <summary>Computes the answer, or takes it from the cache.</summary>
    public IReadOnlyList<InformationLine> Answer(InformationCache cache)
    {
        string[] named = [.. Columns, .. With, .. Given];
        if (named.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } repeated)
        {
            throw new InputException(
                $"Column '{repeated.Key}' is named twice among --columns, --with and --given, and what it tells about itself is no "
                    + $"estimate; name it once."
            );
        }
        Array.ForEach(Classes, name => _ = Sources.IsText(name));
        RequireUseOfClasses();
        Sources.TellDamaged(named, Classes);
        if (Quantity == InformationQuantity.MutualInformation && (With.Length > 0 || Given.Length > 0))
        {
            return Group(cache);
        }
        return Quantity switch
        {
            InformationQuantity.Entropy => Entropies(cache),
            InformationQuantity.Divergence => Divergences(cache),
            InformationQuantity.Prior => Each(cache, "prior", Named(), c =>
                InformationLine.OfPrior(c.Name, ColumnEntropy.FromStandardNormal(c))
            ),
            _ => Columns.Length == 2 && Columns.Any(IsClass) ? WithClasses(cache) : Table(cache),
        };
    }

    /// <summary>The pairs of columns behind the lines of a table, for figures; lines of groups and classes have none.</summary>
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

    private string Question =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Quantity} {Options.Replicas} {Options.Permutations} {Options.Neighbours} {Options.Fit} seed {Seed}"
        );

    // Classes among many columns, and between groups, are not estimated: their numbers would be taken as they are.
    private void RequireUseOfClasses()
    {
        if (Columns.Length > 0 && Classes.FirstOrDefault(c => !Columns.Contains(c)) is { } idle)
        {
            throw new InputException($"'{idle}' of --classes is not among --columns; name it there too, or leave it out.");
        }
        if (Classes.Length > 0 && Quantity == InformationQuantity.MutualInformation && Columns.Length != 2)
        {
            throw new InputException(
                $"--classes needs exactly two --columns, of which one or both hold classes; there are {Columns.Length}."
            );
        }
    }

    private bool IsClass(string name) => Classes.Contains(name) || Sources.IsText(name);

    private NamedColumn[] Named() =>
        Columns.Length > 0 ? [.. Columns.Select(Sources.Numbers)] : Filled(Sources.First.NumericNames.Select(Sources.Numbers));

    // Where all columns are meant, one that is empty (a comma at the end of every line makes one) must not spoil the others.
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

    private static IEnumerable<(string, Array)> Content(params IEnumerable<NamedColumn> columns) =>
        columns.Select(c => (c.Name, (Array)c.Values));

    private IReadOnlyList<InformationLine> Table(InformationCache cache)
    {
        var (rows, others) = Sides();
        if (others is null ? rows.Length < 2 : rows.Length == 0 || others.Length == 0)
        {
            throw new InputException(
                $"'{Sources.First.Source}' gives {rows.Length} column{(rows.Length == 1 ? "" : "s")} of numbers and a pair needs two; "
                    + $"name them with --columns, or give a second file."
            );
        }
        WarnOfConstants([.. rows, .. others ?? []]);
        return cache.Get($"table {rows.Length} {Question}", Content([.. rows, .. others ?? []]), () =>
        {
            var table = ProgressDisplay.Run("mutual information", "pairs", progress =>
                MutualInformationTable.Compute(rows, others, Options, Seed, Threads, progress, cancel: Interruption.Token)
            );
            return
            [
                .. from i in Enumerable.Range(0, table.Rows.Count)
                from j in Enumerable.Range(0, table.Columns.Count)
                where !table.Symmetric || j > i
                select InformationLine.Of(table.Rows[i], table.Columns[j], table[i, j]!),
            ];
        });
    }

    private static void WarnOfConstants(IReadOnlyList<NamedColumn> columns)
    {
        foreach (var column in columns)
        {
            var value = Array.Find(column.Values, double.IsFinite);
            // Without any finite value the estimate itself refuses the column.
            if (Array.Exists(column.Values, double.IsFinite) && Array.TrueForAll(column.Values, v => v == value || !double.IsFinite(v)))
            {
                ProgressDisplay.Say(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{column.Name} holds one value only ({value}): it tells nothing about any other column."
                    )
                );
            }
        }
    }

    private (NamedColumn[] Rows, NamedColumn[]? Others) Sides()
    {
        if (Sources.Second is not { } second)
        {
            return (Named(), null);
        }
        string[] own = [.. Columns.Where(Sources.First.Names.Contains)];
        string[] theirs = [.. Columns.Where(c => !Sources.First.Names.Contains(c))];
        NamedColumn Theirs(string name) => new(name, second.Numbers(name));
        return (
            own.Length > 0 ? [.. own.Select(Sources.Numbers)] : Filled(Sources.First.NumericNames.Select(Sources.Numbers)),
            theirs.Length > 0 ? [.. theirs.Select(Theirs)] : Filled(Sources.SecondNames.Select(Theirs))
        );
    }

    private IReadOnlyList<InformationLine> Group(InformationCache cache)
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
                "--with needs --columns: the group whose information about it is asked for, e.g. --columns z00,z01 --with log_mass."
            );
        }
        if (x.Concat(y).Concat(Given).FirstOrDefault(IsClass) is { } named)
        {
            var text = Array.Find(Sources.Classes(named), value => value is not null && !TypedNumber.TryParse(value, out _));
            throw new InputException(
                $"Column '{named}' holds classes{(text is null ? "" : $" ('{text}' is not a number)")}, which --with and --given do not "
                    + $"take; use --columns {named} with one other column, or repair it."
            );
        }
        NamedColumn[] Find(string[] names) => [.. names.Select(Sources.Numbers)];
        var first = Find(x);
        var second = Find(y);
        var given = Find(Given);
        WarnOfConstants([.. first, .. second, .. given]);
        return cache.Get($"group {first.Length} {second.Length} {Question}", Content([.. first, .. second, .. given]), () =>
            [
                InformationLine.Of(
                    string.Join(',', x),
                    string.Join(',', y),
                    Given.Length > 0 ? string.Join(',', Given) : null,
                    ConditionalInformation.Estimate(first, second, given, Options, Seed, Threads, Interruption.Token)
                ),
            ]
        );
    }

    private IReadOnlyList<InformationLine> WithClasses(InformationCache cache)
    {
        var a = Columns[0];
        var b = Columns[1];
        return IsClass(a) && IsClass(b)
            ? cache.Get($"classes {Question}", [(a, Sources.Classes(a)), (b, Sources.Classes(b))], () =>
                [
                    InformationLine.Of(
                        a,
                        b,
                        null,
                        ClassInformation.Estimate(Sources.Classes(a), Sources.Classes(b), Options, Seed, Threads, Interruption.Token)
                    ),
                ]
            )
            : cache.Get(
                $"class {Question}",
                Columns.Select(c => (c, IsClass(c) ? (Array)Sources.Classes(c) : Sources.Numbers(c).Values)),
                () =>
                    [
                        InformationLine.Of(
                            a,
                            b,
                            null,
                            CategoricalInformation.Estimate(
                                Sources.Numbers(IsClass(a) ? b : a),
                                Sources.Classes(IsClass(a) ? a : b),
                                Options,
                                Seed,
                                Threads,
                                Interruption.Token
                            )
                        ),
                    ]
            );
    }

    private List<InformationLine> Entropies(InformationCache cache)
    {
        string[] names = Columns.Length > 0 ? Columns : [.. Named().Select(c => c.Name)];
        List<InformationLine> lines =
        [
            .. names
                .Where(IsClass)
                .SelectMany(n =>
                    cache.Get($"class entropy {Question}", [(n, Sources.Classes(n))], () =>
                        [InformationLine.OfEntropy(n, ColumnEntropy.OfClasses(Sources.Classes(n)))]
                    )
                ),
        ];
        NamedColumn[] numeric = [.. names.Where(n => !IsClass(n)).Select(Sources.Numbers)];
        lines.AddRange(
            Each(cache, "entropy", numeric, c =>
                InformationLine.OfEntropy(c.Name, ColumnEntropy.Estimate([c], Options, Seed, Threads, Interruption.Token))
            )
        );
        if (Columns.Length > 1 && numeric.Length > 1)
        {
            lines.AddRange(
                cache.Get($"joint entropy {Question}", Content(numeric), () =>
                    [
                        InformationLine.OfEntropy(
                            string.Join(',', numeric.Select(c => c.Name)),
                            ColumnEntropy.Estimate(numeric, Options, Seed, Threads, Interruption.Token)
                        ),
                    ]
                )
            );
        }
        if (Columns.Length > 1 && numeric.Length == 0)
        {
            var classes = Array.ConvertAll(names, Sources.Classes);
            // A unit separator stands in no label that anyone types.
            string?[] together =
            [
                .. Enumerable
                    .Range(0, classes[0].Length)
                    .Select(row => classes.Any(c => c[row] is null) ? null : string.Join('\u001f', classes.Select(c => c[row]))),
            ];
            lines.AddRange(
                cache.Get($"joint class entropy {Question}", [("all", together)], () =>
                    [InformationLine.OfEntropy(string.Join(',', names), ColumnEntropy.OfClasses(together))]
                )
            );
        }
        else if (numeric.Length < names.Length)
        {
            ProgressDisplay.Say(
                "Numbers and classes have no joint entropy here; the information that they share is galatent mi without --entropy."
            );
        }
        return lines;
    }

    // Two files: columns of the same name; one file: the two columns named. Both directions.
    private List<InformationLine> Divergences(InformationCache cache)
    {
        var second = Sources.Second;
        string[] names =
            Columns.Length > 0 ? Columns
            : second is null ? []
            : [.. Named().Select(c => c.Name).Where(second.NumericNames.Contains)];
        if (second is null ? names.Length != 2 : names.Length == 0)
        {
            throw new InputException(
                second is null
                    ? $"--kl compares two columns of one file, or the columns of the same name in two; name two with --columns (there "
                        + $"are {names.Length}), or give a second file. For the standard normal use --prior."
                    : $"'{Sources.First.Source}' and '{second.Source}' have no column of numbers of the same name; name them with "
                        + $"--columns."
            );
        }
        (NamedColumn, NamedColumn)[] pairs = second is null
            ? [(Sources.Numbers(names[0]), Sources.Numbers(names[1]))]
            :
            [
                .. names.Select(n =>
                    (
                        new NamedColumn(n, Sources.First.Numbers(n)),
                        new NamedColumn($"{n} of {Path.GetFileName(second.Source)}", second.Numbers(n))
                    )
                ),
            ];
        return
        [
            .. pairs
                .SelectMany(pair => new[] { (A: pair.Item1, B: pair.Item2), (A: pair.Item2, B: pair.Item1) })
                .SelectMany(p =>
                    cache.Get($"kl {Question}", Content([p.A, p.B]), () =>
                        [
                            InformationLine.OfKl(
                                p.A.Name,
                                p.B.Name,
                                MarginalDivergence.Estimate(p.A, p.B, Options, Seed, Threads, Interruption.Token)
                            ),
                        ]
                    )
                ),
        ];
    }

    private List<InformationLine> Each(InformationCache cache, string what, NamedColumn[] columns, Func<NamedColumn, InformationLine> line)
    {
        var lines = new List<InformationLine>();
        foreach (var column in columns)
        {
            try
            {
                lines.AddRange(cache.Get($"{what} {Question}", Content([column]), () => [line(column)]));
            }
            catch (InputException e) when (Columns.Length == 0)
            {
                // Where all columns are meant, one that has no density must not spoil the others.
                ProgressDisplay.Say(e.Message);
            }
        }
        return lines.Count > 0 || columns.Length == 0
            ? lines
            : throw new InputException($"'{Sources.First.Source}' has no column with a density; name columns of classes with --columns.");
    }
}
