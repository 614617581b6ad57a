using System.Globalization;
using Galatent.Numerics;
using PureHDF;

namespace Galatent.Files;

/// <summary>
/// Reads an HDF5 file as columns. A dataset of spectra gives its <c>/parameters</c>; a latent file the dimensions of <c>/mu</c> as z00,
/// z01, ...; any other file every dataset of one dimension, in any group, and every dataset (n, k) of two with k at most 1,000 as name_0
/// ... name_(k-1). Rows are those of the most common length; datasets of other lengths are left out.
/// </summary>
internal static class Hdf5Columns
{
    private const int WidestDataset = 1000;

    /// <summary>Reads all columns.</summary>
    /// <exception cref="InputException">Damaged, or without any column.</exception>
    public static ColumnTable Read(string path, IReadOnlyCollection<string>? wanted) => Hdf5.Open(path, file =>
        {
            List<FileColumn> columns =
                file.LinkExists("flux") && file.LinkExists("parameters") ? [.. Of(file.Group("parameters"), path, "")]
                : file.LinkExists("mu") && file.LinkExists("log_variance") ? [.. Matrix(file.Dataset("mu"), d => $"z{d:00}")]
                : [.. Of(file, path, "")];
            if (columns.Count == 0)
            {
                throw new InputException(
                    $"'{path}' has no column: no numeric or text dataset of one or two dimensions (tables of compound records are not "
                        + $"read); write one dataset per column."
                );
            }
            var rows = columns.GroupBy(c => c.Count).MaxBy(g => g.Count())!.Key;
            return new ColumnTable(columns.FindAll(c => c.Count == rows));
        });

    private static IEnumerable<FileColumn> Of(IH5Group group, string path, string prefix)
    {
        foreach (var child in group.Children())
        {
            var columns = child switch
            {
                IH5Group inner => Of(inner, path, $"{prefix}{inner.Name}/"),
                IH5Dataset dataset => Of(dataset, prefix + dataset.Name),
                _ => [],
            };
            foreach (var column in columns)
            {
                yield return column;
            }
        }
    }

    private static IEnumerable<FileColumn> Of(IH5Dataset dataset, string name)
    {
        var shape = dataset.Space.Dimensions;
        var isNumeric = dataset.Type.Class is H5DataTypeClass.FloatingPoint or H5DataTypeClass.FixedPoint or H5DataTypeClass.Enumerated;
        if (isNumeric && shape.Length == 1)
        {
            var unit = Hdf5.Text(dataset, "units");
            var description = Hdf5.Text(dataset, "description");
            return
            [
                Whole(dataset) is { } whole
                    ? FileColumn.OfWhole(name, whole, unit, description)
                    : new FileColumn(name, Values(dataset), null, unit, description),
            ];
        }
        if (isNumeric && shape.Length == 2 && shape[1] <= WidestDataset)
        {
            return Matrix(dataset, d => string.Create(CultureInfo.InvariantCulture, $"{name}_{d}"));
        }
        var isText = shape.Length == 1 && (dataset.Type.Class is H5DataTypeClass.String or H5DataTypeClass.VariableLength);
        return isText ? [Texts(dataset, name)] : [];
    }

    private static FileColumn Texts(IH5Dataset dataset, string name)
    {
        var texts = dataset.Read<string[]>();
        return FileColumn.OfTexts(name, texts);
    }

    private static IEnumerable<FileColumn> Matrix(IH5Dataset dataset, Func<int, string> name)
    {
        var values = Values(dataset);
        var width = (int)dataset.Space.Dimensions[1];
        for (var d = 0; d < width; d++)
        {
            var column = new double[values.Length / width];
            for (var i = 0; i < column.Length; i++)
            {
                column[i] = values[(i * width) + d];
            }
            yield return new FileColumn(name(d), column, null, Hdf5.Text(dataset, "units"), Hdf5.Text(dataset, "description"));
        }
    }

    /// <summary>The numbers of a dataset of 64-bit whole numbers; null for any other.</summary>
    internal static WholeNumbers? Whole(IH5Dataset dataset) =>
        dataset.Type is not { Class: H5DataTypeClass.FixedPoint, Size: 8 } ? null
        : IsSigned(dataset) ? WholeNumbers.Of(dataset.Read<long[]>())
        : WholeNumbers.Of(dataset.Read<ulong[]>());

    // Each type read as itself: PureHDF does not convert between widths.
    private static double[] Values(IH5Dataset dataset) =>
        (dataset.Type.Class, dataset.Type.Size, IsSigned(dataset)) switch
        {
            (H5DataTypeClass.FloatingPoint, 2, _) => Array.ConvertAll(dataset.Read<Half[]>(), v => (double)v),
            (H5DataTypeClass.FloatingPoint, 4, _) => Array.ConvertAll(dataset.Read<float[]>(), v => (double)v),
            (H5DataTypeClass.FloatingPoint, 8, _) => dataset.Read<double[]>(),
            (_, 1, true) => Array.ConvertAll(dataset.Read<sbyte[]>(), v => (double)v),
            (_, 1, false) => Array.ConvertAll(dataset.Read<byte[]>(), v => (double)v),
            (_, 2, true) => Array.ConvertAll(dataset.Read<short[]>(), v => (double)v),
            (_, 2, false) => Array.ConvertAll(dataset.Read<ushort[]>(), v => (double)v),
            (_, 4, true) => Array.ConvertAll(dataset.Read<int[]>(), v => (double)v),
            (_, 4, false) => Array.ConvertAll(dataset.Read<uint[]>(), v => (double)v),
            (_, 8, true) => Array.ConvertAll(dataset.Read<long[]>(), v => (double)v),
            (_, 8, false) => Array.ConvertAll(dataset.Read<ulong[]>(), v => (double)v),
            _ => throw new InputException(
                $"Dataset /{dataset.Name} has numbers of {dataset.Type.Size} bytes, which are not read; write it as 64-bit floats."
            ),
        };

    private static bool IsSigned(IH5Dataset dataset) =>
        dataset.Type.Class == H5DataTypeClass.FixedPoint && dataset.Type.FixedPoint.IsSigned;
}
