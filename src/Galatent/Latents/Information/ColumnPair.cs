using Galatent.Latents.Information.Discrete;
using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>
/// Two prepared columns. Only rows with finite values are kept, repeated rows once. The columns are ranked, and it is decided whether each
/// is treated as discrete or continuous.
/// </summary>
internal sealed class ColumnPair
{
    // With more occupied cells per row than this, a table has too few rows in each cell.
    private const double TableCells = 0.4;

    // Largest share of the rows that may be in classes with too few rows.
    private const double MostRare = 0.2;

    private ColumnPair(RankPair ranks, InformationMethod method, int count, int dropped) =>
        (Ranks, Method, Count, Dropped) = (ranks, method, count, dropped);

    /// <summary>The ranks of the distinct rows.</summary>
    public RankPair Ranks { get; }

    /// <summary>The columns as classes and continuous parts, for the distinct rows. Null when one mixture can treat both.</summary>
    public (ColumnSplit X, ColumnSplit Y)? Splits { get; private init; }

    /// <summary>How the first column is treated.</summary>
    public ColumnKind KindX { get; private init; }

    /// <summary>How the second column is treated.</summary>
    public ColumnKind KindY { get; private init; }

    /// <summary>How the information is estimated.</summary>
    public InformationMethod Method { get; }

    /// <summary>Rows with finite values in both columns.</summary>
    public int Count { get; }

    /// <summary>Rows left out because a value was not finite.</summary>
    public int Dropped { get; }

    /// <summary>Rows among <see cref="Count"/> that repeat another row and are not counted.</summary>
    public int Repeated => Count - Ranks.Count;

    /// <summary>Prepares a pair. Throws when it cannot be used.</summary>
    /// <param name="x">First column.</param>
    /// <param name="y">Second column.</param>
    /// <param name="kept">The rows that remain in a table with repeated rows, ascending; null when all remain.</param>
    /// <param name="isPlain">Whether both columns are known to be continuous without relevant ties
    /// (<see cref="DistinctValues.ArePlain"/>).</param>
    /// <param name="seed">Root seed.</param>
    /// <exception cref="InputException">Lengths differ, there are fewer than 10 (distinct) rows, or there are too many classes for the
    /// number of rows.</exception>
    public static ColumnPair Of(NamedColumn x, NamedColumn y, int[]? kept, bool isPlain, ulong seed)
    {
        if (x.Values.Length != y.Values.Length)
        {
            throw new InputException(
                $"Column '{x.Name}' has {x.Values.Length} rows and column '{y.Name}' has {y.Values.Length}: give columns of the same table."
            );
        }
        bool IsFinite(int row) => double.IsFinite(x.Values[row]) && double.IsFinite(y.Values[row]);
        int[] all = [.. Enumerable.Range(0, x.Values.Length).Where(IsFinite)];
        var rows = kept is null ? all : Array.FindAll(kept, IsFinite);
        Require(x, y, rows.Length, "rows with finite values in both");
        var a = x.Take(rows);
        var b = y.Take(rows);
        if (isPlain)
        {
            return new ColumnPair(
                RankPair.Of(a.Values, b.Values, seed),
                InformationMethod.Mixture,
                all.Length,
                x.Values.Length - all.Length
            );
        }
        if (RepeatedRows.Distinct([a, b]) is { } distinct)
        {
            (a, b) = (a.Take(distinct), b.Take(distinct));
            Require(x, y, distinct.Length, "different rows");
        }
        var order = CanonicalOrder(a.Values, b.Values);
        var splitX = ColumnSplit.Of(a.Take(order));
        var splitY = ColumnSplit.Of(b.Take(order));
        var ranks = RankPair.Of(a.Values, b.Values, seed);
        var method = ranks.IsConstant ? InformationMethod.Mixture : Choose(ref splitX, ref splitY);
        return new ColumnPair(ranks, method, all.Length, x.Values.Length - all.Length)
        {
            Splits = method == InformationMethod.Mixture ? null : (splitX, splitY),
            KindX = splitX.Kind,
            KindY = splitY.Kind,
        };
    }

    // Sorted by the first column, then by the second, so the result does not depend on the order of the file.
    private static int[] CanonicalOrder(double[] x, double[] y)
    {
        var order = Enumerable.Range(0, x.Length).ToArray();
        Array.Sort(order, (i, j) => x[i].CompareTo(x[j]) is var first && first != 0 ? first : y[i].CompareTo(y[j]));
        return order;
    }

    private static void Require(NamedColumn x, NamedColumn y, int rows, string what)
    {
        if (rows < MutualInformationOptions.LeastCount)
        {
            throw new InputException(
                $"Columns '{x.Name}' and '{y.Name}' have {rows} {what}, but at least {MutualInformationOptions.LeastCount} are needed: "
                    + "leave one of them out or give more rows."
            );
        }
    }

    private static InformationMethod Choose(ref ColumnSplit x, ref ColumnSplit y)
    {
        if (x.IsTied && y.IsTied)
        {
            var (rows, cells) = Occupied(x, y);
            if (cells <= TableCells * rows || (x.Column.IsClass && y.Column.IsClass && 2 * cells <= rows))
            {
                return InformationMethod.Table;
            }
            if (x.Column.IsClass && y.Column.IsClass)
            {
                throw new InputException(
                    $"Columns '{x.Column.Name}' and '{y.Column.Name}' have {x.ClassCount} and {y.ClassCount} classes, {cells} combinations "
                        + $"in {rows} rows: too many to be counted. Merge classes, so that there are two rows for each combination."
                );
            }
            (x, y) = (Spread(x), Spread(y));
        }
        RequireClasses(x);
        RequireClasses(y);
        return (x.Kind, y.Kind) switch
        {
            (ColumnKind.Continuous or ColumnKind.Rounded, ColumnKind.Continuous or ColumnKind.Rounded) => InformationMethod.Mixture,
            (ColumnKind.Discrete, ColumnKind.Continuous or ColumnKind.Rounded)
            or (ColumnKind.Continuous or ColumnKind.Rounded, ColumnKind.Discrete) => InformationMethod.ClassMixtures,
            _ => InformationMethod.ChainRule,
        };
    }

    // Classes with very few rows tell nothing about a continuous column.
    private static void RequireClasses(ColumnSplit column)
    {
        var rare = column.Column.IsClass
            ? column.Classes.CountBy(c => c).Where(c => c.Value < ClassMixtures.LeastRows).Sum(c => c.Value)
            : 0;
        if (rare > MostRare * column.Classes.Length)
        {
            throw new InputException(
                $"Column '{column.Column.Name}' has {column.ClassCount} classes, and {rare} of {column.Classes.Length} rows are in classes "
                    + $"of fewer than {ClassMixtures.LeastRows} rows: too few to tell what a class means. Merge classes, or leave it out."
            );
        }
    }

    private static ColumnSplit Spread(ColumnSplit column) =>
        column.Kind == ColumnKind.Discrete && !column.Column.IsClass ? column.Spread() : column;

    // Rows and occupied cells, without the rows in which both columns have a spike value.
    private static (int Rows, int Cells) Occupied(ColumnSplit x, ColumnSplit y)
    {
        var rows = Enumerable.Range(0, x.ValueCodes.Length).Where(row => !(x.IsSpike(row) && y.IsSpike(row))).ToArray();
        return (rows.Length, rows.Select(row => (x.ValueCodes[row], y.ValueCodes[row])).Distinct().Count());
    }
}
