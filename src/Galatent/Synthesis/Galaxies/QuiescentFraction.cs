namespace Galatent.Synthesis.Galaxies;

/// <summary>Which galaxies count as quiescent. This also decides how many there are.</summary>
public enum QuiescentFractionVariant
{
    /// <summary>At least 0.8 dex below the star-forming ridge of Leja et al. (2022, ApJ 936, 165). This is our fit to their trained
    /// density, from 0.4 to z = 2.8, rms 0.04.</summary>
    BelowRidge,

    /// <summary>By rest-frame UVJ colours, as in the mass functions of Schreiber et al. (2017, A&amp;A 602, A96; EGG). This gives more at
    /// high mass.</summary>
    UvjColours,
}

/// <summary>Share of quiescent galaxies at given mass and redshift: f_min + (f_max - f_min) / (1 + e^(-(m - m50)/w)). Every parameter is
/// linear in z.</summary>
public static class QuiescentFraction
{
    /// <summary>The share, between 0 and 1.</summary>
    /// <param name="logMass">log10 of the stellar mass, Msun.</param>
    /// <param name="z">Redshift.</param>
    /// <param name="variant">How quiescent galaxies are defined.</param>
    public static double At(double logMass, double z, QuiescentFractionVariant variant = QuiescentFractionVariant.BelowRidge) =>
        variant switch
        {
            QuiescentFractionVariant.BelowRidge => Logistic(
                logMass,
                Math.Clamp(0.312 - (0.220 * z), 0.02, 1),
                Math.Clamp(0.517 - (0.090 * z), 0.05, 1),
                10.522 - (0.089 * z),
                0.215
            ),
            QuiescentFractionVariant.UvjColours => Logistic(
                logMass,
                Math.Clamp(0.15 * (1 - (z / 1.2)), 0.02, 1),
                Math.Clamp(0.90 - (0.15 * z), 0.15, 1),
                10.65 + (0.10 * z),
                0.22
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(variant), variant, "Use BelowRidge or UvjColours."),
        };

    private static double Logistic(double logMass, double least, double greatest, double logMassAtHalf, double width) =>
        least + ((greatest - least) / (1 + Math.Exp(-(logMass - logMassAtHalf) / width)));
}
