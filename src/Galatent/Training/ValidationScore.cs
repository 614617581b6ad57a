using Galatent.Networks;
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
    /// <param name="engine">The network.</param>
    /// <param name="spectra">All spectra.</param>
    /// <param name="rows">Those that judge.</param>
    /// <param name="seed">Root seed of the draws.</param>
    /// <param name="processes">Each scores its part of the rows; all get the same score.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public static ValidationScore Of(ITrainingEngine engine, ISpectrumSource spectra, int[] rows, ulong seed, ProcessGroup processes, CancellationToken cancellation)
    {
        var (all, part) = (rows.Length, processes.Part(rows.Length));
        rows = rows[part.First..(part.First + part.Count)];
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
            spectra.Read(rows.AsSpan(start, count), block);
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
        var kl = rows.Length > 0 ? BetaVaeObjective.KullbackLeiblerByDimension(posterior) : new double[latent];
        if (processes.Size > 1)
        {
            double[] sums = [squaredError, .. kl.Select(mean => mean * rows.Length / all), .. lineFit.Sums];
            processes.Sum(sums);
            (squaredError, kl) = (sums[0], sums[1..(1 + latent)]);
            lineFit.Sums = sums[(1 + latent)..];
        }
        return new ValidationScore(new StepLoss(squaredError / all, kl.Sum()), kl, lineFit.LowestR2(all));
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
        // Of every line: value, its square, squared error.
        public double[] Sums { get; set; } = new double[3 * pixels.Length];

        public void Add(ReadOnlySpan<float> x, ReadOnlySpan<float> reconstruction, int width)
        {
            for (var row = 0; row < x.Length; row += width)
            {
                for (var l = 0; l < pixels.Length; l++)
                {
                    double value = x[row + pixels[l]];
                    var error = value - reconstruction[row + pixels[l]];
                    Sums[3 * l] += value;
                    Sums[(3 * l) + 1] += value * value;
                    Sums[(3 * l) + 2] += error * error;
                }
            }
        }

        public double? LowestR2(int count) => pixels.Length == 0 ? null : Enumerable.Range(0, pixels.Length).Min(line => R2(Sums.AsSpan(3 * line, 3), count));

        private static double R2(ReadOnlySpan<double> sums, int count) => 1 - (sums[2] / Math.Max(sums[1] - (sums[0] * sums[0] / count), 1e-30));
    }
}
