using System.Globalization;
using Galatent.Files;
using Galatent.Latents;
using Galatent.Numerics;

namespace Galatent.Study;

/// <summary>The tables of a comparison.</summary>
public static class ComparisonTables
{
    /// <summary>All tables with their names: <c>models</c> (dimensions and losses), <c>scatter</c> (mean and standard deviation over
    /// seeds), <c>matching</c> (pairs of models), <c>stability</c> (each model against those of the same beta) and <c>dimensions</c>
    /// (who is whose partner).</summary>
    public static IReadOnlyList<(string Name, ResultTable Table)> Of(RunComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return
        [
            ("models", Models(comparison)),
            ("scatter", ScatterTable.Of(comparison)),
            ("matching", Matching(comparison)),
            ("stability", Stability(comparison)),
            ("dimensions", Dimensions(comparison)),
        ];
    }

    private static ResultTable Models(RunComparison comparison) =>
        new(
            [
                "model",
                "recipe",
                "population",
                "spectra",
                "seed",
                "beta",
                "dimensions_eq_11",
                "dimensions_in_use",
                "squared_error",
                "kl_nat",
                "loss",
                "linear_vae_loss",
                "lowest_line_r2",
                "strongest_pair",
                "strongest_pair_nat",
                "strongest_pair_standard_error_nat",
            ],
            [
                .. comparison.Models.Select(m =>
                    new[]
                    {
                        m.Name,
                        m.Recipe,
                        m.Population,
                        Text(m.Loss.SpectrumCount),
                        Whole(m.Seed),
                        Text(m.Loss.Beta),
                        Text(m.Informativeness.ByCovariance.Length),
                        Text(m.Informativeness.ByKl.Length),
                        Text(m.Loss.SquaredErrorOfSample),
                        Text(m.Loss.KlNat),
                        Text(m.Loss.Loss),
                        Text(m.Loss.Linear.Loss),
                        Text(m.LowestLineR2 ?? double.NaN),
                        m.StrongestPair is { } pair ? $"{pair.First} {pair.Second}" : "",
                        Text(m.StrongestPair?.Nat ?? double.NaN),
                        Text(m.StrongestPair?.StandardErrorNat ?? double.NaN),
                    }
                ),
            ]
        );

    private static ResultTable Matching(RunComparison comparison) =>
        new(
            [
                "first",
                "second",
                "first_beta",
                "second_beta",
                "matched_correlation",
                "rotated_mean",
                "rotated_95_percent",
                "matched_information",
                "kl_weighted_correlation",
                "udr",
                "cka",
                "mean_squared_canonical_correlation",
                "r2_second_from_first",
                "r2_first_from_second",
            ],
            [
                .. comparison.Pairs.Select(p =>
                    new[]
                    {
                        comparison.Models[p.First].Name,
                        comparison.Models[p.Second].Name,
                        Text(comparison.Models[p.First].Loss.Beta),
                        Text(comparison.Models[p.Second].Loss.Beta),
                        Text(p.Agreement.Matching.Mean),
                        Text(p.Chance?.Mean ?? double.NaN),
                        Text(p.Chance?.Upper ?? double.NaN),
                        Text(p.ByInformation?.Mean ?? double.NaN),
                        Text(p.Agreement.Matching.WeightedMean(comparison.Models[p.First].KlInUse)),
                        Text(p.Agreement.Matching.Ranking),
                        Text(p.Agreement.Subspace.Alignment),
                        Text(p.Agreement.Subspace.MeanSquaredCorrelation),
                        Text(p.Agreement.SecondFromFirst),
                        Text(p.Agreement.FirstFromSecond),
                    }
                ),
            ]
        )
        {
            Remarks = [$"posterior means of {comparison.SpectrumCount} spectra of the first run, dimensions in use (KL above 0.1 nat)"],
        };

    private static ResultTable Stability(RunComparison comparison) =>
        new(
            ["model", "partners", "matched_correlation", "rotated_mean", "udr_median"],
            [
                .. comparison.Models.Select(
                    (model, i) =>
                    {
                        ComparedPair[] own =
                        [
                            .. comparison.Pairs.Where(p =>
                                (p.First == i || p.Second == i)
                                && comparison.Models[p.First].Loss.Beta == comparison.Models[p.Second].Loss.Beta
                            ),
                        ];
                        double Mean(Func<ComparedPair, double> value) => SampleMoments.Mean([.. own.Select(value)]);
                        return new[]
                        {
                            model.Name,
                            Text(own.Length),
                            Text(Mean(p => p.Agreement.Matching.Mean)),
                            Text(Mean(p => p.Chance?.Mean ?? double.NaN)),
                            Text(SampleMoments.Median([.. own.Select(p => p.Agreement.Matching.Ranking)])),
                        };
                    }
                ),
            ]
        )
        {
            Remarks = ["against the models of the same beta"],
        };

    private static ResultTable Dimensions(RunComparison comparison) =>
        new(
            ["first", "dimension", "kl_nat", "second", "partner", "rank_correlation"],
            [
                .. comparison.Pairs.SelectMany(p =>
                    comparison
                        .Models[p.First]
                        .InUse.Select(
                            (d, i) =>
                                new[]
                                {
                                    comparison.Models[p.First].Name,
                                    AnalysisResults.DimensionName(d),
                                    Text(comparison.Models[p.First].Informativeness.KlNat[d]),
                                    comparison.Models[p.Second].Name,
                                    p.Agreement.Matching.Partner[i] is >= 0 and var partner
                                        ? AnalysisResults.DimensionName(comparison.Models[p.Second].InUse[partner])
                                        : "",
                                    Text(p.Agreement.Matching[i]),
                                }
                        )
                ),
            ]
        );

    private static string Text(double value) => ResultTable.Text(value);

    private static string Whole(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
