namespace Galatent.Latents.Analyses;

/// <summary>What an analysis found.</summary>
/// <param name="Tables">Its tables, in the order in which they are written.</param>
/// <param name="Remarks">Sentences for the user: what was left out or held, and checks that failed.</param>
public sealed record AnalysisOutput(IReadOnlyList<AnalysisTable> Tables, IReadOnlyList<string> Remarks)
{
    /// <summary>Tables without remarks.</summary>
    /// <param name="tables">The tables.</param>
    public AnalysisOutput(params IReadOnlyList<AnalysisTable> tables)
        : this(tables, []) { }
}
