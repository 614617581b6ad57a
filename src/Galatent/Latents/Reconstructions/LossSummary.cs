using Galatent.Networks.Objectives;

namespace Galatent.Latents.Reconstructions;

/// <summary>The loss of a model (eq. 8 of the study) and its parts, per spectrum, beside what the best linear VAE reaches on the same
/// spectra.</summary>
/// <param name="Beta">Weight of the KL term.</param>
/// <param name="SpectrumCount">Number of all spectra.</param>
/// <param name="ValidationCount">Number of validation spectra, which <paramref name="SquaredErrorOfSample"/> and <paramref name="KlNat"/>
/// are measured on.</param>
/// <param name="SquaredErrorOfMean">Squared error of the decoded posterior mean, mean over all spectra, normalised flux squared.</param>
/// <param name="SquaredErrorOfSample">Squared error of a decoded sample z, mean over the validation spectra: the first term of the
/// loss.</param>
/// <param name="KlNat">KL, mean over the validation spectra, nat.</param>
/// <param name="TotalVariance">Summed variance of all pixels over all spectra: the squared error of a model that learnt only the
/// mean.</param>
/// <param name="Linear">The best linear VAE on the training spectra.</param>
public sealed record LossSummary(
    double Beta,
    int SpectrumCount,
    int ValidationCount,
    double SquaredErrorOfMean,
    double SquaredErrorOfSample,
    double KlNat,
    double TotalVariance,
    LinearVae Linear
)
{
    /// <summary>SquaredErrorOfSample + Beta x KlNat.</summary>
    public double Loss => SquaredErrorOfSample + (Beta * KlNat);
}
