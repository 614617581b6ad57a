using System.Globalization;
using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>
/// Columns of any table: text (commas, semicolons, tabs, bars or blanks, with or without a header, quotes, remarks after #), HDF5
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

    /// <summary>Whether the file is a text, to which separator, decimal sign and header belong.</summary>
    public bool IsOfText { get; private init; }

    /// <summary>What was assumed or left out while reading, and why: one sentence each. For the user's eyes.</summary>
    public IReadOnlyList<string> Remarks => _table.Remarks;

    /// <summary>Names of the columns that were read, in the file's order; <c>c1</c>, <c>c2</c>, ... where it has no header; <c>z00</c>,
    /// <c>z01</c>, ... for the dimensions of a latent file.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of rows (0 when none of the wanted columns is here), the same for all columns.</summary>
    public int Count { get; }

    /// <summary>Names of the columns that hold only numbers and missing values, but for <see cref="MergingNames"/>.</summary>
    public IEnumerable<string> NumericNames => _columns.Where(c => c.Texts is null).Select(c => c.Name).Except(MergingNames);

    /// <summary>Names of the columns of whole numbers of which some differ only in digits that a double cannot hold: classes or
    /// identifiers rather than numbers.</summary>
    public IEnumerable<string> MergingNames =>
        _columns.Where(c => c.Digits is not null || (c.Whole is { } whole && whole.MergeAsDoubles())).Select(c => c.Name);

    /// <summary>Names of the columns that are not all numbers, though at least half of their fields are, a decimal comma allowed: damaged
    /// numbers rather than classes.</summary>
    public IEnumerable<string> DamagedNames =>
        _columns
            .Where(c =>
                c.Texts is { } texts
                && 2 * texts.Count(NumberField.LooksLike) >= texts.Length
                && texts.Any(t => !TextColumns.TryNumber(t, out _))
            )
            .Select(c => c.Name);

    /// <summary>Names of the columns of words among which a few fields are numbers, such as True, False, 0 and 1.</summary>
    public IEnumerable<string> MixedNames =>
        _columns
            .Where(c => c.Texts is { } texts && texts.Any(t => !NumberField.IsMissing(t) && TextColumns.TryNumber(t, out _)))
            .Select(c => c.Name)
            .Except(DamagedNames);

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
            : throw new InputException($"'{Source}', column '{name}', {Damage(name)}; repair the field or leave the column out.");
    }

    /// <summary>Where a column first holds something other than a number, what, and how a number is written, e.g. <c>line 7: '1,5' is not
    /// a number (a decimal point is expected)</c>; empty for a column of numbers.</summary>
    /// <exception cref="InputException">There is no such column.</exception>
    public string Damage(string name)
    {
        var place = Find(name).FirstText;
        var field = place[(place.IndexOf('\'', StringComparison.Ordinal) + 1)..].TrimEnd('\'');
        return place.Length == 0
            ? ""
            : $"{place} is not a number ("
                + (
                    NumberField.IsGrouped(field)
                        ? "a thousands separator has two meanings: write the digits without one, and a decimal point)"
                    : NumberField.LooksLike(field) ? "a decimal point is expected, and no sign but those of a number)"
                    : "a decimal point is expected; where there is no value, an empty field, or declare this one as missing)"
                );
    }

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
        return (column.Texts ?? column.Digits) is { } texts ? Array.ConvertAll(texts, t => NumberField.IsMissing(t) ? null : t)
            : column.Whole is { } whole ? [.. Enumerable.Range(0, whole.Count).Select(i => whole.IsMissing(i) ? null : whole.Text(i))]
            : Array.ConvertAll(column.Numbers, v => double.IsNaN(v) ? null : v.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>Values that look like marks for a missing value in a column of numbers: far outside all others, in several rows.</summary>
    /// <exception cref="InputException">There is no such column.</exception>
    public IReadOnlyList<RepeatedExtreme> RepeatedExtremes(string name) =>
        Find(name) is { Texts: null } column ? RepeatedExtreme.Find(column.Numbers) : [];

    /// <summary>The same columns, only the first rows.</summary>
    /// <param name="count">How many rows; at least 1.</param>
    public ColumnFile First(int count) =>
        count >= Count
            ? this
            : new ColumnFile(Source, _table with { Columns = [.. _columns.Select(c => c.First(count))] }) { IsOfText = IsOfText };

    /// <summary>Reads a table of any of the kinds.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">Names of the columns to read; those that the file has not are no error here. Null reads all.</param>
    /// <param name="options">What the user knows of the table; null for nothing.</param>
    /// <exception cref="InputException">Missing, empty, damaged, of another kind, with rows of different lengths or names that repeat: one
    /// sentence with the place.</exception>
    public static ColumnFile Read(string path, IReadOnlyCollection<string>? wanted = null, TableOptions? options = null) =>
        ReadInterruptibly(path, wanted, CancellationToken.None, options);

    /// <summary>As <see cref="Read"/>, for files whose walk may be long.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">Names of the columns to read; null reads all.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="options">What the user knows of the table; null for nothing.</param>
    public static ColumnFile ReadInterruptibly(
        string path,
        IReadOnlyCollection<string>? wanted,
        CancellationToken cancellation,
        TableOptions? options = null
    )
    {
        options ??= TableOptions.None;
        var input = TableInput.Open(path);
        var kind = TableKind.Of(input);
        ColumnTable Table() =>
            kind switch
            {
                TableKind.Kind.Hdf5 => Without(path, Hdf5Columns.Read(path, wanted, cancellation), options),
                TableKind.Kind.Parquet => Without(path, ParquetColumns.Read(path, wanted), options),
                _ => TextColumns.Read(input, options),
            };
        var table = input.IsStream ? Table() : UnchangedFile.Read(path, Table);
        return new ColumnFile(path, table) { IsOfText = kind == TableKind.Kind.Text };
    }

    // Texts know what is missing before they decide whether a column holds numbers.
    private static ColumnTable Without(string path, ColumnTable table, TableOptions options)
    {
        if (options.Missing.Count == 0)
        {
            return table;
        }
        var missing = new MissingValues(options.Missing);
        FileColumn[] columns = [.. table.Columns.Select(missing.Without)];
        return table with
        {
            Columns = columns,
            Remarks = [.. table.Remarks, .. missing.Remarks(path, columns.Length > 0 ? columns[0].Count : 0)],
        };
    }

    private static string Shown(IReadOnlyList<string> names) =>
        $"{string.Join(", ", names.Take(40).Select(n => n.Length > 60 ? n[..60] + "..." : n))}{(names.Count > 40 ? ", ..." : "")}";

    private FileColumn Find(string name) =>
        _columns.FirstOrDefault(c => c.Name == name)
        ?? throw new InputException($"'{Source}' has no column '{name}'; it has {Shown([.. Names, .. _table.Unread])}.");
}
