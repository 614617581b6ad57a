using System.Globalization;

namespace Galatent.Files;

/// <summary>Reads columns of one HDF5 dataset in one pass.</summary>
internal static class Hdf5PartReader
{
    /// <summary>Reads the columns, in their order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parts">Columns of one dataset.</param>
    /// <param name="isNetCdf">Whether netCDF wrote the file.</param>
    /// <param name="remarks">Gets one sentence for each column with values that the file declares missing.</param>
    public static IReadOnlyList<FileColumn> Read(string path, IReadOnlyList<Hdf5Part> parts, bool isNetCdf, List<string> remarks)
    {
        var first = parts[0];
        var rows = first.IsRow ? 1 : first.Count;
        var unit = Hdf5.Text(first.Dataset, "units");
        var description = Hdf5.Text(first.Dataset, "description");
        if (first.Type.Kind == Hdf5Kind.VariableText)
        {
            var texts = Hdf5Chunks.Read<string?[]>(first.Dataset, first.DatasetName);
            return [FileColumn.OfTexts(first.Name, Array.ConvertAll(texts, t => t ?? ""))];
        }
        var targets = parts.Select(p => new Target(p, first.Count)).ToArray();
        var rowBytes = Hdf5Numbers.Width(first.Dataset.Space.Dimensions) * first.RowType.Size;
        if (Array.Exists(targets, t => t.Part.Offset + (long)t.Part.Type.Size > rowBytes))
        {
            throw new InvalidDataException($"fields of /{first.DatasetName} reach beyond its records");
        }
        Hdf5Numbers.ForEachBlock(path, first.Dataset, first.DatasetName, first.RowType, 0, rows, (row, count, bytes) =>
        {
            if (first.IsRow)
            {
                for (var i = 0; i < first.Count; i++)
                {
                    targets[0].Take(i, bytes.AsSpan(i * first.Type.Size, first.Type.Size));
                }
                return;
            }
            foreach (var target in targets)
            {
                for (var i = 0; i < count; i++)
                {
                    target.Take(row + i, bytes.AsSpan((int)(i * rowBytes) + target.Part.Offset, target.Part.Type.Size));
                }
            }
        });
        return Array.ConvertAll(targets, t =>
            t.Part.Type.Kind == Hdf5Kind.Text
                ? FileColumn.OfTexts(t.Part.Name, t.Texts)
                : t.Column(path, DeclaredMissing.Of(first.Dataset, isNetCdf, t.Part.Type), unit, description, remarks)
        );
    }

    private sealed class Target(Hdf5Part part, int rows)
    {
        private readonly double[] _numbers = part.Type.IsNumber && !part.Type.IsLong ? new double[rows] : [];
        private readonly ulong[] _bits = part.Type.IsLong ? new ulong[rows] : [];

        public Hdf5Part Part { get; } = part;

        public string[] Texts { get; } = part.Type.Kind == Hdf5Kind.Text ? new string[rows] : [];

        public void Take(int row, ReadOnlySpan<byte> element)
        {
            if (Part.Type.IsLong)
            {
                _bits[row] = Part.Type.Bits(element);
            }
            else if (Part.Type.IsNumber)
            {
                _numbers[row] = Part.Type.Number(element);
            }
            else
            {
                Texts[row] = Part.Type.Text(element);
            }
        }

        public FileColumn Column(string path, DeclaredMissing declared, string unit, string description, List<string> remarks)
        {
            var isLong = Part.Type.IsLong;
            var isSingle = Part.Type is { Kind: Hdf5Kind.Float, Size: 4 };
            var numbers = isLong ? Array.ConvertAll(_bits, b => Part.Type.IsSigned ? (double)(long)b : b) : _numbers;
            var missing = new bool[numbers.Length];
            var reason = "";
            for (var i = 0; i < numbers.Length; i++)
            {
                var mark = declared.Mark(numbers[i], isLong ? _bits[i] : null, isSingle);
                missing[i] = mark is not null;
                reason = mark ?? reason;
                numbers[i] = missing[i] ? double.NaN : declared.Unpacked(numbers[i]);
            }
            if (missing.Contains(true))
            {
                remarks.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"'{path}', column '{Part.Name}': {missing.Count(m => m)} of {missing.Length} values are missing, as the file "
                            + $"declares ({reason})."
                    )
                );
            }
            return !isLong || declared.IsPacked ? new FileColumn(Part.Name, numbers, null, unit, description)
                : Part.Type.IsSigned
                    ? FileColumn.OfWhole(Part.Name, WholeNumbers.Of(Array.ConvertAll(_bits, b => (long)b), missing), unit, description)
                : FileColumn.OfWhole(Part.Name, WholeNumbers.Of(_bits, missing), unit, description);
        }
    }
}
