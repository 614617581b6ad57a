using System.Globalization;
using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>
/// Columns of any table: text (commas, semicolons, tabs or blanks, with or without a header, RFC 4180 quotes, remarks after #), HDF5
/// (Galatent's own files or any datasets of one or two dimensions), or Parquet. What the file is, is seen from its first bytes, not from
/// its name.
/// </summary>
public sealed class ColumnFile
{
    private readonly ColumnTable _table;
    private readonly IReadOnlyList<FileColumn> _columns;

    private ColumnFile(string path, ColumnTable table)
    {
        (_table, _columns) = (table, table.Columns);
        (Source, Names, Count) = (path, [.. _columns.Select(c => c.Name)], _columns.Count > 0 ? _columns[0].Count : 0);
        var repeated = Names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1);
        if (repeated is not null)
        {
            throw new InputException($"'{path}' names {repeated.Count()} columns '{repeated.Key}'; give each column a name of its own.");
        }
        if (Count == 0 && _columns.Count > 0)
        {
            throw new InputException($"'{path}' has columns ({Shown(Names)}) but no rows; give at least one row.");
        }
    }

    /// <summary>The file that the columns come from.</summary>
    public string Source { get; }

    /// <summary>What was assumed or left out while reading, and why: one sentence each. For the user's eyes.</summary>
    public IReadOnlyList<string> Remarks => _table.Remarks;

    /// <summary>Names of the columns that were read, in the file's order; <c>c1</c>, <c>c2</c>, ... where it has no header; <c>z00</c>,
    /// <c>z01</c>, ...
    /// for the dimensions of a latent file.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of rows (0 when none of the wanted columns is here), the same for all columns.</summary>
    public int Count { get; }

    /// <summary>Names of the columns that hold only numbers and missing values, but for <see cref="MergingNames"/>.</summary>
    public IEnumerable<string> NumericNames => _columns.Where(c => c.Texts is null).Select(c => c.Name).Except(MergingNames);

    /// <summary>Names of the columns of whole numbers of which some differ only in digits that a double cannot hold: classes or
    /// identifiers rather than numbers.</summary>
    public IEnumerable<string> MergingNames => _columns.Where(c => c.Whole is { } whole && whole.MergeAsDoubles()).Select(c => c.Name);

    /// <summary>Names of the columns that are not all numbers, though at least half of their fields are, a decimal comma allowed: damaged
    /// numbers rather than classes.</summary>
    public IEnumerable<string> DamagedNames =>
        _columns
            .Where(c =>
                c.Texts is { } texts
                && 2 * texts.Count(TextColumns.LooksLikeNumber) >= texts.Length
                && texts.Any(t => !TextColumns.TryNumber(t, out _))
            )
            .Select(c => c.Name);

    /// <summary>Whether a column holds something other than numbers, e.g. classes.</summary>
    /// <exception cref="InputException">There is no such column.</exception>
    public bool IsText(string name) => Find(name).Texts is not null;

    /// <summary>A column of numbers, one per row; NaN where the file has none (an empty field, nan, NA, null, --).</summary>
    /// <exception cref="InputException">There is no such column, or a field is no number.</exception>
    public double[] Numbers(string name)
    {
        var column = Find(name);
        return column.Texts is null
            ? column.Numbers
            : throw new InputException(
                $"'{Source}', column '{name}', {column.FirstText} is not a number (a decimal point is expected, and an empty field where "
                    + $"there is no value); repair the field or leave the column out."
            );
    }

    /// <summary>Where a column first holds something other than a number, and what, e.g. <c>line 7: 'abc'</c>; empty for a column of
    /// numbers.</summary>
    /// <exception cref="InputException">There is no such column.</exception>
    public string FirstText(string name) => Find(name).FirstText;

    /// <summary>A column of numbers with the unit and description that the file gives (HDF5 attributes <c>units</c> and <c>description</c>;
    /// empty elsewhere).</summary>
    /// <exception cref="InputException">There is no such column, or a field is no number.</exception>
    public ParameterColumn Column(string name)
    {
        var values = Numbers(name);
        var column = Find(name);
        return new ParameterColumn(name, column.Unit, column.Description, values, column.Whole);
    }

    /// <summary>A column as classes: null where the file has no value; numbers are written so that they read back as the same, whole ones
    /// with all digits.</summary>
    /// <exception cref="InputException">There is no such column.</exception>
    public string?[] Classes(string name)
    {
        var column = Find(name);
        return column.Texts is { } texts ? Array.ConvertAll(texts, t => TextColumns.IsMissing(t) ? null : t)
            : column.Whole is { } whole ? [.. Enumerable.Range(0, whole.Count).Select(i => whole.IsMissing(i) ? null : whole.Text(i))]
            : Array.ConvertAll(column.Numbers, v => double.IsNaN(v) ? null : v.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>The same columns, only the first rows.</summary>
    /// <param name="count">How many rows; at least 1.</param>
    public ColumnFile First(int count) =>
        count >= Count ? this : new ColumnFile(Source, _table with { Columns = [.. _columns.Select(c => c.First(count))] });

    /// <summary>Reads a table of any of the kinds.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">Names of the columns to read; those that the file has not are no error here. Null reads all.</param>
    /// <exception cref="InputException">Missing, empty, damaged, of another kind, with rows of different lengths or names that repeat: one
    /// sentence with the place.</exception>
    public static ColumnFile Read(string path, IReadOnlyCollection<string>? wanted = null) =>
        ReadInterruptibly(path, wanted, CancellationToken.None);

    /// <summary>As <see cref="Read"/>, for files whose walk may be long.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">Names of the columns to read; null reads all.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static ColumnFile ReadInterruptibly(string path, IReadOnlyCollection<string>? wanted, CancellationToken cancellation)
    {
        var table = TableKind.Of(path) switch
        {
            TableKind.Kind.Hdf5 => Hdf5Columns.Read(path, wanted, cancellation),
            TableKind.Kind.Parquet => ParquetColumns.Read(path, wanted),
            _ => new ColumnTable(TextColumns.Read(path)),
        };
        return new ColumnFile(path, table);
    }

    private static string Shown(IReadOnlyList<string> names) =>
        $"{string.Join(", ", names.Take(40).Select(n => n.Length > 60 ? n[..60] + "..." : n))}{(names.Count > 40 ? ", ..." : "")}";

    private FileColumn Find(string name) =>
        _columns.FirstOrDefault(c => c.Name == name)
        ?? throw new InputException($"'{Source}' has no column '{name}'; it has {Shown([.. Names, .. _table.Unread])}.");
}
