using System.Globalization;

namespace Galatent.Latents.Information.Discrete;

/// <summary>How a single column is treated. Together with another column it may be treated differently: the two may have too many
/// combinations to count.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Kind">How it is treated.</param>
/// <param name="Count">Rows with a finite value.</param>
/// <param name="DistinctCount">Distinct values.</param>
/// <param name="Spikes">The spike values of a partly continuous column, with their numbers of rows.</param>
public sealed record ColumnDescription(
    string Name,
    ColumnKind Kind,
    int Count,
    int DistinctCount,
    IReadOnlyList<(double Value, int Rows)> Spikes
)
{
    private const int MostShown = 4;

    /// <summary>Describes a column.</summary>
    /// <param name="column">Values that are not finite are left out.</param>
    public static ColumnDescription Of(NamedColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        var finite = Array.FindAll(column.Values, double.IsFinite);
        if (finite.Length == 0)
        {
            return new ColumnDescription(column.Name, ColumnKind.Continuous, 0, 0, []);
        }
        var split = ColumnSplit.Of(column with { Values = finite });
        return new ColumnDescription(column.Name, split.Kind, finite.Length, split.DistinctCount, [.. split.Spikes]);
    }

    /// <summary>Describes the columns of a table. Repeated rows are counted once.</summary>
    /// <param name="columns">Columns of one table, or of several with different numbers of rows.</param>
    public static ColumnDescription[] OfTable(IReadOnlyList<NamedColumn> columns)
    {
        var isTable = columns.Count > 1 && columns.All(c => c.Values.Length == columns[0].Values.Length);
        var rows = isTable ? RepeatedRows.Distinct(columns) : null;
        return [.. columns.Select(c => Of(rows is null ? c : c.Take(rows)))];
    }

    /// <summary>A short text, e.g. <c>n (11 values)</c> or <c>flux (0 in 312 of 1000 rows)</c>.</summary>
    public override string ToString() =>
        Kind == ColumnKind.Spiked
            ? $"{Name} ({string.Join(", ", Spikes.Take(MostShown).Select(Shown))}"
                + $"{(Spikes.Count > MostShown ? ", ..." : "")} of {Count} rows)"
            : $"{Name} ({DistinctCount} values in {Count} rows)";

    private static string Shown((double Value, int Rows) spike) =>
        string.Create(CultureInfo.InvariantCulture, $"{spike.Value} in {spike.Rows}");
}
