using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Numerics;

namespace Galatent.Latents.Activity;

/// <summary>Which dimensions are in use, what the decoder loses without them, and which pairs of axes the loss cannot tell from rotated
/// ones.</summary>
internal sealed class ActivityAnalysis : ILatentAnalysis
{
    // The rise of 1,000 spectra is known to a few per cent; every dimension costs as many decodings.
    private const int AblationSpectra = 1000;

    public string Name => "activity";

    public string Description => "KL, variance, median deviation, eq. 11 and ablation of every dimension, with errors";

    public bool IsDefault => true;

    public AnalysisOutput Run(AnalysisInput input, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var latents = input.Latents;
        var covariance = MeanCovariance.Measure(
            input.Spectra.Read,
            input.Spectra.Grid.Count,
            latents.Mu,
            latents.Dimensions,
            input.Results.Error.Variance,
            input.Options.Threads,
            progress,
            cancellation
        );
        LatentSpread[] spreads =
        [
            .. Enumerable.Range(0, latents.Dimensions).Select(d => LatentSpread.Of(latents.MuColumn(d), latents.LogVarianceColumn(d))),
        ];
        // Only dimensions that one of the three criteria calls used: the others are constant to a few per cent.
        int[] judged =
        [
            .. input
                .InUse.Union(input.Results.Informative)
                .Union(Enumerable.Range(0, spreads.Length).Where(d => spreads[d].MuVariance > LatentSpread.ActiveUnitVariance))
                .Order(),
        ];
        var ablations = Ablation.Measure(
            input.Spectra.Read,
            input.Spectra.Grid.Count,
            [.. input.Split.Validation.Take(AblationSpectra)],
            latents.Mu,
            latents.Dimensions,
            judged,
            input.Decode,
            cancellation
        );
        var rows = spreads.Select(
            (spread, d) =>
                new ActivityRow(
                    d,
                    spread,
                    covariance.Value[d],
                    covariance.StandardError[d],
                    covariance.Floor[d],
                    covariance.Verdict(d),
                    Array.IndexOf(judged, d) is >= 0 and var place ? ablations[place] : null
                )
        );
        return new AnalysisOutput(
            [new AnalysisTable(Name, ActivityRow.Table(rows)), new AnalysisTable(Name + "-rotations", Rotations(input))],
            [.. Disagreements(input, covariance)]
        );
    }

    private static ResultTable Rotations(AnalysisInput input)
    {
        var inUse = input.InUse;
        var beta = input.Results.Loss.Beta;
        var columns = inUse.ToDictionary(d => d, input.Latents.LogVarianceColumn);
        return new ResultTable(
            ["dimension_a", "dimension_b", "rotation_cost", "rotation_cost_share_of_loss"],
            [
                .. inUse.SelectMany(a =>
                    inUse
                        .Where(b => b > a)
                        .Select(b =>
                        {
                            var cost = AxisRotation.Cost(beta, columns[a], columns[b]);
                            return new[]
                            {
                                AnalysisResults.DimensionName(a),
                                AnalysisResults.DimensionName(b),
                                ResultTable.Text(cost),
                                ResultTable.Text(cost / input.Results.Loss.Loss),
                            };
                        })
                ),
            ]
        );
    }

    // Eq. 11 and KL can disagree; then the reader must know which dimensions conclusions are drawn from.
    private static IEnumerable<string> Disagreements(AnalysisInput input, MeanCovariance covariance)
    {
        var undecided = Names(
            Enumerable.Range(0, covariance.Value.Length).Where(d => covariance.Verdict(d) == CovarianceVerdict.Undecided)
        );
        if (undecided.Length > 0)
        {
            yield return $"eq. 11 is within two of its errors of the threshold for {undecided}: undecided.";
        }
        var echoes = Names(input.Results.Informative.Except(input.InUse));
        if (echoes.Length > 0)
        {
            yield return $"eq. 11 calls {echoes} informative, but the KL is below 0.1 nat.";
        }
    }

    private static string Names(IEnumerable<int> dimensions) => string.Join(", ", dimensions.Select(AnalysisResults.DimensionName));
}
