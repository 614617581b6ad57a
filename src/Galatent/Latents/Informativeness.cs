using System.Numerics.Tensors;
using Galatent.Networks;
using Galatent.Networks.Objectives;

namespace Galatent.Latents;

/// <summary>Which latent dimensions carry information, measured in two ways: by the study's covariance (eq. 11) and by the KL
/// term.</summary>
/// <param name="MeanAbsoluteCovariance">Mean over the pixels of |covariance| with each dimension, eq. 11 of the study; shape
/// (dimensions).</param>
/// <param name="KlNat">Mean Kullback-Leibler divergence of each dimension from the standard normal prior, nat; shape (dimensions).</param>
/// <remarks>
/// The two can disagree. Eq. 11 gives much weight to bright lines, so dimensions with almost no KL can pass its threshold while the
/// reconstruction error is large. (In a run that was stopped early, 11 dimensions passed at a squared error of 88.7, but only 7 had a KL
/// above 0.1 nat.)
/// </remarks>
public sealed record Informativeness(double[] MeanAbsoluteCovariance, double[] KlNat)
{
    /// <summary>A dimension is informative when its mean absolute covariance exceeds this (the study, following Burda et al.
    /// 2016).</summary>
    public const double CovarianceThreshold = 0.01;

    /// <summary>Informative dimensions by eq. 11, ascending, from 0.</summary>
    public int[] ByCovariance => Above(MeanAbsoluteCovariance, CovarianceThreshold);

    /// <summary>Active dimensions by their KL, ascending, from 0.</summary>
    public int[] ByKl => Above(KlNat, ActiveDimensions.ThresholdNat);

    /// <summary>KL per spectrum, nat: the second term of the study's loss without the factor beta.</summary>
    public double TotalKlNat => KlNat.Sum();

    /// <summary>Measures both quantities.</summary>
    /// <param name="latent">The latent values for the covariance, shape (n, dimensions): mu or a sample z.</param>
    /// <param name="mu">Posterior means, shape (n, dimensions).</param>
    /// <param name="logVariance">ln of the posterior variances, shape (n, dimensions).</param>
    /// <param name="dimensions">Number of latent dimensions.</param>
    /// <param name="flux">Shape (n, pixels), row-major, normalised flux.</param>
    /// <param name="pixels">Pixels per spectrum.</param>
    public static Informativeness Measure(float[] latent, float[] mu, float[] logVariance, int dimensions, float[] flux, int pixels)
    {
        return Of(LatentCovariance.Compute(latent, dimensions, flux, pixels), mu, logVariance, dimensions);
    }

    /// <summary>Computes both quantities from a known covariance.</summary>
    /// <param name="covariance">Covariance of latent dimensions and pixels, shape (dimensions, pixels).</param>
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
