namespace Galatent.Synthesis.Gas;

/// <summary>
/// Bound-free, free-free and two-photon continuum of ionised gas: L_nu = (gamma(lambda)/alpha_B) Q for hydrogen and helium at 1e4 K
/// (Ferland 1980, PASP 92, 596, as tabulated by Starburst99, Leitherer et al. 1999); alpha_B = 2.60e-13 cm3/s.
/// </summary>
public static class NebularContinuum
{
    private const double RecombinationCoefficient = 2.60e-13;

    private static readonly double[] NodeAngstrom =
    [
        912,
        913,
        1300,
        1500,
        1800,
        2200,
        2855,
        3331,
        3421,
        3422,
        3642,
        3648,
        5700,
        7000,
        8207,
        8209,
        14583,
    ];

    // In units of 1e-40 erg cm3/s/Hz.
    private static readonly double[] Gamma =
    [
        0,
        2.11e-4,
        5.647,
        9.35,
        9.847,
        10.582,
        16.101,
        24.681,
        26.736,
        24.883,
        29.979,
        6.519,
        8.773,
        11.545,
        13.585,
        6.333,
        10.444,
    ];

    /// <summary>The continuum that the options select, in the unit of <see cref="PerPhoton(double)"/>; 0 when they turn it off.</summary>
    internal static double PerPhoton(double wavelengthAngstrom, SynthesisOptions options) =>
        (options.NebularContinuum, options.ContinuumSource) switch
        {
            (false, _) => 0,
            (true, NebularContinuumSource.Formulas) => RecombinationContinuum.PerPhoton(wavelengthAngstrom),
            _ => PerPhoton(wavelengthAngstrom),
        };

    /// <summary>L_nu per ionising photon rate, erg/s/Hz per (photon/s), at a wavelength in Å; 0 outside 912-14583 Å.</summary>
    public static double PerPhoton(double wavelengthAngstrom)
    {
        if (!(wavelengthAngstrom >= NodeAngstrom[0] && wavelengthAngstrom <= NodeAngstrom[^1]))
        {
            return 0;
        }
        var i = Math.Clamp(Array.FindLastIndex(NodeAngstrom, x => x <= wavelengthAngstrom), 0, NodeAngstrom.Length - 2);
        var share = (wavelengthAngstrom - NodeAngstrom[i]) / (NodeAngstrom[i + 1] - NodeAngstrom[i]);
        return 1e-40 * (Gamma[i] + (share * (Gamma[i + 1] - Gamma[i]))) / RecombinationCoefficient;
    }
}
