using Galatent.Latents.Mixtures;

namespace Galatent.Latents.Outliers;

/// <summary>
/// How unusual the latents of a spectrum are: -ln Σ w_k N(mu; m_k, C_k + diag σ²), nat, under a mixture fitted to the posterior means of
/// usual spectra.
/// </summary>
/// <remarks>
/// σ² belongs into the score only when the mixture was fitted to latents without that noise (posterior means of noise-free spectra).
/// Fitted to samples z, or to noisy spectra, the mixture holds it already, and it would count twice. A large σ hides what is odd: look
/// at the reconstruction error beside the score.
/// </remarks>
public static class OutlierScore
{
    /// <summary>The score of one spectrum, nat.</summary>
    /// <param name="mixture">The usual spectra.</param>
    /// <param name="mu">Posterior mean, shape (d).</param>
    /// <param name="variance">Posterior variances, shape (d); empty when the mixture holds them already.</param>
    public static double Of(GaussianMixture mixture, ReadOnlySpan<double> mu, ReadOnlySpan<double> variance)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        if (variance.IsEmpty)
        {
            return -mixture.LogDensity(mu);
        }
        var d = mixture.Dimension;
        var covariances = (double[])mixture.Covariances.Clone();
        for (var k = 0; k < mixture.ComponentCount; k++)
        {
            for (var i = 0; i < d; i++)
            {
                covariances[(((k * d) + i) * d) + i] += variance[i];
            }
        }
        return -new GaussianMixture(d, mixture.Weights, mixture.Means, covariances).LogDensity(mu);
    }

    /// <summary>Probability of such a score among usual spectra: (1 + number of reference scores that reach it) / (references + 1). Never
    /// 0.</summary>
    /// <param name="score">The score.</param>
    /// <param name="ascendingReference">Scores of usual spectra that the mixture has not seen, ascending.</param>
    public static double PValue(double score, double[] ascendingReference)
    {
        ArgumentNullException.ThrowIfNull(ascendingReference);
        // The first place whose score is not below.
        var low = 0;
        var high = ascendingReference.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ascendingReference[middle] < score)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return (1.0 + ascendingReference.Length - low) / (1.0 + ascendingReference.Length);
    }
}
