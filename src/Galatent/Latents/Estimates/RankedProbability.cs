using Galatent.Numerics;

namespace Galatent.Latents.Estimates;

/// <summary>
/// The continuous ranked probability score (Gneiting &amp; Raftery 2007, JASA 102, 359): ∫ (F(x) - 1[x >= y])² dx, in the unit of the
/// value. Lower is better; for a point estimate it is the absolute error.
/// </summary>
public static class RankedProbability
{
    /// <summary>Score of a normal distribution.</summary>
    /// <param name="mean">Its mean.</param>
    /// <param name="deviation">Its standard deviation, positive.</param>
    /// <param name="value">The true value.</param>
    public static double Normal(double mean, double deviation, double value) =>
        MeanDistance(value - mean, deviation) - (deviation / Math.Sqrt(Math.PI));

    /// <summary>Score of a mixture of normal distributions (Grimit et al. 2006): Σ w A(y - m, s) - ½ ΣΣ w w' A(m - m', √(s² +
    /// s'²)), A the mean of |normal|.</summary>
    /// <param name="distribution">The mixture.</param>
    /// <param name="value">The true value.</param>
    public static double Mixture(NormalMixture distribution, double value)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        var weights = distribution.Weights;
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * MeanDistance(value - distribution.Means[i], distribution.Deviations[i]);
            for (var j = 0; j < weights.Length; j++)
            {
                var spread = Math.Sqrt(
                    (distribution.Deviations[i] * distribution.Deviations[i]) + (distribution.Deviations[j] * distribution.Deviations[j])
                );
                sum -= 0.5 * weights[i] * weights[j] * MeanDistance(distribution.Means[i] - distribution.Means[j], spread);
            }
        }
        return sum;
    }

    /// <summary>Score of an ensemble of m draws: mean |x - y| - Σ |x - x'| / (2 m (m - 1)) (Ferro 2014). The divisor makes it fair: an
    /// ensemble of any size has the expected score of the distribution that it is drawn from.</summary>
    /// <param name="draws">At least two draws.</param>
    /// <param name="value">The true value.</param>
    public static double FairEnsemble(ReadOnlySpan<double> draws, double value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws.Length, 2);
        return Ensemble(draws, value, draws.Length - 1);
    }

    /// <summary>Score of the step function of the draws itself: divisor 2 m².</summary>
    /// <param name="draws">At least one draw.</param>
    /// <param name="value">The true value.</param>
    public static double PlainEnsemble(ReadOnlySpan<double> draws, double value) => Ensemble(draws, value, draws.Length);

    private static double Ensemble(ReadOnlySpan<double> draws, double value, int divisor)
    {
        var error = 0.0;
        var spread = 0.0;
        foreach (var draw in draws)
        {
            error += Math.Abs(draw - value);
            foreach (var other in draws)
            {
                spread += Math.Abs(draw - other);
            }
        }
        return (error / draws.Length) - (spread / (2.0 * draws.Length * divisor));
    }

    // Mean of |x| for x normal with this mean and deviation.
    private static double MeanDistance(double mean, double deviation)
    {
        var t = mean / deviation;
        var density = Math.Exp(-0.5 * t * t) / Math.Sqrt(2 * Math.PI);
        return (2 * deviation * density) + (mean * ((2 * NormalDistribution.Cdf(t)) - 1));
    }
}
