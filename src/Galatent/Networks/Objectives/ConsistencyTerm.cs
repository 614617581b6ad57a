namespace Galatent.Networks.Objectives;

/// <summary>
/// Draws the posteriors of a spectrum and its augmented copy together, beside another latent term (Liang et al. 2023, AJ 166, 75, "spender
/// II", whose latents are points, here for posteriors):
/// <code>
/// c · mean over pairs of [sigmoid(q) - ½],   q = 1/d Σ (μ - μ~)² / (σ² + σ~²)
/// </code>
/// Rows 2i and 2i + 1 of a batch are a pair. The value lies between 0 and c/2. A pair costs nothing when their means are equal, whatever
/// their widths: widening both would lower q, but the divergence and the reconstruction pay for that.
/// </summary>
/// <param name="other">The term beside it; null for β times the divergence.</param>
/// <param name="weight">c.</param>
internal sealed class ConsistencyTerm(ILatentTerm? other, double weight) : ILatentTerm
{
    /// <inheritdoc/>
    public double Evaluate(LatentBatch latents, ObjectiveWeights weights, LatentGradient gradient)
    {
        var value = other is null ? Divergence(latents, weights, gradient) : other.Evaluate(latents, weights, gradient);
        var (d, pairs) = (latents.Dimensions, latents.Count / 2);
        var sum = 0.0;
        for (var pair = 0; pair < pairs; pair++)
        {
            var first = 2 * pair * d;
            var q = 0.0;
            for (var i = first; i < first + d; i++)
            {
                var (difference, spread) = Compare(latents, i, i + d);
                q += difference * difference / spread / d;
            }
            var sigmoid = 1 / (1 + Math.Exp(-q));
            sum += sigmoid - 0.5;
            var slope = weight / pairs * sigmoid * (1 - sigmoid) / d;
            for (var i = first; i < first + d; i++)
            {
                var (difference, spread) = Compare(latents, i, i + d);
                var ratio = difference / spread;
                gradient.Mu[i] += (float)(2 * slope * ratio);
                gradient.Mu[i + d] -= (float)(2 * slope * ratio);
                gradient.LogVariance[i] -= (float)(slope * ratio * ratio * Math.Exp(latents.LogVariance[i]));
                gradient.LogVariance[i + d] -= (float)(slope * ratio * ratio * Math.Exp(latents.LogVariance[i + d]));
            }
        }
        return value + (pairs > 0 ? weight * sum / pairs : 0);
    }

    private static double Divergence(LatentBatch latents, ObjectiveWeights weights, LatentGradient gradient)
    {
        KullbackLeibler.Gradient(latents, weights.Beta, gradient);
        return weights.Beta * KullbackLeibler.Mean(latents);
    }

    private static (double Difference, double Spread) Compare(LatentBatch latents, int i, int j) =>
        ((double)latents.Mu[i] - latents.Mu[j], Math.Exp(latents.LogVariance[i]) + Math.Exp(latents.LogVariance[j]));
}
