using System.Globalization;

namespace Galatent.Networks;

/// <summary>When a latent dimension counts as active. Training, analysis and report use this one threshold.</summary>
public static class ActiveDimensions
{
    /// <summary>A dimension is active when its mean Kullback-Leibler divergence is above this, nat. A tenth of a nat clearly separates used
    /// from unused dimensions.</summary>
    public const double ThresholdNat = 0.1;

    /// <summary>The threshold as text, e.g. "0.1 nat".</summary>
    public static string Threshold { get; } = string.Create(CultureInfo.InvariantCulture, $"{ThresholdNat} nat");

    /// <summary>Number of active dimensions.</summary>
    /// <param name="klNat">Mean divergence of each dimension, nat.</param>
    public static int Count(IEnumerable<double> klNat) => klNat.Count(kl => kl > ThresholdNat);
}
