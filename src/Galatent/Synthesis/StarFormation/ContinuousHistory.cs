using Galatent.Numerics;

namespace Galatent.Synthesis.StarFormation;

/// <summary>
/// A star-formation rate as a function of lookback time, smooth between knots: a table (linear between its rows) or a formula. Everything
/// that is asked of it is integrated with Gauss-Legendre quadrature between the knots, in steps of at most a factor 1.3 in time; beyond the
/// last knot no stars formed.
/// </summary>
public sealed class ContinuousHistory
{
    private readonly double[] _knotGyr;
    private readonly Func<double, double> _sfrMsunPerYr;

    private ContinuousHistory(double[] knotGyr, Func<double, double> sfrMsunPerYr, string description) =>
        (_knotGyr, _sfrMsunPerYr, Description) = (knotGyr, sfrMsunPerYr, description);

    /// <summary>What it is, for titles.</summary>
    public string Description { get; }

    /// <summary>Lookback time of the first stars, Gyr.</summary>
    public double StartGyr => _knotGyr[^1];

    /// <summary>Straight lines through the rows of a table; before the first row the rate is held.</summary>
    /// <param name="source">The table's name, for messages.</param>
    /// <param name="lookbackGyr">Lookback times, Gyr, ascending from 0 or later.</param>
    /// <param name="sfrMsunPerYr">Rates, Msun/yr, at or above 0.</param>
    /// <exception cref="InputException">Times that do not ascend, negative rates, or no star at all.</exception>
    public static ContinuousHistory FromTable(string source, double[] lookbackGyr, double[] sfrMsunPerYr)
    {
        ArgumentNullException.ThrowIfNull(lookbackGyr);
        ArgumentNullException.ThrowIfNull(sfrMsunPerYr);
        for (var i = 0; i < lookbackGyr.Length; i++)
        {
            if (
                !(lookbackGyr[i] >= 0 && lookbackGyr[i] <= 20 && sfrMsunPerYr[i] >= 0 && double.IsFinite(sfrMsunPerYr[i]))
                || (i > 0 && !(lookbackGyr[i] > lookbackGyr[i - 1]))
            )
            {
                throw new InputException(
                    $"'{source}', row {i} (counted from 0): lookback time {lookbackGyr[i]} Gyr with {sfrMsunPerYr[i]} Msun/yr; times "
                        + $"must ascend from 0 to at most 20 Gyr, and rates must not be negative."
                );
            }
        }
        if (lookbackGyr.Length < 2 || sfrMsunPerYr.All(s => s == 0))
        {
            throw new InputException($"'{source}' holds no history: at least 2 rows and one rate above 0 are needed.");
        }
        double[] knots = lookbackGyr[0] > 0 ? [0, .. lookbackGyr] : lookbackGyr;
        return new ContinuousHistory(
            knots,
            t => SortedAxis.Bracket(lookbackGyr, t) is var (i, share) ? ((1 - share) * sfrMsunPerYr[i]) + (share * sfrMsunPerYr[i + 1]) : 0,
            source
        );
    }

    /// <summary>A formula.</summary>
    /// <param name="knotGyr">Lookback times between which the rate is smooth, Gyr, ascending; the last is that of the first stars.</param>
    /// <param name="sfrMsunPerYr">The rate by lookback time in Gyr, Msun/yr, at or above 0.</param>
    /// <param name="description">What it is, for titles.</param>
    public static ContinuousHistory FromFormula(double[] knotGyr, Func<double, double> sfrMsunPerYr, string description) =>
        new(knotGyr, sfrMsunPerYr, description);

    /// <summary>Stellar mass ever formed, Msun.</summary>
    public double MassFormedMsun => Integrate(0, StartGyr, _ => 1);

    /// <summary>Stars and remnants today, Msun.</summary>
    public double SurvivingMassMsun(SurvivingMass survivingMass)
    {
        ArgumentNullException.ThrowIfNull(survivingMass);
        return Integrate(0, StartGyr, t => survivingMass.Fraction(Math.Max(t, 1e-9) * StarFormationHistory.YearsPerGyr));
    }

    /// <summary>Mean rates in the seven bins of an age of the Universe, Gyr.</summary>
    /// <exception cref="InputException">The first stars are older than the Universe.</exception>
    public StarFormationHistory Binned(double ageOfUniverseGyr)
    {
        if (StartGyr > 1.001 * ageOfUniverseGyr)
        {
            throw new InputException(
                $"The history begins {StartGyr} Gyr ago, but at the galaxy's redshift the Universe is {ageOfUniverseGyr:F2} Gyr old; "
                    + $"lower the redshift (z=0) or shorten the history."
            );
        }
        var edges = StarFormationHistory.BinEdgesGyr(ageOfUniverseGyr);
        return new StarFormationHistory(
            edges,
            [
                .. Enumerable
                    .Range(0, StarFormationHistory.BinCount)
                    .Select(j =>
                        Integrate(edges[j], edges[j + 1], _ => 1) / ((edges[j + 1] - edges[j]) * StarFormationHistory.YearsPerGyr)
                    ),
            ]
        );
    }

    /// <summary>Adds its mass, per solar mass formed, to age nodes, light of age up to 1e7 yr apart.</summary>
    internal void AddTo(AgeWeights ages, double[] young, double[] old)
    {
        const double split = PhysicalConstants.BirthCloudAgeYr;
        var formed = MassFormedMsun;
        double Rate(double years) => _sfrMsunPerYr(years / StarFormationHistory.YearsPerGyr) / formed;
        foreach (var (from, to) in Pieces(0, StartGyr))
        {
            var a = from * StarFormationHistory.YearsPerGyr;
            var b = to * StarFormationHistory.YearsPerGyr;
            ages.AddSmooth(a, Math.Min(b, split), Rate, young);
            ages.AddSmooth(Math.Max(a, split), b, Rate, old);
        }
    }

    private double Integrate(double fromGyr, double toGyr, Func<double, double> weight)
    {
        var rule = new GaussLegendre(8);
        var sum = 0.0;
        foreach (var (a, b) in Pieces(fromGyr, Math.Min(toGyr, StartGyr)))
        {
            sum += rule.Integrate(t => _sfrMsunPerYr(t) * weight(t), a, b);
        }
        return sum * StarFormationHistory.YearsPerGyr;
    }

    // Between neighbouring knots, and no longer than a factor 1.3 in time: surviving masses and exponentials are smooth on that scale.
    private IEnumerable<(double From, double To)> Pieces(double fromGyr, double toGyr)
    {
        var from = fromGyr;
        while (from < toGyr)
        {
            var knot = Array.Find(_knotGyr, k => k > from * (1 + 1e-12) && k > 0);
            var to = Math.Min(Math.Min(toGyr, knot > 0 ? knot : toGyr), Math.Max(1e-4, 1.3 * from));
            yield return (from, to);
            from = to;
        }
    }
}
