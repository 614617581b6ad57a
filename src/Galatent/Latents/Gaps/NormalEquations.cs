using Galatent.Numerics;

namespace Galatent.Latents.Gaps;

/// <summary>Small symmetric systems.</summary>
internal static class NormalEquations
{
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
