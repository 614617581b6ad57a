using Galatent.Latents.Analyses;
using Galatent.Numerics;

namespace Galatent.Latents.Attribution;

/// <summary>
/// What a step along each dimension is made of: the change of the decoded spectrum, explained by the derivative spectra of the parameters
/// (galaxies simulated again). And how far each parameter moves the encoder, against the width of its posterior.
/// </summary>
internal sealed class AttributionAnalysis : ILatentAnalysis
{
    private const int Galaxies = 200;

    public string Name => "attribution";

    public string Description => "which parameters a traversal changes (Shapley shares), and how each parameter moves the encoder";

    public bool IsDefault => true;

    public AnalysisOutput Run(AnalysisInput input, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        input.RequireSpectra();
        var inUse = input.RequireInUse(1);
        var simulate = input.RequireSimulator();
        var players = AttributionPlayers.Of(input.Spectra.Parameters);
        int[] rows = [.. input.Split.Validation.Concat(input.Split.Training).Take(Galaxies).Order()];
        var derivatives = ParameterDerivatives.Of(input, players, rows, simulate, progress, cancellation);
        var variance = input.Results.Error.Variance;
        double[][] weightings =
        [
            [],
            Array.ConvertAll(variance, v => v > 0 ? 1 / v : 0),
        ];
        var found = Attributions(input, inUse, rows, players, derivatives, weightings, cancellation);
        var shares = new List<ShareRow>();
        for (var w = 0; w < weightings.Length; w++)
        {
            for (var d = 0; d < inUse.Length; d++)
            {
                shares.AddRange(ShareRow.Of(AnalysisResults.DimensionName(inUse[d]), w == 0 ? "1" : "1/variance", players, found[w][d]));
            }
        }
        var inseparable = shares
            .Where(s => s.Inflation > SpectrumAttribution.MostInflation && s.Weighting == "1")
            .Select(s => s.Player)
            .Distinct()
            .ToArray();
        return new AnalysisOutput(
            [
                new AnalysisTable(Name, ShareRow.Columns.Table(shares)),
                new AnalysisTable(Name + "-encoder", EncoderRow.Columns.Table(EncoderRow.Of(input, inUse, rows, players, derivatives))),
                new AnalysisTable(Name + "-steps", StepRow.Columns.Table(StepRow.Of(input, inUse, rows))),
            ],
            inseparable.Length == 0
                ? []
                :
                [
                    $"the median variance inflation of {string.Join(", ", inseparable)} is above {SpectrumAttribution.MostInflation}: not "
                        + "separable from the other parameters.",
                ]
        );
    }

    // One attribution for each weighting, dimension and galaxy.
    private static SpectrumAttribution[][][] Attributions(
        AnalysisInput input,
        int[] inUse,
        int[] rows,
        AttributionPlayers players,
        ParameterDerivatives derivatives,
        double[][] weightings,
        CancellationToken cancellation
    )
    {
        var found = Array.ConvertAll(weightings, _ => Array.ConvertAll(inUse, _ => new SpectrumAttribution[rows.Length]));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = input.Options.Threads, CancellationToken = cancellation };
        for (var d = 0; d < inUse.Length; d++)
        {
            // The decoder is not safe for concurrent use.
            double[][] changes = [.. rows.Select(row => LatentDerivative.OfDecoder(input.Latents.MeanOf(row), inUse[d], input.Decode))];
            for (var w = 0; w < weightings.Length; w++)
            {
                var ofWeighting = found[w][d];
                var weights = weightings[w];
                Parallel.For(0, rows.Length, parallel, g =>
                    ofWeighting[g] = SpectrumAttribution.Of(changes[g], derivatives.Of(g), players.Groups, weights)
                );
            }
        }
        return found;
    }
}
