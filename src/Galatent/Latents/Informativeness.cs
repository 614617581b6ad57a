using System.Numerics.Tensors;
using Galatent.Networks;
using Galatent.Networks.Objectives;

namespace Galatent.Latents;

/// <summary>Which latent dimensions carry information, by the study's measure and by the price the model pays for them.</summary>
/// <param name="MeanAbsoluteCovariance">Mean over the pixels of |covariance| with each dimension, eq. 11 of the study; shape
/// (dimensions).</param>
/// <param name="KlNat">Mean Kullback-Leibler divergence of each dimension from the standard normal prior, nat; shape (dimensions).</param>
/// <remarks>
/// The two can disagree: eq. 11 weighs bright lines, so that dimensions of almost no KL pass its threshold while the reconstruction
/// error is large (11 pass at 88.7 squared error where 7 have KL above 0.1 nat, in a run that was stopped early).
/// </remarks>
public sealed record Informativeness(double[] MeanAbsoluteCovariance, double[] KlNat)
{
    /// <summary>A dimension is informative when its mean absolute covariance exceeds this (the study, after Burda et al. 2016).</summary>
    public const double CovarianceThreshold = 0.01;

    /// <summary>Dimensions informative by eq. 11, ascending, counted from 0.</summary>
    public int[] ByCovariance => Above(MeanAbsoluteCovariance, CovarianceThreshold);

    /// <summary>Dimensions in use by their KL, ascending, counted from 0.</summary>
    public int[] ByKl => Above(KlNat, ActiveDimensions.ThresholdNat);

    /// <summary>KL per spectrum: the second term of the study's loss without its factor beta, nat.</summary>
    public double TotalKlNat => KlNat.Sum();

    /// <summary>Measures both.</summary>
    /// <param name="latent">What covaries with the pixels, shape (n, dimensions): mu or a sample z.</param>
    /// <param name="mu">Posterior means, shape (n, dimensions).</param>
    /// <param name="logVariance">ln of the posterior variances, shape (n, dimensions).</param>
    /// <param name="dimensions">Number of latent dimensions.</param>
    /// <param name="flux">Shape (n, pixels), row-major, normalised flux.</param>
    /// <param name="pixels">Pixels per spectrum.</param>
    public static Informativeness Measure(float[] latent, float[] mu, float[] logVariance, int dimensions, float[] flux, int pixels)
    {
        return Of(LatentCovariance.Compute(latent, dimensions, flux, pixels), mu, logVariance, dimensions);
    }

    /// <summary>Measures both from a covariance.</summary>
    /// <param name="covariance">Of latent dimensions and pixels, shape (dimensions, pixels).</param>
    /// <param name="mu">Posterior means, shape (n, dimensions).</param>
    /// <param name="logVariance">ln of the posterior variances, shape (n, dimensions).</param>
    /// <param name="dimensions">Number of latent dimensions.</param>
    public static Informativeness Of(double[] covariance, float[] mu, float[] logVariance, int dimensions)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        var pixels = covariance.Length / dimensions;
        var score = new double[dimensions];
        for (var d = 0; d < dimensions; d++)
        {
            score[d] = TensorPrimitives.SumOfMagnitudes<double>(covariance.AsSpan(d * pixels, pixels)) / pixels;
        }
        return new Informativeness(score, MeanKl(mu, logVariance, dimensions));
    }

    /// <summary>Mean KL of every dimension, 0.5 (mu² + sigma² - ln sigma² - 1), eq. 7 of the study, nat; shape (dimensions).</summary>
    /// <param name="mu">Posterior means, shape (n, dimensions).</param>
    /// <param name="logVariance">ln of the posterior variances, shape (n, dimensions).</param>
    /// <param name="dimensions">Number of latent dimensions.</param>
    public static double[] MeanKl(float[] mu, float[] logVariance, int dimensions)
    {
        ArgumentNullException.ThrowIfNull(mu);
        ArgumentNullException.ThrowIfNull(logVariance);
        if (mu.Length == 0 || mu.Length != logVariance.Length || mu.Length % dimensions != 0)
        {
            throw new ArgumentException(
                $"{mu.Length} means and {logVariance.Length} log variances are not the same number of spectra of {dimensions} dimensions.",
                nameof(mu)
            );
        }
        return KullbackLeibler.ByDimension(new LatentPosterior(mu.Length / dimensions, dimensions, mu, logVariance));
    }

    private static int[] Above(double[] values, double threshold) =>
        [.. Enumerable.Range(0, values.Length).Where(d => values[d] > threshold)];
}
