using Galatent.Files;
using Galatent.Spectra;

namespace Galatent.Report.Runs;

/// <summary>What the report needs of one run; read from a run folder.</summary>
/// <param name="Manifest">Options, versions and timings: names and values of <c>run.json</c>, in its order.</param>
/// <param name="Grid">The pixels.</param>
/// <param name="SpectrumCount">Number of spectra.</param>
/// <param name="Parameters">Known quantities of the spectra; empty for observed ones.</param>
/// <param name="Provenance">Where the spectra come from.</param>
/// <param name="Models">One per beta, ascending; at least one.</param>
public sealed record RunResults(
    IReadOnlyList<(string Name, string Value)> Manifest,
    WavelengthGrid Grid,
    int SpectrumCount,
    IReadOnlyList<ParameterColumn> Parameters,
    SpectrumProvenance Provenance,
    IReadOnlyList<ModelResults> Models
)
{
    /// <summary>Beta of the model that the study examines closely.</summary>
    public const double StudyBeta = 0.3;

    /// <summary>The model examined closely: the one whose beta is nearest to the study's, by ratio.</summary>
    public ModelResults Chosen => Models.MinBy(m => Math.Abs(Math.Log(m.Beta / StudyBeta)))!;
}
