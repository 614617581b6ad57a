using Galatent.Latents.Traversals;
using Galatent.Numerics;

namespace Galatent.Latents;

/// <summary>What an analysis needs to know besides spectra and model.</summary>
/// <param name="Beta">Weight of the KL term that the model was trained with.</param>
/// <param name="Seed">Root of the random numbers: principal directions, start of the traversals.</param>
/// <param name="Traversal">How to walk through the latent space.</param>
/// <param name="BaselineSpectra">Training spectra for the linear baseline; 10,000 take about two seconds on two cores and give eigenvalues
/// to one per cent.</param>
public sealed record AnalysisOptions(double Beta, ulong Seed, TraversalOptions Traversal, int BaselineSpectra = 10_000)
{
    /// <summary>Who shares the spectra; all get the same results.</summary>
    public ProcessGroup Processes { get; init; } = ProcessGroup.Alone;
}
