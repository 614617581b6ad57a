namespace Galatent.Synthesis.Observing;

/// <summary>
/// Mean absorption by the intergalactic medium (Madau 1995, ApJ 441, 18): 17 Lyman lines, A_j (lambda_obs/lambda_j)^3.46 blueward of each
/// (eqs. 12 and 15); metals, 0.0017 (lambda_obs/1216 Å)^1.68; the Lyman continuum by the approximation in footnote 3 to eq. 16.
/// </summary>
public static class IntergalacticMedium
{
    private const double LymanLimitAngstrom = 911.75;

    // From Lyman alpha on. The paper gives the first four; the higher ones are the values in common use (FSPS, CIGALE).
    private static readonly double[] Strength =
    [
        3.6e-3,
        1.7e-3,
        1.1846e-3,
        9.410e-4,
        7.960e-4,
        6.967e-4,
        6.236e-4,
        5.665e-4,
        5.200e-4,
        4.817e-4,
        4.487e-4,
        4.200e-4,
        3.947e-4,
        3.720e-4,
        3.520e-4,
        3.334e-4,
        3.1644e-4,
    ];

    /// <summary>Optical depth at an observed wavelength in Å towards a source at a redshift; 0 redward of the source's Lyman
    /// alpha.</summary>
    public static double OpticalDepth(double observedAngstrom, double redshift)
    {
        var depth = 0.0;
        for (var j = 0; j < Strength.Length; j++)
        {
            var n = j + 2.0;
            var line = LymanLimitAngstrom / (1 - (1 / (n * n)));
            if (observedAngstrom >= line * (1 + redshift))
            {
                break; // and so of all higher lines
            }
            depth += Strength[j] * Math.Pow(observedAngstrom / line, 3.46);
            depth += j == 0 ? 0.0017 * Math.Pow(observedAngstrom / line, 1.68) : 0;
        }
        return depth + ContinuumDepth(observedAngstrom / LymanLimitAngstrom, 1 + redshift);
    }

    // x = 1 + the redshift at which the light passes the Lyman limit.
    private static double ContinuumDepth(double x, double source)
    {
        if (x >= source)
        {
            return 0;
        }
        // Light that is below the Lyman limit today was absorbed by clouds at all redshifts down to 0, so x is at least 1.
        x = Math.Max(x, 1);
        var cubed = x * x * x;
        return (0.25 * cubed * (Math.Pow(source, 0.46) - Math.Pow(x, 0.46)))
            + (9.4 * Math.Pow(x, 1.5) * (Math.Pow(source, 0.18) - Math.Pow(x, 0.18)))
            - (0.7 * cubed * (Math.Pow(x, -1.32) - Math.Pow(source, -1.32)))
            - (0.023 * (Math.Pow(source, 1.68) - Math.Pow(x, 1.68)));
    }
}
