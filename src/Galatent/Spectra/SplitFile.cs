using Galatent.Files;
using Galatent.Numerics;
using PureHDF;

namespace Galatent.Spectra;

/// <summary>
/// Which rows trained a model and which validated it. Stored beside the model (HDF5, readable with h5py): <c>/training</c> and
/// <c>/validation</c>, int32 row numbers from 0, in the order of <see cref="DataSplit"/>.
/// </summary>
public static class SplitFile
{
    /// <summary>File inside a model folder.</summary>
    public const string FileName = "split.h5";

    private const string Training = "training";
    private const string Validation = "validation";

    /// <summary>Writes the row numbers. The file appears only when it is complete.</summary>
    public static void Write(string path, DataSplit split)
    {
        ArgumentNullException.ThrowIfNull(split);
        var file = new H5File
        {
            [Training] = Dataset(split.Training, "rows of the spectra that trained the model"),
            [Validation] = Dataset(split.Validation, "rows of the spectra that judged the model"),
            Attributes = new() { ["format"] = "galatent-split", ["format_version"] = 1 },
        };
        AtomicFile.Write(path, temporary => file.Write(temporary));
    }

    /// <summary>Reads the row numbers.</summary>
    /// <param name="path">The file.</param>
    /// <param name="count">Number of spectra that the model was trained and validated on.</param>
    /// <exception cref="InputException">The file is damaged, or is not a split of this many spectra.</exception>
    public static DataSplit Read(string path, int count) => Hdf5.Open(path, file =>
        {
            var split = new DataSplit(Hdf5.Dataset(file, path, Training).Read<int[]>(), Hdf5.Dataset(file, path, Validation).Read<int[]>());
            var isUsed = new bool[count];
            foreach (var row in split.Training.Concat(split.Validation))
            {
                if (row < 0 || row >= count)
                {
                    throw Refusal(path, count, $"row {row} is not one of them");
                }
                if (isUsed[row])
                {
                    throw Refusal(path, count, $"row {row} is named twice");
                }
                isUsed[row] = true;
            }
            return Array.IndexOf(isUsed, false) is >= 0 and var missing ? throw Refusal(path, count, $"row {missing} is missing") : split;
        });

    private static InputException Refusal(string path, int count, string fault) =>
        new($"'{path}' is not a split of {count} spectra: {fault}; train the model again.");

    private static H5Dataset<int[]> Dataset(int[] rows, string description) =>
        new(rows) { Attributes = new() { ["description"] = description } };
}
