using Galatent.Files;
using Galatent.Spectra;

namespace Galatent.Report.Runs;

/// <summary>The results of one run that the report needs, read from a run folder.</summary>
/// <param name="Manifest">Options, versions and timings: <c>run.json</c>; null for models that were trained one by one.</param>
/// <param name="Grid">The pixels.</param>
/// <param name="SpectrumCount">Number of spectra.</param>
/// <param name="Parameters">Known quantities of the spectra; empty for observed ones.</param>
/// <param name="Provenance">Where the spectra come from.</param>
/// <param name="Models">One per beta, ascending; at least one.</param>
public sealed record RunResults(
    RunManifest? Manifest,
    WavelengthGrid Grid,
    int SpectrumCount,
    IReadOnlyList<ParameterColumn> Parameters,
    SpectrumProvenance Provenance,
    IReadOnlyList<ModelResults> Models
)
{
    /// <summary>Beta of the model that the study examines closely.</summary>
    public const double StudyBeta = 0.3;

    /// <summary>Commands that repeat the run, ready to be pasted into a terminal; empty when the caller has none.</summary>
    public string RepeatCommands { get; init; } = "";

    /// <summary>Where the spectra have bad pixels; null when they have none.</summary>
    internal RunGaps? Gaps { get; init; }

    /// <summary>Whether the spectra were observed, not simulated.</summary>
    internal bool IsObserved => Provenance.IsObserved;

    /// <summary>The wavelengths that figures show, Å: those of the pixels, or of what the spectra cover.</summary>
    internal (double LowAngstrom, double HighAngstrom) ShownRange
    {
        get
        {
            var first = Gaps is null ? 0 : Array.FindIndex(Gaps.GoodShare, s => s > 0);
            var last = Gaps is null ? Grid.Count - 1 : Array.FindLastIndex(Gaps.GoodShare, s => s > 0);
            (first, last) = first < 0 ? (0, Grid.Count - 1) : (first, last);
            return (Math.Floor(Grid.WavelengthAngstrom[first] / 100) * 100, Math.Ceiling(Grid.WavelengthAngstrom[last] / 100) * 100);
        }
    }

    /// <summary>The models of all seeds side by side; null for a run with one seed.</summary>
    public ComparisonResults? Seeds { get; init; }

    /// <summary>The model that is examined closely: its beta has the smallest ratio to the study's.</summary>
    public ModelResults Chosen => Models.MinBy(m => Math.Abs(Math.Log(m.Beta / StudyBeta)))!;
}
