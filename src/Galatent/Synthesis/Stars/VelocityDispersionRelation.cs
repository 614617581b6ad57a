using Galatent.Numerics;

namespace Galatent.Synthesis.Stars;

/// <summary>
/// Velocity dispersion of a galaxy's stars by stellar mass: log-normal about the broken power law of Zahid et al. (2016, ApJ 832, 203,
/// quiescent galaxies of SDSS), sigma = 118.3 km/s (M/10^10.26 Msun)^0.403 below that mass and ^0.293 above, limited to 50 to 300 km/s. The
/// scatter is our choice.
/// Two public programs cite the paper with other numbers. One has log sigma = 2.072 at the break with these slopes (the second rounded to
/// 0.29), the other 2.297 at 10^11 Msun with slope 0.299. They differ from ours by 0.001 and 0.007 dex.
/// The relation is used at every redshift (the paper finds no evolution to z = 0.7). It is also used for star-forming galaxies, which is an
/// approximation.
/// </summary>
public static class VelocityDispersionRelation
{
    /// <summary>Smallest dispersion, km/s.</summary>
    public const double LeastKmPerS = 50;

    /// <summary>Largest dispersion, km/s.</summary>
    public const double GreatestKmPerS = 300;

    /// <summary>Standard deviation of log10 of the dispersion at given mass, dex, before the limits.</summary>
    public const double ScatterDex = 0.08;

    /// <summary>The relation without scatter, km/s, within the limits.</summary>
    /// <param name="logMass">log10 of the stellar mass, Msun.</param>
    public static double Median(double logMass) => Math.Clamp(Math.Pow(10, LogMean(logMass)), LeastKmPerS, GreatestKmPerS);

    /// <summary>The dispersion of galaxy number <paramref name="row"/> of a set, km/s: a truncated normal in log10. It depends only on
    /// seed, number and mass.</summary>
    /// <param name="seed">Root seed.</param>
    /// <param name="row">Number of the galaxy in the whole set, even when only a part of the set is simulated.</param>
    /// <param name="logMass">log10 of its stellar mass, Msun.</param>
    public static double Draw(ulong seed, int row, double logMass)
    {
        var stream = new RandomStream(seed, "velocity dispersion", (ulong)row);
        var log = TruncatedNormal.Quantile(
            stream.NextDouble(),
            LogMean(logMass),
            ScatterDex,
            Math.Log10(LeastKmPerS),
            Math.Log10(GreatestKmPerS)
        );
        return Math.Clamp(Math.Pow(10, log), LeastKmPerS, GreatestKmPerS);
    }

    private static double LogMean(double logMass)
    {
        const double logBreak = 10.26;
        return 2.073 + ((logMass < logBreak ? 0.403 : 0.293) * (logMass - logBreak));
    }
}
