namespace Galatent.Networks.Objectives;

/// <summary>The divergence KL(N(μ, σ²) ‖ N(0, 1)) of eq. 7, averaged over a batch, and its derivatives μ/n and ½(σ² - 1)/n: what
/// most latent terms begin with.</summary>
internal static class DivergenceTerm
{
    /// <summary>Mean over the batch, nat.</summary>
    public static double Mean(LatentBatch latents)
    {
        var sum = 0.0;
        for (var i = 0; i < latents.Mu.Length; i++)
        {
            sum += BetaVaeObjective.KullbackLeibler(latents.Mu[i], latents.LogVariance[i]);
        }
        return sum / latents.Count;
    }

    /// <summary>Replaces the gradient by that of <paramref name="factor"/> times the mean divergence; ∂/∂z becomes 0.</summary>
    public static void Gradient(LatentBatch latents, double factor, LatentGradient gradient)
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
