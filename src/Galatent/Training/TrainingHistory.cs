using System.Globalization;
using System.Text;
using Galatent.Files;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>What one epoch achieved; a row of <c>history.csv</c>. Losses are means per spectrum.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="LearningRate">Step size of its last update.</param>
/// <param name="TrainingLoss">Objective (eq. 8), averaged over the updates while they were made.</param>
/// <param name="ValidationLoss">Objective on the validation set after the epoch.</param>
/// <param name="SquaredError">Its first term on the validation set: sum over pixels (eq. 5).</param>
/// <param name="KullbackLeibler">Its divergence on the validation set, nat (eq. 7).</param>
/// <param name="ActiveDimensions">Latent dimensions that count as active (<see cref="Networks.ActiveDimensions"/>).</param>
/// <param name="LowestLineR2">Lowest coefficient of determination at the centres of the bright lines inside the grid; null when there are
/// none.</param>
/// <param name="Seconds">Wall-clock time of the epoch with its validation.</param>
/// <param name="SamplesPerSecond">Training spectra per second, without validation.</param>
public sealed record EpochRecord(
    int Epoch,
    double LearningRate,
    double TrainingLoss,
    double ValidationLoss,
    double SquaredError,
    double KullbackLeibler,
    int ActiveDimensions,
    double? LowestLineR2,
    double Seconds,
    double SamplesPerSecond
)
{
    /// <summary>Largest loss of a single update: a jump shows here even when the epoch's mean hides it.</summary>
    public double LargestTrainingLoss { get; init; }

    /// <summary>Weight of the divergence at the end of the epoch.</summary>
    public double Beta { get; init; }

    /// <summary>Loss of the best linear VAE on the training spectra, in the terms of the objective; null where it has no closed
    /// form.</summary>
    public double? LinearLoss { get; init; }

    /// <summary>Squared error that as many principal components leave as the network has latent dimensions; null when it was not
    /// measured.</summary>
    public double? PrincipalError { get; init; }

    /// <summary>Squared error that as many principal components leave as the network has active dimensions.</summary>
    public double? PrincipalErrorActive { get; init; }

    /// <summary>R² at the centres of the lines of largest variance, in the order of the run's lines.</summary>
    public double[] LineR2 { get; init; } = [];
}

/// <summary>Writing <c>history.csv</c>.</summary>
internal static class TrainingHistory
{
    /// <summary>File inside a model folder.</summary>
    public const string FileName = "history.csv";

    /// <summary>File of the lines' R² inside a model folder.</summary>
    public const string LinesFileName = "lines.csv";

    private const string Header =
        "epoch,learning_rate,training_loss,validation_loss,squared_error,kl_nat,active_dimensions,lowest_line_r2,"
        + "seconds,samples_per_second,"
        + "largest_training_loss,beta,linear_vae_loss,pca_squared_error,pca_squared_error_active,lowest_r2_of_20_lines";

    /// <summary>Writes all rows, atomically.</summary>
    public static void Write(string path, IReadOnlyList<EpochRecord> epochs)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var e in epochs)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{e.Epoch},{e.LearningRate:G6},{e.TrainingLoss:G8},"
                    + $"{e.ValidationLoss:G8},{e.SquaredError:G8},{e.KullbackLeibler:G8},{e.ActiveDimensions},"
                    + $"{e.LowestLineR2:F4},{e.Seconds:F2},{e.SamplesPerSecond:F1},"
            );
            text.Append(
                CultureInfo.InvariantCulture,
                $"{e.LargestTrainingLoss:G8},{e.Beta:G6},{e.LinearLoss:G8},{e.PrincipalError:G8},{e.PrincipalErrorActive:G8},"
                    + $"{(e.LineR2.Length > 0 ? e.LineR2.Min() : null):F4}\n"
            );
        }
        AtomicFile.WriteText(path, text.ToString());
    }

    /// <summary>Writes <c>lines.csv</c>, atomically: one row per epoch, one column per line.</summary>
    public static void WriteLines(string path, IReadOnlyList<SpectralFeature> lines, IReadOnlyList<EpochRecord> epochs)
    {
        var text = new StringBuilder("epoch");
        foreach (var line in lines)
        {
            text.Append(CultureInfo.InvariantCulture, $",{line.Name} {line.CenterAngstrom:F0}");
        }
        text.Append('\n');
        foreach (var e in epochs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{e.Epoch}");
            foreach (var r2 in e.LineR2)
            {
                text.Append(CultureInfo.InvariantCulture, $",{r2:F4}");
            }
            text.Append('\n');
        }
        AtomicFile.WriteText(path, text.ToString());
    }
}
