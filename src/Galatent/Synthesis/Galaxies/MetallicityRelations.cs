using Galatent.Numerics;

namespace Galatent.Synthesis.Galaxies;

/// <summary>Scatter of stellar metallicities at given mass.</summary>
public enum StellarMetallicityVariant
{
    /// <summary>The width observed by Gallazzi et al. (2005), with a correlation of 0.4 with the scatter of the gas (Fraser-McKelvie et al.
    /// 2022, MNRAS 510, 320, find a positive correlation).</summary>
    ObservedWidth,

    /// <summary>Twice that width, independent of the gas: the prior of Prospector-alpha (Leja et al. 2019, ApJ 877, 140).</summary>
    DoubledWidth,
}

/// <summary>How the fundamental metallicity relation continues beyond z = 3, where it was not measured.</summary>
public enum GasMetallicityVariant
{
    /// <summary>The same as below z = 3. The relation is observed to be the same from z = 0 to 2.5.</summary>
    Invariant,

    /// <summary>0.1 dex less per unit redshift above 3, as deep spectra suggest.</summary>
    FallingBeyond3,
}

/// <summary>Metallicities of gas and stars, log10 Z/Zsun, one value of each per galaxy.</summary>
public static class MetallicityRelations
{
    /// <summary>Smallest stellar metallicity, log10 Z/Zsun.</summary>
    internal const double LeastLogZStar = -1.98;

    /// <summary>12 + log10(O/H) of the Sun (Asplund et al. 2009).</summary>
    public const double SolarOxygenAbundance = 8.69;

    private const double GasScatterDex = 0.10; // 0.06 residual of the fundamental relation, 0.08 calibration
    private const double StarGasCorrelation = 0.4;

    /// <summary>
    /// Mean 12 + log10(O/H) by the fundamental metallicity relation of Curti et al. (2020, MNRAS 491, 944, eq. 5):
    /// 8.779 - (0.31/2.1) log10(1 + 10^(-2.1 (m - M0))), M0 = 10.11 + 0.56 log SFR. Specific rates below 1e-12/yr are raised to that value.
    /// </summary>
    /// <param name="logMass">log10 of the stellar mass, Msun; fitted from 7.5 to 11.5.</param>
    /// <param name="logSfr">log10 of the star-formation rate, Msun/yr.</param>
    public static double OxygenAbundance(double logMass, double logSfr)
    {
        var turnover = 10.11 + (0.56 * Math.Max(logSfr, logMass - 12));
        return 8.779 - (0.31 / 2.1 * Math.Log10(1 + Math.Pow(10, -2.1 * (logMass - turnover))));
    }

    /// <summary>Gas metallicity relative to solar, in [-2, 0.5].</summary>
    /// <param name="deviate">Standard normal deviate of the galaxy. Its stars use the same one.</param>
    /// <param name="logMass">log10 of the stellar mass, Msun.</param>
    /// <param name="logSfr">log10 of the star-formation rate, Msun/yr.</param>
    /// <param name="redshift">Redshift; only the falling variant uses it.</param>
    /// <param name="variant">How the relation continues beyond z = 3.</param>
    public static double LogZGas(
        double deviate,
        double logMass,
        double logSfr,
        double redshift = 0,
        GasMetallicityVariant variant = GasMetallicityVariant.Invariant
    )
    {
        var offset = variant == GasMetallicityVariant.FallingBeyond3 ? -0.1 * Math.Max(0, redshift - 3) : 0;
        return Math.Clamp(OxygenAbundance(logMass, logSfr) - SolarOxygenAbundance + offset + (GasScatterDex * deviate), -2, 0.5);
    }

    /// <summary>
    /// Mean of log10 Z/Zsun, and the distance from its 16th to its 84th percentile: the relation of Gallazzi et al. (2005, MNRAS 362, 41,
    /// table 2) in the form of Alsing et al. (2023, ApJS 264, 29), which agrees with the table to 0.06 dex.
    /// </summary>
    /// <param name="logMass">log10 of the stellar mass, Msun. Fitted from 8.9 to 11.9 at z = 0; used at every redshift.</param>
    public static (double Mean, double Width) StellarRelation(double logMass) =>
        (
            -0.25933163 + (0.38391743 * Math.Tanh((2.0229099 * logMass) - 20.37321787)),
            0.6883885 - (0.37122853 * Math.Tanh((2.47629773 * logMass) - 25.74109587))
        );

    /// <summary>Stellar metallicity relative to solar, in [-1.98, 0.19], scattered about <see cref="StellarRelation"/>.</summary>
    /// <param name="u">Uniform number.</param>
    /// <param name="gasDeviate">The same deviate as for <see cref="LogZGas"/>.</param>
    /// <param name="logMass">log10 of the stellar mass, Msun.</param>
    /// <param name="variant">Width and correlation.</param>
    public static double DrawLogZStar(
        double u,
        double gasDeviate,
        double logMass,
        StellarMetallicityVariant variant = StellarMetallicityVariant.ObservedWidth
    )
    {
        var (mean, width) = StellarRelation(logMass);
        var (sd, correlation) = variant switch
        {
            StellarMetallicityVariant.ObservedWidth => (width / 2, StarGasCorrelation),
            StellarMetallicityVariant.DoubledWidth => (width, 0.0),
            _ => throw new ArgumentOutOfRangeException(nameof(variant), variant, "Use ObservedWidth or DoubledWidth."),
        };
        return TruncatedNormal.Quantile(
            u,
            mean + (correlation * sd * gasDeviate),
            sd * Math.Sqrt(1 - (correlation * correlation)),
            LeastLogZStar,
            0.19
        );
    }
}
