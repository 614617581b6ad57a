using Galatent.Files;

namespace Galatent.Training;

/// <summary>The results of one epoch; a row of <c>history.csv</c>. Losses are means per spectrum.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="LearningRate">Learning rate of its last update.</param>
/// <param name="TrainingLoss">Objective (eq. 8), mean over the updates of the epoch.</param>
/// <param name="ValidationLoss">Objective on the validation set after the epoch.</param>
/// <param name="SquaredError">The objective's first term on the validation set: sum over pixels (eq. 5).</param>
/// <param name="KullbackLeibler">The objective's divergence on the validation set, nat (eq. 7).</param>
/// <param name="ActiveDimensions">Latent dimensions whose mean divergence exceeds 0.1 nat.</param>
/// <param name="LowestLineR2">Lowest coefficient of determination (R²) at the centres of the bright lines inside the grid. Null when there
/// is no such line, or none varies over the validation set.</param>
/// <param name="Seconds">Wall-clock time of the epoch, validation included.</param>
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
    /// <summary>The columns of <c>history.csv</c>. Older files end with the speed.</summary>
    internal static TableColumns<EpochRecord> Columns { get; } =
        new TableColumns<EpochRecord>(new(0, 0, 0, 0, 0, 0, 0, null, 0, 0))
            .Count("epoch", e => e.Epoch, (e, value) => e with { Epoch = value })
            .Number("learning_rate", e => e.LearningRate, (e, value) => e with { LearningRate = value }, "G6")
            .Number("training_loss", e => e.TrainingLoss, (e, value) => e with { TrainingLoss = value }, "G8")
            .Number("validation_loss", e => e.ValidationLoss, (e, value) => e with { ValidationLoss = value }, "G8")
            .Number("squared_error", e => e.SquaredError, (e, value) => e with { SquaredError = value }, "G8")
            .Number("kl_nat", e => e.KullbackLeibler, (e, value) => e with { KullbackLeibler = value }, "G8")
            .Count("active_dimensions", e => e.ActiveDimensions, (e, value) => e with { ActiveDimensions = value })
            .Optional("lowest_line_r2", e => e.LowestLineR2, (e, value) => e with { LowestLineR2 = value }, "F4")
            .Number("seconds", e => e.Seconds, (e, value) => e with { Seconds = value }, "F2")
            .Number("samples_per_second", e => e.SamplesPerSecond, (e, value) => e with { SamplesPerSecond = value }, "F1")
            .Number(
                "largest_training_loss",
                e => e.LargestTrainingLoss,
                (e, value) => e with { LargestTrainingLoss = value },
                "G8",
                isOptional: true
            )
            .Number("beta", e => e.Beta, (e, value) => e with { Beta = value }, "G6", isOptional: true)
            .Optional("linear_vae_loss", e => e.LinearLoss, (e, value) => e with { LinearLoss = value }, "G8")
            .Optional("pca_squared_error", e => e.PrincipalError, (e, value) => e with { PrincipalError = value }, "G8")
            .Optional("pca_squared_error_active", e => e.PrincipalErrorActive, (e, value) => e with { PrincipalErrorActive = value }, "G8")
            .Optional("lowest_r2_of_20_lines", e => e.LineR2.Min(), null, "F4")
            .Optional("updates_left_out", e => e.LeftOutUpdates, (e, value) => e with { LeftOutUpdates = (int)(value ?? 0) }, "F0");

    /// <summary>Largest loss of a single update. It shows a jump that the mean of the epoch hides.</summary>
    public double LargestTrainingLoss { get; init; }

    /// <summary>Updates that were left out, because the loss of their batch was infinite, NaN, or above ten times both the variance of
    /// the spectra and the mean of the epoch before. These batches do not count in the losses of the epoch.</summary>
    public int LeftOutUpdates { get; init; }

    /// <summary>Weight of the divergence at the end of the epoch.</summary>
    public double Beta { get; init; }

    /// <summary>Loss on the validation spectra of the linear VAE that is best for the training spectra; null when there is no closed
    /// form.</summary>
    public double? LinearLoss { get; init; }

    /// <summary>Squared error of a PCA with as many components as the network has latent dimensions; null when it was not
    /// measured.</summary>
    public double? PrincipalError { get; init; }

    /// <summary>Squared error of a PCA with as many components as the network has active dimensions.</summary>
    public double? PrincipalErrorActive { get; init; }

    /// <summary>R² at the centres of the lines of largest variance, in the order of the run's lines; null where the validation spectra do
    /// not vary.</summary>
    public double?[] LineR2 { get; init; } = [];
}
