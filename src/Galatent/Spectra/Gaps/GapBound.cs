using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Spectra.Gaps;

/// <summary>
/// The loss of a linear VAE on spectra with gaps and unequal weights. With equal weights in all spectra the closed form of
/// <c>LinearVae</c> holds for the eigenvalues of W^½ C W^½. With other weights in each spectrum there is none; then the best
/// posterior of each spectrum gives a lower limit for any encoder.
/// </summary>
public static class GapBound
{
    /// <summary>Eigenvalues of W^½ C W^½, descending: those that <c>LinearVae.Best</c> takes when all spectra have the same
    /// weights.</summary>
    /// <param name="covariance">C, shape (pixels, pixels), row-major.</param>
    /// <param name="weight">Weights, shape (pixels), none negative.</param>
    public static double[] Eigenvalues(ReadOnlySpan<double> covariance, ReadOnlySpan<double> weight)
    {
        var m = weight.Length;
        var scaled = new double[m * m];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < m; j++)
            {
                scaled[(i * m) + j] = Math.Sqrt(weight[i]) * covariance[(i * m) + j] * Math.Sqrt(weight[j]);
            }
        }
        return SymmetricEigenvalues.Of(scaled, m);
    }

    /// <summary>
    /// The smallest loss that a decoder x = A z reaches on one spectrum with any normal posterior, and how much more a diagonal posterior
    /// pays. With s = beta/2, P = I + A'WA/s and b = A'Wx/s:
    /// <code>
    /// bound = s (ln det P + x'Wx/s - b'P⁻¹b),   gap = s (Σ ln P_ii - ln det P)
    /// </code>
    /// </summary>
    /// <param name="beta">Weight of the KL term, positive.</param>
    /// <param name="decoder">A, shape (pixels, dimensions), row-major.</param>
    /// <param name="dimensions">Number of dimensions.</param>
    /// <param name="flux">Spectrum minus mean, shape (pixels); not read in gaps.</param>
    /// <param name="weight">Weights of the squared error, shape (pixels); 0 in gaps.</param>
    public static (double Bound, double DiagonalGap) OfSpectrum(
        double beta,
        ReadOnlySpan<double> decoder,
        int dimensions,
        ReadOnlySpan<double> flux,
        ReadOnlySpan<double> weight
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(beta);
        var d = dimensions;
        var s = beta / 2;
        var precision = new double[d * d];
        var b = new double[d];
        var square = 0.0;
        for (var j = 0; j < flux.Length; j++)
        {
            if (weight[j] <= 0)
            {
                continue;
            }
            square += weight[j] * flux[j] * flux[j] / s;
            for (var i = 0; i < d; i++)
            {
                var weighted = weight[j] * decoder[(j * d) + i] / s;
                b[i] += weighted * flux[j];
                for (var k = 0; k < d; k++)
                {
                    precision[(i * d) + k] += weighted * decoder[(j * d) + k];
                }
            }
        }
        return Of(s, precision, b, square);
    }

    /// <summary>Bound plus diagonal gap with the first 0, 1, 2, ... rows of a decoder, shape (dimensions + 1).</summary>
    /// <param name="beta">Weight of the KL term, positive.</param>
    /// <param name="rows">A transposed, shape (dimensions, pixels), row-major.</param>
    /// <param name="dimensions">Number of dimensions.</param>
    /// <param name="flux">Spectrum, shape (pixels); not read in gaps.</param>
    /// <param name="weight">Weights of the squared error, shape (pixels); 0 in gaps.</param>
    /// <param name="mean">Mean spectrum, shape (pixels).</param>
    internal static double[] OfPrefixes(
        double beta,
        double[] rows,
        int dimensions,
        ReadOnlySpan<float> flux,
        ReadOnlySpan<float> weight,
        double[] mean
    )
    {
        var s = beta / 2;
        var (precision, b) = NormalEquations.Of(rows, dimensions, flux, weight, mean);
        TensorPrimitives.Divide(precision, s, precision);
        TensorPrimitives.Divide(b, s, b);
        var square = 0.0;
        for (var j = 0; j < flux.Length; j++)
        {
            square += weight[j] > 0 ? weight[j] * (flux[j] - mean[j]) * (flux[j] - mean[j]) / s : 0;
        }
        var losses = new double[dimensions + 1];
        for (var d = 0; d <= dimensions; d++)
        {
            var block = new double[d * d];
            for (var i = 0; i < d; i++)
            {
                precision.AsSpan(i * dimensions, d).CopyTo(block.AsSpan(i * d));
            }
            var (bound, gap) = Of(s, block, b[..d], square);
            losses[d] = bound + gap;
        }
        return losses;
    }

    // From A'WA/s, A'Wx/s and x'Wx/s.
    private static (double Bound, double DiagonalGap) Of(double s, double[] precision, double[] b, double square)
    {
        var d = b.Length;
        var logDiagonal = 0.0;
        for (var i = 0; i < d; i++)
        {
            precision[(i * d) + i] += 1;
            logDiagonal += Math.Log(precision[(i * d) + i]);
        }
        var factor = new double[d * d];
        if (!Cholesky.TryFactor(precision, d, factor))
        {
            throw new InputException("The decoder or the weights hold a number that is not finite.");
        }
        var logDeterminant = Cholesky.LogDeterminant(factor, d);
        var explained = NormalEquations.Product(NormalEquations.Inverse(precision, d, "the posterior"), b).Zip(b, (x, y) => x * y).Sum();
        return (s * (logDeterminant + square - explained), s * (logDiagonal - logDeterminant));
    }
}
