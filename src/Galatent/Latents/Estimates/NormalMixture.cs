using Galatent.Numerics;

namespace Galatent.Latents.Estimates;

/// <summary>A mixture of normal distributions of one variable: a predicted distribution.</summary>
/// <param name="Weights">Shares of the components; their sum is 1.</param>
/// <param name="Means">Their means.</param>
/// <param name="Deviations">Their standard deviations, positive.</param>
public sealed record NormalMixture(double[] Weights, double[] Means, double[] Deviations)
{
    // Bisection of the quantile: 50 halvings of 18 deviations or more leave 1e-13 of one.
    private const int Halvings = 50;
    private const double Reach = 9;

    /// <summary>The mean.</summary>
    public double Mean => Weights.Select((w, k) => w * Means[k]).Sum();

    /// <summary>The standard deviation.</summary>
    public double Deviation
    {
        get
        {
            var mean = Mean;
            return Math.Sqrt(
                Weights.Select((w, k) => w * ((Deviations[k] * Deviations[k]) + ((Means[k] - mean) * (Means[k] - mean)))).Sum()
            );
        }
    }

    /// <summary>Probability below a value. At the true value it is the probability integral transform, uniform when the predictions are
    /// right.</summary>
    public double Cdf(double value)
    {
        var sum = 0.0;
        for (var k = 0; k < Weights.Length; k++)
        {
            sum += Weights[k] * NormalDistribution.Cdf((value - Means[k]) / Deviations[k]);
        }
        return sum;
    }

    /// <summary>The value with this probability below it.</summary>
    /// <param name="probability">Between 0 and 1.</param>
    public double Quantile(double probability)
    {
        var low = Enumerable.Range(0, Weights.Length).Min(k => Means[k] - (Reach * Deviations[k]));
        var high = Enumerable.Range(0, Weights.Length).Max(k => Means[k] + (Reach * Deviations[k]));
        for (var i = 0; i < Halvings; i++)
        {
            var middle = 0.5 * (low + high);
            (low, high) = Cdf(middle) < probability ? (middle, high) : (low, middle);
        }
        return 0.5 * (low + high);
    }
}
