namespace Galatent.Latents.Traversals;

/// <summary>How the latent space is traversed.</summary>
/// <param name="StepsPerSide">Number of steps from the spectrum's own value to the minimum over all latent representations, and to the
/// maximum.</param>
/// <param name="StopAtNegativeFlux">Whether a side ends before the first decoded spectrum with a negative flux, as in the study.</param>
public sealed record TraversalOptions(int StepsPerSide = 12, bool StopAtNegativeFlux = true);
