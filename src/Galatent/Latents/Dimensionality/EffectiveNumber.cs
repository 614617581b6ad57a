namespace Galatent.Latents.Dimensionality;

/// <summary>How many of several shares count: numbers between 1 (one has all) and their count (all are equal).</summary>
public static class EffectiveNumber
{
    /// <summary>exp(-Σ p ln p), p the shares (Hill 1973, Ecology 54, 427, order 1).</summary>
    /// <param name="values">Not negative, e.g. the KL of each active dimension, nat. Their sum must be positive.</param>
    public static double ExponentialEntropy(ReadOnlySpan<double> values)
    {
        var entropy = 0.0;
        foreach (var p in Shares(values))
        {
            entropy -= p > 0 ? p * Math.Log(p) : 0;
        }
        return Math.Exp(entropy);
    }

    /// <summary>1 / Σ p², p the shares (Hill's order 2, Simpson 1949).</summary>
    /// <param name="values">Not negative. Their sum must be positive.</param>
    public static double InverseSimpson(ReadOnlySpan<double> values) => 1 / Shares(values).Sum(p => p * p);

    private static double[] Shares(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value >= 0 ? value : throw new ArgumentException($"A share of {value} makes no sense.", nameof(values));
        }
        return sum > 0 && double.IsFinite(sum)
            ? Array.ConvertAll(values.ToArray(), v => v / sum)
            : throw new ArgumentException($"{values.Length} shares with the sum {sum} have no effective number.", nameof(values));
    }
}
