namespace Galatent.Latents.Mixtures;

/// <summary>A direction in which a component is split.</summary>
/// <param name="I">First coordinate of the plane in which the principal axis is taken.</param>
/// <param name="J">Second coordinate; the same as the first in one dimension.</param>
/// <param name="Minor">The shorter axis instead of the longer one.</param>
internal readonly record struct SplitDirection(int I, int J, bool Minor);
