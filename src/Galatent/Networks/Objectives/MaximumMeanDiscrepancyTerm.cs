namespace Galatent.Networks.Objectives;

/// <summary>
/// InfoVAE (Zhao, Song &amp; Ermon 2019, AAAI, arXiv:1706.02262, eq. 6) with the maximum mean discrepancy of Gretton et al. (2012, JMLR 13,
/// 723) between the batch's latent vectors and the prior:
/// <code>
/// L = Σ (x - x')² + β [ (1 - α) KL + (α + λ - 1) MMD² ]
/// MMD² = 1/M² Σ_ij k(z_i, z_j) - 2/M Σ_i E k(z_i, ·) + E E k,    k(z, y) = exp(-|z - y|² / 2h²)
/// </code>
/// The expectations over the prior N(0, 1)^d are known, E k(z, ·) = (h²/(1+h²))^(d/2) exp(-|z|²/2(1+h²)) and E E k =
/// (h²/(2+h²))^(d/2), where the paper draws samples:
/// MMD² is exact for the batch, never negative, and needs no random numbers. h² = d, half the mean squared distance between two draws of
/// the prior.
/// </summary>
/// <param name="alpha">α; 0 keeps the whole divergence, 1 leaves only MMD.</param>
/// <param name="lambda">λ; the paper uses 1 to 1000. MMD² is smaller than 1, the divergence some tens.</param>
internal sealed class MaximumMeanDiscrepancyTerm(double alpha, double lambda) : ILatentTerm
{
    /// <inheritdoc/>
    public double Evaluate(LatentBatch latents, ObjectiveWeights weights, LatentGradient gradient)
    {
        var divergence = weights.Beta * (1 - alpha);
        var discrepancy = weights.Beta * (alpha + lambda - 1);
        KullbackLeibler.Gradient(latents, divergence, gradient);
        return (divergence == 0 ? 0 : divergence * KullbackLeibler.Mean(latents))
            + (discrepancy * Discrepancy(latents, discrepancy, gradient.Z));
    }

    /// <summary>MMD² of the batch; adds <paramref name="factor"/> times its derivative to <paramref name="gradient"/>.</summary>
    internal static double Discrepancy(LatentBatch latents, double factor, Span<float> gradient)
    {
        var count = latents.Count;
        var dimensions = latents.Dimensions;
        double width = dimensions;
        double between = 0;
        double toPrior = 0;
        var priorScale = Math.Pow(width / (1 + width), 0.5 * dimensions);
        var slope = new double[dimensions];
        for (var i = 0; i < count; i++)
        {
            var z = latents.Z.Slice(i * dimensions, dimensions);
            slope.AsSpan().Clear();
            for (var j = 0; j < count; j++)
            {
                var other = latents.Z.Slice(j * dimensions, dimensions);
                var kernel = Math.Exp(-0.5 * SquaredDistance(z, other) / width);
                between += kernel;
                for (var d = 0; d < dimensions; d++)
                {
                    // Twice, because z_i is the first point of one pair and the second of another.
                    slope[d] -= 2 * kernel * ((double)z[d] - other[d]) / (width * count * count);
                }
            }
            var prior = priorScale * Math.Exp(-0.5 * SquaredDistance(z, []) / (1 + width));
            toPrior += prior;
            for (var d = 0; d < dimensions; d++)
            {
                gradient[(i * dimensions) + d] += (float)(factor * (slope[d] + (2 * prior * z[d] / ((1 + width) * count))));
            }
        }
        return (between / count / count) - (2 * toPrior / count) + Math.Pow(width / (2 + width), 0.5 * dimensions);
    }

    private static double SquaredDistance(ReadOnlySpan<float> z, ReadOnlySpan<float> other)
    {
        var sum = 0.0;
        for (var d = 0; d < z.Length; d++)
        {
            var distance = (double)z[d] - (other.IsEmpty ? 0 : other[d]);
            sum += distance * distance;
        }
        return sum;
    }
}
