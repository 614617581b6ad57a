using Galatent.Numerics;

namespace Galatent.Latents.Attribution;

/// <summary>How well parameters can be known from the latents, to first order: covariance (J'Σ⁻¹J + prior⁻¹)⁻¹ with J =
/// dmu/dθ and Σ the posterior variances (Tegmark, Taylor &amp; Heavens 1997, with a normal prior).</summary>
public static class ParameterForecast
{
    /// <summary>The covariance of the parameters, shape (k, k).</summary>
    /// <param name="jacobian">dmu/dθ, shape (dimensions, k), row-major.</param>
    /// <param name="posteriorVariance">Shape (dimensions), positive.</param>
    /// <param name="prior">Covariance of the parameters in the population, shape (k, k), positive definite.</param>
    public static double[] Covariance(ReadOnlySpan<double> jacobian, ReadOnlySpan<double> posteriorVariance, ReadOnlySpan<double> prior)
    {
        var k = (int)Math.Round(Math.Sqrt(prior.Length));
        var precision = Inverse(prior, k);
        for (var d = 0; d < posteriorVariance.Length; d++)
        {
            var row = jacobian.Slice(d * k, k);
            for (var i = 0; i < k; i++)
            {
                for (var j = 0; j < k; j++)
                {
                    precision[(i * k) + j] += row[i] * row[j] / posteriorVariance[d];
                }
            }
        }
        return Inverse(precision, k);
    }

    private static double[] Inverse(ReadOnlySpan<double> matrix, int k)
    {
        var inverse = new double[k * k];
        return matrix.Length == k * k && Cholesky.TryInverse(matrix, k, inverse)
            ? inverse
            : throw new ArgumentException($"{matrix.Length} numbers are no positive definite matrix of order {k}.", nameof(matrix));
    }
}
