using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>
/// The columns of a table whose rows are of one type: each column says its name, how a row is written and how it is read. The same list
/// writes the file and reads it, so that the two cannot disagree.
/// </summary>
/// <typeparam name="TRow">The type of a row; immutable.</typeparam>
public sealed class TableColumns<TRow>
{
    private const string QuantityColumn = "quantity";
    private const string ValueColumn = "value";

    private readonly TRow _empty;
    private readonly Column[] _columns;

    /// <summary>A list without columns.</summary>
    /// <param name="empty">A row that the read values are put into.</param>
    public TableColumns(TRow empty)
        : this(empty, []) { }

    private TableColumns(TRow empty, Column[] columns)
    {
        _empty = empty;
        _columns = columns;
    }

    /// <summary>This list with a column of text.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="get">Its value in a row.</param>
    /// <param name="set">The row with this value.</param>
    public TableColumns<TRow> Text(string name, Func<TRow, string> get, Func<TRow, string, TRow> set) =>
        With(new Column(name, get, (row, table, r, c) => set(row, table.Rows[r][c])));

    /// <summary>This list with a column of numbers.</summary>
    /// <param name="name">The column's name, with the unit if there is one.</param>
    /// <param name="get">Its value in a row.</param>
    /// <param name="set">The row with this value; null for a column that follows from others and is not read.</param>
    /// <param name="format">How the number is written; as exactly as possible when left out.</param>
    /// <param name="isOptional">Whether files of earlier versions do not have the column.</param>
    /// <param name="mayBeUndefined">Whether the number may be NaN, which an empty field is read as.</param>
    public TableColumns<TRow> Number(
        string name,
        Func<TRow, double> get,
        Func<TRow, double, TRow>? set = null,
        string format = "R",
        bool isOptional = false,
        bool mayBeUndefined = false
    ) =>
        With(
            new Column(
                name,
                row => ResultTable.Text(get(row), format),
                set is null ? null : (row, table, r, c) => set(row, table.Number(r, c, mayBeUndefined)),
                isOptional
            )
        );

    /// <summary>This list with a column of whole numbers.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="get">Its value in a row.</param>
    /// <param name="set">The row with this value.</param>
    public TableColumns<TRow> Count(string name, Func<TRow, int> get, Func<TRow, int, TRow> set) =>
        Number(name, row => get(row), (row, value) => set(row, (int)value));

    /// <summary>This list with a column of numbers that a row may lack: its field is then empty. Files of earlier versions may lack the
    /// column.</summary>
    /// <param name="name">The column's name, with the unit if there is one.</param>
    /// <param name="get">Its value in a row.</param>
    /// <param name="set">The row with this value; null for a column that follows from others and is not read.</param>
    /// <param name="format">How the number is written.</param>
    public TableColumns<TRow> Optional(string name, Func<TRow, double?> get, Func<TRow, double?, TRow>? set, string format) =>
        With(
            new Column(
                name,
                row => get(row) is { } value ? ResultTable.Text(value, format) : "",
                set is null ? null : (row, table, r, c) => set(row, table.Rows[r][c].Length == 0 ? null : table.Number(r, c)),
                IsOptional: true
            )
        );

    /// <summary>The rows as a table.</summary>
    public ResultTable Table(IEnumerable<TRow> rows) =>
        new([.. _columns.Select(c => c.Name)], [.. rows.Select(row => _columns.Select(c => c.Write(row)).ToArray())]);

    /// <summary>The rows of a table.</summary>
    /// <exception cref="InputException">A column is missing, or a field is not a number.</exception>
    public TRow[] Rows(ResultTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        (Column Column, int Place)[] read =
        [
            .. _columns
                .Where(c => c.Read is not null && !(c.IsOptional && table.IndexOf(c.Name) < 0))
                .Select(c => (c, table.Require(c.Name))),
        ];
        return [.. table.Rows.Select((_, r) => read.Aggregate(_empty, (row, column) => column.Column.Read!(row, table, r, column.Place)))];
    }

    /// <summary>One row as a table of two columns, a quantity in each line.</summary>
    public ResultTable Quantities(TRow row) =>
        new([QuantityColumn, ValueColumn], [.. _columns.Select(c => new[] { c.Name, c.Write(row) })]);

    /// <summary>The row of a table of quantities.</summary>
    /// <exception cref="InputException">A quantity is missing, or is not a number.</exception>
    public TRow Row(ResultTable quantities)
    {
        ArgumentNullException.ThrowIfNull(quantities);
        var names = quantities.Texts(QuantityColumn);
        var place = quantities.Require(ValueColumn);
        return _columns
            .Where(c => c.Read is not null)
            .Aggregate(_empty, (row, column) => Array.IndexOf(names, column.Name) is >= 0 and var line
                    ? column.Read!(row, quantities, line, place)
                : column.IsOptional ? row
                : throw new InputException($"'{quantities.Source}' has no quantity '{column.Name}'; {quantities.Remedy}."));
    }

    private TableColumns<TRow> With(Column column) => new(_empty, [.. _columns, column]);

    private sealed record Column(
        string Name,
        Func<TRow, string> Write,
        Func<TRow, ResultTable, int, int, TRow>? Read,
        bool IsOptional = false
    );
}
