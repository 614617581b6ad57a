namespace Galatent.Latents.Information.Discrete;

/// <summary>
/// I(X; Y | Z) when some columns are discrete or partly discrete: a sum of terms, each of which one method can estimate.
/// Let a, b, c be the discrete parts and u, v, w the continuous parts of X, Y, Z. In every value of c:
/// I(a; b, v | w) = I(a; b) + I(a; v, w | b) - I(a; w), and I(u; b, v | a, w) = I(u, w; b | a) - I(w; b | a) + I(u; v | a, b, w).
/// </summary>
internal sealed class ChainRule
{
    // With fewer rows, the information between the other columns cannot be estimated.
    private const int StratumRows = 20;

    private readonly ColumnSplit[] _x;
    private readonly ColumnSplit[] _y;
    private readonly ColumnSplit[] _z;
    private readonly TermSettings _settings;
    private readonly List<InformationTerm> _terms = [];

    private ChainRule(ColumnSplit[] x, ColumnSplit[] y, ColumnSplit[] z, TermSettings settings) =>
        (_x, _y, _z, _settings) = (x, y, z, settings);

    /// <summary>The terms; none when all columns are constant.</summary>
    /// <param name="x">First group.</param>
    /// <param name="y">Second group.</param>
    /// <param name="given">The conditioning columns; may be empty.</param>
    /// <param name="settings">Settings common to all terms.</param>
    public static IReadOnlyList<InformationTerm> Terms(ColumnSplit[] x, ColumnSplit[] y, ColumnSplit[] given, TermSettings settings)
    {
        var chain = new ChainRule(x, y, given, settings);
        foreach (var rows in Strata(given, settings.Count))
        {
            chain.AddStratum(rows);
        }
        return chain._terms;
    }

    /// <summary>One number for every combination of classes that occurs, in the order of the classes.</summary>
    public static int[] Joint(IReadOnlyList<ColumnSplit> columns, int[] rows)
    {
        var joint = new int[rows.Length];
        foreach (var column in columns)
        {
            var keys = rows.Select((row, i) => (Before: joint[i], Class: column.Classes[row])).ToArray();
            var numbers = keys.Distinct()
                .Order()
                .Select((key, number) => (key, number))
                .ToDictionary(pair => pair.key, pair => pair.number);
            joint = Array.ConvertAll(keys, key => numbers[key]);
        }
        return joint;
    }

    /// <summary>The only term of two discrete variables.</summary>
    /// <param name="a">Codes of the first variable from 0, one per row.</param>
    /// <param name="b">Codes of the second variable.</param>
    /// <param name="settings">Settings common to all terms.</param>
    public static InformationTerm Table(int[] a, int[] b, TermSettings settings) =>
        Table([.. Enumerable.Range(0, a.Length)], a, b, settings);

    private static InformationTerm Table(int[] rows, int[] a, int[] b, TermSettings settings)
    {
        var table = CountTable.Of(a, b);
        return new InformationTerm(
            table.Information() * rows.Length / settings.Count,
            settings.Replicas(1, rows, (_, weights) => table.PlugIn(weights))
        );
    }

    private void AddStratum(int[] rows)
    {
        var a = Joint(_x, rows);
        var b = Joint(_y, rows);
        var w = Continuous(_z, rows);
        AddTable(rows, a, b);
        AddClasses(-1, rows, _x, w);
        foreach (var part in Strata(_y, rows))
        {
            AddClasses(1, part, _x, [.. Continuous(_y, part), .. Continuous(_z, part)]);
        }
        foreach (var part in Strata(_x, rows))
        {
            if (Continuous(_x, part) is { Length: > 0 } u)
            {
                AddClasses(1, part, _y, [.. u, .. Continuous(_z, part)]);
                AddClasses(-1, part, _y, Continuous(_z, part));
                foreach (var cell in Strata(_y, part))
                {
                    AddMixture(cell);
                }
            }
        }
    }

    private void AddTable(int[] rows, int[] a, int[] b)
    {
        if (a.Max() > 0 && b.Max() > 0)
        {
            _terms.Add(Table(rows, a, b, _settings));
        }
    }

    private void AddClasses(int sign, int[] rows, ColumnSplit[] discrete, NamedColumn[] continuous)
    {
        var classes = Joint(discrete, rows);
        if (continuous.Length > 0 && classes.Max() > 0 && rows.Length >= MutualInformationOptions.LeastCount)
        {
            _terms.Add(ClassMixtures.Term(sign, rows, classes, continuous, _settings));
        }
    }

    private void AddMixture(int[] rows)
    {
        var u = Continuous(_x, rows);
        var v = Continuous(_y, rows);
        if (u.Length > 0 && v.Length > 0 && rows.Length >= MutualInformationOptions.LeastCount)
        {
            _terms.Add(MixtureTerm.Of(rows, u, v, Continuous(_z, rows), _settings));
        }
    }

    // The columns that have a continuous value in all of the rows, without those that are constant there.
    private static NamedColumn[] Continuous(ColumnSplit[] columns, int[] rows) =>
        [
            .. columns
                .Where(c => rows.All(row => c.Classes[row] == c.ContinuousClass))
                .Select(c => c.Column.Take(rows))
                .Where(c => !RankPair.IsOneValue(c.Values)),
        ];

    /// <summary>
    /// The rows of every combination of the columns' classes, in the order of the classes. Combinations with few rows are joined with their
    /// neighbours.
    /// </summary>
    /// <param name="columns">May be empty. Then all rows are one stratum.</param>
    /// <param name="count">Number of rows.</param>
    public static int[][] Strata(ColumnSplit[] columns, int count) => Strata(columns, Enumerable.Range(0, count).ToArray());

    private static int[][] Strata(ColumnSplit[] columns, int[] rows)
    {
        var joint = Joint(columns, rows);
        var strata = new List<(string Parts, List<int> Rows)>();
        foreach (var group in Enumerable.Range(0, rows.Length).GroupBy(i => joint[i]).OrderBy(g => g.Key))
        {
            int[] members = [.. group.Select(i => rows[i])];
            // Strata can only be joined when the same columns are continuous in both.
            var parts = string.Concat(columns.Select(c => c.Classes[members[0]] == c.ContinuousClass ? 'c' : 'd'));
            if (strata.Count > 0 && strata[^1].Parts == parts && (strata[^1].Rows.Count < StratumRows || members.Length < StratumRows))
            {
                strata[^1].Rows.AddRange(members);
            }
            else
            {
                strata.Add((parts, [.. members]));
            }
        }
        return [.. strata.Select(s => s.Rows.Order().ToArray())];
    }
}
