using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>
/// Least-squares regression on cosines cos(pi r u) of some columns' relative ranks u. It can follow any smooth dependence of a quantity's
/// mean on the columns.
/// It uses about 2 n^(1/3) functions per column, and the products of the first few functions of every pair of columns.
/// </summary>
internal sealed class CosineRegression
{
    private readonly double[][] _basis;
    private readonly double[] _factor;

    /// <summary>Prepares the regression.</summary>
    /// <param name="scores">Normal scores, at least one column.</param>
    public CosineRegression(double[][] scores)
    {
        var n = scores[0].Length;
        // At most a sixth of the number of rows in all, so that the residuals keep their size.
        var orders = Math.Clamp((int)Math.Round(2 * Math.Cbrt(n)), 1, Math.Max(1, n / 6 / scores.Length));
        var basis = new List<double[]> { Enumerable.Repeat(1.0, n).ToArray() };
        foreach (var column in scores)
        {
            basis.AddRange(Enumerable.Range(1, orders).Select(r => Array.ConvertAll(column, s => CosineFeature.Cosine(r, s))));
        }
        AddProducts(scores, basis, n / 6);
        _basis = [.. basis];
        var k = _basis.Length;
        var gram = new double[_basis.Length * _basis.Length];
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                gram[(i * k) + j] = gram[(j * k) + i] = TensorPrimitives.Dot<double>(_basis[i], _basis[j]);
            }
            // Equivalent to one millionth of an observation. With it, columns that are copies of each other can be solved too.
            gram[(i * k) + i] += 1e-6 * n;
        }
        _factor = new double[gram.Length];
        if (!Cholesky.TryFactor(gram, k, _factor))
        {
            throw new InvalidOperationException($"The Gram matrix of {k} cosines of {n} rows is not positive definite.");
        }
    }

    /// <summary>The residual of a quantity after the regression.</summary>
    public double[] Residual(double[] values)
    {
        var k = _basis.Length;
        var solution = new double[k];
        for (var i = 0; i < k; i++)
        {
            solution[i] =
                (
                    TensorPrimitives.Dot<double>(_basis[i], values)
                    - TensorPrimitives.Dot<double>(_factor.AsSpan(i * k, i), solution.AsSpan(0, i))
                ) / _factor[(i * k) + i];
        }
        for (var i = k - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < k; j++)
            {
                solution[i] -= _factor[(j * k) + i] * solution[j];
            }
            solution[i] /= _factor[(i * k) + i];
        }
        var residual = (double[])values.Clone();
        for (var i = 0; i < k; i++)
        {
            TensorPrimitives.MultiplyAdd(_basis[i], -solution[i], residual, residual);
        }
        return residual;
    }

    private static void AddProducts(double[][] scores, List<double[]> basis, int most)
    {
        const int Orders = 4;
        for (var a = 0; a < scores.Length; a++)
        {
            for (var b = a + 1; b < scores.Length && basis.Count + (Orders * Orders) <= most; b++)
            {
                for (var r = 1; r <= Orders; r++)
                {
                    for (var s = 1; s <= Orders; s++)
                    {
                        basis.Add([.. scores[a].Zip(scores[b], (p, q) => CosineFeature.Cosine(r, p) * CosineFeature.Cosine(s, q))]);
                    }
                }
            }
        }
    }
}
