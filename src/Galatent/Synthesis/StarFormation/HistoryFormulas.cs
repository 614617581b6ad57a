namespace Galatent.Synthesis.StarFormation;

/// <summary>All formulas of star-formation histories; each is a file of its own beside this one.</summary>
public static class HistoryFormulas
{
    /// <summary>In the order of the help.</summary>
    public static IReadOnlyList<HistoryFormula> All { get; } = [DelayedHistory.Formula];
}
