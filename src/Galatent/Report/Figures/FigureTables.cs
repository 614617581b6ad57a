using Galatent.Files;

namespace Galatent.Report.Figures;

/// <summary>What the tables beside several figures share.</summary>
internal static class FigureTables
{
    /// <summary>Words as a part of a column's name: <c>star-forming</c> becomes <c>star_forming</c>.</summary>
    public static string Column(string words) =>
        string.Concat(words.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_'));

    /// <summary>Tables below each other; each row says in its first column of which table it is. A column that a table lacks is empty
    /// there.</summary>
    public static ResultTable Together(string what, params IReadOnlyList<(string Name, ResultTable Table)> tables)
    {
        string[] header = [.. tables.SelectMany(t => t.Table.Header).Distinct()];
        return new ResultTable(
            [what, .. header],
            [
                .. tables.SelectMany(t =>
                {
                    int[] places = [.. header.Select(t.Table.IndexOf)];
                    return t.Table.Rows.Select(row => (string[])[t.Name, .. places.Select(p => p < 0 ? "" : row[p])]);
                }),
            ]
        );
    }
}
