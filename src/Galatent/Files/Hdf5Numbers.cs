using Galatent.Numerics;
using PureHDF;
using PureHDF.Selections;

namespace Galatent.Files;

/// <summary>
/// Numbers of a dataset whatever their width and byte order. The library hands over the bytes of the rows (its own conversion refuses
/// big-endian numbers and other widths), block by block.
/// </summary>
internal static class Hdf5Numbers
{
    // 64 MB, so that a chunk as tall as this is decoded once.
    private const int BlockBytes = 1 << 26;

    // Deflate shrinks by 1032 at most; a dataset that claims more than that, beyond a small one, holds no numbers.
    private const long LargestRatio = 1032;
    private const double LeastBytes = 4e6;

    private const ushort ScaleOffset = 6;

    private static readonly ushort[] KnownFilters = [1, 2, 3, ScaleOffset, IdleFilter.Number, LzfFilter.Number];

    private static readonly Dictionary<ushort, string> FilterNames = new()
    {
        [4] = "szip",
        [5] = "N-bit",
        [305] = "LZO",
        [307] = "bzip2",
        [32001] = "Blosc",
        [32004] = "LZ4",
        [32008] = "bitshuffle",
        [32013] = "ZFP",
        [32015] = "Zstandard",
        [32017] = "SZ",
        [32026] = "Blosc2",
    };

    /// <summary>All numbers of a dataset, row-major.</summary>
    /// <exception cref="InputException">There is none of that name, or none that is read.</exception>
    public static double[] Doubles(IH5Group group, string path, string name) =>
        Doubles(path, Hdf5.Dataset(group, path, name), name, 0, int.MaxValue);

