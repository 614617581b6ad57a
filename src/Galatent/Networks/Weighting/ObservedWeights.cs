using Galatent.Numerics;

namespace Galatent.Networks.Weighting;

/// <summary>
/// Weights of observed spectra, one for each pixel of each spectrum: 1/σ² (inverse variance in units of normalised flux) when the noise
/// is known, and 0 for a masked pixel:
/// <code>
/// Σ ivar_i m_i (x_i - x'_i)²,    m_i = 0 in masked pixels, otherwise 1
/// </code>
/// Half of this sum is the negative log-likelihood. So with β = 2 the objective is twice the negative evidence bound, whatever the
/// signal-to-noise ratio.
/// </summary>
public static class ObservedWeights
{
    /// <summary>Weights from the arrays of a file.</summary>
    /// <param name="inverseVariance">Shape (n, n_wave), or empty for weights of 1.</param>
    /// <param name="mask">Same shape, not 0 for a bad pixel; or empty.</param>
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
        for (var row = 0; row < weights.Length; row += pixels)
        {
            Complete(weights.AsSpan(row, pixels), mask.IsEmpty ? [] : mask.Slice(row, pixels), row / pixels);
        }
        return weights;
    }

    /// <summary>Masks the weights of one spectrum and checks them.</summary>
    /// <param name="weights">Shape (n_wave).</param>
    /// <param name="mask">Same shape, or empty.</param>
    /// <param name="spectrum">Number of the spectrum, for the message.</param>
    /// <exception cref="InputException">A weight is negative or not finite, or there is no good pixel.</exception>
    internal static void Complete(Span<float> weights, ReadOnlySpan<byte> mask, int spectrum)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = !mask.IsEmpty && mask[i] != 0 ? 0 : weights[i];
            if (!(weights[i] >= 0 && float.IsFinite(weights[i])))
            {
                throw new InputException(
                    $"/ivar of spectrum {spectrum}, pixel {i} is {weights[i]}; an inverse variance must be 0 (unknown) or positive and "
                        + $"finite."
                );
            }
        }
        if (!weights.ContainsAnyExcept(0f))
        {
            throw new InputException($"Spectrum {spectrum} has no good pixel (mask or /ivar is 0 everywhere); remove that spectrum.");
        }
    }
}
