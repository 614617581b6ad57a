using System.Numerics.Tensors;

namespace Galatent.Latents;

/// <summary>Covariance between every latent dimension and every pixel, eq. 10 of the study.</summary>
public static class LatentCovariance
{
    // 256 pixels x 32 dimensions of double sums are 64 kB and stay in the second-level cache.
    private const int PixelsPerBlock = 256;

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
            throw new ArgumentException($"{latent.Length} latent values of {dimensions} dimensions do not belong to {flux.LongLength} fluxes of {pixels} pixels.", nameof(latent));
        }
        var centred = Centre(latent, dimensions, n);
        var covariance = new double[dimensions * pixels];
        // Every block owns its pixels and adds the spectra in order: the sums do not depend on the number of threads.
        Parallel.For(0, (pixels + PixelsPerBlock - 1) / PixelsPerBlock, block =>
        {
            var first = block * PixelsPerBlock;
            var count = Math.Min(PixelsPerBlock, pixels - first);
            Span<double> row = stackalloc double[count];
            for (var i = 0; i < n; i++)
            {
                TensorPrimitives.ConvertChecked(flux.AsSpan((i * pixels) + first, count), row);
                for (var d = 0; d < dimensions; d++)
                {
                    var sum = covariance.AsSpan((d * pixels) + first, count);
                    TensorPrimitives.MultiplyAdd(row, centred[(i * dimensions) + d], sum, sum);
                }
            }
        });
        TensorPrimitives.Divide(covariance, n, covariance);
        return covariance;
    }

    // With the latents centred, sum (z - mean z) x equals sum (z - mean z)(x - mean x).
    private static double[] Centre(float[] latent, int dimensions, int n)
    {
        var centred = Array.ConvertAll(latent, v => (double)v);
        for (var d = 0; d < dimensions; d++)
        {
            var mean = 0.0;
            for (var i = d; i < centred.Length; i += dimensions)
            {
                mean += centred[i];
            }
            mean /= n;
            for (var i = d; i < centred.Length; i += dimensions)
            {
                centred[i] -= mean;
            }
        }
        return centred;
    }
}
