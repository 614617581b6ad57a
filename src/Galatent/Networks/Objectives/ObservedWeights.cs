using Galatent.Numerics;

namespace Galatent.Networks.Objectives;

/// <summary>
/// Weights of observed spectra, one for each pixel of each spectrum: 1/σ² (inverse variance, in units of normalised flux) where the noise is known, 0 where a pixel is masked,
/// <code>
/// Σ ivar_i m_i (x_i - x'_i)²,    m_i = 0 in masked pixels, else 1
/// </code>
/// Half of it is minus the logarithm of the likelihood, so β = 2 makes the objective twice the evidence bound, whatever the signal-to-noise ratio.
/// </summary>
public static class ObservedWeights
{
    /// <summary>Weights from what a file holds.</summary>
    /// <param name="inverseVariance">Shape (n, n_wave), or empty for 1 everywhere.</param>
    /// <param name="mask">Same shape, not 0 where a pixel is bad; or empty.</param>
    /// <param name="pixels">n_wave.</param>
    /// <returns>Same shape.</returns>
    /// <exception cref="InputException">A weight is negative or not finite, or a spectrum has no good pixel.</exception>
    public static float[] Of(ReadOnlySpan<float> inverseVariance, ReadOnlySpan<byte> mask, int pixels)
    {
        var weights = inverseVariance.IsEmpty ? new float[mask.Length] : inverseVariance.ToArray();
        if (inverseVariance.IsEmpty)
        {
            weights.AsSpan().Fill(1);
        }
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = !mask.IsEmpty && mask[i] != 0 ? 0 : weights[i];
            if (!(weights[i] >= 0 && float.IsFinite(weights[i])))
            {
                throw new InputException($"/ivar of spectrum {i / pixels}, pixel {i % pixels} is {weights[i]}; an inverse variance must be 0 (unknown) or positive and finite.");
            }
        }
        for (var row = 0; row < weights.Length; row += pixels)
        {
            if (!weights.AsSpan(row, pixels).ContainsAnyExcept(0f))
            {
                throw new InputException($"Spectrum {row / pixels} has no good pixel (mask or /ivar is 0 everywhere); remove that spectrum.");
            }
        }
        return weights;
    }
}
