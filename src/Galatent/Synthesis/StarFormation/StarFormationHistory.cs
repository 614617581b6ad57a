using Galatent.Spectra.Quantities;

namespace Galatent.Synthesis.StarFormation;

/// <summary>
/// Star-formation rate that is constant in seven bins of lookback time, the youngest first (the "continuity" history of Leja et al. 2019,
/// ApJ 876, 3). Bin edges: 0, 0.03, 0.1 Gyr, then equal steps in log time up to 0.85 of the age of the Universe, and that age itself.
/// </summary>
/// <param name="EdgeGyr">The eight bin edges in lookback time, ascending from 0, Gyr.</param>
/// <param name="SfrMsunPerYr">The seven star-formation rates, Msun/yr, at or above 0.</param>
public sealed record StarFormationHistory(double[] EdgeGyr, double[] SfrMsunPerYr)
{
    /// <summary>Number of bins.</summary>
    public const int BinCount = GalaxyQuantities.AgeBinCount;

    /// <summary>Years in a Gyr, to convert between Msun/yr and Gyr.</summary>
    public const double YearsPerGyr = 1e9;

    /// <summary>End of the second bin, Gyr: the two youngest bins are the last 100 Myr, so that SFR_100 is exact.</summary>
    public const double YoungGyr = 0.1;

    /// <summary>The eight edges for an age of the Universe, Gyr. The age must be above 0.118 Gyr (z below about 28); otherwise the edges
    /// would not ascend.</summary>
    public static double[] BinEdgesGyr(double ageOfUniverseGyr)
    {
        const double lastEdgeShare = 0.85;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ageOfUniverseGyr, YoungGyr / lastEdgeShare);
        var edges = new double[BinCount + 1];
        (edges[1], edges[2]) = (0.03, YoungGyr);
        var logRatio = Math.Log(lastEdgeShare * ageOfUniverseGyr / YoungGyr);
        for (var k = 1; k <= 4; k++)
        {
            edges[2 + k] = YoungGyr * Math.Exp(k * logRatio / 4);
        }
        edges[7] = ageOfUniverseGyr;
        return edges;
    }

    /// <summary>The history with given ratios of neighbouring rates, scaled to a formed mass.</summary>
    /// <param name="logSfrRatios">Six values r_j = log10(SFR_j / SFR_j+1), bin 1 the youngest.</param>
    /// <param name="ageOfUniverseGyr">Age of the Universe at the galaxy's redshift, Gyr.</param>
    /// <param name="massFormedMsun">All stellar mass ever formed, Msun, above 0.</param>
    public static StarFormationHistory FromLogSfrRatios(ReadOnlySpan<double> logSfrRatios, double ageOfUniverseGyr, double massFormedMsun)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(logSfrRatios.Length, BinCount - 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(massFormedMsun);
        var shape = new StarFormationHistory(BinEdgesGyr(ageOfUniverseGyr), new double[BinCount]);
        var logSfr = 0.0;
        for (var j = 0; j < BinCount; j++)
        {
            shape.SfrMsunPerYr[j] = Math.Pow(10, logSfr);
            logSfr -= j < BinCount - 1 ? logSfrRatios[j] : 0;
        }
        var scale = massFormedMsun / shape.TotalMassFormedMsun;
        return shape with { SfrMsunPerYr = [.. shape.SfrMsunPerYr.Select(sfr => sfr * scale)] };
    }

    /// <summary>The history with the same rates in the bins of another age of the Universe, Gyr. The mass formed changes
    /// accordingly.</summary>
    internal static StarFormationHistory WithSameRates(StarFormationHistory history, double ageOfUniverseGyr) =>
        history with
        {
            EdgeGyr = BinEdgesGyr(ageOfUniverseGyr),
        };

    /// <summary>Duration of a bin (0 to 6), yr.</summary>
    public double BinWidthYr(int bin) => (EdgeGyr[bin + 1] - EdgeGyr[bin]) * YearsPerGyr;

    /// <summary>Stellar mass formed in a bin (0 to 6), Msun.</summary>
    public double BinMassFormedMsun(int bin) => SfrMsunPerYr[bin] * BinWidthYr(bin);

    /// <summary>Stellar mass formed in all bins, Msun.</summary>
    public double TotalMassFormedMsun => SumOverBins(static (history, bin) => history.BinMassFormedMsun(bin));

    /// <summary>Star-formation rate averaged over the last 100 Myr, Msun/yr.</summary>
    public double Sfr100MsunPerYr => (BinMassFormedMsun(0) + BinMassFormedMsun(1)) / (YoungGyr * YearsPerGyr);

    /// <summary>log10 of SFR_100 divided by the mass formed, 1/yr; -inf without young stars.</summary>
    public double LogSpecificSfr => Math.Log10(Sfr100MsunPerYr / TotalMassFormedMsun);

    /// <summary>Mean age of the stars, weighted with the mass formed, Gyr.</summary>
    public double MassWeightedAgeGyr =>
        SumOverBins(static (history, bin) => history.BinMassFormedMsun(bin) * 0.5 * (history.EdgeGyr[bin] + history.EdgeGyr[bin + 1]))
        / TotalMassFormedMsun;

    /// <summary>The six r_j = log10(SFR_j / SFR_j+1); every rate must be above 0.</summary>
    public double[] LogSfrRatios()
    {
        if (SfrMsunPerYr.AsSpan().IndexOfAnyExceptInRange(double.Epsilon, double.MaxValue) is var bin and >= 0)
        {
            throw new InvalidOperationException(
                $"The star-formation rate of bin {bin + 1} is {SfrMsunPerYr[bin]} Msun/yr; ratios need finite rates above 0."
            );
        }
        return [.. Enumerable.Range(0, BinCount - 1).Select(j => Math.Log10(SfrMsunPerYr[j] / SfrMsunPerYr[j + 1]))];
    }

    /// <summary>Mass in stars and remnants today, Msun: the sum of each bin's mass times its mean surviving fraction.</summary>
    public double SurvivingMassMsun(SurvivingMass survivingMass)
    {
        var sum = 0.0;
        for (var bin = 0; bin < BinCount; bin++)
        {
            sum += BinMassFormedMsun(bin) * survivingMass.MeanFraction(EdgeGyr[bin], EdgeGyr[bin + 1]);
        }
        return sum;
    }

    private double SumOverBins(Func<StarFormationHistory, int, double> term)
    {
        var sum = 0.0;
        for (var bin = 0; bin < BinCount; bin++)
        {
            sum += term(this, bin);
        }
        return sum;
    }
}
