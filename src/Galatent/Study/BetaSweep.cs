using System.Globalization;
using Galatent.Files;
using Galatent.Latents;
using Galatent.Latents.Dimensionality;
using Galatent.Numerics;
using Galatent.Report.Runs;

namespace Galatent.Study;

/// <summary>What the models of one run say together: whether error and rate of different betas fit each other, and which number of
/// dimensions lasts. Written to the run folder's <c>analysis/</c>.</summary>
public static class BetaSweep
{
    // A knee of three points is no knee.
    private const int LeastForKnee = 4;

    /// <summary>Writes <c>sweep-models.csv</c>, <c>sweep-pairs.csv</c> and <c>sweep-persistence.csv</c> of a run whose models were
    /// analysed. A run with fewer than two betas has nothing to compare, and nothing is written.</summary>
    /// <param name="folder">The run folder.</param>
    /// <returns>Sentences for the user: models that another one beats at their own beta.</returns>
    /// <exception cref="InputException">A model was not analysed.</exception>
    public static IReadOnlyList<string> Write(string folder)
    {
        var layout = new RunLayout(folder);
        AnalysisResults[] models = [.. layout.Models().Select(m => AnalysisFolder.Read(m.Analysis))];
        if (models.Select(m => m.Loss.Beta).Distinct().Count() < Math.Max(2, models.Length))
        {
            return [];
        }
        AnalysisResults[] ordered = [.. models.OrderBy(m => m.Loss.Beta)];
        var pairs = RateDistortion.Pairs(
            ordered.Select(m => new RateDistortionPoint(m.Loss.Beta, m.Loss.KlNat, m.Loss.SquaredErrorOfSample))
        );
        var persistence = Persistence.OfSweep(ordered.Select(m => (m.Loss.Beta, m.Informativeness.KlNat)));
        var target = Path.Combine(folder, AnalysisFolder.FolderName);
        Models(ordered).Write(Path.Combine(target, "sweep-models.csv"));
        Pairs(pairs).Write(Path.Combine(target, "sweep-pairs.csv"));
        Persistence.Table(persistence).Write(Path.Combine(target, "sweep-persistence.csv"));
        return
        [
            .. pairs.Where(p => p.LowExcess > 0).Select(p => Beaten(p.LowBeta, p.HighBeta, p.LowExcess)),
            .. pairs.Where(p => p.HighExcess > 0).Select(p => Beaten(p.HighBeta, p.LowBeta, p.HighExcess)),
        ];
    }

    private static string Beaten(double beta, double other, double excess)
    {
        var loss = string.Create(
            CultureInfo.InvariantCulture,
            $"at beta {beta} the model trained at {other} has a loss lower by {excess:G2}"
        );
        return loss + " than the one trained at it: train that longer, if seeds scatter less.";
    }

    private static ResultTable Models(AnalysisResults[] models)
    {
        double[] rates = [.. models.Select(m => m.Loss.KlNat)];
        double[] errors = [.. models.Select(m => m.Loss.SquaredErrorOfSample)];
        // Along ascending rate, the error falls.
        int[] order = [.. Enumerable.Range(0, models.Length).OrderBy(i => rates[i])];
        var knee =
            models.Length >= LeastForKnee && rates.Max() > rates.Min() && errors.Max() > errors.Min()
                ? order[Kneedle.Of([.. order.Select(i => rates[i])], [.. order.Select(i => errors[i])]).Index]
                : -1;
        return ResultTable.Of([
            ("beta", [.. models.Select(m => m.Loss.Beta)]),
            ("rate_nat", rates),
            ("squared_error", errors),
            ("dimensions_in_use", [.. models.Select(m => (double)m.Informativeness.ByKl.Length)]),
            (
                "is_knee",
                [
                    .. models.Select(
                        (_, i) =>
                            models.Length < LeastForKnee ? double.NaN
                            : i == knee ? 1
                            : 0
                    ),
                ]
            ),
        ]);
    }

    private static ResultTable Pairs(IReadOnlyList<RateDistortionPair> pairs) =>
        ResultTable.Of([
            ("low_beta", [.. pairs.Select(p => p.LowBeta)]),
            ("high_beta", [.. pairs.Select(p => p.HighBeta)]),
            ("slope", [.. pairs.Select(p => p.Slope)]),
            ("is_consistent", [.. pairs.Select(p => p.IsConsistent ? 1.0 : 0)]),
            ("low_beta_excess", [.. pairs.Select(p => p.LowExcess)]),
            ("high_beta_excess", [.. pairs.Select(p => p.HighExcess)]),
        ]);
}
