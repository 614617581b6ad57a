namespace Galatent.Latents.Traversals;

/// <summary>How to walk through the latent space.</summary>
/// <param name="StepsPerSide">Steps from the spectrum's own value to the minimum, and as many to the maximum, of all latent
/// representations.</param>
/// <param name="StopAtNegativeFlux">Whether a side ends before the first decoded spectrum with a flux below zero, as in the study.</param>
public sealed record TraversalOptions(int StepsPerSide = 12, bool StopAtNegativeFlux = true);
