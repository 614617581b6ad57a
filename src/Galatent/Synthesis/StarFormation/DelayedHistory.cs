using Galatent.Numerics;

namespace Galatent.Synthesis.StarFormation;

/// <summary>The delayed exponential, SFR ~ T exp(-T/tau) with T the time since the start (<see cref="DelayedTau"/>).</summary>
public static class DelayedHistory
{
    /// <summary>How it is written: <c>delayed:AGE:TAU</c>.</summary>
    public static HistoryFormula Formula { get; } =
        new("delayed", ["AGE", "TAU"], "5:1", "in Gyr (SFR ~ T exp(-T/tau))", values => Of(values[0], values[1]));

    /// <summary>The history that forms 1 Msun.</summary>
    /// <param name="ageGyr">Time since the start, Gyr, above 0.</param>
    /// <param name="tauGyr">tau, Gyr; negative for a rise that is steeper than linear.</param>
    /// <exception cref="InputException">The age or tau is out of range.</exception>
    public static ContinuousHistory Of(double ageGyr, double tauGyr)
    {
        if (!(ageGyr > 0 && ageGyr <= 20 && tauGyr != 0 && Math.Abs(ageGyr / tauGyr) < 500))
        {
            throw new InputException(
                $"A delayed history of age {ageGyr} Gyr and tau {tauGyr} Gyr is not possible; the age must be above 0 and at most 20 Gyr, "
                    + $"and the size of tau must be above a 500th of the age."
            );
        }
        var x = ageGyr / tauGyr;
        // The rate today times the age equals g(x) times the mass formed.
        var today = Math.Exp(DelayedTau.LogScaledSpecificSfr(x)) / (ageGyr * StarFormationHistory.YearsPerGyr);
        return ContinuousHistory.FromFormula(
            Knots(ageGyr, tauGyr),
            t => today * (1 - (t / ageGyr)) * Math.Exp(x * t / ageGyr),
            FormattableString.Invariant($"delayed, {ageGyr} Gyr, tau {tauGyr} Gyr")
        );
    }

    // A rise and fall much shorter than the age needs its own knots: one for each tau after the start, until e^-40 of the rate is left.
    private static double[] Knots(double ageGyr, double tauGyr)
    {
        const int longest = 40;
        var knots = new List<double> { 0 };
        for (var k = longest; k >= 1 && tauGyr > 0; k--)
        {
            if (k * tauGyr < ageGyr)
            {
                knots.Add(ageGyr - (k * tauGyr));
            }
        }
        return [.. knots, ageGyr];
    }
}
