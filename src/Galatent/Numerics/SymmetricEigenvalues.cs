namespace Galatent.Numerics;

/// <summary>Eigenvalues of a small symmetric matrix by cyclic Jacobi rotations (Golub &amp; Van Loan, Matrix Computations, section 8.5):
/// exact to rounding, n^3 per sweep.</summary>
public static class SymmetricEigenvalues
{
    private const int MaximumSweeps = 60;

    /// <summary>The eigenvalues, descending.</summary>
    /// <param name="matrix">Shape (n, n), row-major; only symmetric input makes sense. Not changed.</param>
    /// <param name="n">Order of the matrix; some tens.</param>
    /// <exception cref="ArithmeticException">No convergence: the matrix holds NaN or infinity.</exception>
    public static double[] Of(ReadOnlySpan<double> matrix, int n) => WithVectors(matrix, n).Values;

    /// <summary>The eigenvalues, descending, and the eigenvectors.</summary>
    /// <param name="matrix">Shape (n, n), row-major; only symmetric input makes sense. Not changed.</param>
    /// <param name="n">Order of the matrix; some tens.</param>
    /// <returns>Values of shape (n); vectors of shape (n, n), one in each row, of length 1.</returns>
    /// <exception cref="ArithmeticException">No convergence: the matrix holds NaN or infinity.</exception>
    public static (double[] Values, double[] Vectors) WithVectors(ReadOnlySpan<double> matrix, int n)
    {
        if (matrix.Length != n * n)
        {
            throw new ArgumentException($"{matrix.Length} numbers are no square matrix of order {n}.", nameof(matrix));
        }
        var a = matrix.ToArray();
        var vectors = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            vectors[(i * n) + i] = 1;
        }
        var scale = a.Sum(x => x * x);
        for (var sweep = 0; sweep < MaximumSweeps; sweep++)
        {
            if (OffDiagonal(a, n) <= 1e-30 * scale)
            {
                int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => a[(i * n) + i])];
                return ([.. order.Select(i => a[(i * n) + i])], [.. order.SelectMany(i => vectors[(i * n)..((i + 1) * n)])]);
            }
            Sweep(a, vectors, n);
        }
        throw new ArithmeticException(
            $"Jacobi rotations of a matrix of order {n} did not converge in {MaximumSweeps} sweeps; sum of its squares {scale}."
        );
    }

    private static double OffDiagonal(double[] a, int n)
    {
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                sum += i == j ? 0 : a[(i * n) + j] * a[(i * n) + j];
            }
        }
        return sum;
    }

    private static void Sweep(double[] a, double[] vectors, int n)
    {
        for (var p = 0; p < n - 1; p++)
        {
            for (var q = p + 1; q < n; q++)
            {
                if (a[(p * n) + q] != 0)
                {
                    Rotate(a, vectors, n, p, q);
                }
            }
        }
    }

    private static void Rotate(double[] a, double[] vectors, int n, int p, int q)
    {
        var tau = (a[(q * n) + q] - a[(p * n) + p]) / (2 * a[(p * n) + q]);
        var t = (tau >= 0 ? 1 : -1) / (Math.Abs(tau) + Math.Sqrt(1 + (tau * tau)));
        var c = 1 / Math.Sqrt(1 + (t * t));
        var s = t * c;
        for (var i = 0; i < n; i++)
        {
            var x = a[(i * n) + p];
            var y = a[(i * n) + q];
            (a[(i * n) + p], a[(i * n) + q]) = ((c * x) - (s * y), (s * x) + (c * y));
        }
        for (var i = 0; i < n; i++)
        {
            var x = a[(p * n) + i];
            var y = a[(q * n) + i];
            (a[(p * n) + i], a[(q * n) + i]) = ((c * x) - (s * y), (s * x) + (c * y));
            var v = vectors[(p * n) + i];
            var w = vectors[(q * n) + i];
            (vectors[(p * n) + i], vectors[(q * n) + i]) = ((c * v) - (s * w), (s * v) + (c * w));
        }
    }
}
