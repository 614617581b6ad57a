using Galatent.Latents.Information;
using Galatent.Latents.Traversals;
using Galatent.Numerics;

namespace Galatent.Latents;

/// <summary>How a model is analysed.</summary>
public sealed record ModelAnalysisOptions
{
    /// <summary>Root of all random numbers: samples z, principal directions, choice of rows, bootstrap.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Share of the spectra that judged the model in training, when it is not the one in <c>model.json</c>; with the training's
    /// seed it gives the same rows again.</summary>
    public double? ValidationFraction { get; init; }

    /// <summary>Processor cores at most; results do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Who shares the work; all get the same results.</summary>
    public ProcessGroup Processes { get; init; } = ProcessGroup.Alone;

    /// <summary>
    /// Spectra for mutual information, a random subset when there are more. The standard error falls with the root of the number,
    /// the time grows in proportion: 10,000 give about 0.01 nat.
    /// </summary>
    public int InformationSpectra { get; init; } = 10_000;

    /// <summary>How mutual information is estimated.</summary>
    public MutualInformationOptions Information { get; init; } = new();

    /// <summary>How to walk through the latent space.</summary>
    public TraversalOptions Traversal { get; init; } = new();
}
