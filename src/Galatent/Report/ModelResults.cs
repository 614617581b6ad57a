using Galatent.Latents;

namespace Galatent.Report;

/// <summary>One trained model of a run.</summary>
/// <param name="Latents">Latent representations of all spectra.</param>
/// <param name="Analysis">What was measured of it.</param>
/// <param name="History">Its training; null when the file is missing.</param>
public sealed record ModelResults(LatentSet Latents, AnalysisResults Analysis, EpochHistory? History)
{
    /// <summary>Weight of the KL term.</summary>
    public double Beta => Analysis.Loss.Beta;

    /// <summary>"β = 0.3".</summary>
    public string Label => $"β = {Wording.Beta(Beta)}";
}

/// <summary>Curves of a training run, one value per epoch, per spectrum.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainingLoss">Loss on the training spectra while they were learnt.</param>
/// <param name="ValidationLoss">Loss on the validation spectra.</param>
/// <param name="KlNat">KL on the validation spectra, nat.</param>
public sealed record EpochHistory(double[] Epoch, double[] TrainingLoss, double[] ValidationLoss, double[] KlNat);
