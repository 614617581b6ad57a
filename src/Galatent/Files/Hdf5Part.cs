using PureHDF;

namespace Galatent.Files;

/// <summary>A column of an HDF5 file before it is read: an element of every row of a dataset.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="DatasetName">The dataset's path in the file.</param>
/// <param name="Dataset">The dataset.</param>
/// <param name="RowType">The type of the dataset's elements.</param>
/// <param name="Type">The type of the column's elements.</param>
/// <param name="Offset">The element's first byte in its row.</param>
internal sealed record Hdf5Part(string Name, string DatasetName, IH5Dataset Dataset, Hdf5Type RowType, Hdf5Type Type, int Offset)
{
    // Wider ones are images or spectra, not columns.
    private const int WidestDataset = 1000;

    /// <summary>The name with that of the dataset before it.</summary>
    public string FullName => RowType.Kind == Hdf5Kind.Record ? $"{DatasetName}/{Name}" : Name;

    /// <summary>Number of rows.</summary>
    public int Count => (int)Dataset.Space.Dimensions[IsRow ? 1 : 0];

    /// <summary>Whether the dataset is one row of many numbers, as MATLAB writes a list.</summary>
    public bool IsRow { get; init; }

    /// <summary>The columns of a dataset: itself, the second axis of a matrix, or the fields of compound records.</summary>
    /// <param name="name">The dataset's path.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="path">The file.</param>
    /// <param name="reason">Why there is none, or which fields are left out; empty when all is well.</param>
    /// <param name="entry">Names column d of a matrix.</param>
    public static IReadOnlyList<Hdf5Part> Of(
        string name,
        IH5Dataset dataset,
        string path,
        out string reason,
        Func<int, string>? entry = null
    )
    {
        var shape = dataset.Space.Dimensions;
        var type = Hdf5Internals.TypeOf(dataset);
        reason = Hdf5Numbers.Fault(path, dataset, type) ?? "";
        if (reason.Length > 0)
        {
            return [];
        }
        Hdf5Part Part(string column, Hdf5Type kind, int offset) => new(column, name, dataset, type, kind, offset);
        var isColumn = shape.Length == 1 || (shape.Length == 2 && shape[1] == 1 && entry is null);
        reason =
            dataset.Space.Type == H5DataspaceType.Null ? "holds nothing"
            : shape.Length == 0 ? "is a single value"
            : shape[0] > int.MaxValue ? $"has {shape[0]} rows"
            : shape.Length > 2 ? $"has {shape.Length} dimensions"
            : shape.Length == 2 && shape[0] == 1 && shape[1] > int.MaxValue ? $"has {shape[1]} columns"
            : shape.Length == 2 && shape[0] != 1 && shape[1] > WidestDataset ? $"has {shape[1]} columns, more than {WidestDataset}"
            : shape.Length == 2 && !type.IsNumber && !isColumn ? "is a matrix of something other than numbers"
            : "";
        if (reason.Length > 0)
        {
            return [];
        }
        if (type.IsNumber && shape.Length == 2 && shape[0] == 1 && entry is null)
        {
            return [Part(name, type, 0) with { IsRow = true }];
        }
        if (type.IsNumber)
        {
            return isColumn
                ? [Part(name, type, 0)]
                : [.. Enumerable.Range(0, (int)shape[1]).Select(d => Part(entry?.Invoke(d) ?? $"{name}_{d}", type, d * type.Size))];
        }
        if (type.Kind is Hdf5Kind.Text or Hdf5Kind.VariableText)
        {
            return [Part(name, type, 0)];
        }
        var fields = type.Kind == Hdf5Kind.Record ? type.Fields : [(name, 0, type)];
        var parts = fields.SelectMany(f => OfField(dataset, f.Name, f.Type, f.Offset).Select(p => Part(p.Name, p.Type, p.Offset))).ToList();
        var unread = fields.Where(f => !OfField(dataset, f.Name, f.Type, f.Offset).Any()).Select(f => f.Name).ToArray();
        reason = unread.Length > 0 ? $"has fields that are not read ({string.Join(", ", unread)})" : "";
        return parts;
    }

    private static IEnumerable<(string Name, Hdf5Type Type, int Offset)> OfField(IH5Dataset dataset, string name, Hdf5Type type, int offset)
    {
        if (type.IsNumber || type.Kind == Hdf5Kind.Text)
        {
            return [(name, type, offset)];
        }
        if (type is { Kind: Hdf5Kind.Array, Element: { } element } && element.IsNumber && type.ElementCount <= WidestDataset)
        {
            var names = PandasNames(dataset, name, type.ElementCount);
            return Enumerable
                .Range(0, type.ElementCount)
                .Select(i => (names is null ? $"{name}_{i}" : names[i], element, offset + (i * element.Size)));
        }
        return [];
    }

    // pandas puts columns of one type into one array field, and their names beside it as a pickled list (protocol 0: "Vname" on lines).
    private static string[]? PandasNames(IH5Dataset dataset, string field, int count)
    {
        var pickled = Hdf5.Text(dataset, field + "_kind");
        string[] names = [.. pickled.Split('\n').Select(l => l.TrimStart('a', '(')).Where(l => l.StartsWith('V')).Select(l => l[1..])];
        return pickled.StartsWith("(l", StringComparison.Ordinal) && names.Length == count ? names : null;
    }
}
