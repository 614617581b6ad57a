using System.Globalization;
using Galatent.Files;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>
/// R² at the centres of the brightest lines for each epoch: the file <c>lines.csv</c> of a model folder.
/// (The <c>lines.csv</c> of an analysis folder is another file: the final R² of more lines.)
/// </summary>
/// <param name="Lines">Name and wavelength of the lines, e.g. <c>[O III] 5008</c>.</param>
/// <param name="Epochs">Numbers of the epochs, ascending.</param>
/// <param name="R2">One row for each epoch, one value for each line; null where it is not defined.</param>
internal sealed record LineHistory(IReadOnlyList<string> Lines, IReadOnlyList<int> Epochs, IReadOnlyList<double?[]> R2)
{
    /// <summary>File inside a model folder.</summary>
    public const string FileName = "lines.csv";

    private const string EpochColumn = "epoch";

    /// <summary>The lines of a training.</summary>
    public static LineHistory Of(IReadOnlyList<SpectralFeature> lines, IReadOnlyList<EpochRecord> epochs) =>
        new(
            [.. lines.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Name} {l.CenterAngstrom:F0}"))],
            [.. epochs.Select(e => e.Epoch)],
            [.. epochs.Select(e => e.LineR2)]
        );

    /// <summary>Writes the file: one row per epoch, one column per line. It appears only when it is complete.</summary>
    public void Write(string path) =>
        new ResultTable(
            [EpochColumn, .. Lines],
            [
                .. Epochs.Zip(R2, (epoch, r2) =>
                    (string[])[ResultTable.Text(epoch), .. r2.Select(r => ResultTable.Text(r ?? double.NaN, "F4"))]
                ),
            ]
        ).Write(path);

    /// <summary>Reads a file.</summary>
    public static LineHistory Read(string path)
    {
        var table = ResultTable.Read(path, "galatent train");
        var epoch = table.Require(EpochColumn);
        return new LineHistory(
            [.. table.Header.Skip(1)],
            [.. table.Rows.Select((_, row) => (int)table.Number(row, epoch))],
            [
                .. table.Rows.Select(
                    (_, row) =>
                        Enumerable
                            .Range(1, table.Header.Length - 1)
                            .Select(c => Defined(table.Number(row, c, mayBeUndefined: true)))
                            .ToArray()
                ),
            ]
        );
    }

    private static double? Defined(double value) => double.IsNaN(value) ? null : value;
}
