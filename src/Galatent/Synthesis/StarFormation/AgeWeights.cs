using Galatent.Numerics;

namespace Galatent.Synthesis.StarFormation;

/// <summary>
/// Mass formed per age node for a star-formation history. It is the exact integral of the SFR over a table that is linear in log10(age)
/// between its nodes (Conroy, Gunn and White 2009, ApJ 699, 486; FSPS' interpolation_type 0). Below the first node and above the last, the
/// nearest node is used.
/// With x = log10 t, a constant SFR s over [a, b] inside [t_i, t_i+1] gives
/// w_i += s [G_i+1(b) - G_i+1(a)] / (x_i+1 - x_i) and w_i+1 -= s [G_i(b) - G_i(a)] / (x_i+1 - x_i), G_k(t) = t (x_k - log10 t + log10 e).
/// Light of age up to 1e7 yr (birth clouds) and older light are kept separate, split at exactly that age.
/// </summary>
public sealed class AgeWeights
{
    private static readonly double Log10E = Math.Log10(Math.E);
    private static readonly GaussLegendre Rule = new(8);

    private readonly double[] _logAge;
    private readonly double[] _age;
    private readonly int? _youngNodes;
    private readonly double[] _wholeLower;
    private readonly double[] _wholeUpper;

    /// <param name="logAgeYr">log10(age/yr) of the nodes, ascending.</param>
    /// <param name="splitAtNodes">Whether whole nodes up to 1e7 yr count as young, as in FSPS (csp_gen.f90), instead of a split at exactly
    /// that age.</param>
    public AgeWeights(double[] logAgeYr, bool splitAtNodes = false)
    {
        ArgumentNullException.ThrowIfNull(logAgeYr);
        _logAge = logAgeYr;
        _youngNodes = splitAtNodes ? Array.FindLastIndex(logAgeYr, x => x <= Math.Log10(PhysicalConstants.BirthCloudAgeYr)) + 1 : null;
        _age = Array.ConvertAll(logAgeYr, x => Math.Pow(10, x));
        _wholeLower = new double[NodeCount - 1];
        _wholeUpper = new double[NodeCount - 1];
        for (var i = 0; i < NodeCount - 1; i++)
        {
            (_wholeLower[i], _wholeUpper[i]) = Interval(i, _age[i], _logAge[i], _age[i + 1], _logAge[i + 1]);
        }
    }

    /// <summary>Number of age nodes.</summary>
    public int NodeCount => _logAge.Length;

    /// <summary>Adds the weights of a piecewise-constant history.</summary>
    /// <param name="edgeYr">Lookback times of the bin edges, yr, ascending, shape (n + 1).</param>
    /// <param name="sfr">SFR of each bin, mass per yr, shape (n).</param>
    /// <param name="young">Receives mass per node for light of age up to 1e7 yr, shape (n_age).</param>
    /// <param name="old">Receives mass per node for older light, shape (n_age).</param>
    public void AddConstant(ReadOnlySpan<double> edgeYr, ReadOnlySpan<double> sfr, Span<double> young, Span<double> old)
    {
        const double split = PhysicalConstants.BirthCloudAgeYr;
        for (var bin = 0; bin < sfr.Length; bin++)
        {
            var from = edgeYr[bin];
            var to = edgeYr[bin + 1];
            AddConstant(from, Math.Min(to, split), sfr[bin], young);
            AddConstant(Math.Max(from, split), to, sfr[bin], old);
        }
        if (_youngNodes is { } count)
        {
            for (var i = 0; i < NodeCount; i++)
            {
                (young[i], old[i]) = i < count ? (young[i] + old[i], 0.0) : (0.0, young[i] + old[i]);
            }
        }
    }

    /// <summary>Adds the weights of a constant SFR over [fromYr, toYr] of lookback time; nothing for an empty interval.</summary>
    public void AddConstant(double fromYr, double toYr, double sfr, Span<double> weights)
    {
        if (!(toYr > fromYr) || sfr == 0)
        {
            return;
        }
        weights[0] += sfr * Math.Max(0, Math.Min(_age[0], toYr) - fromYr);
        weights[^1] += sfr * Math.Max(0, toYr - Math.Max(_age[^1], fromYr));
        var first = Math.Max(0, LowerBound(fromYr) - 1);
        for (var i = first; i < NodeCount - 1 && _age[i] < toYr; i++)
        {
            var a = Math.Max(fromYr, _age[i]);
            var b = Math.Min(toYr, _age[i + 1]);
            if (b <= a)
            {
                continue;
            }
            var (lower, upper) =
                a == _age[i] && b == _age[i + 1] ? (_wholeLower[i], _wholeUpper[i]) : Interval(i, a, Math.Log10(a), b, Math.Log10(b));
            weights[i] += sfr * lower;
            weights[i + 1] += sfr * upper;
        }
    }

    /// <summary>Adds the weights of any SFR(lookback time) over [fromYr, toYr]: 8-point Gauss-Legendre quadrature in every interval between
    /// nodes.</summary>
    /// <param name="fromYr">Lower end, yr.</param>
    /// <param name="toYr">Upper end, yr.</param>
    /// <param name="sfr">Mass per yr at a lookback time in yr. It must be smooth inside every interval.</param>
    /// <param name="weights">Receives mass per node.</param>
    public void AddSmooth(double fromYr, double toYr, Func<double, double> sfr, Span<double> weights)
    {
        ArgumentNullException.ThrowIfNull(sfr);
        for (var i = LowerBound(fromYr) - 1; i < NodeCount && (i < 0 || _age[i] < toYr); i++)
        {
            var a = Math.Max(fromYr, i < 0 ? 0 : _age[i]);
            var b = Math.Min(toYr, i == NodeCount - 1 ? double.PositiveInfinity : _age[i + 1]);
            if (b <= a)
            {
                continue;
            }
            var half = 0.5 * (b - a);
            var middle = 0.5 * (a + b);
            for (var k = 0; k < 8; k++)
            {
                var t = middle + (half * Rule.Nodes[k]);
                var mass = half * Rule.Weights[k] * sfr(t);
                var share =
                    i < 0 ? 1
                    : i == NodeCount - 1 ? 0
                    : (Math.Log10(t) - _logAge[i]) / (_logAge[i + 1] - _logAge[i]);
                weights[Math.Max(i, 0)] += mass * (i < 0 ? 1 : 1 - share);
                weights[Math.Min(i + 1, NodeCount - 1)] += i < 0 ? 0 : mass * share;
            }
        }
    }

    // The masses that one unit of SFR over [a, b] gives to the nodes i and i + 1.
    private (double Lower, double Upper) Interval(int i, double a, double logA, double b, double logB)
    {
        var step = _logAge[i + 1] - _logAge[i];
        double G(double node, double t, double logT) => t * (node - logT + Log10E);
        return (
            (G(_logAge[i + 1], b, logB) - G(_logAge[i + 1], a, logA)) / step,
            -(G(_logAge[i], b, logB) - G(_logAge[i], a, logA)) / step
        );
    }

    private int LowerBound(double ageYr)
    {
        var index = Array.BinarySearch(_age, ageYr);
        return index >= 0 ? index + 1 : ~index;
    }
}
