using Galatent.Latents.Traversals;
using Galatent.Numerics;

namespace Galatent.Latents;

/// <summary>The settings of an analysis, besides spectra and model.</summary>
/// <param name="Beta">Weight of the KL term that the model was trained with.</param>
/// <param name="Seed">Root seed of the principal directions and the start of the traversals.</param>
/// <param name="Traversal">How the latent space is traversed.</param>
/// <param name="BaselineSpectra">Training spectra for the linear baseline. 10,000 take about two seconds on two cores and give eigenvalues
/// to one per cent.</param>
public sealed record AnalysisOptions(double Beta, ulong Seed, TraversalOptions Traversal, int BaselineSpectra = 10_000)
{
    /// <summary>The processes that share the spectra. All get the same results.</summary>
    public ProcessGroup Processes { get; init; } = ProcessGroup.Alone;
}
