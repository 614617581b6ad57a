using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Numerics;
using Galatent.Spectra.Quantities;

namespace Galatent.Latents.Attribution;

/// <summary>Derivative spectra of some galaxies, in the population's standard deviations, by simulating each again on either side; and how
/// the posterior means move with them.</summary>
internal sealed class ParameterDerivatives
{
    // Of the population's standard deviation: small against the curvature, and the change is far above the rounding of float32.
    private const double Step = 0.05;

    private readonly double[][][] _spectra;

    private ParameterDerivatives(double[][][] spectra, double[][][] means) => (_spectra, Means) = (spectra, means);

    /// <summary>Derivatives of the posterior means: [galaxy][parameter][dimension], per standard deviation.</summary>
    public double[][][] Means { get; }

    /// <summary>The derivative spectra of a galaxy, one for each parameter.</summary>
    public IReadOnlyList<double[]> Of(int galaxy) => _spectra[galaxy];

    /// <summary>Simulates and encodes. A parameter at the end of its range moves to one side only.</summary>
    public static ParameterDerivatives Of(
        AnalysisInput input,
        AttributionPlayers players,
        int[] rows,
        Func<IReadOnlyList<ParameterColumn>, float[]> simulate,
        IProgress<StepProgress>? progress,
        CancellationToken cancellation
    )
    {
        ParameterColumn[] own =
        [
            .. input.Spectra.Parameters.Select(p => p with { Values = Array.ConvertAll(rows, r => p.Values[r]), Whole = null }),
        ];
        var count = players.Parameters.Length;
        var spectra = Array.ConvertAll(rows, _ => new double[count][]);
        var means = Array.ConvertAll(rows, _ => new double[count][]);
        for (var k = 0; k < count; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (low, below) = Moved(own, players, k, -Step, simulate);
            var (high, above) = Moved(own, players, k, Step, simulate);
            var lowMeans = input.Encode(low).Mu;
            var highMeans = input.Encode(high).Mu;
            for (var g = 0; g < rows.Length; g++)
            {
                var width = (above[g] - below[g]) / players.Deviations[k];
                spectra[g][k] = Difference(low, high, g, rows.Length, width);
                means[g][k] = Difference(lowMeans, highMeans, g, rows.Length, width);
            }
            progress?.Report(new StepProgress(k + 1, count, players.Parameters[k]));
        }
        return new ParameterDerivatives(spectra, means);
    }

    private static (float[] Flux, double[] Values) Moved(
        ParameterColumn[] own,
        AttributionPlayers players,
        int k,
        double step,
        Func<IReadOnlyList<ParameterColumn>, float[]> simulate
    )
    {
        var name = players.Parameters[k];
        var (lowest, highest) = GalaxyQuantities.Named(name)!.Range;
        var values = Array.ConvertAll(own.First(p => p.Name == name).Values, v =>
            Math.Clamp(v + (step * players.Deviations[k]), lowest, highest)
        );
        return (simulate([.. own.Select(p => p.Name == name ? p with { Values = values } : p)]), values);
    }

    private static double[] Difference(float[] low, float[] high, int row, int rows, double width)
    {
        var n = low.Length / rows;
        var difference = new double[n];
        for (var i = 0; i < n; i++)
        {
            difference[i] = ((double)high[(row * n) + i] - low[(row * n) + i]) / width;
        }
        return difference;
    }
}
