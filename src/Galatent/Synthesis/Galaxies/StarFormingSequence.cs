using Galatent.Numerics;

namespace Galatent.Synthesis.Galaxies;

/// <summary>
/// Star-formation rate of a galaxy at given mass and redshift. Star-forming galaxies scatter about the ridge of Leja et al. (2022, ApJ 936,
/// 165, table 1):
/// log SFR = c + (a above Mt, b below) (m - Mt), quadratic in z. Beyond z = 3 the relation of z = 3 is used and rises as (1+z)^1.5.
/// Quiescent galaxies lie 0.6 to 4 dex below the ridge.
/// </summary>
public static class StarFormingSequence
{
    private const double LastRedshift = 3;

    // Rates below -14 are invisible. Above -8.15 the last 100 Myr alone would form the whole mass (10^-8.15 x 1e8 yr = 0.71 of it).
    private const double LeastLogSpecificSfr = -14;
    internal const double GreatestLogSpecificSfr = -8.15;

    /// <summary>The ridge, log10 of SFR_100 in Msun/yr.</summary>
    /// <param name="logMass">log10 of the stellar mass, Msun.</param>
    /// <param name="redshift">Redshift.</param>
    public static double LogRidgeSfr(double logMass, double redshift)
    {
        var z = Math.Min(redshift, LastRedshift);
        var above = -0.06707 + (z * (0.3684 - (0.1047 * z)));
        var below = 0.8552 - (z * (0.1010 + (0.001816 * z)));
        var atBreak = 0.2148 + (z * (0.8137 - (0.08052 * z)));
        var logMassBreak = 10.29 - (z * (0.1284 - (0.1203 * z)));
        var offset = logMass - logMassBreak;
        var growth = redshift > LastRedshift ? 1.5 * Math.Log10((1 + redshift) / (1 + LastRedshift)) : 0;
        return atBreak + ((offset > 0 ? above : below) * offset) + growth;
    }

    /// <summary>log10 of SFR_100, Msun/yr, of a galaxy, from a uniform number.</summary>
    public static double DrawLogSfr(double u, double logMass, double redshift, bool isQuiescent)
    {
        // Widths and offsets of Leja's density: 0.32 dex above the ridge; quiescent galaxies have mean -1.71 and sd 0.6 to 0.8.
        var residual = isQuiescent ? TruncatedNormal.Quantile(u, -1.75, 0.60, -4, -0.6) : TruncatedNormal.Quantile(u, 0, 0.30, -0.9, 1.2);
        return Math.Clamp(LogRidgeSfr(logMass, redshift) + residual, logMass + LeastLogSpecificSfr, logMass + GreatestLogSpecificSfr);
    }
}
