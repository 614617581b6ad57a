using Galatent.Numerics;

namespace Galatent.Synthesis.StarFormation;

/// <summary>
/// A star-formation rate as a function of lookback time, smooth between knots: a table (linear between its rows) or a formula. Before the
/// first stars and after the last ones the rate is 0.
/// All quantities are integrated over the history itself, not over the seven bins: Gauss-Legendre quadrature with 8 nodes between the
/// knots, in steps of at most a factor 1.3 in time. Masses and mean ages of a table are exact: the rule is exact up to degree 15, and the
/// integrands have degree 1 and 2.
/// </summary>
public sealed class ContinuousHistory
{
    // This is before the Universe began, in any cosmology.
    private const double LongestGyr = 20;

    private static readonly GaussLegendre Rule = new(8);

    private readonly double[] _knotGyr;
    private readonly Func<double, double> _sfrMsunPerYr;

    private ContinuousHistory(double[] knotGyr, Func<double, double> sfrMsunPerYr, string description)
    {
        _knotGyr = knotGyr;
        _sfrMsunPerYr = sfrMsunPerYr;
        Description = description;
        MassFormedMsun = Integrate(0, StartGyr, _ => 1);
        MassWeightedAgeGyr = Integrate(0, StartGyr, t => t) / MassFormedMsun;
    }

    /// <summary>A description, for titles.</summary>
    public string Description { get; }

    /// <summary>Lookback time of the first stars, Gyr.</summary>
    public double StartGyr => _knotGyr[^1];

    /// <summary>Lookback time of the last stars, Gyr; 0 when stars form today.</summary>
    public double EndGyr => _knotGyr[0];

    /// <summary>Stellar mass ever formed, Msun.</summary>
    public double MassFormedMsun { get; }

    /// <summary>Mean rate from the first stars to the last, Msun/yr.</summary>
    public double MeanRateMsunPerYr => MassFormedMsun / ((StartGyr - EndGyr) * StarFormationHistory.YearsPerGyr);

    /// <summary>Mean age of the stars, weighted with the mass formed, Gyr: the integral of t SFR(t) over that of SFR(t).</summary>
    public double MassWeightedAgeGyr { get; }

    /// <summary>Straight lines between the rows of a table. No stars form outside the rows. A jump is written as two rows that are one year
    /// (1e-9 Gyr) apart.</summary>
    /// <param name="source">The table's name, for messages.</param>
    /// <param name="lookbackGyr">Lookback times, Gyr, ascending from 0 or later.</param>
    /// <param name="sfrMsunPerYr">Rates, Msun/yr, at or above 0.</param>
    /// <exception cref="InputException">Times do not ascend, a rate is negative, or no stars form.</exception>
    public static ContinuousHistory FromTable(string source, double[] lookbackGyr, double[] sfrMsunPerYr)
    {
        ArgumentNullException.ThrowIfNull(lookbackGyr);
        ArgumentNullException.ThrowIfNull(sfrMsunPerYr);
        ArgumentOutOfRangeException.ThrowIfNotEqual(sfrMsunPerYr.Length, lookbackGyr.Length);
        for (var i = 0; i < lookbackGyr.Length; i++)
        {
            if (
                !(lookbackGyr[i] is >= 0 and <= LongestGyr && sfrMsunPerYr[i] >= 0 && double.IsFinite(sfrMsunPerYr[i]))
                || (i > 0 && !(lookbackGyr[i] > lookbackGyr[i - 1]))
            )
            {
                throw new InputException(
                    $"'{source}', row {i} (counted from 0): lookback time {lookbackGyr[i]} Gyr with {sfrMsunPerYr[i]} Msun/yr; times "
                        + $"must ascend from 0 to at most 20 Gyr, and rates must not be negative."
                );
            }
        }
        var first = Array.FindIndex(sfrMsunPerYr, s => s > 0);
        if (lookbackGyr.Length < 2 || first < 0)
        {
            throw new InputException($"'{source}' holds no history: at least 2 rows and one rate above 0 are needed.");
        }
        // Rows without stars before the first stars and after the last ones do not belong to the history.
        var from = Math.Max(0, first - 1);
        var count = Math.Min(lookbackGyr.Length, Array.FindLastIndex(sfrMsunPerYr, s => s > 0) + 2) - from;
        var time = lookbackGyr.AsSpan(from, count).ToArray();
        var rate = sfrMsunPerYr.AsSpan(from, count).ToArray();
        var history = new ContinuousHistory(
            time,
            t => SortedAxis.Bracket(time, t) is var (i, share) ? ((1 - share) * rate[i]) + (share * rate[i + 1]) : 0,
            source
        );
        return double.IsNormal(history.MassFormedMsun)
            ? history
            : throw new InputException(
                $"'{source}' forms {history.MassFormedMsun} Msun of stars, a mass that cannot be simulated; check the unit of the "
                    + $"rates, which is Msun/yr."
            );
    }

