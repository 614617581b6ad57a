using Galatent.Latents;

namespace Galatent.Report;

/// <summary>Curves of a training run, one value per epoch, per spectrum.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainingLoss">Loss on the training spectra while they were learnt.</param>
/// <param name="ValidationLoss">Loss on the validation spectra.</param>
/// <param name="KlNat">KL on the validation spectra, nat.</param>
public sealed record EpochHistory(double[] Epoch, double[] TrainingLoss, double[] ValidationLoss, double[] KlNat)
{
    /// <summary>Reads the curves from a model's <c>history.csv</c>.</summary>
    public static EpochHistory Read(string path)
    {
        var table = ResultTable.Read(path);
        return new EpochHistory(table.Doubles("epoch"), table.Doubles("training_loss"), table.Doubles("validation_loss"), table.Doubles("kl_nat"));
    }
}
