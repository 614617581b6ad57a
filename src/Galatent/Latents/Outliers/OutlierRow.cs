using Galatent.Files;

namespace Galatent.Latents.Outliers;

/// <summary>One spectrum of a ranked table of outliers.</summary>
/// <param name="Spectrum">Its number in the file, from 0.</param>
/// <param name="ObjectId">Its identifier; empty without.</param>
/// <param name="Redshift">Its redshift.</param>
/// <param name="SignalToNoise">Median flux over noise of a pixel.</param>
/// <param name="Score">How unusual: the largest of its measures, in upper spreads of usual spectra.</param>
/// <param name="Measure">The measure that is largest.</param>
/// <param name="LatentScoreNat">-ln density of its latents, nat.</param>
/// <param name="LatentPValue">Share of usual spectra that reach it.</param>
/// <param name="ChiSquare">Chi² per pixel over what is expected.</param>
/// <param name="Class">What it may be.</param>
/// <param name="Explanation">The best explanation; empty without.</param>
/// <param name="Feature">Where, in words.</param>
/// <param name="Gain">By how much the explanation lowers chi².</param>
/// <param name="BestRedshift">The redshift that fits best; NaN when others were not tried.</param>
/// <param name="Gains">Gain of every explanation, in the order of <see cref="Names"/>.</param>
public sealed record OutlierRow(
    int Spectrum,
    string ObjectId,
    double Redshift,
    double SignalToNoise,
    double Score,
    string Measure,
    double LatentScoreNat,
    double LatentPValue,
    double ChiSquare,
    OutlierClass Class,
    string Explanation,
    string Feature,
    double Gain,
    double BestRedshift,
    double[] Gains
)
{
    /// <summary>Names of the explanations.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["narrow_lines", "broad_lines", "broad_features", "splice", "night_sky", "single_pixels", "redshift"];

    /// <summary>The name of a class in tables.</summary>
    public static string NameOf(OutlierClass value) =>
        value switch
        {
            OutlierClass.Artefact => "artefact",
            OutlierClass.Astrophysical => "astrophysical",
            OutlierClass.WrongRedshift => "wrong_redshift",
            _ => "unexplained",
        };

    /// <summary>The table of rows, the most unusual first.</summary>
    public static ResultTable Table(IReadOnlyList<OutlierRow> rows, IReadOnlyList<string> remarks) =>
        new(
            [
                "rank",
                "spectrum",
                "object_id",
                "redshift",
                "signal_to_noise",
                "score",
                "measure",
                "latent_score_nat",
                "latent_p_value",
                "chi2_over_expected",
                "class",
                "explanation",
                "where",
                "gain_chi2",
                "best_redshift",
                .. Names.Select(n => $"gain_{n}"),
            ],
            [.. rows.Select((r, i) => r.Fields(i + 1))]
        )
        {
            Remarks = remarks,
        };

    private string[] Fields(int rank) =>
        [
            ResultTable.Text(rank),
            ResultTable.Text(Spectrum),
            ObjectId,
            ResultTable.Text(Redshift),
            ResultTable.Text(SignalToNoise, "G5"),
            ResultTable.Text(Score, "G5"),
            Measure,
            ResultTable.Text(LatentScoreNat, "G6"),
            ResultTable.Text(LatentPValue, "G5"),
            ResultTable.Text(ChiSquare, "G5"),
            NameOf(Class),
            Explanation,
            Feature,
            ResultTable.Text(Gain, "G5"),
            ResultTable.Text(BestRedshift, "G6"),
            .. Gains.Select(g => ResultTable.Text(g, "G5")),
        ];
}
