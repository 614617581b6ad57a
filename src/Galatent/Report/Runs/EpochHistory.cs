using Galatent.Latents;

namespace Galatent.Report.Runs;

/// <summary>Curves of a training run, one value per epoch, per spectrum.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainingLoss">Loss on the training spectra while they were learnt.</param>
/// <param name="ValidationLoss">Loss on the validation spectra.</param>
/// <param name="KlNat">KL on the validation spectra, nat.</param>
public sealed record EpochHistory(double[] Epoch, double[] TrainingLoss, double[] ValidationLoss, double[] KlNat)
{
    /// <summary>Squared error on the validation spectra; empty when not known.</summary>
    public double[] SquaredError { get; init; } = [];

    /// <summary>Loss of the best linear VAE in the terms of the run's objective; null when not known.</summary>
    public double? LinearLoss { get; init; }

    /// <summary>Squared error that as many principal components leave as the network has active dimensions, by epoch; empty when not
    /// known.</summary>
    public double[] PrincipalError { get; init; } = [];

    /// <summary>Index of the epoch that was kept.</summary>
    public int Best => Array.IndexOf(ValidationLoss, ValidationLoss.Min());

    /// <summary>Reads the curves from a model's <c>history.csv</c>.</summary>
    public static EpochHistory Read(string path)
    {
        var table = ResultTable.Read(path);
        double[] Known(string column) => table.Header.Contains(column) && !table.Texts(column).Contains("") ? table.Doubles(column) : [];
        return new EpochHistory(
            table.Doubles("epoch"),
            table.Doubles("training_loss"),
            table.Doubles("validation_loss"),
            table.Doubles("kl_nat")
        )
        {
            SquaredError = Known("squared_error"),
            LinearLoss = Known("linear_vae_loss") is [var linear, ..] ? linear : null,
            PrincipalError = Known("pca_squared_error_active"),
        };
    }
}
