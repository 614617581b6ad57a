using System.CommandLine;
using Galatent.App.Terminal;
using Galatent.Numerics;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.StarFormation;

namespace Galatent.App.Options;

/// <summary><c>--history</c> of <c>galatent simulate --one</c>: a star-formation history that replaces the population's.</summary>
internal static class HistoryOption
{
    // Hyper-luminous infrared galaxies form some 10^4 Msun/yr for a short time; the most massive galaxies have about 10^13 Msun.
    private const double HighestMeanRate = 2e4;
    private const double LargestMass = 3e13;

    public static Option<string?> Create() =>
        new("--history")
        {
            Description =
                "With --one: the star-formation history, either a table with the columns lookback_gyr and sfr (linear between rows, "
                + "no stars outside), or "
                + $"{string.Join(", or ", HistoryFormulas.All.Select(f => $"{f.Pattern} {f.Description}"))}. "
                + "Mass and rate are then those of the history.",
            HelpName = string.Join('|', HistoryFormulas.All.Select(f => f.Pattern).Prepend("FILE")),
        };

    public static ContinuousHistory Parse(string text, TableReader tables)
    {
        var parts = text.Split(':');
        if (parts.Length > 1 && HistoryFormulas.All.FirstOrDefault(f => f.Name == parts[0]) is { } formula)
        {
            List<double> values = [];
            return parts.Skip(1).All(part => Add(values, part)) && values.Count == formula.Parameters.Count
                ? formula.Make([.. values])
                : throw new InputException(
                    $"--history '{text}' must be {formula.Pattern} {formula.Description}, e.g. {formula.Name}:{formula.Example}."
                );
        }
        var table = tables.Read(text, ["lookback_gyr", "sfr"]);
        return ContinuousHistory.FromTable(text, table.Numbers("lookback_gyr"), table.Numbers("sfr"));
    }

    private static bool Add(List<double> values, string text)
    {
        var isNumber = TypedNumber.TryParse(text, out var value);
        values.Add(value);
        return isNumber;
    }

    /// <summary>Remarks about a history without recent stars, and about values of the galaxy's description that the history
    /// replaces.</summary>
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
        if (history.MeanRateMsunPerYr > HighestMeanRate || history.MassFormedMsun > LargestMass)
        {
            ProgressDisplay.Say(
                FormattableString.Invariant(
                    $"note: {history.Description} forms {history.MassFormedMsun:G3} Msun, on average {history.MeanRateMsunPerYr:G3} "
                ) + "Msun/yr, as no known galaxy does; rates are in Msun/yr, times in Gyr"
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
}
