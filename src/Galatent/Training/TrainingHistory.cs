using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Training;

/// <summary>The epochs of a training: the file <c>history.csv</c> of its model folder.</summary>
/// <param name="Epochs">One record for each epoch, at least one.</param>
public sealed record TrainingHistory(IReadOnlyList<EpochRecord> Epochs)
{
    /// <summary>File inside a model folder.</summary>
    public const string FileName = "history.csv";

    /// <summary>The epoch whose weights were kept: the first with the lowest validation loss.</summary>
    public EpochRecord Best => Epochs.MinBy(e => e.ValidationLoss)!;

    /// <summary>Loss of the best linear VAE by the run's objective; null when unknown.</summary>
    public double? LinearLoss => Epochs[0].LinearLoss;

    /// <summary>One value of every epoch.</summary>
    public double[] Curve(Func<EpochRecord, double> value) => [.. Epochs.Select(value)];

    /// <summary>Writes the file. It appears only when it is complete.</summary>
    public void Write(string path) => EpochRecord.Columns.Table(Epochs).Write(path);

    /// <summary>Reads a file. R² of single lines is not in it (<see cref="LineHistory"/>).</summary>
    /// <exception cref="InputException">It is missing or damaged, or holds no epoch.</exception>
    public static TrainingHistory Read(string path)
    {
        var table = ResultTable.Read(path, "galatent train");
        var epochs = EpochRecord.Columns.Rows(table);
        return epochs.Length > 0 ? new TrainingHistory(epochs) : throw new InputException($"'{path}' holds no epoch; {table.Remedy}.");
    }
}
