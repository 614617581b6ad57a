using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Latents.Attribution;
using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Latents.Disentanglement;

/// <summary>What each dimension does when one parameter of a galaxy is drawn anew and the spectrum is simulated again. The correlations of
/// the population play no part.</summary>
internal sealed class InterventionAnalysis : ILatentAnalysis
{
    // The error of an effect is about 1.5 times itself over the root of the number: 5 % of it.
    private const int Galaxies = 1000;
    private const int DensityRows = 5000;
    private const double RareShare = 0.01;

    public string Name => "interventions";

    public string Description => "how far each dimension moves when one parameter is drawn anew and the galaxy is simulated again";

    public bool IsDefault => true;

    public AnalysisOutput Run(AnalysisInput input, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        input.RequireSpectra();
        var inUse = input.RequireInUse(1);
        var simulate = input.RequireSimulator();
        var players = AttributionPlayers.Of(input.Spectra.Parameters);
        int[] rows = [.. input.Split.Validation.Concat(input.Split.Training).Take(Galaxies).Order()];
        ParameterColumn[] own =
        [
            .. input.Spectra.Parameters.Select(p => p with { Values = Array.ConvertAll(rows, r => p.Values[r]), Whole = null }),
        ];
        var total = players.Names.Length + 1;
        double[][] Encoded(IReadOnlyList<ParameterColumn> parameters)
        {
            var posterior = input.Encode(simulate(parameters));
            return
            [
                .. inUse.Select(d =>
                    Enumerable.Range(0, rows.Length).Select(i => (double)posterior.Mu[(i * posterior.Dimensions) + d]).ToArray()
                ),
            ];
        }
        var before = Encoded(own);
        progress?.Report(new StepProgress(1, total));
        var density = Density(input, inUse, cancellation);
        var lines = new List<string[]>();
        for (var player = 0; player < players.Names.Length; player++)
        {
            var name = players.Names[player];
            string[] columns = Array.ConvertAll(players.Groups[player], direction => players.Parameters[direction]);
            cancellation.ThrowIfCancellationRequested();
            int[] order = [.. Enumerable.Range(0, rows.Length)];
            new RandomStream(input.Options.Seed, $"redrawn {name}").Shuffle(order.AsSpan());
            var after = Encoded([
                .. own.Select(p => columns.Contains(p.Name) ? p with { Values = Array.ConvertAll(order, i => p.Values[i]) } : p),
            ]);
            var rare = density.RareShare(after);
            for (var i = 0; i < inUse.Length; i++)
            {
                var (value, error) = InterventionEffect.Of(before[i], after[i]);
                lines.Add([
                    AnalysisResults.DimensionName(inUse[i]),
                    name,
                    ResultTable.Text(value),
                    ResultTable.Text(error),
                    ResultTable.Text(rare),
                ]);
            }
            progress?.Report(new StepProgress(1 + (lines.Count / inUse.Length), total, name));
        }
        var table = new ResultTable(["dimension", "parameter", "total_effect", "total_effect_standard_error", "rare_galaxies"], lines)
        {
            Remarks =
            [
                $"{rows.Length} galaxies, posterior means of {inUse.Length} dimensions in use (KL above 0.1 nat); rare_galaxies: share of "
                    + "the redrawn galaxies below the 1 % quantile of the latent density",
            ],
        };
        return new AnalysisOutput(new AnalysisTable(Name, table));
    }

    private static LatentDensity Density(AnalysisInput input, int[] inUse, CancellationToken cancellation)
    {
        var stream = new RandomStream(input.Options.Seed, "density rows");
        int[] rows = [.. Enumerable.Range(0, input.Latents.Count)];
        stream.Shuffle(rows.AsSpan());
        rows = rows[..Math.Min(rows.Length, DensityRows)];
        double[][] columns = [.. inUse.Select(d => input.Latents.MuColumn(d)).Select(c => Array.ConvertAll(rows, r => c[r]))];
        var options = new MixtureFitOptions { MaxComponents = 8 };
        var fit = MixtureSelection.Fit(columns, options, input.Options.Seed, input.Options.Threads, cancellation);
        var logs = LatentDensity.Logs(fit.Mixture, columns);
        return new LatentDensity(fit.Mixture, SampleMoments.Quantile(logs, RareShare));
    }

    private sealed record LatentDensity(GaussianMixture Mixture, double Threshold)
    {
        public static double[] Logs(GaussianMixture mixture, double[][] columns) =>
            [.. Enumerable.Range(0, columns[0].Length).Select(i => mixture.LogDensity([.. columns.Select(c => c[i])]))];

        public double RareShare(double[][] columns) => Logs(Mixture, columns).Count(l => l < Threshold) / (double)columns[0].Length;
    }
}
