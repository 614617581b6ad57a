using Galatent.Numerics;

namespace Galatent.Synthesis.Galaxies;

/// <summary>What determines the mean optical depth of the diffuse dust of star-forming galaxies.</summary>
public enum DustDepthVariant
{
    /// <summary>The average of the two relations below, plus 0.5 per dex of gas metallicity above -0.15, because dust follows metals.
    /// Quiescent galaxies have 0.2.</summary>
    Combined,

    /// <summary>0.2 + 0.5 log SFR above 1 Msun/yr (Alsing et al. 2023, ApJS 264, 29), for every galaxy.</summary>
    StarFormationRate,

    /// <summary>A(H-alpha) by mass from Garn and Best (2010, MNRAS 409, 421), with its scatter of 0.28 mag. Quiescent galaxies have
    /// 0.2.</summary>
    StellarMass,
}

/// <summary>What determines the mean slope of the attenuation curve.</summary>
public enum DustSlopeVariant
{
    /// <summary>-0.095 + 0.111 dust2 - 0.0066 dust2^2, scatter 0.4 (prior of Leja et al. 2019, ApJ 877, 140).</summary>
    Weak,

    /// <summary>Greyer with more dust, as in Salim and Narayanan (2020, ARA&amp;A 58, 529); scatter 0.2.</summary>
    Steep,
}

/// <summary>Optical depths and slope of the attenuation curve of Kriek and Conroy (2013).</summary>
public static class DustPriors
{
    /// <summary>dust1 / dust2, for the additional optical depth in front of stars younger than 10 Myr: a truncated normal TN(1, 0.3; 0,
    /// 2).</summary>
    public static double DrawBirthCloudRatio(double u) => TruncatedNormal.Quantile(u, 1, 0.3, 0, 2);

    /// <summary>A(H-alpha) in mag by stellar mass (Garn and Best 2010, eq. 3), the same up to z = 2 (Shapley et al. 2022). Valid for log10
    /// masses from 8.8 to 11.4; the end values are used beyond.</summary>
    public static double HalphaAttenuationMag(double logMass)
    {
        var x = Math.Clamp(logMass - 10, -1.2, 1.4);
        return 0.91 + (x * (0.77 + (x * (0.11 - (0.09 * x)))));
    }

    /// <summary>dust2, the optical depth at 5500 Å in front of all stars, in [0, 4].</summary>
    public static double DrawDust2(
        double u,
        double logMass,
        double logSfr,
        double logZGas,
        bool isQuiescent,
        DustDepthVariant variant = DustDepthVariant.Combined
    )
    {
        const double halphaMagPerDust2 = 1.80; // for dust1 = dust2 and slope 0
        const double quiescentMean = 0.2;
        var bySfr = 0.2 + (0.5 * Math.Max(0, logSfr));
        var byMass = HalphaAttenuationMag(logMass) / halphaMagPerDust2;
        var (mean, sd) = variant switch
        {
            DustDepthVariant.Combined => (isQuiescent ? quiescentMean : (0.5 * bySfr) + (0.5 * byMass) + (0.5 * (logZGas + 0.15)), 0.2),
            DustDepthVariant.StarFormationRate => (bySfr, 0.2),
            DustDepthVariant.StellarMass => (isQuiescent ? quiescentMean : byMass, 0.28 / halphaMagPerDust2),
            _ => throw new ArgumentOutOfRangeException(nameof(variant), variant, "Use Combined, StarFormationRate or StellarMass."),
        };
        return TruncatedNormal.Quantile(u, mean, sd, 0, 4);
    }

    /// <summary>The slope n as an offset from Calzetti's curve, in [-1, 0.4]. Negative values are steeper.</summary>
    public static double DrawDustIndex(double u, double dust2, DustSlopeVariant variant = DustSlopeVariant.Weak)
    {
        var (mean, sd) = variant switch
        {
            DustSlopeVariant.Weak => (-0.095 + (dust2 * (0.111 - (0.0066 * dust2))), 0.4),
            DustSlopeVariant.Steep => (Math.Clamp(-0.031 + (1.205 * Math.Log10(1.086 * dust2)), -0.95, 0.35), 0.2),
            _ => throw new ArgumentOutOfRangeException(nameof(variant), variant, "Use Weak or Steep."),
        };
        return TruncatedNormal.Quantile(u, mean, sd, -1, 0.4);
    }
}
