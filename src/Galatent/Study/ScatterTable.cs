using Galatent.Files;
using Galatent.Numerics;
using Galatent.Report.Runs;

namespace Galatent.Study;

/// <summary>Mean and standard deviation over the models of one recipe, population, number of spectra and beta: the error over
/// seeds.</summary>
internal static class ScatterTable
{
    private static readonly (string Name, Func<ComparedModel, double> Value)[] Quantities =
    [
        ("dimensions_eq_11", m => m.Informativeness.ByCovariance.Length),
        ("dimensions_in_use", m => m.Informativeness.ByKl.Length),
        ("squared_error", m => m.Loss.SquaredErrorOfSample),
        ("kl_nat", m => m.Loss.KlNat),
        ("loss", m => m.Loss.Loss),
        ("linear_vae_loss", m => m.Loss.Linear.Loss),
        ("loss_below_linear_vae", m => 1 - (m.Loss.Loss / m.Loss.Linear.Loss)),
        ("lowest_line_r2", m => m.LowestLineR2 ?? double.NaN),
        ("strongest_pair_nat", m => m.StrongestPair?.Nat ?? double.NaN),
    ];

    public static ResultTable Of(RunComparison comparison) =>
        new(
            [
                "recipe",
                "population",
                "spectra",
                "beta",
                "models",
                .. Quantities.SelectMany(q => new[] { q.Name, q.Name + ComparisonResults.Deviation }),
                "pairs",
                "matched_correlation",
                "matched_correlation" + ComparisonResults.Deviation,
                "rotated_mean",
                "rotated_95_percent",
            ],
            [
                .. comparison
                    .Models.GroupBy(Group)
                    .OrderBy(g => g.Key.Recipe, StringComparer.Ordinal)
                    .ThenBy(g => g.Key.Population, StringComparer.Ordinal)
                    .ThenBy(g => g.Key.Spectra)
                    .ThenBy(g => g.Key.Beta)
                    .Select(g =>
                        (string[])
                            [
                                g.Key.Recipe,
                                g.Key.Population,
                                ResultTable.Text(g.Key.Spectra),
                                ResultTable.Text(g.Key.Beta),
                                ResultTable.Text(g.Count()),
                                .. Quantities.SelectMany(q => Moments([.. g.Select(q.Value)])),
                                .. Pairs(comparison, g.Key),
                            ]
                    ),
            ]
        );

    private static (string Recipe, string Population, int Spectra, double Beta) Group(ComparedModel model) =>
        (model.Recipe, model.Population, model.Loss.SpectrumCount, model.Loss.Beta);

    // Pairs share models, so that the scatter of pairs is no error of their mean.
    private static string[] Pairs(RunComparison comparison, (string Recipe, string Population, int Spectra, double Beta) group)
    {
        ComparedPair[] own =
        [
            .. comparison.Pairs.Where(p => Group(comparison.Models[p.First]) == group && Group(comparison.Models[p.Second]) == group),
        ];
        return
        [
            ResultTable.Text(own.Length),
            .. Moments([.. own.Select(p => p.Agreement.Matching.Mean)]),
            Mean([.. own.Select(p => p.Chance?.Mean ?? double.NaN)]),
            Mean([.. own.Select(p => p.Chance?.Upper ?? double.NaN)]),
        ];
    }

    private static string[] Moments(double[] values) =>
        // A single value has no scatter.
        [Mean(values), ResultTable.Text(values.Length > 1 ? SampleMoments.Deviation(values) : double.NaN)];

    private static string Mean(double[] values) => ResultTable.Text(values.Length > 0 ? SampleMoments.Mean(values) : double.NaN);
}
