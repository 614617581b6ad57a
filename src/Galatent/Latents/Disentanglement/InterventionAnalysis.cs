using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Latents.Mixtures;
using Galatent.Numerics;
using Galatent.Spectra.Quantities;

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
        var players = Players(input.Spectra.Parameters);
        if (players.Count == 0)
        {
            throw new InputException("This analysis needs parameters that shape a spectrum, and the file holds none that differ.");
        }
        int[] rows = [.. input.Split.Validation.Concat(input.Split.Training).Take(Galaxies).Order()];
        ParameterColumn[] own =
        [
            .. input.Spectra.Parameters.Select(p => p with { Values = Array.ConvertAll(rows, r => p.Values[r]), Whole = null }),
        ];
        var total = players.Count + 1;
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
        foreach (var (name, columns) in players)
        {
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

    // The six ratios are one history: a ratio alone has no meaning to compare with the other parameters. They fix the rate; the mass does
    // not shape a normalised spectrum.
    private static Dictionary<string, string[]> Players(IReadOnlyList<ParameterColumn> parameters)
    {
        var history = GalaxyQuantities.LogSfrRatios.Select(q => q.Name).ToHashSet();
        string[] shaping =
        [
            .. parameters
                .Where(p => GalaxyQuantities.Named(p.Name) is { ShapesSpectrum: true } && p.Values.Distinct().Skip(1).Any())
                .Select(p => p.Name),
        ];
        return shaping
            .GroupBy(n => history.Contains(n) ? "star_formation_history" : n)
            .Where(g => g.Key != GalaxyQuantities.LogMass.Name && g.Key != GalaxyQuantities.LogSfr.Name)
            .ToDictionary(g => g.Key, g => g.ToArray());
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
