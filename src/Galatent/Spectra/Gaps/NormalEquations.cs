using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Spectra.Gaps;

/// <summary>Small symmetric systems.</summary>
internal static class NormalEquations
{
    /// <summary>A'WA and A'W (x - mean) of one spectrum.</summary>
    /// <param name="rows">A transposed, shape (k, pixels), row-major.</param>
    /// <param name="k">Number of rows.</param>
    /// <param name="flux">x, shape (pixels); not read in gaps, where it may be NaN.</param>
    /// <param name="weight">Diagonal of W, shape (pixels); 0 in gaps.</param>
    /// <param name="mean">Same shape.</param>
    public static (double[] Matrix, double[] Right) Of(
        double[] rows,
        int k,
        ReadOnlySpan<float> flux,
        ReadOnlySpan<float> weight,
        double[] mean
    )
    {
        var pixels = mean.Length;
        var weights = new double[pixels];
        var residual = new double[pixels];
        for (var j = 0; j < pixels; j++)
        {
            (weights[j], residual[j]) = weight[j] > 0 ? (weight[j], flux[j] - mean[j]) : (0, 0);
        }
        var matrix = new double[k * k];
        var right = new double[k];
        var weighted = new double[pixels];
        for (var a = 0; a < k; a++)
        {
            TensorPrimitives.Multiply(rows.AsSpan(a * pixels, pixels), weights, weighted);
            right[a] = TensorPrimitives.Dot<double>(weighted, residual);
            for (var b = 0; b <= a; b++)
            {
                var product = TensorPrimitives.Dot<double>(weighted, rows.AsSpan(b * pixels, pixels));
                (matrix[(a * k) + b], matrix[(b * k) + a]) = (product, product);
            }
        }
        return (matrix, right);
    }

    /// <summary>Inverse of a positive definite matrix of order <paramref name="k"/>.</summary>
    /// <exception cref="InputException">It is not positive definite: too few pixels determine <paramref name="what"/>.</exception>
    public static double[] Inverse(double[] matrix, int k, string what)
    {
        var inverse = new double[k * k];
        if (!Cholesky.TryInverse(matrix, k, inverse))
        {
            throw new InputException($"Too few pixels with weight determine {what} of {k} numbers; use fewer components, or a prior.");
        }
        return inverse;
    }

    /// <summary>A square matrix times a vector.</summary>
    public static double[] Product(double[] matrix, double[] vector)
    {
        var k = vector.Length;
        var product = new double[k];
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                product[i] += matrix[(i * k) + j] * vector[j];
            }
        }
        return product;
    }
}
