using Galatent.Numerics;

namespace Galatent.Networks;

/// <summary>The encoder's output for each spectrum: an independent Gaussian N(μ, σ²) for every latent dimension.</summary>
/// <param name="Count">Number of spectra.</param>
/// <param name="Dimensions">Number of latent dimensions.</param>
/// <param name="Mu">Means, shape (Count, Dimensions), row-major.</param>
/// <param name="LogVariance">ln σ², same shape.</param>
public sealed record LatentPosterior(int Count, int Dimensions, float[] Mu, float[] LogVariance)
{
    /// <summary>One draw z = μ + σ ε of every posterior, shape (Count, Dimensions). The stream is "posterior" with the row's number, so
    /// rows do not depend on one another.</summary>
    /// <param name="seed">Root seed.</param>
    public float[] Sample(ulong seed)
    {
        var z = new float[Mu.Length];
        for (var row = 0; row < Count; row++)
        {
            var stream = new RandomStream(seed, "posterior", (ulong)row);
            for (var i = row * Dimensions; i < (row + 1) * Dimensions; i++)
            {
                z[i] = (float)(Mu[i] + (Math.Exp(0.5 * LogVariance[i]) * stream.NextNormal()));
            }
        }
        return z;
    }
}
