namespace Galatent.Latents.TwoSamples;

/// <summary>How well real and mock spectra are told apart by some of their numbers.</summary>
/// <param name="Name">Which numbers, in words.</param>
/// <param name="Test">The test.</param>
public sealed record GapMeasure(string Name, ClassifierTest Test)
{
    // The probability below which a difference is said to be there.
    internal const double Significant = 0.05;

    /// <summary>Whether chance is an unlikely explanation.</summary>
    public bool Differs => Test.PValue < Significant && Test.Area > 0.5;
}
