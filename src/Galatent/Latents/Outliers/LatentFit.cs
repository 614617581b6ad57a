using System.Numerics.Tensors;
using Galatent.Networks;

namespace Galatent.Latents.Outliers;

/// <summary>
/// The latents of largest posterior density of a spectrum with gaps and unequal noise, under the decoder and the standard normal prior:
/// Gauss-Newton steps on Σ w (x - f(z))² + |z|² from what the encoder says. The encoder saw bad pixels filled and all others alike.
/// </summary>
/// <param name="Model">f(z), shape (n_wave).</param>
/// <param name="Tangents">∂f/∂z of each dimension in use, shape (n_wave) each; empty where they were not wanted.</param>
internal sealed record LatentFit(float[] Model, float[][] Tangents)
{
    private const int Steps = 3;
    private const float Difference = 0.05f;

    // In units of the prior: the decoder is far from linear beyond.
    private const double LongestStep = 1;

    /// <summary>Fits spectra.</summary>
    /// <param name="network">The model.</param>
    /// <param name="spectra">The spectra.</param>
    /// <param name="mu">Posterior means of the encoder, shape (n, latent).</param>
    /// <param name="inUse">Dimensions that may move.</param>
    /// <param name="parallel">Threads.</param>
    /// <param name="tangents">Whether the tangents are wanted. They take a decoding for each dimension.</param>
    public static LatentFit[] Of(
        VaeModel network,
        IReadOnlyList<ObservedPixels> spectra,
        ReadOnlySpan<float> mu,
        int[] inUse,
        ParallelOptions parallel,
        bool tangents = true
    )
    {
        var n = spectra.Count;
        var latent = network.LatentDimensions;
        var z = mu.ToArray();
        var fits = new LatentFit[n];
        for (var step = 0; step <= Steps; step++)
        {
            var isLast = step == Steps;
            int[] moved = isLast && !tangents ? [] : inUse;
            var decoded = Decode(network, z, n, moved);
            Parallel.For(0, n, parallel, i =>
            {
                fits[i] = Linearised(decoded, i, network.Grid.Count, moved.Length);
                if (!isLast)
                {
                    Improve(spectra[i], fits[i], z.AsSpan(i * latent, latent), inUse);
                }
            });
        }
        return fits;
    }

    // Each spectrum's latents, then the same with each dimension moved.
    private static float[] Decode(VaeModel network, float[] z, int n, int[] inUse)
    {
        var latent = network.LatentDimensions;
        var moved = new float[n * (inUse.Length + 1) * latent];
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k <= inUse.Length; k++)
            {
                var target = moved.AsSpan(((i * (inUse.Length + 1)) + k) * latent, latent);
                z.AsSpan(i * latent, latent).CopyTo(target);
                if (k > 0)
                {
                    target[inUse[k - 1]] += Difference;
                }
            }
        }
        return network.Decode(moved, n * (inUse.Length + 1));
    }

    private static LatentFit Linearised(float[] decoded, int i, int pixels, int dimensions)
    {
        var first = i * (dimensions + 1) * pixels;
        var model = decoded[first..(first + pixels)];
        var tangents = new float[dimensions][];
        for (var k = 0; k < dimensions; k++)
        {
            tangents[k] = new float[pixels];
            TensorPrimitives.Subtract(decoded.AsSpan(first + ((k + 1) * pixels), pixels), model, tangents[k]);
            TensorPrimitives.Divide(tangents[k], Difference, tangents[k]);
        }
        return new LatentFit(model, tangents);
    }

    private static void Improve(ObservedPixels spectrum, LatentFit fit, Span<float> z, int[] inUse)
    {
        var weights = spectrum.Weights(fit.Model);
        var equations = new WeightedEquations(fit.Tangents.Length);
        double[] residual = [.. spectrum.Flux.Select((x, j) => weights[j] > 0 ? x - fit.Model[j] : 0.0)];
        equations.Add(fit.Tangents, weights, residual);
        for (var k = 0; k < inUse.Length; k++)
        {
            equations.AddPrior(k, 1, -z[inUse[k]]);
        }
        if (equations.Solve() is not { } change)
        {
            return;
        }
        var scale = Math.Min(1, LongestStep / Math.Max(1e-12, change.Max(c => Math.Abs(c))));
        for (var k = 0; k < inUse.Length; k++)
        {
            z[inUse[k]] += (float)(scale * change[k]);
        }
    }
}
