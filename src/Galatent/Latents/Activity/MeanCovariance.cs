using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Latents.Activity;

/// <summary>
/// Eq. 11 of the study for every dimension, with what it lacks there: an error, and the value that an unrelated dimension reaches by
/// chance.
/// T = mean over the pixels of |c_j|, c_j = covariance of the dimension and pixel j (divisor n, eq. 10).
/// </summary>
/// <param name="Value">T, shape (dimensions). It depends on the unit of the flux and on the wavelength grid.</param>
/// <param name="StandardError">sd(phi) / √n with phi_n = mean over j of sign(c_j) (z_n - mean z)(x_nj - mean x_j); same shape.</param>
/// <param name="Floor">Mean of T for a dimension of the same spread that knows nothing: √(2/π) sd(z) mean_j sd(x_j) / √n; same
/// shape.</param>
public sealed record MeanCovariance(double[] Value, double[] StandardError, double[] Floor)
{
    private const int Block = 256;

    /// <summary>Whether T is above the study's threshold beyond twice its error.</summary>
    public CovarianceVerdict Verdict(int dimension)
    {
        var distance = Value[dimension] - Informativeness.CovarianceThreshold;
        return distance > 2 * StandardError[dimension] ? CovarianceVerdict.Informative
            : distance < -2 * StandardError[dimension] ? CovarianceVerdict.NotInformative
            : CovarianceVerdict.Undecided;
    }

    /// <summary>Measures all dimensions. Every spectrum is read twice.</summary>
    /// <param name="read">Reads normalised flux by row.</param>
    /// <param name="pixels">Pixels per spectrum.</param>
    /// <param name="latent">Shape (n, dimensions), row-major: mu or a sample z.</param>
    /// <param name="dimensions">Number of latent dimensions.</param>
    /// <param name="variance">Variance of each pixel over the spectra, shape (n_wave).</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="progress">Receives the number of spectra read.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public static MeanCovariance Measure(
        RowReader read,
        int pixels,
        float[] latent,
        int dimensions,
        double[] variance,
        int threads = 1,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(latent);
        ArgumentNullException.ThrowIfNull(variance);
        var n = latent.Length / dimensions;
        var mean = LatentCovarianceSum.Mean(latent, dimensions);
        var covariance = new LatentCovarianceSum(mean, pixels, threads);
        foreach (var (first, flux) in Blocks(read, pixels, n, cancellation))
        {
            covariance.Add(latent.AsMemory(first * dimensions, flux.Length / pixels * dimensions), flux);
            progress?.Report(new StepProgress(first + (flux.Length / pixels), 2L * n));
        }
        var signs = Array.ConvertAll(covariance.Sums, c => (double)Math.Sign(c));
        var projected = new double[dimensions * n];
        foreach (var (first, flux) in Blocks(read, pixels, n, cancellation))
        {
            Project(flux, pixels, signs, projected, (first, n), threads);
            progress?.Report(new StepProgress(n + first + (flux.Length / pixels), 2L * n));
        }
        return Of(covariance.Sums, projected, latent, mean, variance.Average(Math.Sqrt), n);
    }

    private static MeanCovariance Of(double[] sums, double[] projected, float[] latent, double[] mean, double deviation, int n)
    {
        var dimensions = mean.Length;
        var pixels = sums.Length / dimensions;
        var value = new double[dimensions];
        var error = new double[dimensions];
        var floor = new double[dimensions];
        for (var d = 0; d < dimensions; d++)
        {
            value[d] = TensorPrimitives.SumOfMagnitudes<double>(sums.AsSpan(d * pixels, pixels)) / pixels / n;
            var along = projected.AsSpan(d * n, n);
            var centre = TensorPrimitives.Sum<double>(along) / n;
            var squares = 0.0;
            var variance = 0.0;
            for (var i = 0; i < n; i++)
            {
                var z = latent[(i * dimensions) + d] - mean[d];
                var phi = z * (along[i] - centre) / pixels;
                squares += (phi - value[d]) * (phi - value[d]);
                variance += z * z;
            }
            error[d] = Math.Sqrt(squares / n / n);
            floor[d] = Math.Sqrt(2 / Math.PI * variance / n / n) * deviation;
        }
        return new MeanCovariance(value, error, floor);
    }

    private static IEnumerable<(int First, float[] Flux)> Blocks(RowReader read, int pixels, int n, CancellationToken cancellation)
    {
        for (var first = 0; first < n; first += Block)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] rows = [.. Enumerable.Range(first, Math.Min(Block, n - first))];
            var flux = new float[rows.Length * pixels];
            read(rows, flux);
            yield return (first, flux);
        }
    }

    private static void Project(float[] flux, int pixels, double[] signs, double[] projected, (int First, int Of) rows, int threads)
    {
        var dimensions = signs.Length / pixels;
        Parallel.For(0, flux.Length / pixels, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            var row = new double[pixels];
            TensorPrimitives.ConvertChecked(flux.AsSpan(i * pixels, pixels), row);
            for (var d = 0; d < dimensions; d++)
            {
                projected[(d * rows.Of) + rows.First + i] = TensorPrimitives.Dot<double>(row, signs.AsSpan(d * pixels, pixels));
            }
        });
    }
}
