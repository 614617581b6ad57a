namespace Galatent.Latents.Information.Discrete;

/// <summary>
/// A p-value from few permutations: the share of draws that reach the statistic. If that is too rare to count, the tail of a shifted gamma
/// distribution with the mean and variance of the draws is used (Pearson type III; Mielke and Berry 2007, Permutation Methods).
/// With many rows the statistics are sums of weighted chi-squares, whose skewness is known.
/// </summary>
internal static class PermutationTail
{
    /// <summary>This many draws give the mean and variance to 10 %.</summary>
    public const int Draws = 199;

    private const int Counted = 10;

    /// <summary>The p-value.</summary>
    /// <param name="observed">The statistic of the data.</param>
    /// <param name="draws">The statistics of the permutations.</param>
    /// <param name="skewness">Skewness of the distribution of the draws, above 0.</param>
    /// <param name="permutations">The p-value is at least 1 / (permutations + 1).</param>
    public static double PValue(double observed, double[] draws, double skewness, int permutations)
    {
        // Rounding depends on the order of summation. A draw that equals the data must be counted.
        var reached = draws.Count(d => d >= observed * (1 - 1e-12));
        var counted = (1.0 + reached) / (1.0 + draws.Length);
        var mean = draws.Average();
        var deviation = Math.Sqrt(draws.Sum(d => (d - mean) * (d - mean)) / (draws.Length - 1));
        if (reached >= Counted || deviation == 0)
        {
            return counted;
        }
        var shape = 4 / (skewness * skewness);
        return Math.Clamp(
            SpecialFunctions.GammaUpper(shape, shape + (Math.Sqrt(shape) * (observed - mean) / deviation)),
            1 / (1.0 + permutations),
            1
        );
    }

    /// <summary>Skewness of sum w chi-square, where every chi-square has the same degrees of freedom: sqrt(8 / degrees) sum w^3 / (sum
    /// w^2)^(3/2).</summary>
    public static double Skewness(IEnumerable<double> weights, double degrees)
    {
        double[] all = [.. weights];
        return Math.Sqrt(8 / degrees) * all.Sum(w => w * w * w) / Math.Pow(all.Sum(w => w * w), 1.5);
    }

    /// <summary>Skewness of the draws themselves, at least the skewness for a hundred degrees of freedom.</summary>
    public static double Skewness(double[] draws)
    {
        var mean = draws.Average();
        var second = draws.Average(d => (d - mean) * (d - mean));
        var third = draws.Average(d => (d - mean) * (d - mean) * (d - mean));
        return Math.Max(Math.Sqrt(0.08), second > 0 ? third / Math.Pow(second, 1.5) : 0);
    }
}
