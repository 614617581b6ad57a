using System.Numerics.Tensors;

namespace Galatent.Networks.Objectives;

/// <summary>
/// β-TC-VAE (Chen et al. 2018, NeurIPS, arXiv:1802.04942, eqs. 2, 4 and 10 with α = γ = 1): of the three parts of the divergence,
/// information, total correlation and marginal divergence, the second, the dependence between latent dimensions, gets a weight τ of its
/// own. As the three add up to KL,
/// <code>
/// L = Σ (x - x')² + β KL + β (τ - 1) TC,    TC = 1/M Σ_i [ ln q(z_i) - Σ_d ln q(z_id) ]
/// ln q(z_i) = ln 1/M Σ_j Π_d N(z_id; μ_jd, σ_jd²),    ln q(z_id) = ln 1/M Σ_j N(z_id; μ_jd, σ_jd²)
/// </code>
/// with the closed form of KL instead of its sample. The paper divides the sums by the size of the data as well, which adds a constant to
/// TC and nothing to its derivatives. τ = 1 is the β-VAE.
/// </summary>
/// <param name="tau">τ; 1 to 10 are usual.</param>
internal sealed class TotalCorrelationTerm(double tau) : ILatentTerm
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    /// <inheritdoc/>
    public double Evaluate(LatentBatch latents, ObjectiveWeights weights, LatentGradient gradient)
    {
        KullbackLeibler.Gradient(latents, weights.Beta, gradient);
        var factor = weights.Beta * (tau - 1);
        return (weights.Beta * KullbackLeibler.Mean(latents)) + (factor == 0 ? 0 : factor * TotalCorrelation(latents, factor, gradient));
    }

    /// <summary>TC of the batch, nat; adds <paramref name="factor"/> times its derivatives to the gradient.</summary>
    internal static double TotalCorrelation(LatentBatch latents, double factor, LatentGradient gradient)
    {
        var count = latents.Count;
        var dimensions = latents.Dimensions;
        var log = new double[dimensions * count]; // ln N(z_id; mu_jd, sigma_jd²) of one i, [d, j]
        var joint = new double[count]; // sum over d, [j]
        var total = 0.0;
        for (var i = 0; i < count; i++)
        {
            var z = latents.Z.Slice(i * dimensions, dimensions);
            LogDensities(latents, z, log);
            joint.AsSpan().Clear();
            for (var d = 0; d < dimensions; d++)
            {
                var row = log.AsSpan(d * count, count);
                TensorPrimitives.Add(joint, row, joint);
                total -= SoftMax(row);
            }
            total += SoftMax(joint);
            AddGradient(latents, i, log, joint, factor / count, gradient);
        }
        // ln 1/M stands once in the joint density and once in each marginal.
        return (total / count) + ((dimensions - 1) * Math.Log(count));
    }

    private static void LogDensities(LatentBatch latents, ReadOnlySpan<float> z, double[] log)
    {
        var count = latents.Count;
        var dimensions = latents.Dimensions;
        for (var j = 0; j < count; j++)
        {
            for (var d = 0; d < dimensions; d++)
            {
                double at = z[d] - latents.Mu[(j * dimensions) + d];
                double logVariance = latents.LogVariance[(j * dimensions) + d];
                log[(d * count) + j] = -0.5 * ((at * at * Math.Exp(-logVariance)) + logVariance + LogTwoPi);
            }
        }
    }

    // With the shares A_j of the joint density and B_jd of the marginals, d(ln q(z) - sum ln q(z_d)) / d ln N(z_d; j) = A_j - B_jd.
    private static void AddGradient(
        LatentBatch latents,
        int i,
        double[] marginalShare,
        double[] jointShare,
        double factor,
        LatentGradient gradient
    )
    {
        var count = latents.Count;
        var dimensions = latents.Dimensions;
        for (var d = 0; d < dimensions; d++)
        {
            var towardsZ = 0.0;
            for (var j = 0; j < count; j++)
            {
                var at = (j * dimensions) + d;
                var share = factor * (jointShare[j] - marginalShare[(d * count) + j]);
                var precision = Math.Exp(-latents.LogVariance[at]);
                var distance = (double)latents.Z[(i * dimensions) + d] - latents.Mu[at];
                towardsZ -= share * distance * precision;
                gradient.Mu[at] += (float)(share * distance * precision);
                gradient.LogVariance[at] += (float)(0.5 * share * ((distance * distance * precision) - 1));
            }
            gradient.Z[(i * dimensions) + d] += (float)towardsZ;
        }
    }

    /// <summary>Replaces logarithms by their shares exp(x_j) / Σ exp and returns ln Σ exp.</summary>
    private static double SoftMax(Span<double> values)
    {
        var largest = TensorPrimitives.Max<double>(values);
        TensorPrimitives.Subtract(values, largest, values);
        TensorPrimitives.Exp<double>(values, values);
        var sum = TensorPrimitives.Sum<double>(values);
        TensorPrimitives.Divide(values, sum, values);
        return largest + Math.Log(sum);
    }
}
