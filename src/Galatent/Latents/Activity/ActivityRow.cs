using Galatent.Files;
using Galatent.Networks;

namespace Galatent.Latents.Activity;

/// <summary>A row of <c>activity.csv</c>: one dimension.</summary>
internal sealed record ActivityRow(
    int Dimension,
    LatentSpread Spread,
    double Covariance,
    double CovarianceError,
    double CovarianceFloor,
    CovarianceVerdict Verdict,
    Ablation? Ablation
)
{
    public static ResultTable Table(IEnumerable<ActivityRow> rows) => Columns.Table(rows);

    private static TableColumns<ActivityRow> Columns { get; } =
        new TableColumns<ActivityRow>(new(0, new(0, 0, 0, 0, 0, 0), 0, 0, 0, CovarianceVerdict.Undecided, null))
            .Count("dimension", r => r.Dimension, (r, v) => r with { Dimension = v })
            .Number("in_use", r => r.Spread.KlNat > ActiveDimensions.ThresholdNat ? 1 : 0)
            .Number("kl_nat", r => r.Spread.KlNat)
            .Number("kl_standard_error_nat", r => r.Spread.KlStandardErrorNat)
            .Number("mu_variance", r => r.Spread.MuVariance)
            .Number("mu_variance_standard_error", r => r.Spread.MuVarianceStandardError)
            .Number("median_absolute_deviation", r => r.Spread.MedianAbsoluteDeviation)
            .Number("median_absolute_deviation_standard_error", r => r.Spread.MedianAbsoluteDeviationStandardError)
            .Number("mean_absolute_covariance", r => r.Covariance)
            .Number("mean_absolute_covariance_standard_error", r => r.CovarianceError)
            .Number("mean_absolute_covariance_floor", r => r.CovarianceFloor)
            .Text("eq_11", r => Word(r.Verdict), (r, _) => r)
            .Number("ablation_rise", r => r.Ablation?.Rise ?? double.NaN)
            .Number("ablation_rise_standard_error", r => r.Ablation?.StandardError ?? double.NaN);

    private static string Word(CovarianceVerdict verdict) =>
        verdict switch
        {
            CovarianceVerdict.Informative => "informative",
            CovarianceVerdict.NotInformative => "not informative",
            _ => "undecided",
        };
}
