namespace Galatent.Numerics;

/// <summary>Cholesky factors of small symmetric matrices, and what is solved with them (row-major, d x d).</summary>
internal static class Cholesky
{
    /// <summary>The lower factor L with L L^T = matrix. Returns false, with the factor undefined, when the matrix is not positive definite
    /// to working precision.</summary>
    public static bool TryFactor(ReadOnlySpan<double> matrix, int d, Span<double> factor)
    {
        factor[..(d * d)].Clear();
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i * d + j];
                for (var k = 0; k < j; k++)
                {
                    sum -= factor[i * d + k] * factor[j * d + k];
                }
                if (i != j)
                {
                    factor[i * d + j] = sum / factor[j * d + j];
                }
                else if (sum > 1e-14 * matrix[i * d + i] && double.IsFinite(sum))
                {
                    factor[i * d + i] = Math.Sqrt(sum);
                }
                else
                {
                    return false;
                }
            }
        }
        return true;
    }

    /// <summary>The inverse of a lower factor; it is lower triangular too.</summary>
    public static void Invert(ReadOnlySpan<double> factor, int d, Span<double> inverse)
    {
        inverse[..(d * d)].Clear();
        for (var column = 0; column < d; column++)
        {
            inverse[column * d + column] = 1 / factor[column * d + column];
            for (var row = column + 1; row < d; row++)
            {
                var sum = 0.0;
                for (var k = column; k < row; k++)
                {
                    sum -= factor[row * d + k] * inverse[k * d + column];
                }
                inverse[row * d + column] = sum / factor[row * d + row];
            }
        }
    }

    /// <summary>Solves L L^T x = x in place.</summary>
    public static void Solve(ReadOnlySpan<double> factor, int d, Span<double> x)
    {
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < i; j++)
            {
                x[i] -= factor[(i * d) + j] * x[j];
            }
            x[i] /= factor[(i * d) + i];
        }
        for (var i = d - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < d; j++)
            {
                x[i] -= factor[(j * d) + i] * x[j];
            }
            x[i] /= factor[(i * d) + i];
        }
    }

    /// <summary>The inverse of a matrix. Returns false, with the inverse undefined, when it is not positive definite to working
    /// precision.</summary>
    public static bool TryInverse(ReadOnlySpan<double> matrix, int d, Span<double> inverse)
    {
        var factor = new double[d * d];
        if (!TryFactor(matrix, d, factor))
        {
            return false;
        }
        var lower = new double[d * d];
        Invert(factor, d, lower);
        inverse[..(d * d)].Clear();
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                for (var k = Math.Max(i, j); k < d; k++)
                {
                    inverse[(i * d) + j] += lower[(k * d) + i] * lower[(k * d) + j];
                }
            }
        }
        return true;
    }

    /// <summary>ln det(L L^T).</summary>
    public static double LogDeterminant(ReadOnlySpan<double> factor, int d)
    {
        var sum = 0.0;
        for (var i = 0; i < d; i++)
        {
            sum += 2 * Math.Log(factor[i * d + i]);
        }
        return sum;
    }
}
