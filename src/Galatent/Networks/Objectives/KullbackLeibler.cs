namespace Galatent.Networks.Objectives;

/// <summary>The divergence KL(N(μ, σ²) ‖ N(0, 1)) of the posteriors from the prior, eq. 7, in nat: per dimension ½ (μ² + σ² - ln
/// σ² - 1), with the derivatives μ and ½ (σ² - 1) with respect to μ and ln σ².</summary>
public static class KullbackLeibler
{
    /// <summary>Divergence of one dimension from the prior, nat; 0 at μ = 0, ln σ² = 0, never negative.</summary>
    public static double OfDimension(double mu, double logVariance) => 0.5 * ((mu * mu) + Math.Exp(logVariance) - logVariance - 1);

    /// <summary>Mean divergence of each dimension over a set of posteriors, nat.</summary>
    /// <param name="posterior">n posteriors.</param>
    /// <returns>Shape (posterior.Dimensions).</returns>
    public static double[] ByDimension(LatentPosterior posterior)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        var sums = new double[posterior.Dimensions];
        for (var i = 0; i < posterior.Mu.Length; i++)
        {
            sums[i % posterior.Dimensions] += OfDimension(posterior.Mu[i], posterior.LogVariance[i]);
        }
        return Array.ConvertAll(sums, s => s / posterior.Count);
    }

    /// <summary>Mean over a batch, nat.</summary>
    internal static double Mean(LatentBatch latents)
    {
        var sum = 0.0;
        for (var i = 0; i < latents.Mu.Length; i++)
        {
            sum += OfDimension(latents.Mu[i], latents.LogVariance[i]);
        }
        return sum / latents.Count;
    }

    /// <summary>Replaces the gradient by that of <paramref name="factor"/> times the mean divergence; ∂/∂z becomes 0.</summary>
    internal static void Gradient(LatentBatch latents, double factor, LatentGradient gradient)
    {
        var each = factor / latents.Count;
        for (var i = 0; i < latents.Mu.Length; i++)
        {
            gradient.Mu[i] = (float)(each * latents.Mu[i]);
            gradient.LogVariance[i] = (float)(0.5 * each * (Math.Exp(latents.LogVariance[i]) - 1));
        }
        gradient.Z.Clear();
    }
}
