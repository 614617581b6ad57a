namespace Galatent.Numerics;

/// <summary>A normal distribution cut to an interval, drawn by its inverse CDF so that one uniform number gives one deviate.</summary>
public static class TruncatedNormal
{
    /// <summary>
    /// Quantile of N(mean, sd^2) restricted to [low, high]: mean + sd Phi^-1[Phi(a) + u (Phi(b) - Phi(a))], a = (low - mean)/sd, b = (high
    /// - mean)/sd.
    /// An interval above the mean is mirrored, so that the probabilities keep their digits in both tails; one so far out that its
    /// probability underflows (38 sd) gives the end nearest to the mean. The result never leaves [low, high].
    /// </summary>
    /// <param name="u">Uniform in [0, 1].</param>
    /// <param name="mean">Mean before truncation.</param>
    /// <param name="sd">Standard deviation before truncation, positive.</param>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end, above <paramref name="low"/>.</param>
    public static double Quantile(double u, double mean, double sd, double low, double high)
    {
        if (low > mean)
        {
            return -Quantile(1 - u, -mean, sd, -high, -low);
        }
        var below = NormalDistribution.Cdf((low - mean) / sd);
        var inside = NormalDistribution.Cdf((high - mean) / sd) - below;
        // With nothing left inside, the interval lies in the far lower tail, because low <= mean here.
        return inside == 0 ? high : Math.Clamp(mean + (sd * NormalDistribution.Quantile(below + (u * inside))), low, high);
    }
}
