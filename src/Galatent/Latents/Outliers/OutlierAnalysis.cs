using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Latents.Information;
using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Latents.Outliers;

/// <summary>Which held-out spectra are unusual: density of their latents, and reconstruction error beside it.</summary>
internal sealed class OutlierAnalysis : ILatentAnalysis
{
    // A third of the training spectra judges what is usual; the mixture must not have seen it.
    private const int ReferenceShare = 3;
    private const int MostFitted = 10_000;

    public string Name => "outliers";

    public string Description => "how unusual each held-out spectrum is: density of its latents with p-value, and reconstruction error";

    public bool IsDefault => true;

    public AnalysisOutput Run(AnalysisInput input, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        input.RequireSpectra();
        var inUse = input.RequireInUse(1);
        int[] training = [.. input.Split.Training];
        new RandomStream(input.Options.Seed, "outlier reference").Shuffle(training.AsSpan());
        var reference = training[..(training.Length / ReferenceShare)];
        var fitted = training[reference.Length..];
        fitted = fitted[..Math.Min(fitted.Length, MostFitted)];
        double[][] mu = [.. inUse.Select(input.Latents.MuColumn)];
        double[][] variance = [.. inUse.Select(d => Array.ConvertAll(input.Latents.LogVarianceColumn(d), Math.Exp))];
        var fit = MixtureSelection.Fit(
            [.. mu.Select(c => Array.ConvertAll(fitted, r => c[r]))],
            new MixtureFitOptions { MaxComponents = 18 },
            input.Options.Seed,
            input.Options.Threads,
            cancellation
        );
        int[] judged = [.. input.Split.Validation.Order()];
        var total = reference.Length + judged.Length;
        var done = 0;
        double[] Scores(int[] rows)
        {
            var scores = new double[rows.Length];
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = input.Options.Threads, CancellationToken = cancellation };
            Parallel.For(0, rows.Length, parallel, i =>
                scores[i] = OutlierScore.Of(fit.Mixture, Array.ConvertAll(mu, c => c[rows[i]]), Array.ConvertAll(variance, c => c[rows[i]]))
            );
            done += rows.Length;
            progress?.Report(new StepProgress(done, total));
            return scores;
        }
        var usual = Scores(reference);
        Array.Sort(usual);
        var scores = Scores(judged);
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
                $"mixture of {fit.Mixture.ComponentCount} components fitted to posterior means of {inUse.Length} dimensions in use of "
                    + $"{fitted.Length} training spectra; p from {reference.Length} others",
            ],
        };
        return new AnalysisOutput(new AnalysisTable(Name, table));
    }
}
