using Galatent.Numerics;

namespace Galatent.Latents.Outliers;

/// <summary>Normal equations of a weighted linear fit: (V'WV + P) a = V'Wr + p.</summary>
internal sealed class WeightedEquations
{
    // Of the largest diagonal: columns of zeros, and columns that nothing tells apart must not make the matrix singular.
    private const double Ridge = 1e-9;

    private readonly int _count;
    private readonly double[] _matrix;
    private readonly double[] _right;

    public WeightedEquations(int count) => (_count, _matrix, _right) = (count, new double[count * count], new double[count]);

    /// <summary>Adds the pixels.</summary>
    /// <param name="columns">The columns V, shape (n_wave) each.</param>
    /// <param name="weights">W, shape (n_wave).</param>
    /// <param name="residual">r, shape (n_wave).</param>
    public void Add(float[][] columns, double[] weights, double[] residual)
    {
        for (var a = 0; a < _count; a++)
        {
            var column = columns[a];
            var weighted = new double[column.Length];
            var right = 0.0;
            for (var j = 0; j < weighted.Length; j++)
            {
                weighted[j] = weights[j] * column[j];
                right += weighted[j] * residual[j];
            }
            _right[a] += right;
            for (var b = 0; b <= a; b++)
            {
                var other = columns[b];
                var sum = 0.0;
                for (var j = 0; j < weighted.Length; j++)
                {
                    sum += weighted[j] * other[j];
                }
                _matrix[(a * _count) + b] += sum;
            }
        }
    }

    /// <summary>Adds a prior on one coefficient: precision × (a - centre)², with <paramref name="pull"/> = precision × centre.</summary>
    public void AddPrior(int coefficient, double precision, double pull)
    {
        _matrix[(coefficient * _count) + coefficient] += precision;
        _right[coefficient] += pull;
    }

    /// <summary>The coefficients; null when the matrix is not positive definite.</summary>
    public double[]? Solve()
    {
        var matrix = (double[])_matrix.Clone();
        var largest = Enumerable.Range(0, _count).Select(a => matrix[(a * _count) + a]).DefaultIfEmpty().Max();
        for (var a = 0; a < _count; a++)
        {
            matrix[(a * _count) + a] += Ridge * largest;
        }
        var factor = new double[matrix.Length];
        if (!Cholesky.TryFactor(matrix, _count, factor))
        {
            return null;
        }
        var solution = (double[])_right.Clone();
        Cholesky.Solve(factor, _count, solution);
        return solution;
    }

    /// <summary>By how much the fit lowers Σ w r² (and the prior's part of it): a' V'Wr. 0 when there is no fit.</summary>
    public double Gain() => Solve() is { } a ? a.Zip(_right, (x, y) => x * y).Sum() : 0;
}
