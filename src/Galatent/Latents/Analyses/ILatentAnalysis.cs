using Galatent.Numerics;

namespace Galatent.Latents.Analyses;

/// <summary>One question about what a model learnt, and the tables that answer it. A new analysis is a new file and a line in
/// <see cref="AnalysisList"/>.</summary>
public interface ILatentAnalysis
{
    /// <summary>The analysis' name, by which the user asks for it, e.g. <c>activity</c>. Its tables are called <c>NAME.csv</c> and
    /// <c>NAME-MORE.csv</c>.</summary>
    string Name { get; }

    /// <summary>What it measures: one line for the help.</summary>
    string Description { get; }

    /// <summary>Whether it is done when the user names no analyses: those that take seconds.</summary>
    bool IsDefault { get; }

    /// <summary>Measures.</summary>
    /// <param name="input">Spectra, latents, model and settings.</param>
    /// <param name="progress">Receives the progress; null when nobody wants it.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="InputException">The input is not enough for this analysis. One sentence says what it needs. The other analyses go
    /// on.</exception>
    AnalysisOutput Run(AnalysisInput input, IProgress<StepProgress>? progress, CancellationToken cancellation);
}
