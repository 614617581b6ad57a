using Galatent.App.Terminal;
using Galatent.Latents.Information;
using Galatent.Latents.Information.Discrete;
using Galatent.Numerics;

namespace Galatent.App;

/// <summary>The answers of <c>mi</c> about distributions: entropies and divergences.</summary>
/// <param name="request">The user's request.</param>
internal sealed class DistributionAnswers(InformationRequest request)
{
    /// <summary>The entropy of every column, and of all named columns together.</summary>
    public List<InformationLine> Entropies()
    {
        var all = request.Named();
        var columns = OnceEach(all);
        var lines = Each(columns, c => Entropy([c]));
        if (request.Columns.Length > 1)
        {
            var discrete = columns.Count(c => ColumnDescription.Of(c).Kind == ColumnKind.Discrete);
            if (discrete == 0 || discrete == columns.Length)
            {
                lines.Add(Entropy(columns));
            }
            else
            {
                ProgressDisplay.Say(
                    "Continuous and discrete columns have no joint entropy here; the information that they share is galatent mi without "
                        + "--entropy."
                );
            }
        }
        return Told(all, columns, lines);
    }

    /// <summary>The divergence of every column from the standard normal.</summary>
    public List<InformationLine> Priors()
    {
        var all = request.Named();
        var columns = OnceEach(all);
        return Told(all, columns, Each(columns, c => InformationLine.OfPrior(c.Name, ColumnEntropy.FromStandardNormal(c))));
    }

    /// <summary>Divergences in both directions: of the columns with the same name in two files, or of two columns of one file.</summary>
    public List<InformationLine> Divergences()
    {
        var first = request.Sources.First;
        var second = request.Sources.Second;
        string[] names =
            request.Columns.Length > 0 ? request.Columns
            : second is null ? []
            : [.. request.Named().Select(c => c.Name).Where(second.NumericNames.Contains)];
        if (second is null ? names.Length != 2 : names.Length == 0)
        {
            throw new InputException(
                second is null
                    ? $"--kl compares two columns of one file, or the columns of the same name in two; name two with --columns (there "
                        + $"are {names.Length}), or give a second file. For the standard normal use --prior."
                    : $"'{first.Source}' and '{second.Source}' have no column of numbers of the same name; name them with --columns."
            );
        }
        // Numbers used as classes keep their values. If each column had its own codes, the two could not be compared.
        NamedColumn Of(string name, string label, double[] values) => new(label, values) { IsClass = request.Classes.Contains(name) };
        (NamedColumn, NamedColumn)[] pairs = second is null
            ? [(Of(names[0], names[0], first.Numbers(names[0])), Of(names[1], names[1], first.Numbers(names[1])))]
            : [.. names.Select(n => (Of(n, n, first.Numbers(n)), Of(n, $"{n} of {Path.GetFileName(second.Source)}", second.Numbers(n))))];
        List<InformationLine> lines =
        [
            .. pairs
                .SelectMany(pair => new[] { (A: pair.Item1, B: pair.Item2), (A: pair.Item2, B: pair.Item1) })
                .Select(p =>
                    InformationLine.OfKl(
                        p.A.Name,
                        p.B.Name,
                        MarginalDivergence.Estimate(p.A, p.B, request.Options, request.Seed, request.Threads, Interruption.Token)
                    )
                ),
        ];
        InformationRemarks.TellKinds([.. pairs.SelectMany(p => new[] { p.Item1, p.Item2 })], lines);
        return lines;
    }

    // Rows that repeat in all columns are counted once in each column. A discrete column alone could not show that they repeat.
    private static NamedColumn[] OnceEach(NamedColumn[] columns) =>
        columns.Length > 1 && RepeatedRows.Distinct(columns) is { } rows
            ? [.. columns.Select(c => c with { Values = Array.ConvertAll(rows, row => c.Values[row]) })]
            : columns;

    private static List<InformationLine> Told(NamedColumn[] all, NamedColumn[] once, List<InformationLine> lines)
    {
        var removed = all[0].Values.Length - once[0].Values.Length;
        InformationRemarks.TellKinds(once, lines);
        InformationRemarks.TellRepeated(removed, all[0].Values.Length);
        return removed == 0 ? lines : [.. lines.Select(l => l with { N = l.N + removed, Repeated = (l.Repeated ?? 0) + removed })];
    }

    private InformationLine Entropy(NamedColumn[] columns) =>
        InformationLine.OfEntropy(
            string.Join(',', columns.Select(c => c.Name)),
            ColumnEntropy.Estimate(columns, request.Options, request.Seed, request.Threads, Interruption.Token)
        );

    private List<InformationLine> Each(NamedColumn[] columns, Func<NamedColumn, InformationLine> line)
    {
        var lines = new List<InformationLine>();
        foreach (var column in columns)
        {
            try
            {
                lines.Add(line(column));
            }
            catch (InputException e) when (request.Columns.Length == 0)
            {
                // When all columns are meant, one without a density must not stop the others.
                ProgressDisplay.Say(e.Message);
            }
        }
        return lines.Count > 0 || columns.Length == 0
            ? lines
            : throw new InputException($"'{request.Sources.First.Source}' has no column with a density.");
    }
}
