using System.CommandLine;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Synthesis.StarFormation;

namespace Galatent.App.Options;

/// <summary><c>--history</c> of <c>galatent simulate --one</c>: a star-formation history other than the population's.</summary>
internal static class HistoryOption
{
    public static Option<string?> Create() =>
        new("--history")
        {
            Description =
                "With --one: the star-formation history, either a table with the columns lookback_gyr and sfr (linear between rows), or "
                + "delayed:AGE:TAU in Gyr (SFR ~ T exp(-T/tau)). Mass and rate are then the history's.",
            HelpName = "FILE|delayed:AGE:TAU",
        };

    public static ContinuousHistory Parse(string text)
    {
        if (text.StartsWith("delayed:", StringComparison.Ordinal))
        {
            return
                text.Split(':') is [_, var age, var tau]
                && TypedNumber.TryParse(age, out var ageGyr)
                && TypedNumber.TryParse(tau, out var tauGyr)
                ? ContinuousHistory.Delayed(ageGyr, tauGyr)
                : throw new InputException($"--history '{text}' must be delayed:AGE:TAU in Gyr, e.g. delayed:5:1.");
        }
        var table = ColumnFile.Read(text);
        return ContinuousHistory.FromTable(text, table.Numbers("lookback_gyr"), table.Numbers("sfr"));
    }
}
