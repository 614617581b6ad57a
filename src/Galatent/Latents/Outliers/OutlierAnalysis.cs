using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Latents.Outliers;

/// <summary>Which held-out spectra are unusual: density of their latents, and reconstruction error beside it.</summary>
internal sealed class OutlierAnalysis : ILatentAnalysis
{
    public string Name => "outliers";

    public string Description => "how unusual each held-out spectrum is: density of its latents with p-value, and reconstruction error";

    public bool IsDefault => true;

    public AnalysisOutput Run(AnalysisInput input, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        input.RequireSpectra();
        var inUse = input.RequireInUse(1);
        var usualSpectra = OutlierReference.Of(input.Latents, input.Split, inUse, input.Options.Seed, input.Options.Threads, cancellation);
        int[] judged = [.. input.Split.Validation.Order()];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = input.Options.Threads, CancellationToken = cancellation };
        var usual = usualSpectra.Scores(input.Latents, usualSpectra.Reference, parallel);
        progress?.Report(new StepProgress(usual.Length, usual.Length + judged.Length));
        Array.Sort(usual);
        var scores = usualSpectra.Scores(input.Latents, judged, parallel);
        progress?.Report(new StepProgress(usual.Length + judged.Length, usual.Length + judged.Length));
        var p = Array.ConvertAll(scores, s => OutlierScore.PValue(s, usual));
        var q = FalseDiscoveryRate.QValues(p);
        var errors = input.Results.Error.SquaredErrorPerSpectrum;
        var rows = judged.Select(
            (row, i) =>
                new[]
                {
                    ResultTable.Text(row),
                    ResultTable.Text(scores[i]),
                    ResultTable.Text(p[i]),
                    ResultTable.Text(q[i]),
                    ResultTable.Text(errors[row]),
                }
        );
        var table = new ResultTable(["spectrum", "score_nat", "p_value", "q_value", "squared_error"], [.. rows])
        {
            Remarks =
            [
                $"mixture of {usualSpectra.Mixture.ComponentCount} components fitted to posterior means of {inUse.Length} dimensions "
                    + $"in use of {usualSpectra.Fitted} training spectra; p from {usualSpectra.Reference.Length} others",
            ],
        };
        return new AnalysisOutput(new AnalysisTable(Name, table));
    }
}
