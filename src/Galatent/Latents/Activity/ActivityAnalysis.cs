using Galatent.Latents.Analyses;
using Galatent.Numerics;

namespace Galatent.Latents.Activity;

/// <summary>Which dimensions are in use: KL, variance, median deviation and eq. 11, each with its error.</summary>
internal sealed class ActivityAnalysis : ILatentAnalysis
{
    public string Name => "activity";

    public string Description => "KL, variance, median deviation and eq. 11 of every dimension, with errors";

    public bool IsDefault => true;

    public AnalysisOutput Run(AnalysisInput input, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var latents = input.Latents;
        var covariance = MeanCovariance.Measure(
            input.Spectra.Read,
            input.Spectra.Grid.Count,
            latents.Mu,
            latents.Dimensions,
            progress,
            cancellation
        );
        var rows = Enumerable
            .Range(0, latents.Dimensions)
            .Select(d => new ActivityRow(
                d,
                LatentSpread.Of(latents.MuColumn(d), latents.LogVarianceColumn(d)),
                covariance.Value[d],
                covariance.StandardError[d],
                covariance.Floor[d],
                covariance.Verdict(d)
            ));
        return new AnalysisOutput(new AnalysisTable(Name, ActivityRow.Table(rows)));
    }
}
