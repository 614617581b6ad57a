namespace Galatent.Numerics;

/// <summary>
/// A probability density given at equidistant nodes and linear between them; it need not be normalised.
/// Its CDF is then exactly quadratic in each cell, so quantiles need no fine table: they are right even in a cell over which the density
/// doubles, where a linear CDF is wrong.
/// </summary>
public sealed class TabulatedDensity
{
    private readonly double _start;
    private readonly double _step;
    private readonly double[] _density;
    private readonly double[] _cumulative;

    /// <summary>Tabulates a density.</summary>
    /// <param name="start">Abscissa of the first node.</param>
    /// <param name="end">Abscissa of the last node.</param>
    /// <param name="density">Finite values at or above 0 at the nodes, at least two, not all 0.</param>
    public TabulatedDensity(double start, double end, ReadOnlySpan<double> density)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(density.Length, 2);
        (_start, _step) = (start, (end - start) / (density.Length - 1));
        (_density, _cumulative) = (density.ToArray(), new double[density.Length]);
        for (var i = 1; i < density.Length; i++)
        {
            _cumulative[i] = _cumulative[i - 1] + (0.5 * _step * (density[i - 1] + density[i]));
        }
        if (!(Integral > 0 && double.IsFinite(Integral)))
        {
            throw new ArgumentException(
                $"The density integrates to {Integral} from {start} to {end}; a positive finite integral is needed.",
                nameof(density)
            );
        }
    }

    /// <summary>The integral over the whole range.</summary>
    public double Integral => _cumulative[^1];

    /// <summary>The abscissa below which the share <paramref name="u"/>, in (0, 1], of the integral lies.</summary>
    public double Quantile(double u)
    {
        var target = u * Integral;
        var found = Array.BinarySearch(_cumulative, target);
        var cell = Math.Clamp(found < 0 ? ~found - 1 : found, 0, _density.Length - 2);
        // Solve p0 x + (p1 - p0) x^2 / 2 = excess for x in [0, 1]; this form of the root also serves p1 = p0.
        var p0 = _density[cell];
        var p1 = _density[cell + 1];
        var excess = (target - _cumulative[cell]) / _step;
        var denominator = p0 + Math.Sqrt(Math.Max(0, (p0 * p0) + (2 * (p1 - p0) * excess)));
        var x = denominator > 0 ? Math.Clamp(2 * excess / denominator, 0, 1) : 0;
        return _start + (_step * (cell + x));
    }
}
