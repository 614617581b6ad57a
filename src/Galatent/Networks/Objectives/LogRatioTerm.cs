namespace Galatent.Networks.Objectives;

/// <summary>Carries derivatives with respect to ln p(z) - ln q(z|x) = Σ_d ½ (ε² + ln σ² - z²) of every draw on to ln σ² and z: the
/// latent part of a loss of several draws.</summary>
internal sealed class LogRatioTerm : ILatentTerm
{
    /// <summary>The derivatives, one for each draw of the whole batch.</summary>
    public double[] Slope { get; set; } = [];

    /// <inheritdoc/>
    /// <returns>0: the value belongs to the loss of all draws.</returns>
    public double Evaluate(LatentBatch latents, ObjectiveWeights weights, LatentGradient gradient)
    {
        gradient.Mu.Clear();
        for (var i = 0; i < latents.Z.Length; i++)
        {
            var slope = Slope[i / latents.Dimensions];
            gradient.LogVariance[i] = (float)(0.5 * slope);
            gradient.Z[i] = (float)(-slope * latents.Z[i]);
        }
        return 0;
    }
}
