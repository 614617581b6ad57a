namespace Galatent.Latents.Information.Discrete;

/// <summary>
/// A p-value from few permutations: the share of draws that reach the statistic, and where that is too rare to be counted the tail of the
/// gamma distribution with the draws' mean and variance, which is that of the statistic for many rows (chi-square; Mielke and Berry 2007,
/// Permutation Methods, use its three-parameter form).
/// </summary>
internal static class PermutationTail
{
    /// <summary>Draws enough for the mean and variance to 10 %.</summary>
    public const int Draws = 199;

    private const int Counted = 10;

    /// <summary>The p-value.</summary>
    /// <param name="observed">The statistic of the data, at least 0.</param>
    /// <param name="draws">That of the permutations.</param>
    /// <param name="permutations">The p-value is at least 1 / (permutations + 1).</param>
    public static double PValue(double observed, double[] draws, int permutations)
    {
        // Rounding differs between orders of summation; a draw that equals the data must count.
        var reached = draws.Count(d => d >= observed * (1 - 1e-12));
        var counted = (1.0 + reached) / (1.0 + draws.Length);
        var mean = draws.Average();
        var variance = draws.Sum(d => (d - mean) * (d - mean)) / (draws.Length - 1);
        if (reached >= Counted || variance <= 0)
        {
            return counted;
        }
        return Math.Clamp(SpecialFunctions.GammaUpper(mean * mean / variance, observed * mean / variance), 1 / (1.0 + permutations), 1);
    }
}
