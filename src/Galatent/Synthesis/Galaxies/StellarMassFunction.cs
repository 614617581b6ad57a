namespace Galatent.Synthesis.Galaxies;

/// <summary>
/// Number density of galaxies by stellar mass: the evolving double Schechter function of Leja et al. (2020, ApJ 893, 111), fitted from z =
/// 0.2 to 3, Phi = ln10 e^(-x) (10^phi1 x^(alpha1+1) + 10^phi2 x^(alpha2+1)), x = 10^(m - M*), with phi1, phi2 and M* quadratic in z.
/// Below z = 0.2 the function at 0.2 is used. Above z = 3 the parameters at 3 are used and Phi falls by 0.43 dex per unit redshift, like
/// the mass density in Grazian et al. (2015, A&amp;A 575, A96).
/// </summary>
public static class StellarMassFunction
{
    private const double Alpha1 = -0.28;
    private const double Alpha2 = -1.48;
    private const double FirstRedshift = 0.2;
    private const double LastRedshift = 3;
    private const double DeclinePerRedshiftDex = 0.43;

    /// <summary>Galaxies per comoving Mpc^3 and dex of surviving stellar mass.</summary>
    /// <param name="logMass">log10 of the stellar mass, Msun.</param>
    /// <param name="redshift">Redshift.</param>
    public static double PerMpc3PerDex(double logMass, double redshift)
    {
        var z = Math.Clamp(redshift, FirstRedshift, LastRedshift);
        var logPhi1 = Quadratic(z, -2.38286, -0.264286, -0.107143);
        var logPhi2 = Quadratic(z, -2.81816, -0.368367, 0.0459184);
        var logX = logMass - Quadratic(z, 10.76653, 0.123980, -0.0331633);
        var schechter =
            Math.Exp(-Math.Pow(10, logX)) * (Math.Pow(10, logPhi1 + ((Alpha1 + 1) * logX)) + Math.Pow(10, logPhi2 + ((Alpha2 + 1) * logX)));
        return Math.Log(10) * schechter * Math.Pow(10, -DeclinePerRedshiftDex * Math.Max(0, redshift - LastRedshift));
    }

    private static double Quadratic(double z, double constant, double linear, double square) => constant + (z * (linear + (z * square)));
}
