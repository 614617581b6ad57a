using System.CommandLine;
using System.Globalization;
using Galatent.App.Terminal;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.StarFormation;

namespace Galatent.App.Options;

/// <summary><c>--history</c> of <c>galatent simulate --one</c>: a star-formation history other than the population's.</summary>
internal static class HistoryOption
{
    public static Option<string?> Create() =>
        new("--history")
        {
            Description =
                "With --one: the star-formation history, either a table with the columns lookback_gyr and sfr (linear between rows, "
                + "no stars outside), or delayed:AGE:TAU in Gyr (SFR ~ T exp(-T/tau)). Mass and rate are then the history's.",
            HelpName = "FILE|delayed:AGE:TAU",
        };

    public static ContinuousHistory Parse(string text)
    {
        if (text.StartsWith("delayed:", StringComparison.Ordinal))
        {
            return text.Split(':') is [_, var age, var tau] && TryNumber(age, out var ageGyr) && TryNumber(tau, out var tauGyr)
                ? ContinuousHistory.Delayed(ageGyr, tauGyr)
                : throw new InputException($"--history '{text}' must be delayed:AGE:TAU in Gyr, e.g. delayed:5:1.");
        }
        var table = ColumnFile.Read(text);
        return ContinuousHistory.FromTable(text, table.Numbers("lookback_gyr"), table.Numbers("sfr"));
    }

    /// <summary>Says what the history leaves out, and what it takes over from the description of the galaxy.</summary>
    public static void Remark(ContinuousHistory history, IReadOnlyList<string> settings)
    {
        if (history.EndGyr > 0)
        {
            ProgressDisplay.Say(
                FormattableString.Invariant(
                    $"note: no stars form in the last {history.EndGyr:G4} Gyr, where {history.Description} has none"
                )
            );
        }
        if (GalaxyDescription.StatesMassOrRate(settings))
        {
            ProgressDisplay.Say(
                "note: mass and star-formation rate are those of --history; logM and logSFR only choose the mean relations that the "
                    + "other parameters follow"
            );
        }
    }

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
