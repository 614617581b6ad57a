namespace Galatent.Synthesis.StarFormation;

/// <summary>All formulas of star-formation histories. Each is a separate file in this folder.</summary>
public static class HistoryFormulas
{
    /// <summary>In the order of the help.</summary>
    public static IReadOnlyList<HistoryFormula> All { get; } = [DelayedHistory.Formula];
}
