using Galatent.Numerics;

namespace Galatent.Synthesis.StarFormation;

/// <summary>The random numbers of a star-formation history. They are always drawn in this order, whatever the galaxy's type, so that no
/// choice shifts the later numbers.</summary>
/// <param name="IsFastQuench">Whether a quiescent galaxy stopped abruptly.</param>
/// <param name="QuenchedShape">Uniform number for x = A/tau before an abrupt stop.</param>
/// <param name="QuenchTime">Uniform number for the time of the stop.</param>
/// <param name="Burst">Student-t number for the first ratio, SFR 0-30 Myr over 30-100 Myr.</param>
/// <param name="Walk4">Student-t number of the step into bin 4.</param>
/// <param name="Walk5">Student-t number of the step into bin 5.</param>
/// <param name="Walk6">Student-t number of the step into bin 6.</param>
/// <param name="Walk7">Student-t number of the step into bin 7.</param>
public readonly record struct HistoryDeviates(
    bool IsFastQuench,
    double QuenchedShape,
    double QuenchTime,
    double Burst,
    double Walk4,
    double Walk5,
    double Walk6,
    double Walk7
)
{
    /// <summary>Takes eight uniform numbers from a stream.</summary>
    public static HistoryDeviates Draw(ref RandomStream stream) =>
        new(
            stream.NextDouble() < 0.5,
            stream.NextDouble(),
            stream.NextDouble(),
            StudentT2.Quantile(stream.NextDouble()),
            StudentT2.Quantile(stream.NextDouble()),
            StudentT2.Quantile(stream.NextDouble()),
            StudentT2.Quantile(stream.NextDouble()),
            StudentT2.Quantile(stream.NextDouble())
        );
}

/// <summary>
/// A seven-bin history for a galaxy with given surviving mass and SFR_100; both are met to rounding. Its older bins follow the delayed
/// exponential with that specific rate, multiplied by a random walk of 0.7 times the continuity prior (Student t, two degrees of freedom,
/// scale 0.3; Leja et al. 2019, ApJ 876, 3).
/// Half of the quiescent galaxies instead form stars until an abrupt stop. The mass that does not form in the young bins forms in the old
/// ones.
/// </summary>
/// <param name="survivingMass">Surviving fraction of the mass formed.</param>
public sealed class HistoryPrior(SurvivingMass survivingMass)
{
    private const double MeanSurvivingFraction = 0.62; // of a whole history, only to estimate its shape
    private const int FirstOldBin = 2;

    /// <summary>The history.</summary>
    /// <param name="deviates">Its random numbers.</param>
    /// <param name="ageOfUniverseGyr">Age of the Universe at the galaxy's redshift, Gyr.</param>
    /// <param name="logMass">log10 of the surviving stellar mass, Msun.</param>
    /// <param name="logSfr">log10 of SFR_100, Msun/yr; at most logMass - 8.15, so that some mass is left for the older bins.</param>
    /// <param name="isQuiescent">Whether the galaxy may have stopped abruptly.</param>
    public StarFormationHistory Make(in HistoryDeviates deviates, double ageOfUniverseGyr, double logMass, double logSfr, bool isQuiescent)
    {
        var edges = StarFormationHistory.BinEdgesGyr(ageOfUniverseGyr);
        // The first stars form 0.2 Gyr after the Big Bang, or after 0.3 of the age of the Universe if that is earlier.
        var startGyr = Math.Max(ageOfUniverseGyr - 0.2, 0.7 * ageOfUniverseGyr);
        Span<double> logShape = stackalloc double[StarFormationHistory.BinCount];
        if (isQuiescent && deviates.IsFastQuench)
        {
            DelayedShape(logShape, edges, startGyr, 3 * deviates.QuenchedShape);
            Quench(logShape, edges, Lerp(8, Math.Log10(0.6 * startGyr) + 9, deviates.QuenchTime), logMass, logSfr);
        }
        else
        {
            var logScaledSpecificSfr =
                ((logSfr - logMass) * Math.Log(10)) + Math.Log(MeanSurvivingFraction * startGyr * StarFormationHistory.YearsPerGyr);
            DelayedShape(logShape, edges, startGyr, DelayedTau.InverseOfLogScaledSpecificSfr(logScaledSpecificSfr, -2, 30));
        }
        Walk(logShape, deviates);
        return Assemble(logShape, edges, Math.Clamp(0.2 * deviates.Burst, -2, 2), logMass, logSfr);
    }

