using Galatent.Networks.Objectives;

namespace Galatent.Networks.Fused;

/// <summary>Between encoder and decoder: z = mu + sigma epsilon, the divergence from the prior, and their derivatives.</summary>
internal static unsafe class LatentPass
{
    /// <summary>Draws the latent vectors of a chunk and sums the divergence ½ Σ (mu² + sigma² - ln sigma² - 1).</summary>
    /// <param name="chunk">Holds the posterior; receives the latent vectors.</param>
    /// <param name="epsilon">Standard normal deviates, shape (count, latent).</param>
    public static void Sample(ChunkBuffers chunk, float* epsilon)
    {
        var posterior = chunk.Posterior;
        var z = chunk.Z;
        var latent = z.Width;
        var divergence = 0.0;
        for (var s = 0; s < chunk.Count; s++)
        {
            var mu = posterior.Row(s);
            var logVariance = mu + latent;
            var sample = z.Row(s);
            for (var j = 0; j < latent; j++)
            {
                sample[j] = mu[j] + (MathF.Exp(0.5f * logVariance[j]) * epsilon[(s * latent) + j]);
                divergence += KullbackLeibler.OfDimension(mu[j], logVariance[j]);
            }
        }
        chunk.KullbackLeibler = divergence;
    }

    /// <summary>From the derivatives of the latent vectors to those of the posterior, divergence included.</summary>
    /// <param name="chunk">Holds posterior and derivatives.</param>
    /// <param name="epsilon">The deviates of <see cref="Sample"/>.</param>
    /// <param name="divergenceWeight">Beta over the number of spectra of the batch.</param>
    public static void Backward(ChunkBuffers chunk, float* epsilon, float divergenceWeight)
    {
        var posterior = chunk.Posterior;
        var gradient = chunk.PosteriorGradient;
        var zGradient = chunk.ZGradient;
        var latent = zGradient.Width;
        for (var s = 0; s < chunk.Count; s++)
        {
            var mu = posterior.Row(s);
            var logVariance = mu + latent;
            var dz = zGradient.Row(s);
            var muGradient = gradient.Row(s);
            var logVarianceGradient = muGradient + latent;
            for (var j = 0; j < latent; j++)
            {
                var sigma = MathF.Exp(0.5f * logVariance[j]);
                muGradient[j] = dz[j] + (divergenceWeight * mu[j]);
                logVarianceGradient[j] = 0.5f * ((dz[j] * epsilon[(s * latent) + j] * sigma) + (divergenceWeight * ((sigma * sigma) - 1)));
            }
        }
    }

    /// <summary>The same for an objective whose own derivatives stand in the posterior's gradient already, and those of z in a block beside
    /// it.</summary>
    /// <param name="chunk">Holds posterior and derivatives.</param>
    /// <param name="epsilon">The deviates of <see cref="Sample"/>.</param>
    /// <param name="termGradient">Derivatives of the term with respect to the chunk's latent vectors, shape (count, latent).</param>
    public static void BackwardAfterTerm(ChunkBuffers chunk, float* epsilon, ReadOnlySpan<float> termGradient)
    {
        var posterior = chunk.Posterior;
        var gradient = chunk.PosteriorGradient;
        var zGradient = chunk.ZGradient;
        var latent = zGradient.Width;
        for (var s = 0; s < chunk.Count; s++)
        {
            var logVariance = posterior.Row(s) + latent;
            var row = gradient.Row(s);
            for (var j = 0; j < latent; j++)
            {
                var dz = zGradient.Row(s)[j] + termGradient[(s * latent) + j];
                row[j] += dz;
                row[latent + j] += 0.5f * dz * epsilon[(s * latent) + j] * MathF.Exp(0.5f * logVariance[j]);
            }
        }
    }
}
