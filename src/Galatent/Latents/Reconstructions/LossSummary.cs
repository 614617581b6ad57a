using Galatent.Files;
using Galatent.Networks.Objectives;

namespace Galatent.Latents.Reconstructions;

/// <summary>The loss of a model (eq. 8 of the study) and its terms, per spectrum, compared with the best linear VAE on the same
/// spectra.</summary>
/// <param name="Beta">Weight of the KL term.</param>
/// <param name="SpectrumCount">Number of all spectra.</param>
/// <param name="ValidationCount">Number of validation spectra. <paramref name="SquaredErrorOfSample"/> and <paramref name="KlNat"/> are
/// measured on them.</param>
/// <param name="SquaredErrorOfMean">Squared error of the decoded posterior mean, mean over all spectra, normalised flux squared.</param>
/// <param name="SquaredErrorOfSample">Squared error of a decoded sample z, mean over the validation spectra. It is the first term of the
/// loss.</param>
/// <param name="KlNat">KL, mean over the validation spectra, nat.</param>
/// <param name="TotalVariance">Summed variance of all pixels over all spectra: the squared error of a model that has learnt only the
/// mean.</param>
/// <param name="Linear">The linear VAE that is best for the training spectra, as it does on the validation spectra.</param>
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
    /// <summary>The rows of <c>loss.csv</c>.</summary>
    internal static TableColumns<LossSummary> Columns { get; } =
        new TableColumns<LossSummary>(new(0, 0, 0, 0, 0, 0, 0, new LinearVae(0, 0, 0, 0)))
            .Number("beta", l => l.Beta, (l, value) => l with { Beta = value, Linear = l.Linear with { Beta = value } })
            .Count("spectra", l => l.SpectrumCount, (l, value) => l with { SpectrumCount = value })
            .Count("validation_spectra", l => l.ValidationCount, (l, value) => l with { ValidationCount = value })
            .Number("squared_error_of_mean_all_spectra", l => l.SquaredErrorOfMean, (l, value) => l with { SquaredErrorOfMean = value })
            .Number(
                "squared_error_of_sample_validation",
                l => l.SquaredErrorOfSample,
                (l, value) => l with { SquaredErrorOfSample = value }
            )
            .Number("kl_nat_validation", l => l.KlNat, (l, value) => l with { KlNat = value })
            .Number("loss_validation", l => l.Loss)
            .Number("total_variance", l => l.TotalVariance, (l, value) => l with { TotalVariance = value })
            .Count(
                "linear_vae_active_dimensions",
                l => l.Linear.ActiveDimensions,
                (l, value) => l with { Linear = l.Linear with { ActiveDimensions = value } }
            )
            .Number(
                "linear_vae_squared_error",
                l => l.Linear.SquaredError,
                (l, value) => l with { Linear = l.Linear with { SquaredError = value } }
            )
            .Number("linear_vae_kl_nat", l => l.Linear.KlNat, (l, value) => l with { Linear = l.Linear with { KlNat = value } })
            .Number("linear_vae_loss", l => l.Linear.Loss)
            .Optional(
                "squared_error_standard_error",
                l => l.Errors?.SquaredError,
                (l, v) => WithError(l, e => e with { SquaredError = v ?? 0 }),
                "R"
            )
            .Optional("kl_standard_error_nat", l => l.Errors?.KlNat, (l, v) => WithError(l, e => e with { KlNat = v ?? 0 }), "R")
            .Optional("loss_standard_error", l => l.Errors?.Loss, (l, v) => WithError(l, e => e with { Loss = v ?? 0 }), "R")
            .Optional(
                "below_linear_vae_standard_error",
                l => l.Errors?.BelowLinear,
                (l, v) => WithError(l, e => e with { BelowLinear = v ?? 0 }),
                "R"
            );

    /// <summary>Standard errors over the validation spectra; null in results of earlier versions.</summary>
    public LossErrors? Errors { get; init; }

    /// <summary>SquaredErrorOfSample + Beta x KlNat.</summary>
    public double Loss => SquaredErrorOfSample + (Beta * KlNat);

    /// <summary>By how much the loss lies below that of the best linear VAE.</summary>
    public double BelowLinear => Linear.Loss - Loss;

    /// <summary>Whether the loss lies below that of the best linear VAE (1) or above (-1) by more than two standard errors, or neither
    /// (0). Without errors the sign decides.</summary>
    public int SideOfLinear => Math.Abs(BelowLinear) > 2 * (Errors?.BelowLinear ?? 0) ? Math.Sign(BelowLinear) : 0;

    private static LossSummary WithError(LossSummary loss, Func<LossErrors, LossErrors> change) =>
        loss with
        {
            Errors = change(loss.Errors ?? new LossErrors(0, 0, 0, 0)),
        };
}
