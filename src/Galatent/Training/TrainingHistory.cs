using System.Globalization;
using System.Text;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>What one epoch achieved; a row of <c>history.csv</c>. Losses are means per spectrum.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="LearningRate">Step size of its last update.</param>
/// <param name="TrainingLoss">Objective (eq. 8), averaged over the updates while they were made.</param>
/// <param name="ValidationLoss">Objective on the validation set after the epoch.</param>
/// <param name="SquaredError">Its first term on the validation set: sum over pixels (eq. 5).</param>
/// <param name="KullbackLeibler">Its divergence on the validation set, nat (eq. 7).</param>
/// <param name="ActiveDimensions">Latent dimensions whose mean divergence exceeds 0.1 nat.</param>
/// <param name="LowestLineR2">Lowest coefficient of determination at the centres of the bright lines inside the grid; null when there are none.</param>
/// <param name="Seconds">Wall-clock time of the epoch with its validation.</param>
/// <param name="SamplesPerSecond">Training spectra per second, without validation.</param>
public sealed record EpochRecord(
    int Epoch, double LearningRate, double TrainingLoss, double ValidationLoss, double SquaredError, double KullbackLeibler,
    int ActiveDimensions, double? LowestLineR2, double Seconds, double SamplesPerSecond);

/// <summary>Writing <c>history.csv</c>.</summary>
internal static class TrainingHistory
{
    /// <summary>File inside a model folder.</summary>
    public const string FileName = "history.csv";

    private const string Header = "epoch,learning_rate,training_loss,validation_loss,squared_error,kl_nat,active_dimensions,lowest_line_r2,seconds,samples_per_second";

    /// <summary>Writes all rows, atomically.</summary>
    public static void Write(string path, IReadOnlyList<EpochRecord> epochs)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var e in epochs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{e.Epoch},{e.LearningRate:G6},{e.TrainingLoss:G8},{e.ValidationLoss:G8},{e.SquaredError:G8},{e.KullbackLeibler:G8},{e.ActiveDimensions},{e.LowestLineR2:F4},{e.Seconds:F2},{e.SamplesPerSecond:F1}\n");
        }
        AtomicFile.WriteText(path, text.ToString());
    }
}
