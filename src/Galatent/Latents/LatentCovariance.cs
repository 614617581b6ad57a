using System.Numerics.Tensors;

namespace Galatent.Latents;

/// <summary>Covariance between every latent dimension and every pixel, eq. 10 of the study.</summary>
public static class LatentCovariance
{
    /// <summary>Covariances (divided by n), shape (dimensions, pixels), row-major.</summary>
    /// <param name="latent">Shape (n, dimensions), row-major: mu or a sample z.</param>
    /// <param name="dimensions">Number of latent dimensions.</param>
    /// <param name="flux">Shape (n, pixels), row-major, normalised flux.</param>
    /// <param name="pixels">Pixels per spectrum.</param>
    public static double[] Compute(float[] latent, int dimensions, float[] flux, int pixels)
    {
        ArgumentNullException.ThrowIfNull(latent);
        ArgumentNullException.ThrowIfNull(flux);
        var n = latent.Length / dimensions;
        if (n == 0 || latent.Length != n * dimensions || flux.LongLength != (long)n * pixels)
        {
            throw new ArgumentException(
                $"{latent.Length} latent values of {dimensions} dimensions do not belong to {flux.LongLength} fluxes of {pixels} pixels.",
                nameof(latent)
            );
        }
        var sum = new LatentCovarianceSum(LatentCovarianceSum.Mean(latent, dimensions), pixels);
        sum.Add(latent, flux);
        TensorPrimitives.Divide(sum.Sums, n, sum.Sums);
        return sum.Sums;
    }
}
