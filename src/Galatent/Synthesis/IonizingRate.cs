using Galatent.Numerics;

namespace Galatent.Synthesis;

/// <summary>Ionising photons of a stellar population: Q_H = (Lsun/h) integral of L_nu/nu dnu below 912 Å, photons per second and solar mass formed.</summary>
internal static class IonizingRate
{
    /// <summary>log10 Q_H of every spectrum of a table that reaches below the Lyman limit, shape (n_z, n_age); trapezoids in ln(wavelength).</summary>
    public static double[] FromSpectra(string source, double[] wavelengthAngstrom, float[] lnu, double lsunErgPerSecond)
    {
        var end = Array.FindLastIndex(wavelengthAngstrom, w => w <= PhysicalConstants.LymanLimitAngstrom) + 1;
        if (end < 10)
        {
            throw new InputException($"'{source}' has neither a dataset ssp_log_qh nor {(end == 0 ? "wavelengths" : "enough wavelengths")} below 912 Å (it starts at {wavelengthAngstrom[0]:F0} Å), so nothing tells how many photons ionise the gas; add ssp_log_qh.");
        }
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
