using System.Globalization;

namespace Galatent.Networks;

/// <summary>When a latent dimension counts as active: the one threshold of training, analysis and report.</summary>
public static class ActiveDimensions
{
    /// <summary>A dimension is active when its mean Kullback-Leibler divergence exceeds this, nat: a tenth of a nat separates used from
    /// idle dimensions clearly.</summary>
    public const double ThresholdNat = 0.1;

    /// <summary>The threshold as text, e.g. "0.1 nat".</summary>
    public static string Threshold { get; } = string.Create(CultureInfo.InvariantCulture, $"{ThresholdNat} nat");

    /// <summary>How many dimensions are active.</summary>
    /// <param name="klNat">Mean divergence of each dimension, nat.</param>
    public static int Count(IEnumerable<double> klNat) => klNat.Count(kl => kl > ThresholdNat);
}
