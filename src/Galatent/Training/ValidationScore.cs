using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>How well a network does on spectra that it was not trained on. Means per spectrum.</summary>
/// <param name="Loss">Objective terms (eqs. 5 and 7).</param>
/// <param name="KullbackLeiblerByDimension">Mean divergence of each latent dimension, nat.</param>
/// <param name="LowestLineR2">Lowest R² at the centres of the bright lines; null when none lies on the grid.</param>
internal sealed record ValidationScore(StepLoss Loss, double[] KullbackLeiblerByDimension, double? LowestLineR2)
{
    /// <summary>Divergence above which a dimension counts as active, nat.</summary>
    public const double ActiveThreshold = 0.1;

    private const int BlockSize = 64;

    /// <summary>Number of active dimensions.</summary>
    public int ActiveDimensions => KullbackLeiblerByDimension.Count(kl => kl > ActiveThreshold);

    /// <summary>Scores the rows with one draw of z each. The noise depends on the row alone: the same in every epoch, so that epochs compare.</summary>
    public static ValidationScore Of(ITrainingEngine engine, SpectrumSet spectra, int[] rows, ulong seed, CancellationToken cancellation)
    {
        var (pixels, latent) = (spectra.Grid.Count, engine.Layout.Options.LatentDimensions);
        // A network that does not see a part of the spectrum shows it first at the bright lines there.
        int[] lines = [.. SpectralLines.Judged.Select(l => l.CenterAngstrom).Where(l => l > spectra.Grid.CellEdgeAngstrom[0] && l < spectra.Grid.CellEdgeAngstrom[^1]).Select(spectra.Grid.Nearest)];
        var (flux, decoded) = (new float[BlockSize * pixels], new float[BlockSize * pixels]);
        var (posterior, lineFit) = (new LatentPosterior(rows.Length, latent, new float[rows.Length * latent], new float[rows.Length * latent]), new LineFit(lines));
        var z = new float[BlockSize * latent];
        var squaredError = 0.0;
        for (var start = 0; start < rows.Length; start += BlockSize)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(BlockSize, rows.Length - start);
            var block = flux.AsSpan(0, count * pixels);
            Batch.Gather(spectra, rows.AsSpan(start, count), block);
            var mu = posterior.Mu.AsSpan(start * latent, count * latent);
            var logVariance = posterior.LogVariance.AsSpan(start * latent, count * latent);
            engine.Encode(block, mu, logVariance);
            for (var i = 0; i < count; i++)
            {
                var noise = new RandomStream(seed, "validation", (ulong)rows[start + i]);
                for (var d = i * latent; d < (i + 1) * latent; d++)
                {
                    z[d] = (float)(mu[d] + (Math.Exp(0.5 * logVariance[d]) * noise.NextNormal()));
                }
            }
            engine.Decode(z.AsSpan(0, count * latent), decoded.AsSpan(0, count * pixels));
            squaredError += SquaredError(block, decoded);
            lineFit.Add(block, decoded, pixels);
        }
        var kl = BetaVaeObjective.KullbackLeiblerByDimension(posterior);
        return new ValidationScore(new StepLoss(squaredError / rows.Length, kl.Sum()), kl, lineFit.LowestR2());
    }

    private static double SquaredError(ReadOnlySpan<float> x, ReadOnlySpan<float> reconstruction)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var difference = (double)x[i] - reconstruction[i];
            sum += difference * difference;
        }
        return sum;
    }

    /// <summary>R² = 1 - Σ(x - x')² / Σ(x - mean)² at some pixels.</summary>
    private sealed class LineFit(int[] pixels)
    {
        private readonly double[] _sum = new double[pixels.Length], _squares = new double[pixels.Length], _error = new double[pixels.Length];
        private long _count;

        public void Add(ReadOnlySpan<float> x, ReadOnlySpan<float> reconstruction, int width)
        {
            for (var row = 0; row < x.Length; row += width)
            {
                for (var l = 0; l < pixels.Length; l++)
                {
                    double value = x[row + pixels[l]];
                    var error = value - reconstruction[row + pixels[l]];
                    _sum[l] += value;
                    _squares[l] += value * value;
                    _error[l] += error * error;
                }
                _count++;
            }
        }

        public double? LowestR2() => pixels.Length == 0
            ? null
            : Enumerable.Range(0, pixels.Length).Min(l => 1 - (_error[l] / Math.Max(_squares[l] - (_sum[l] * _sum[l] / _count), 1e-30)));
    }
}
