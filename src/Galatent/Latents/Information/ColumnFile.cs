using System.Globalization;
using Galatent.Numerics;
using Galatent.Spectra;
using PureHDF;

namespace Galatent.Latents.Information;

/// <summary>Columns of a file: CSV (commas, semicolons, tabs or blanks; with or without a header), or HDF5 (dataset files, latent files, any file of one-dimensional datasets).</summary>
public sealed class ColumnFile
{
    private readonly string[][] _texts;
    private readonly double[][] _numbers;

    private ColumnFile(string path, string[] names, string[][] texts, double[][] numbers) => (Source, Names, _texts, _numbers) = (path, names, texts, numbers);

    /// <summary>Where the columns come from.</summary>
    public string Source { get; }

    /// <summary>Names of the columns; <c>c1</c>, <c>c2</c>, ... where the file has no header, <c>z00</c>, <c>z01</c>, ... for latent dimensions.</summary>
    public string[] Names { get; }

    /// <summary>Names of the columns that hold numbers only (or nothing: a missing value).</summary>
    public IEnumerable<string> NumericNames => Names.Where((_, c) => _texts.Length == 0 || _texts[c].All(t => TryNumber(t, out var _)));

    /// <summary>A column of numbers; empty fields and <c>nan</c> are NaN.</summary>
    /// <exception cref="InputException">There is no such column, or a field is no number.</exception>
    public NamedColumn Numbers(string name)
    {
        var c = Index(name);
        return new NamedColumn(name, _texts.Length == 0 ? _numbers[c] : [.. _texts[c].Select((text, row) => TryNumber(text, out var value)
            ? value
            : throw new InputException($"'{Source}', row {row + 1} of the data, column '{name}': '{text}' is not a number; leave the column out, or repair the field."))]);
    }

    /// <summary>Whether a column holds something other than numbers, e.g. classes.</summary>
    public bool IsText(string name) => _texts.Length > 0 && !_texts[Index(name)].All(t => TryNumber(t, out var _));

    /// <summary>A column as it stands in the file.</summary>
    /// <exception cref="InputException">There is no such column.</exception>
    public string[] Texts(string name) => _texts.Length > 0 ? _texts[Index(name)] : Array.ConvertAll(_numbers[Index(name)], v => v.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Opens a file; those that begin with the HDF5 signature or end in .h5 or .hdf5 are read as HDF5.</summary>
    /// <exception cref="InputException">Missing, empty, or rows of different lengths.</exception>
    public static ColumnFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'; check the path.");
        }
        return Path.GetExtension(path) is ".h5" or ".hdf5" ? ReadHdf5(path) : ReadText(path);
    }

    private static ColumnFile ReadHdf5(string path) => Hdf5.Open(path, file =>
    {
        var columns = new List<(string Name, double[] Values)>();
        foreach (var group in file.LinkExists("parameters") ? new[] { file, file.Group("parameters") } : [file])
        {
            foreach (var dataset in group.Children().OfType<IH5Dataset>().Where(d => d.Type.Class is H5DataTypeClass.FloatingPoint or H5DataTypeClass.FixedPoint))
            {
                var shape = dataset.Space.Dimensions;
                if (shape.Length == 1)
                {
                    columns.Add((dataset.Name, Hdf5.Doubles(group, path, dataset.Name)));
                }
                else if (dataset.Name == "mu" && shape.Length == 2)
                {
                    columns.AddRange(Dimensions(Hdf5.Doubles(group, path, dataset.Name), (int)shape[1]));
                }
            }
        }
        return columns.Count > 0
            ? new ColumnFile(path, [.. columns.Select(c => c.Name)], [], [.. columns.Select(c => c.Values)])
            : throw new InputException($"'{path}' has no column: no one-dimensional dataset at the root or in /parameters, and no /mu; give a dataset file or a latent file.");
    });

    private static IEnumerable<(string Name, double[] Values)> Dimensions(double[] values, int dimensions)
    {
        for (var d = 0; d < dimensions; d++)
        {
            var column = new double[values.Length / dimensions];
            for (var i = 0; i < column.Length; i++)
            {
                column[i] = values[(i * dimensions) + d];
            }
            yield return ($"z{d:00}", column);
        }
    }

    private static ColumnFile ReadText(string path)
    {
        string[] lines = [.. File.ReadLines(path).Where(l => !string.IsNullOrWhiteSpace(l) && !l.StartsWith('#'))];
        if (lines.Length == 0)
        {
            throw new InputException($"'{path}' is empty; give a table with one row per line.");
        }
        char? separator = lines[0].Contains(',', StringComparison.Ordinal) ? ',' : lines[0].Contains(';', StringComparison.Ordinal) ? ';' : lines[0].Contains('\t', StringComparison.Ordinal) ? '\t' : null;
        string[][] rows = [.. lines.Select(line => Fields(line, separator))];
        var bad = Array.FindIndex(rows, r => r.Length != rows[0].Length);
        if (bad >= 0)
        {
            throw new InputException($"'{path}', row {bad + 1}, has {rows[bad].Length} fields where the first has {rows[0].Length}; repair or remove that row.");
        }
        var hasHeader = rows[0].Any(f => !TryNumber(f, out var _));
        string[] names = hasHeader ? rows[0] : [.. Enumerable.Range(1, rows[0].Length).Select(c => $"c{c}")];
        var data = hasHeader ? rows[1..] : rows;
        return new ColumnFile(path, names, [.. names.Select((_, c) => Array.ConvertAll(data, r => r[c]))], []);
    }

    private static string[] Fields(string line, char? separator) => separator is { } s
        ? Array.ConvertAll(line.Split(s), f => f.Trim().Trim('"'))
        : line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool TryNumber(string text, out double value)
    {
        value = double.NaN;
        return text.Length == 0 || text.Equals("nan", StringComparison.OrdinalIgnoreCase) || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private int Index(string name)
    {
        var c = Array.IndexOf(Names, name);
        return c >= 0 ? c : throw new InputException($"'{Source}' has no column '{name}'; it has {string.Join(", ", Names.Take(40))}{(Names.Length > 40 ? ", ..." : "")}.");
    }
}