    /// <summary>Some rows (first axis) of a dataset as doubles.</summary>
    public static double[] Doubles(string path, IH5Dataset dataset, string name, int firstRow, int rows)
    {
        var type = Numeric(path, dataset, name);
        rows = (int)Math.Min((ulong)rows, RowCount(path, dataset, name) - (ulong)firstRow);
        var width = Width(dataset.Space.Dimensions);
        var values = new double[checked(rows * width)];
        ForEachBlock(path, dataset, name, type, firstRow, rows, (first, _, bytes) =>
            type.Numbers(bytes, values.AsSpan((first - firstRow) * (int)width, bytes.Length / type.Size))
        );
        if (DeclaredMissing.Of(dataset, false, type) is { SaysNothing: false } declared)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = declared.Meant(values[i], type);
            }
        }
        return values;
    }

    /// <summary>Some rows of a dataset as float32.</summary>
    /// <exception cref="InputException">A number is finite and beyond the range of float32.</exception>
    public static float[] Singles(string path, IH5Dataset dataset, string name, int firstRow, int rows)
    {
        var type = Numeric(path, dataset, name);
        var width = Width(dataset.Space.Dimensions);
        var values = new float[checked(rows * width)];
        var declared = DeclaredMissing.Of(dataset, false, type);
        if (type is { Kind: Hdf5Kind.Float, Size: 4, IsBigEndian: false } && BitConverter.IsLittleEndian && declared.SaysNothing)
        {
            ForEachBlock(path, dataset, name, type, firstRow, rows, (first, _, bytes) =>
                System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes).CopyTo(values.AsSpan((first - firstRow) * (int)width))
            );
            return values;
        }
        ForEachBlock(path, dataset, name, type, firstRow, rows, (first, _, bytes) =>
        {
            var at = (first - firstRow) * (int)width;
            for (var i = 0; i < bytes.Length / type.Size; i++)
            {
                var value = declared.Meant(type.Number(bytes.AsSpan(i * type.Size)), type);
                values[at + i] = (float)value;
                if (!float.IsFinite(values[at + i]) && double.IsFinite(value))
                {
                    throw new InputException(
                        $"'{path}': /{name}, row {first + (i / width)}, entry {i % width} is {value}, which a 32-bit float cannot hold; "
                            + $"bring the numbers to the order of 1."
                    );
                }
            }
        });
        return values;
    }

    /// <summary>Some rows of whole numbers of one byte.</summary>
    public static byte[] Bytes(string path, IH5Dataset dataset, string name, int firstRow, int rows) =>
        Array.ConvertAll(Doubles(path, dataset, name, firstRow, rows), v => v == 0 ? (byte)0 : (byte)1);

    /// <summary>Why a dataset cannot be read; null when it can.</summary>
    public static string? Fault(string path, IH5Dataset dataset, Hdf5Type type)
    {
        if (type.Kind == Hdf5Kind.Other)
        {
            return type.Name == Hdf5Internals.Complex
                ? $"holds {type.Name}, which are not read; write their real and imaginary parts as two datasets"
                : $"holds {type.Name}, which are not read; write it as 64-bit floats";
        }
        if (dataset.Layout.Class == H5DataLayoutClass.VirtualStorage)
        {
            return "is a virtual dataset, whose numbers lie in other files and are not read; write them into this one";
        }
        if (Hdf5Internals.IsExternal(dataset))
        {
            return "keeps its numbers in another file, which is not read; write them into this one";
        }
        var filters = Hdf5Internals.Filters(dataset);
        var unknown = filters.Where(f => !KnownFilters.Contains(f.Id)).ToArray();
        if (unknown.Length > 0)
        {
            var (id, name, _) = unknown[0];
            var known = FilterNames.GetValueOrDefault(id, name.Length > 0 ? name : "without a name");
            return $"is compressed by the filter {known} ({id}), which is not read; write it with gzip or LZF";
        }
        if (type.Kind != Hdf5Kind.Whole && filters.Any(f => f.Id == ScaleOffset && !IsReadScaleOffset(f.Parameters)))
        {
            return $"is compressed by the filter scale-offset ({ScaleOffset}) in a way that is not read; write it with gzip or LZF";
        }
        var bytes = dataset.Space.Dimensions.Aggregate((double)type.Size, (all, n) => all * n);
        var length = RegularFile.Behind(path).Length;
        return bytes > LeastBytes + ((double)LargestRatio * length)
            ? $"claims {bytes / 1e9:G3} GB in a file of {length} bytes: it is damaged, make or download it again"
            : null;
    }

    /// <summary>Calls for blocks of consecutive rows with their bytes: the first row, their number, and the elements as they stand in the
    /// file.</summary>
    public static void ForEachBlock(
        string path,
        IH5Dataset dataset,
        string name,
        Hdf5Type type,
        int firstRow,
        int rows,
        Action<int, int, byte[]> block
    )
    {
        if (Fault(path, dataset, type) is { } fault)
        {
            throw new InputException($"'{path}': /{name} {fault}.");
        }
        var shape = dataset.Space.Dimensions;
        var rowBytes = Width(shape) * type.Size;
        var chunk = dataset.Layout.Class == H5DataLayoutClass.Chunked ? (long)dataset.Layout.Chunks[0] : 1;
        // Whole chunks at a time: a part of one costs as much as all of it.
        var step = (int)Math.Min(rows, Math.Max(1, BlockBytes / Math.Max(1, rowBytes) / chunk) * chunk);
        for (var row = 0; row < rows && rowBytes > 0; row += step)
        {
            var count = Math.Min(step, rows - row);
            var starts = new ulong[shape.Length];
            starts[0] = (ulong)(firstRow + row);
            ulong[] counts = [(ulong)count, .. shape[1..]];
            var bytes = Hdf5Chunks.Read<byte[]>(dataset, name, new HyperslabSelection(shape.Length, starts, counts));
            if (bytes.Length != checked(count * rowBytes))
            {
                throw new InvalidDataException($"/{name} gives {bytes.Length} bytes where {count * rowBytes} are due");
            }
            block(firstRow + row, count, bytes);
        }
    }

    /// <summary>Elements of a row.</summary>
    public static long Width(ulong[] shape) => shape.Skip(1).Aggregate(1L, (all, n) => checked(all * (long)n));

    /// <summary>The shape of a dataset, checked.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="name">Its name.</param>
    /// <param name="due">What every extent must be.</param>
    /// <param name="meaning">What the extents mean, e.g. "metallicities, ages, wavelengths".</param>
    public static void RequireShape(string path, IH5Dataset dataset, string name, long[] due, string meaning)
    {
        var shape = dataset.Space.Dimensions;
        if (!shape.Select(d => (long)d).SequenceEqual(due))
        {
            var sorted = shape.Length == due.Length && shape.Select(d => (long)d).Order().SequenceEqual(due.Order());
            throw new InputException(
                $"'{path}': /{name} has the shape ({string.Join(", ", shape)}) where ({string.Join(", ", due)}) is due: {meaning}; "
                    + $"{(sorted ? "its axes are in another order, transpose it" : "write it again")}."
            );
        }
    }

    // HDF5's parameters begin with the kind of scaling (0: by a power of ten), and the eighth tells whether there is a fill value. Without
    // one PureHDF 2.2.0 gives all floats of a chunk the same value.
    private static bool IsReadScaleOffset(uint[] parameters) => parameters is [0, _, _, _, _, _, _, 1, ..];

    private static Hdf5Type Numeric(string path, IH5Dataset dataset, string name)
    {
        var type = Hdf5Internals.TypeOf(dataset);
        return type.IsNumber || type.Kind == Hdf5Kind.Other
            ? type
            : throw new InputException(
                $"'{path}': /{name} holds "
                    + (
                        type.Kind is Hdf5Kind.Record ? "compound records "
                        : type.Kind is Hdf5Kind.Array ? "arrays "
                        : "texts "
                    )
                    + $"where numbers are expected; write it as 64-bit floats."
            );
    }

    private static ulong RowCount(string path, IH5Dataset dataset, string name) =>
        dataset.Space.Dimensions is [var rows, ..] && rows <= int.MaxValue
            ? rows
            : throw new InputException(
                $"'{path}': /{name} has the shape ({string.Join(", ", dataset.Space.Dimensions)}); a list of at most {int.MaxValue} "
                    + $"numbers or rows is "
                    + $"expected."
            );
}