    /// <summary>log10 of the bin means of the delayed exponential, at least 1e-12 of the largest.</summary>
    private static void DelayedShape(Span<double> logShape, double[] edgeGyr, double startGyr, double x)
    {
        var greatest = 0.0;
        for (var j = 0; j < logShape.Length; j++)
        {
            logShape[j] = DelayedTau.BinMean(x, edgeGyr[j] / startGyr, edgeGyr[j + 1] / startGyr);
            greatest = Math.Max(greatest, logShape[j]);
        }
        foreach (ref var value in logShape)
        {
            value = Math.Log10(Math.Max(value, 1e-12 * greatest));
        }
    }

    /// <summary>In bins younger than the stop, the rate falls in log time from the rate before the stop to today's.</summary>
    private static void Quench(Span<double> logShape, double[] edgeGyr, double logQuenchYr, double logMass, double logSfr)
    {
        var formed = 0.0;
        for (var j = 0; j < logShape.Length; j++)
        {
            formed += Math.Pow(10, logShape[j]) * (edgeGyr[j + 1] - edgeGyr[j]) * StarFormationHistory.YearsPerGyr;
        }
        var logScale = logMass - Math.Log10(MeanSurvivingFraction * formed);
        // From the oldest bin to the youngest. Bins before the stop are only scaled. The last of them has the rate from which the younger
        // bins fall.
        var logTop = 0.0;
        for (var j = logShape.Length - 1; j >= 0; j--)
        {
            var logMiddleYr = Math.Log10(0.5 * (edgeGyr[j] + edgeGyr[j + 1])) + 9;
            if (logMiddleYr >= logQuenchYr)
            {
                logShape[j] += logScale;
                logTop = logShape[j];
            }
            else
            {
                logShape[j] = Lerp(logSfr, logTop, Math.Clamp((logMiddleYr - 8) / (logQuenchYr - 8), 0, 1));
            }
        }
    }

    /// <summary>The random walk over bins 4 to 7: steps of 0.21 t, with t clipped to 5, so that a ratio stays within 1.05 dex of the smooth
    /// one.</summary>
    private static void Walk(Span<double> logShape, in HistoryDeviates deviates)
    {
        ReadOnlySpan<double> steps = [deviates.Walk4, deviates.Walk5, deviates.Walk6, deviates.Walk7];
        var offset = 0.0;
        for (var k = 0; k < steps.Length; k++)
        {
            offset += 0.21 * Math.Clamp(steps[k], -5, 5);
            logShape[3 + k] -= offset;
        }
    }

    private StarFormationHistory Assemble(ReadOnlySpan<double> logShape, double[] edgeGyr, double logBurst, double logMass, double logSfr)
    {
        var history = new StarFormationHistory(edgeGyr, new double[StarFormationHistory.BinCount]);
        var sfr = history.SfrMsunPerYr;
        var sfr100 = Math.Pow(10, logSfr);
        var burst = Math.Pow(10, logBurst);
        sfr[1] = sfr100 / ((0.3 * burst) + 0.7); // bins of 30 and 70 Myr average to SFR_100
        sfr[0] = burst * sfr[1];
        var youngSurviving = history.SurvivingMassMsun(survivingMass);
        for (var j = FirstOldBin; j < sfr.Length; j++)
        {
            sfr[j] = Math.Pow(10, logShape[j]);
        }
        var oldSurviving = 0.0;
        for (var j = FirstOldBin; j < sfr.Length; j++)
        {
            oldSurviving += history.BinMassFormedMsun(j) * survivingMass.MeanFraction(edgeGyr[j], edgeGyr[j + 1]);
        }
        var scale = (Math.Pow(10, logMass) - youngSurviving) / oldSurviving;
        if (!(scale > 0 && double.IsFinite(scale)))
        {
            throw new ArgumentException(
                $"A rate of 10^{logSfr} Msun/yr over 100 Myr leaves no older stars in a mass of 10^{logMass} Msun.",
                nameof(logSfr)
            );
        }
        for (var j = FirstOldBin; j < sfr.Length; j++)
        {
            sfr[j] *= scale;
        }
        return history;
    }

    private static double Lerp(double from, double to, double share) => from + (share * (to - from));
}
