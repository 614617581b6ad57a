using System.Buffers;
using System.Globalization;
using System.Text;
using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>A table in a text file (RFC 4180, UTF-8, decimal point, one header row with units in the names): read by spreadsheets and
/// pandas alike. Every table that the program writes as text is written here.</summary>
/// <param name="Header">Names of the columns, e.g. <c>wavelength_angstrom</c>.</param>
/// <param name="Rows">Fields, one array per row, each as long as the header.</param>
/// <param name="Source">The file it was read from, for messages; empty for a new table.</param>
/// <param name="MadeBy">What makes such a file again, e.g. <c>galatent analyze</c>, for messages; null when not known.</param>
public sealed record ResultTable(string[] Header, IReadOnlyList<string[]> Rows, string Source = "", string? MadeBy = null)
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\n\r#%!/");

    /// <summary>Lines before the header, each written after "# ".</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>What to do about a damaged file.</summary>
    public string Remedy => MadeBy is null ? "make it again" : $"run '{MadeBy}' again";

    /// <summary>A table of numbers; every column of the same length.</summary>
    public static ResultTable Of(params IReadOnlyList<(string Name, IReadOnlyList<double> Values)> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var rows = Enumerable.Range(0, columns[0].Values.Count).Select(r => columns.Select(c => Text(c.Values[r])).ToArray());
        return new ResultTable([.. columns.Select(c => c.Name)], [.. rows]);
    }

    /// <summary>A number as text, with a decimal point everywhere.</summary>
    /// <param name="value">The number.</param>
    /// <param name="format">How; "R" gives the shortest text that reads back as the same number.</param>
    /// <returns>Empty for NaN, which stands for what is not defined.</returns>
    public static string Text(double value, string format = "R") =>
        double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Place of a column, from 0; -1 when there is none.</summary>
    public int IndexOf(string column) => Array.IndexOf(Header, column);

    /// <summary>Place of a column, from 0.</summary>
    /// <exception cref="InputException">There is no such column.</exception>
    public int Require(string column) =>
        IndexOf(column) is >= 0 and var c
            ? c
            : throw new InputException($"'{Source}' has no column '{column}'; it has {string.Join(", ", Header)}; {Remedy}.");

    /// <summary>Some columns, in the given order.</summary>
    /// <exception cref="InputException">There is no such column.</exception>
    public ResultTable Select(params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        int[] places = [.. columns.Select(Require)];
        return this with { Header = [.. columns], Rows = [.. Rows.Select(row => Array.ConvertAll(places, c => row[c]))] };
    }

    /// <summary>A column as it stands.</summary>
    /// <exception cref="InputException">There is no such column.</exception>
    public string[] Texts(string column)
    {
        var c = Require(column);
        return [.. Rows.Select(r => r[c])];
    }

    /// <summary>A column as numbers.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="mayBeUndefined">Whether an empty field is a number that is not defined, which is NaN, and not a fault.</param>
    /// <exception cref="InputException">There is no such column, or a field is not a number.</exception>
    public double[] Doubles(string column, bool mayBeUndefined = false)
    {
        var c = Require(column);
        return [.. Rows.Select((_, row) => Number(row, c, mayBeUndefined))];
    }

    /// <summary>A field as a number.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="column">Place of the column, from 0.</param>
    /// <param name="mayBeUndefined">Whether an empty field is a number that is not defined, which is NaN, and not a fault.</param>
    /// <exception cref="InputException">The field is not a number.</exception>
    public double Number(int row, int column, bool mayBeUndefined = false)
    {
        var field = Rows[row][column];
        return mayBeUndefined && field.Length == 0 ? double.NaN
            : double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
            : throw new InputException($"'{Source}', row {row + 2}, column '{Header[column]}': '{field}' is not a number; {Remedy}.");
    }

    /// <summary>Writes the table, whole or not at all.</summary>
    public void Write(string path)
    {
        var text = new StringBuilder();
        foreach (var remark in Remarks)
        {
            text.Append("# ").Append(remark).Append('\n');
        }
        foreach (var row in Rows.Prepend(Header))
        {
            // A row of one empty field would be an empty line, which readers skip.
            text.AppendJoin(',', row is [""] ? ["\"\""] : row.Select(Quote)).Append('\n');
        }
        AtomicFile.WriteText(path, text.ToString());
    }

    /// <summary>Reads a table; lines that begin with # are skipped.</summary>
    /// <param name="path">The file.</param>
    /// <param name="madeBy">What makes such a file, for messages; null when not known.</param>
    /// <exception cref="InputException">The file is missing, empty, or a row has more or fewer fields than the header.</exception>
    public static ResultTable Read(string path, string? madeBy = null)
    {
        var empty = new ResultTable([], [], path, madeBy);
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'; {(madeBy is null ? "check the path" : $"run '{madeBy}' to make it")}.");
        }
        using var reader = File.OpenText(path);
        var text = new DelimitedText(reader, ',', path);
        var rows = new List<string[]>();
        var fields = new List<string>();
        while (text.Next(fields))
        {
            if (rows.Count > 0 && fields.Count != rows[0].Length)
            {
                throw new InputException(
                    $"'{path}', line {text.Line}, has {fields.Count} fields where the header has {rows[0].Length}; {empty.Remedy}."
                );
            }
            rows.Add([.. fields]);
        }
        return rows.Count > 0
            ? empty with
            {
                Header = rows[0],
                Rows = rows[1..],
            }
            : throw new InputException($"'{path}' is empty; {empty.Remedy}.");
    }

    // What the reader would trim, skip or take for a remark is quoted too.
    private static string Quote(string field) =>
        field.Length > 0 && (field.AsSpan().ContainsAny(Special) || char.IsWhiteSpace(field[0]) || char.IsWhiteSpace(field[^1]))
            ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : field;
}
