using Galatent.Numerics;

namespace Galatent.Synthesis.Ssp;

/// <summary>Ionising photons of a stellar population: Q_H = (Lsun/h) integral of L_nu/nu dnu below 912 Å, photons per second and solar
/// mass formed.</summary>
internal static class IonizingRate
{
    private const int LeastWavelengths = 10;

    // Ages in Myr, and log10 Q_H at absolute metallicities 0.004, 0.008 and 0.02.
    private static readonly double[] FallbackMyr = [.5, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20];
    private static readonly double[] FallbackLogZ = [Math.Log10(0.004), Math.Log10(0.008), Math.Log10(0.02)];
    private static readonly double[][] FallbackLogRate =
    [
        [46.67, 46.67, 46.67, 46.58, 46.38, 46.01, 45.71, 45.19, 44.79, 44.00, 43.50],
        [46.67, 46.67, 46.62, 46.53, 46.25, 45.92, 45.62, 44.99, 44.59, 43.82, 43.33],
        [46.68, 46.62, 46.53, 46.40, 46.01, 45.75, 45.25, 44.68, 44.19, 43.38, 42.96],
    ];

    /// <summary>
    /// The rates of a table: integrated over its spectra if they reach below the Lyman limit, otherwise <see cref="Fallback"/>.
    /// </summary>
    /// <returns>log10 Q_H, shape (n_z, n_age), and its origin.</returns>
    public static (double[] LogRate, IonizingRateOrigin Origin) Of(
        double[] logZ,
        double solarMetallicity,
        double[] logAgeYr,
        double[] wavelengthAngstrom,
        float[] lnu,
        double lsunErgPerSecond
    ) =>
        wavelengthAngstrom.Count(w => w <= PhysicalConstants.LymanLimitAngstrom) >= LeastWavelengths
            ? (FromSpectra(wavelengthAngstrom, lnu, lsunErgPerSecond), IonizingRateOrigin.Integrated)
            : (
                [.. logZ.SelectMany(z => logAgeYr.Select(age => Fallback(z + Math.Log10(solarMetallicity), age)))],
                IonizingRateOrigin.Fallback
            );

    /// <summary>
    /// log10 Q_H per solar mass formed of Bruzual and Charlot (2003, MNRAS 344, 1000; Padova 1994, Chabrier IMF). It is linear in log age,
    /// and in log Z from 0.004 to 0.02; beyond these metallicities the end values are used. Below 0.5 Myr the first value is used. Beyond
    /// 20 Myr the last segment is continued; there the rate no longer matters.
    /// </summary>
    /// <param name="logAbsoluteZ">log10 of the metallicity as a mass fraction.</param>
    /// <param name="logAgeYr">log10(age/yr).</param>
    public static double Fallback(double logAbsoluteZ, double logAgeYr)
    {
        var logMyr = Array.ConvertAll(FallbackMyr, Math.Log10);
        var age = Math.Max(logAgeYr - 6, logMyr[0]);
        var node = SortedAxis.Bracket(logMyr, age).Lower;
        var ageShare = (age - logMyr[node]) / (logMyr[node + 1] - logMyr[node]);
        var (z, share) = SortedAxis.Bracket(FallbackLogZ, logAbsoluteZ);
        double At(double[] row) => row[node] + (ageShare * (row[node + 1] - row[node]));
        return ((1 - share) * At(FallbackLogRate[z])) + (share * At(FallbackLogRate[z + 1]));
    }

    /// <summary>log10 Q_H of every spectrum of a table that reaches below the Lyman limit, shape (n_z, n_age). Trapezoidal rule in
    /// ln(wavelength).</summary>
    public static double[] FromSpectra(double[] wavelengthAngstrom, float[] lnu, double lsunErgPerSecond)
    {
        var end = Array.FindLastIndex(wavelengthAngstrom, w => w <= PhysicalConstants.LymanLimitAngstrom) + 1;
        var n = wavelengthAngstrom.Length;
        var result = new double[lnu.Length / n];
        for (var row = 0; row < result.Length; row++)
        {
            var spectrum = lnu.AsSpan(row * n, end);
            var sum = 0.0;
            for (var i = 1; i < end; i++)
            {
                sum += 0.5 * (spectrum[i] + (double)spectrum[i - 1]) * Math.Log(wavelengthAngstrom[i] / wavelengthAngstrom[i - 1]);
            }
            result[row] = Math.Log10(Math.Max(sum * lsunErgPerSecond / PhysicalConstants.PlanckErgSecond, 1e-30));
        }
        return result;
    }
}
