using System.Numerics.Tensors;
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
        double[][] wide = Array.ConvertAll(columns, Wide);
        var weighted = new double[weights.Length];
        for (var a = 0; a < _count; a++)
        {
            var range = Support(wide[a]);
            var own = weighted.AsSpan(range);
            TensorPrimitives.Multiply(weights.AsSpan(range), wide[a].AsSpan(range), own);
            _right[a] += TensorPrimitives.Dot<double>(own, residual.AsSpan(range));
            for (var b = 0; b <= a; b++)
            {
                _matrix[(a * _count) + b] += TensorPrimitives.Dot<double>(own, wide[b].AsSpan(range));
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
        if (Factor() is not { } factor)
        {
            return null;
        }
        var solution = (double[])_right.Clone();
        Cholesky.Solve(factor, _count, solution);
        return solution;
    }

    /// <summary>By how much the fit lowers Σ w r² (and the prior's part of it): a' V'Wr. 0 when there is no fit.</summary>
    public double Gain() => Solve() is { } a ? a.Zip(_right, (x, y) => x * y).Sum() : 0;

    /// <summary>By how much more each of some further columns lowers it, each alone beside V: (c'Wr - c'WV a)² over what of c'Wc is not
    /// V's own. One factor serves them all.</summary>
    /// <param name="columns">V, as it was added.</param>
    /// <param name="further">The columns c, shape (n_wave) each.</param>
    /// <param name="weights">W.</param>
    /// <param name="residual">r.</param>
    public double[] FurtherGains(float[][] columns, float[][] further, double[] weights, double[] residual)
    {
        if (Factor() is not { } factor)
        {
            return new double[further.Length];
        }
        var solution = (double[])_right.Clone();
        Cholesky.Solve(factor, _count, solution);
        var largest = Largest();
        double[][] weighted = Array.ConvertAll(columns, c => Weighted(c, weights));
        var gains = new double[further.Length];
        for (var k = 0; k < further.Length; k++)
        {
            var wide = Wide(further[k]);
            var range = Support(wide);
            double[] cross = Array.ConvertAll(weighted, v => TensorPrimitives.Dot<double>(v.AsSpan(range), wide.AsSpan(range)));
            var product = Weighted(further[k], weights);
            var own = TensorPrimitives.Dot<double>(product.AsSpan(range), wide.AsSpan(range));
            var left = TensorPrimitives.Dot<double>(product.AsSpan(range), residual.AsSpan(range));
            var explained = (double[])cross.Clone();
            Cholesky.Solve(factor, _count, explained);
            left -= TensorPrimitives.Dot<double>(cross, solution);
            var free = own - TensorPrimitives.Dot<double>(cross, explained) + (Ridge * Math.Max(own, largest));
            gains[k] = free > 0 ? left * left / free : 0;
        }
        return gains;
    }

    // Lines and features are zero but for a few pixels.
    private static Range Support(double[] column) =>
        column.AsSpan().IndexOfAnyExcept(0.0) is var first and >= 0 ? first..(column.AsSpan().LastIndexOfAnyExcept(0.0) + 1) : 0..0;

    private double Largest() => Enumerable.Range(0, _count).Select(a => _matrix[(a * _count) + a]).DefaultIfEmpty().Max();

    private static double[] Weighted(float[] column, double[] weights)
    {
        var product = Wide(column);
        TensorPrimitives.Multiply(product, weights, product);
        return product;
    }

    private static double[] Wide(float[] column)
    {
        var wide = new double[column.Length];
        TensorPrimitives.ConvertChecked<float, double>(column, wide);
        return wide;
    }

    private double[]? Factor()
    {
        var matrix = (double[])_matrix.Clone();
        var largest = Largest();
        for (var a = 0; a < _count; a++)
        {
            matrix[(a * _count) + a] += Ridge * largest;
        }
        var factor = new double[matrix.Length];
        return Cholesky.TryFactor(matrix, _count, factor) ? factor : null;
    }
}
