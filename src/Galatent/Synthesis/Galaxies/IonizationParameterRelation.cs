using Galatent.Numerics;

namespace Galatent.Synthesis.Galaxies;

/// <summary>
/// Ionisation parameter of H II regions (Kashino and Inoue 2019, MNRAS 486, 1053): log U falls with metallicity and electron density and
/// rises with the specific star-formation rate.
/// log n_e = 2.066 + 0.310 (m - 10) + 0.492 (log sSFR + 9), clipped to 1 to 3;
/// log U = -2.316 - 0.360 (12 + log O/H - 8) - 0.292 log n_e + 0.428 (log sSFR + 9), log sSFR clipped to -11 to -8, scatter 0.25.
/// </summary>
public static class IonizationParameterRelation
{
    /// <summary>log10 U in [-4, -1].</summary>
    /// <param name="u">Uniform number.</param>
    /// <param name="logMass">log10 of the stellar mass, Msun.</param>
    /// <param name="logSfr">log10 of the star-formation rate, Msun/yr.</param>
    /// <param name="logZGas">log10 of the gas metallicity relative to solar.</param>
    public static double DrawLogU(double u, double logMass, double logSfr, double logZGas) =>
        TruncatedNormal.Quantile(u, MeanLogU(logMass, logSfr, logZGas), 0.25, -4, -1);

    /// <summary>Mean log10 U before truncation; parameters as in <see cref="DrawLogU"/>.</summary>
    public static double MeanLogU(double logMass, double logSfr, double logZGas)
    {
        var logSpecificSfr = logSfr - logMass;
        var logDensityPerCm3 = Math.Clamp(2.066 + (0.310 * (logMass - 10)) + (0.492 * (logSpecificSfr + 9)), 1, 3);
        var oxygenAbundance = logZGas + MetallicityRelations.SolarOxygenAbundance;
        return -2.316 - (0.360 * (oxygenAbundance - 8)) - (0.292 * logDensityPerCm3) + (0.428 * (Math.Clamp(logSpecificSfr, -11, -8) + 9));
    }
}
