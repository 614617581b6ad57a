using Galatent.Networks.Objectives;
using Galatent.Numerics;

namespace Galatent.Networks;

/// <summary>What every draw of every spectrum of a batch costs, measured by decoding it.</summary>
/// <param name="spectra">Spectra of the whole batch.</param>
/// <param name="draws">K, draws of each.</param>
internal sealed class DrawErrors(int spectra, int draws)
{
    /// <summary>Σ (x - x')², shape (spectra, draws).</summary>
    public double[] Plain { get; } = new double[spectra * draws];

    /// <summary>Σ w (x - x')², same shape.</summary>
    public double[] Weighted { get; } = new double[spectra * draws];

    /// <summary>ln p(z) - ln q(z|x), same shape.</summary>
    public double[] LogRatio { get; } = new double[spectra * draws];

    /// <summary>Divergence of every spectrum's posterior, nat, shape (spectra).</summary>
    public double[] Divergence { get; } = new double[spectra];

    /// <summary>Fills the numbers of some spectra.</summary>
    /// <param name="engine">The network.</param>
    /// <param name="first">Place of the first of them in the batch.</param>
    /// <param name="flux">Shape (count, n_wave).</param>
    /// <param name="epsilon">Shape (count, draws, latent).</param>
    /// <param name="pixelWeights">None, shape (n_wave), or shape (count, n_wave).</param>
    public void Measure(
        ITrainingEngine engine,
        int first,
        ReadOnlySpan<float> flux,
        ReadOnlySpan<float> epsilon,
        ReadOnlySpan<float> pixelWeights
    )
    {
        var pixels = engine.Layout.Plan.Pixels;
        var latent = engine.Layout.Options.LatentDimensions;
        var count = flux.Length / pixels;
        var mu = new float[count * latent];
        var logVariance = new float[count * latent];
        engine.Encode(flux, mu, logVariance, pixelWeights);
        var z = new float[count * draws * latent];
        for (var i = 0; i < z.Length; i++)
        {
            var of = (i / latent / draws * latent) + (i % latent);
            z[i] = mu[of] + (MathF.Exp(0.5f * logVariance[of]) * epsilon[i]);
            var row = (first * draws) + (i / latent);
            LogRatio[row] += 0.5 * (((double)epsilon[i] * epsilon[i]) + logVariance[of] - ((double)z[i] * z[i]));
        }
        for (var i = 0; i < mu.Length; i++)
        {
            Divergence[first + (i / latent)] += KullbackLeibler.OfDimension(mu[i], logVariance[i]);
        }
        var decoded = new float[count * draws * pixels];
        engine.Decode(z, decoded);
        for (var i = 0; i < count * draws; i++)
        {
            var spectrum = i / draws;
            var weights = pixelWeights.Length > pixels ? pixelWeights.Slice(spectrum * pixels, pixels) : pixelWeights;
            Add(
                (first * draws) + i,
                flux.Slice(spectrum * pixels, pixels),
                decoded.AsSpan(i * pixels, pixels),
                weights,
                engine.Layout.Options.MaskChannel
            );
        }
    }

    /// <summary>Gives every process the numbers of all.</summary>
    public void Complete(ProcessGroup processes)
    {
        var starts = processes.PartStarts(spectra);
        int[] rowStarts = [.. starts.Select(s => s * draws)];
        processes.AllGather<double>(Plain, rowStarts);
        processes.AllGather<double>(Weighted, rowStarts);
        processes.AllGather<double>(LogRatio, rowStarts);
        processes.AllGather<double>(Divergence, starts);
    }

    private void Add(int row, ReadOnlySpan<float> flux, ReadOnlySpan<float> decoded, ReadOnlySpan<float> weights, bool leavesOutGaps)
    {
        for (var p = 0; p < flux.Length; p++)
        {
            if (leavesOutGaps && !weights.IsEmpty && !(weights[p] > 0))
            {
                continue;
            }
            var difference = (double)flux[p] - decoded[p];
            Plain[row] += difference * difference;
            Weighted[row] += weights.IsEmpty ? difference * difference : weights[p] * difference * difference;
        }
    }
}
