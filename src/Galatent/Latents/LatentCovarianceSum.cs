using System.Numerics.Tensors;

namespace Galatent.Latents;

/// <summary>Sums the covariance between latent dimensions and pixels (eq. 10) block by block, so that not all spectra must be in
/// memory.</summary>
internal sealed class LatentCovarianceSum
{
    // 256 pixels x 32 dimensions of double sums are 64 kB and stay in the second-level cache.
    private const int PixelsPerBlock = 256;

    private readonly double[] _mean;
    private readonly int _pixels;
    private readonly ParallelOptions _parallel;

    /// <summary>Prepares the sums.</summary>
    /// <param name="mean">Mean of each latent dimension over the whole set. With centred latents, Σ (z - mean z) x equals Σ (z - mean
    /// z)(x - mean x).</param>
    /// <param name="pixels">Pixels per spectrum.</param>
    /// <param name="threads">Largest number of threads, all when 0. The sums do not depend on it.</param>
    public LatentCovarianceSum(double[] mean, int pixels, int threads = 0)
    {
        (_mean, _pixels) = (mean, pixels);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : -1 };
        Sums = new double[mean.Length * pixels];
    }

    /// <summary>Σ (z - mean z) x, shape (dimensions, pixels).</summary>
    public double[] Sums { get; }

    /// <summary>Mean of each dimension.</summary>
    /// <param name="latent">Shape (n, dimensions).</param>
    /// <param name="dimensions">Number of latent dimensions.</param>
    public static double[] Mean(float[] latent, int dimensions)
    {
        var mean = new double[dimensions];
        for (var i = 0; i < latent.Length; i++)
        {
            mean[i % dimensions] += latent[i];
        }
        return Array.ConvertAll(mean, sum => sum / (latent.Length / dimensions));
    }

    /// <summary>Adds spectra: latents of shape (m, dimensions) and normalised flux of shape (m, pixels).</summary>
    public void Add(ReadOnlyMemory<float> latent, ReadOnlyMemory<float> flux)
    {
        var dimensions = _mean.Length;
        var rows = latent.Length / dimensions;
        // Every block has its own pixels and adds the spectra in order, so the sums do not depend on the number of threads.
        Parallel.For(0, (_pixels + PixelsPerBlock - 1) / PixelsPerBlock, _parallel, block =>
        {
            var first = block * PixelsPerBlock;
            var count = Math.Min(PixelsPerBlock, _pixels - first);
            Span<double> row = stackalloc double[count];
            for (var i = 0; i < rows; i++)
            {
                TensorPrimitives.ConvertChecked(flux.Span.Slice((i * _pixels) + first, count), row);
                for (var d = 0; d < dimensions; d++)
                {
                    var sum = Sums.AsSpan((d * _pixels) + first, count);
                    TensorPrimitives.MultiplyAdd(row, latent.Span[(i * dimensions) + d] - _mean[d], sum, sum);
                }
            }
        });
    }
}
