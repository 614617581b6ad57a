using System.Globalization;
using Galatent.Numerics;

namespace Galatent.Spectra;

/// <summary>Numeric tables as text: a header of names, then rows of numbers, separated by commas; lines that begin with # are remarks. Invariant culture.</summary>
public static class CsvTable
{
    /// <summary>Reads all columns.</summary>
    /// <exception cref="InputException">No such file, no header, a row of another length, or a field that is not a number.</exception>
    public static IReadOnlyList<ParameterColumn> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'; check the path.");
        }
        string[]? header = null;
        var columns = new List<List<double>>();
        var lineNumber = 0;
        foreach (var line in File.ReadLines(path))
        {
            lineNumber++;
            if (string.IsNullOrWhiteSpace(line) || line[0] == '#')
            {
                continue;
            }
            var fields = line.Split(',', StringSplitOptions.TrimEntries);
            if (header is null)
            {
                header = fields;
                RequireNames(path, header);
                columns.AddRange(header.Select(_ => new List<double>()));
                continue;
            }
            if (fields.Length != header.Length)
            {
                throw new InputException($"'{path}', line {lineNumber}: {fields.Length} fields, but the header names {header.Length}; correct the line.");
            }
            for (var c = 0; c < fields.Length; c++)
            {
                columns[c].Add(double.TryParse(fields[c], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    ? value
                    : throw new InputException($"'{path}', line {lineNumber}: {header[c]} is '{fields[c]}', which is not a number; correct it."));
            }
        }
        return header is null
            ? throw new InputException($"'{path}' is empty; the first line must name the columns.")
            : [.. header.Select((name, c) => new ParameterColumn(name, "", "", [.. columns[c]]))];
    }

    private static void RequireNames(string path, string[] header)
    {
        if (header.Any(h => h.Length == 0) || header.Distinct().Count() != header.Length)
        {
            throw new InputException($"'{path}': the header '{string.Join(',', header)}' has an empty or repeated name; give each column one name.");
        }
        if (header.All(h => double.TryParse(h, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
        {
            throw new InputException($"'{path}': the first line '{string.Join(',', header)}' holds numbers; it must name the columns.");
        }
    }
}
