using System.Buffers;
using System.Globalization;
using System.Text;
using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Latents;

/// <summary>A table in a text file (RFC 4180, UTF-8, decimal point, one header row with units in the names): read by spreadsheets and
/// pandas alike.</summary>
/// <param name="Header">Names of the columns, e.g. <c>wavelength_angstrom</c>.</param>
/// <param name="Rows">Fields, one array per row, each as long as the header.</param>
/// <param name="Source">The file it was read from, for messages; empty for a new table.</param>
public sealed record ResultTable(string[] Header, IReadOnlyList<string[]> Rows, string Source = "")
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\n\r#%!/");

    /// <summary>A table of numbers; every column of the same length.</summary>
    public static ResultTable Of(params IReadOnlyList<(string Name, IReadOnlyList<double> Values)> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var rows = Enumerable.Range(0, columns[0].Values.Count).Select(r => columns.Select(c => Text(c.Values[r])).ToArray());
        return new ResultTable([.. columns.Select(c => c.Name)], [.. rows]);
    }

    /// <summary>The shortest text that reads back as the same number; empty for NaN, which stands for what is not defined.</summary>
    public static string Text(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A column as it stands.</summary>
    /// <exception cref="InputException">There is no such column.</exception>
    public string[] Texts(string column)
    {
        var c = Array.IndexOf(Header, column);
        return c >= 0
            ? [.. Rows.Select(r => r[c])]
            : throw new InputException(
                $"'{Source}' has no column '{column}'; it has {string.Join(", ", Header)}. Run 'galatent analyze' again."
            );
    }

    /// <summary>A column as numbers.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="mayBeUndefined">Whether an empty field is a figure that is not defined, which is NaN, and not a fault.</param>
    /// <exception cref="InputException">There is no such column, or a field is not a number.</exception>
    public double[] Doubles(string column, bool mayBeUndefined = false) =>
        [
            .. Texts(column)
                .Select(
                    (field, row) =>
                        mayBeUndefined && field.Length == 0 ? double.NaN
                        : double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
                        : throw new InputException(
                            $"'{Source}', row {row + 2}, column '{column}': '{field}' is not a number; run 'galatent analyze' again."
                        )
                ),
        ];

    /// <summary>Writes the table, whole or not at all.</summary>
    public void Write(string path)
    {
        var text = new StringBuilder();
        foreach (var row in Rows.Prepend(Header))
        {
            text.AppendJoin(',', row.Select(field => field.Length == 0 && row.Length > 1 ? field : Quote(field))).Append('\n');
        }
        AtomicFile.WriteText(path, text.ToString());
    }

    /// <summary>Reads a table.</summary>
    /// <exception cref="InputException">The file is missing, empty, or a row has more or fewer fields than the header.</exception>
    public static ResultTable Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'; run 'galatent analyze' to make it.");
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
                    $"'{path}', line {text.Line}, has {fields.Count} fields where the header has {rows[0].Length}; run 'galatent "
                        + $"analyze' again."
                );
            }
            rows.Add([.. fields]);
        }
        return rows.Count > 0
            ? new ResultTable(rows[0], rows[1..], path)
            : throw new InputException($"'{path}' is empty; run 'galatent analyze' again.");
    }

    // What the reader would trim, skip or take for a remark is quoted too.
    private static string Quote(string field) =>
        field.Length == 0 || field.AsSpan().ContainsAny(Special) || char.IsWhiteSpace(field[0]) || char.IsWhiteSpace(field[^1])
            ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : field;
}
