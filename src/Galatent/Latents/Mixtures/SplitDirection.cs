namespace Galatent.Latents.Mixtures;

/// <summary>A direction in which a component is split.</summary>
/// <param name="I">First coordinate of the plane that contains the principal axis.</param>
/// <param name="J">Second coordinate. In one dimension it equals the first.</param>
/// <param name="Minor">Whether it is the shorter axis instead of the longer one.</param>
internal readonly record struct SplitDirection(int I, int J, bool Minor);
