using System.Numerics.Tensors;

namespace Galatent.Spectra.Gaps;

/// <summary>The M-step of <see cref="GapComponentsFit"/>: pixel by pixel the regression of the flux on the coefficients. What a spectrum
/// adds to the equations of a pixel is the same for all pixels but for the weight, so it is made once and added as one long
/// vector.</summary>
internal sealed class PixelMoments
{
    /// <summary>Pixels whose equations are summed together; those of 12 components take 50 kB, which stay in the cache.</summary>
    public const int BlockPixels = 64;

    private readonly int _size;
    private readonly double[][] _moments;
    private readonly double[][] _regressors;

    /// <summary>Prepares the vectors of all spectra.</summary>
    /// <param name="size">Number of unknowns of a pixel: components, and one more for a mean.</param>
    /// <param name="centres">Coefficients of each spectrum.</param>
    /// <param name="spreads">Their covariances.</param>
    public PixelMoments(int size, double[][] centres, double[][] spreads)
    {
        _size = size;
        _regressors = Array.ConvertAll(centres, c => c.Length == size ? c : [.. c, 1]);
        _moments = [.. _regressors.Select((c, n) => Moments(c, spreads[n]))];
    }

    /// <summary>Solves the pixels of a block.</summary>
    /// <param name="data">The spectra.</param>
    /// <param name="block">Number of the block.</param>
    /// <param name="loadings">Receives the coefficients, shape (components, pixels).</param>
    /// <param name="mean">Receives the means.</param>
    public void Regress(GapComponentsFit.Data data, int block, double[] loadings, double[] mean)
    {
        var first = block * BlockPixels;
        var count = Math.Min(BlockPixels, data.Pixels - first);
        var length = _size * (_size + 1) / 2;
        var moments = new double[count * length];
        var right = new double[count * _size];
        for (var n = 0; n < data.Count; n++)
        {
            for (var i = 0; i < count; i++)
            {
                var place = (n * data.Pixels) + first + i;
                // A gap may hold NaN.
                if (data.Weight[place] > 0)
                {
                    double w = data.Weight[place];
                    var sums = moments.AsSpan(i * length, length);
                    var products = right.AsSpan(i * _size, _size);
                    TensorPrimitives.MultiplyAdd(_moments[n], w, sums, sums);
                    TensorPrimitives.MultiplyAdd(_regressors[n], w * data.Flux[place], products, products);
                }
            }
        }
        for (var i = 0; i < count; i++)
        {
            Solve(data, first + i, moments.AsSpan(i * length, length), [.. right.AsSpan(i * _size, _size)], loadings, mean);
        }
    }

    private void Solve(GapComponentsFit.Data data, int pixel, ReadOnlySpan<double> packed, double[] right, double[] loadings, double[] mean)
    {
        // A pixel that no spectrum has keeps zeros.
        if (!packed.ContainsAnyExcept(0.0))
        {
            return;
        }
        var matrix = new double[_size * _size];
        for (int a = 0, next = 0; a < _size; a++)
        {
            for (var b = 0; b <= a; b++, next++)
            {
                (matrix[(a * _size) + b], matrix[(b * _size) + a]) = (packed[next], packed[next]);
            }
        }
        var solution = NormalEquations.Product(NormalEquations.Inverse(matrix, _size, $"pixel {pixel}"), right);
        var components = loadings.Length / data.Pixels;
        for (var a = 0; a < components; a++)
        {
            loadings[(a * data.Pixels) + pixel] = solution[a];
        }
        mean[pixel] = data.Options.HasMean ? solution[components] : 0;
    }

    // The lower triangle of c c' + covariance; the regressor of the mean, 1, has no uncertainty.
    private double[] Moments(double[] c, double[] spread)
    {
        var k = (int)Math.Sqrt(spread.Length);
        var packed = new double[_size * (_size + 1) / 2];
        for (int a = 0, next = 0; a < _size; a++)
        {
            for (var b = 0; b <= a; b++, next++)
            {
                packed[next] = (c[a] * c[b]) + (a < k ? spread[(a * k) + b] : 0);
            }
        }
        return packed;
    }
}
