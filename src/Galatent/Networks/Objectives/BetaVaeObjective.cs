using Galatent.Networks.Torch;
using static TorchSharp.torch;

namespace Galatent.Networks.Objectives;

/// <summary>
/// The study's objective, eq. 8, averaged over the batch:
/// <code>
/// L = Σ_pixels (x - x')²  +  β · ½ Σ_dimensions (μ² + σ² - ln σ² - 1)
/// </code>
/// The first term is eq. 5, the second β times the divergence KL(N(μ, σ²) ‖ N(0, 1)) of eq. 7 in nat. Minimising L is maximising the
/// evidence bound of a decoder whose pixels have Gaussian noise of variance β/2 (Higgins et al. 2017).
/// </summary>
public static class BetaVaeObjective
{
    /// <summary>Standard deviation of the pixel noise that a β stands for: sqrt(β/2), in units of normalised flux.</summary>
    public static double PixelSigma(double beta) => Math.Sqrt(beta / 2);

    /// <summary>The β that stands for a pixel noise: 2 σ².</summary>
    public static double Beta(double pixelSigma) => 2 * pixelSigma * pixelSigma;

    /// <summary>Divergence of one dimension from the prior, nat; 0 at μ = 0, ln σ² = 0, never negative.</summary>
    public static double KullbackLeibler(double mu, double logVariance) => 0.5 * ((mu * mu) + Math.Exp(logVariance) - logVariance - 1);

    /// <summary>Mean divergence of each dimension over a set of posteriors, nat.</summary>
    /// <param name="posterior">n posteriors.</param>
    /// <returns>Shape (posterior.Dimensions).</returns>
    public static double[] KullbackLeiblerByDimension(LatentPosterior posterior)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        var sums = new double[posterior.Dimensions];
        for (var i = 0; i < posterior.Mu.Length; i++)
        {
            sums[i % posterior.Dimensions] += KullbackLeibler(posterior.Mu[i], posterior.LogVariance[i]);
        }
        return Array.ConvertAll(sums, s => s / posterior.Count);
    }

    /// <summary>The divergence as a differentiable scalar, summed over the spectra and divided by <paramref name="meanOver"/>.</summary>
    internal static Tensor Divergence(Tensor mu, Tensor logVariance, int meanOver) =>
        (mu.Square().Plus(logVariance.exp()) - logVariance).Plus_(-1).sum().Times(0.5 / meanOver);
}
