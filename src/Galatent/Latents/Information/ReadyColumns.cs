using Galatent.Latents.Information.Discrete;
using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>
/// Several prepared columns. Only rows in which all values are finite are kept, repeated rows once. It is decided how each column is
/// treated.
/// </summary>
/// <param name="Table">Their normal scores.</param>
/// <param name="Splits">The columns as classes and continuous parts, in the order of the table's rows; null when all are
/// continuous.</param>
/// <param name="Columns">The columns in the order of the table's rows.</param>
/// <param name="Count">Rows with finite values in all columns.</param>
/// <param name="Dropped">Rows left out because a value was not finite.</param>
internal sealed record ReadyColumns(RankedColumns Table, ColumnSplit[]? Splits, NamedColumn[] Columns, int Count, int Dropped)
{
    // Fewest rows per combination of discrete values.
    private const int RowsPerCell = 2;

    /// <summary>Rows among <see cref="Count"/> that repeat another row and are not counted.</summary>
    public int Repeated => Count - Table.Count;

    /// <summary>Prepares columns. Throws when they cannot be used.</summary>
    /// <param name="columns">At least one column.</param>
    /// <param name="seed">Root seed.</param>
    /// <exception cref="InputException">Lengths differ, fewer than 10 distinct rows can be used, or the discrete columns have more
    /// combinations than half the number of rows.</exception>
    public static ReadyColumns Of(NamedColumn[] columns, ulong seed)
    {
        var table = RankedColumns.Of(columns, seed);
        var count = table.Count;
        var dropped = table.Dropped;
        var ordered = Array.ConvertAll(columns, c => c.Take(table.Rows));
        if (Array.TrueForAll(ordered, DistinctValues.ArePlain))
        {
            return new ReadyColumns(table, null, ordered, count, dropped);
        }
        if (RepeatedRows.Distinct(ordered) is { } distinct)
        {
            var different = Array.ConvertAll(ordered, c => c.Take(distinct));
            table = RankedColumns.Of(different, seed);
            ordered = Array.ConvertAll(different, c => c.Take(table.Rows));
        }
        var splits = Array.ConvertAll(ordered, ColumnSplit.Of);
        if (Array.TrueForAll(splits, s => s.Kind is ColumnKind.Continuous or ColumnKind.Rounded))
        {
            return new ReadyColumns(table, null, ordered, count, dropped);
        }
        var cells = ChainRule.Joint(splits, [.. Enumerable.Range(0, table.Count)]).Max() + 1;
        return cells * RowsPerCell <= table.Count
            ? new ReadyColumns(table, splits, ordered, count, dropped)
            : throw new InputException(
                $"The discrete columns among {string.Join(", ", columns.Select(c => $"'{c.Name}'"))} have {cells} combinations of values "
                    + $"in {table.Count} rows, too many to be counted: name fewer of them, or merge classes."
            );
    }

    /// <summary>Whether each of some columns has only one value.</summary>
    public bool AreConstant(int from, int columns) => Columns[from..(from + columns)].All(c => RankPair.IsOneValue(c.Values));
}
