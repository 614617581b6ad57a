using Galatent.Latents.Traversals;
using Galatent.Numerics;

namespace Galatent.Latents;

/// <summary>The settings of an analysis, besides spectra and model.</summary>
/// <param name="Beta">Weight of the KL term that the model was trained with.</param>
/// <param name="Seed">Root seed of the principal directions and the start of the traversals.</param>
/// <param name="Traversal">How the latent space is traversed.</param>
public sealed record AnalysisOptions(double Beta, ulong Seed, TraversalOptions Traversal)
{
    /// <summary>The processes that share the spectra. All get the same results.</summary>
    public ProcessGroup Processes { get; init; } = ProcessGroup.Alone;
}