    /// <summary>A formula.</summary>
    /// <param name="knotGyr">Lookback times between which the rate is smooth, Gyr, ascending. The last is the time of the first
    /// stars.</param>
    /// <param name="sfrMsunPerYr">The rate, Msun/yr, at or above 0, as a function of lookback time in Gyr.</param>
    /// <param name="description">A description, for titles.</param>
    public static ContinuousHistory FromFormula(double[] knotGyr, Func<double, double> sfrMsunPerYr, string description) =>
        new(knotGyr, sfrMsunPerYr, description);

    /// <summary>Mass of stars and remnants today, Msun.</summary>
    public double SurvivingMassMsun(SurvivingMass survivingMass)
    {
        ArgumentNullException.ThrowIfNull(survivingMass);
        return Integrate(0, StartGyr, t => survivingMass.Fraction(Math.Max(t, 1e-9) * StarFormationHistory.YearsPerGyr));
    }

    /// <summary>Mean rates in the seven bins for a given age of the Universe, Gyr.</summary>
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

    /// <summary>Adds its mass, per solar mass formed, to the age nodes. Light of age up to 1e7 yr is kept separate.</summary>
    internal void AddTo(AgeWeights ages, double[] young, double[] old)
    {
        const double split = PhysicalConstants.BirthCloudAgeYr;
        var formed = MassFormedMsun;
        double Rate(double years) => _sfrMsunPerYr(years / StarFormationHistory.YearsPerGyr) / formed;
        foreach (var (from, to) in Pieces(EndGyr, StartGyr))
        {
            var a = from * StarFormationHistory.YearsPerGyr;
            var b = to * StarFormationHistory.YearsPerGyr;
            ages.AddSmooth(a, Math.Min(b, split), Rate, young);
            ages.AddSmooth(Math.Max(a, split), b, Rate, old);
        }
    }

    private double Integrate(double fromGyr, double toGyr, Func<double, double> weight)
    {
        var sum = 0.0;
        foreach (var (a, b) in Pieces(fromGyr, toGyr))
        {
            sum += Rule.Integrate(t => _sfrMsunPerYr(t) * weight(t), a, b);
        }
        return sum * StarFormationHistory.YearsPerGyr;
    }

    // Pieces between neighbouring knots, no longer than a factor 1.3 in time. On that scale surviving masses and exponentials are smooth.
    private IEnumerable<(double From, double To)> Pieces(double fromGyr, double toGyr)
    {
        var end = Math.Min(toGyr, StartGyr);
        var from = Math.Max(fromGyr, EndGyr);
        var next = Array.BinarySearch(_knotGyr, from) is var found && found >= 0 ? found + 1 : ~found;
        while (from < end)
        {
            var to = Math.Min(Math.Min(end, _knotGyr[next]), Math.Max(1e-4, 1.3 * from));
            yield return (from, to);
            next += to >= _knotGyr[next] ? 1 : 0;
            from = to;
        }
    }
}
