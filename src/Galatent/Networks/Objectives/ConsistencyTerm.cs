namespace Galatent.Networks.Objectives;

/// <summary>
/// Draws the posteriors of a spectrum and its augmented copy together, beside another latent term. Rows 2i and 2i + 1 of a batch are a
/// pair; the means below are over pairs:
/// <code>
/// Posterior: c · mean of [sigmoid(q) - ½],  q = 1/d Σ (μ - μ~)² / (σ² + σ~²)
/// Prior:     c · mean of Σ (μ - μ~)²
/// </code>
/// The first is that of Liang et al. 2023 (AJ 166, 75, "spender II", whose latents are points), here for posteriors. It lies between 0 and
/// c/2, so a pair that is many σ apart pulls no more: right for noisy spectra, too weak for spectra without noise, whose σ are hundredths
/// of the spread. The second is in units of the prior; shrinking all means lowers it, too. A pair costs nothing when its means are equal.
/// </summary>
/// <param name="other">The term beside it; null for β times the divergence.</param>
/// <param name="weight">c.</param>
/// <param name="unit">In which differences are measured.</param>
internal sealed class ConsistencyTerm(ILatentTerm? other, double weight, ConsistencyUnit unit) : ILatentTerm
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
            sum +=
                unit == ConsistencyUnit.Prior
                    ? InPrior(latents, first, weight / pairs, gradient)
                    : InPosterior(latents, first, weight / pairs, gradient);
        }
        return value + (pairs > 0 ? weight * sum / pairs : 0);
    }

    private static double InPrior(LatentBatch latents, int first, double weight, LatentGradient gradient)
    {
        var d = latents.Dimensions;
        var sum = 0.0;
        for (var i = first; i < first + d; i++)
        {
            var difference = (double)latents.Mu[i] - latents.Mu[i + d];
            sum += difference * difference;
            gradient.Mu[i] += (float)(2 * weight * difference);
            gradient.Mu[i + d] -= (float)(2 * weight * difference);
        }
        return sum;
    }

    // Widening both posteriors would lower q, but the divergence and the reconstruction pay for that.
    private static double InPosterior(LatentBatch latents, int first, double weight, LatentGradient gradient)
    {
        var d = latents.Dimensions;
        var q = 0.0;
        for (var i = first; i < first + d; i++)
        {
            var (difference, spread) = Compare(latents, i, i + d);
            q += difference * difference / spread / d;
        }
        var sigmoid = 1 / (1 + Math.Exp(-q));
        var slope = weight * sigmoid * (1 - sigmoid) / d;
        for (var i = first; i < first + d; i++)
        {
            var (difference, spread) = Compare(latents, i, i + d);
            var ratio = difference / spread;
            gradient.Mu[i] += (float)(2 * slope * ratio);
            gradient.Mu[i + d] -= (float)(2 * slope * ratio);
            gradient.LogVariance[i] -= (float)(slope * ratio * ratio * Math.Exp(latents.LogVariance[i]));
            gradient.LogVariance[i + d] -= (float)(slope * ratio * ratio * Math.Exp(latents.LogVariance[i + d]));
        }
        return sigmoid - 0.5;
    }

    private static double Divergence(LatentBatch latents, ObjectiveWeights weights, LatentGradient gradient)
    {
        KullbackLeibler.Gradient(latents, weights.Beta, gradient);
        return weights.Beta * KullbackLeibler.Mean(latents);
    }

    private static (double Difference, double Spread) Compare(LatentBatch latents, int i, int j) =>
        ((double)latents.Mu[i] - latents.Mu[j], Math.Exp(latents.LogVariance[i]) + Math.Exp(latents.LogVariance[j]));
}
