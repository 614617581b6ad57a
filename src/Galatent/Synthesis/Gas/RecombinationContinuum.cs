namespace Galatent.Synthesis.Gas;

/// <summary>
/// The continuum of ionised hydrogen and helium at 1e4 K from its processes: free-free, free-bound and two-photon emission. Each is a
/// coefficient gamma in erg cm3/s/Hz per electron and per proton, L_nu = (gamma/alpha_B) Q.
/// Free-free: 6.84e-38 T^-1/2 exp(-h nu/kT) g (Spitzer 1978, eq. 3-54).
/// Free-bound: the same times (2 theta/n^3) exp(theta/n^2) g_n for every level n above its threshold, theta = 157,890 K/T (Milne relation
/// on Kramers' cross section; Brown and Mathews 1970, ApJ 160, 939). Gaunt factors: Menzel and Pekeris (1935, MNRAS 96, 77) with the second
/// term of Seaton (1959, MNRAS 119, 81).
/// Two photons from 2s of hydrogen: Nussbaumer and Schmutz (1984, A&amp;A 138, 495).
/// Helium is a tenth of hydrogen and singly ionised. Its levels of n = 2 have their measured energies. Its other levels are treated like
/// those of hydrogen, with their statistical weights.
/// Left out: collisions out of 2s (valid below 1e4 electrons per cm3), two-photon emission of helium, and everything below 912 Å. Agrees
/// with Ferland's table to 2.7 % from 1300 to 14583 Å, except within 5 Å of an edge.
/// </summary>
public static class RecombinationContinuum
{
    private const double TemperatureK = 1e4;
    private const double RydbergK = 157_890;
    private const double FreeFree0 = 6.84e-38;
    private const double HeliumShare = 0.1;
    private const double CaseB = 2.60e-13; // cm3/s, as with the table

    // effective recombination to 2s at 1e4 K, cm3/s (Osterbrock and Ferland 2006, table 4.11)
    private const double TwoPhotonRate = 0.838e-13;
    private const double TwoPhotonDecay = 8.2249; // 1/s
    private const double LymanAlphaAngstrom = 1215.67;

    // Beyond this level the edges are closer than 1 Å even at 1e8 Å. The remaining levels contribute 3e-4 of the free-free emission.
    private const int LastLevel = 200;

    // Helium's terms of n = 2: 2 3S, 2 1S, 2 3P, 2 1P. Ionisation thresholds in vacuum, and statistical weights.
    private static readonly (double Angstrom, double Weight)[] HeliumTwo =
    [
        (2601, 3.0 / 16),
        (3122, 1.0 / 16),
        (3422, 9.0 / 16),
        (3680, 3.0 / 16),
    ];

    /// <summary>L_nu per ionising photon rate, erg/s/Hz per (photon/s), at a wavelength in Å; 0 below 912 Å.</summary>
    public static double PerPhoton(double wavelengthAngstrom) =>
        wavelengthAngstrom < PhysicalConstants.LymanLimitAngstrom
            ? 0
            : (FreeFree(wavelengthAngstrom) + FreeBound(wavelengthAngstrom) + TwoPhoton(wavelengthAngstrom)) / CaseB;

    /// <summary>Free-free emission of electrons with protons and singly ionised helium, erg cm3/s/Hz.</summary>
    public static double FreeFree(double wavelengthAngstrom)
    {
        var rydbergs = PhysicalConstants.LymanLimitAngstrom / wavelengthAngstrom;
        var thermal = TemperatureK / RydbergK / rydbergs; // kT/h nu
        var gaunt =
            1
            + (0.1728 * Math.Cbrt(rydbergs) * (1 + (2 * thermal)))
            - (0.0496 * Math.Pow(rydbergs, 2.0 / 3) * (1 + (2.0 / 3 * thermal) + (4.0 / 3 * thermal * thermal)));
        return (1 + HeliumShare) * Kramers(rydbergs) * gaunt;
    }

    /// <summary>Recombination of electrons to all levels of hydrogen and helium except the lowest, erg cm3/s/Hz.</summary>
    public static double FreeBound(double wavelengthAngstrom)
    {
        var rydbergs = PhysicalConstants.LymanLimitAngstrom / wavelengthAngstrom;
        var sum = 0.0;
        for (var n = 2; n <= LastLevel; n++)
        {
            if (rydbergs * n * n >= 1)
            {
                sum += (n == 2 ? 1 : 1 + HeliumShare) * Level(n, 1.0 / (n * n), rydbergs);
            }
        }
        foreach (var (threshold, weight) in HeliumTwo)
        {
            sum +=
                wavelengthAngstrom <= threshold
                    ? HeliumShare * weight * Level(2, PhysicalConstants.LymanLimitAngstrom / threshold, rydbergs)
                    : 0;
        }
        return Kramers(rydbergs) * sum;
    }

    /// <summary>Two-photon decay of hydrogen's 2s, erg cm3/s/Hz: h y A(y)/A for y = nu/nu(Lyman alpha). There are two photons per
    /// decay.</summary>
    public static double TwoPhoton(double wavelengthAngstrom)
    {
        var y = LymanAlphaAngstrom / wavelengthAngstrom;
        return y < 1 ? TwoPhotonRate * PhysicalConstants.PlanckErgSecond * y * TwoPhotonProfile(y) / TwoPhotonDecay : 0;
    }

    /// <summary>A(y), 1/s: photons emitted per second and per unit of y (Nussbaumer and Schmutz 1984, eq. 2). Its integral from 0 to 1 is
    /// twice 8.2249.</summary>
    public static double TwoPhotonProfile(double y)
    {
        var w = y * (1 - y);
        var power = Math.Pow(4 * w, 0.8);
        return 202.0 * ((w * (1 - power)) + (0.88 * Math.Pow(w, 1.53) * power));
    }

    private static double Kramers(double rydbergs) => FreeFree0 / Math.Sqrt(TemperatureK) * Math.Exp(-rydbergs * RydbergK / TemperatureK);

    // A level of principal quantum number n with the given binding energy in Rydberg. The error of the expansion is 0.6 % at the threshold
    // of n = 2 and smaller elsewhere.
    private static double Level(int n, double binding, double rydbergs)
    {
        var u = (rydbergs - binding) * n * n;
        var scale = Math.Pow(n * (u + 1), -2.0 / 3);
        var gaunt = 1 + (0.1728 * scale * (u - 1)) - (0.0496 * scale * scale * ((u * u) + (4.0 / 3 * u) + 1));
        return 2 * RydbergK / TemperatureK / (n * n * n) * Math.Exp(binding * RydbergK / TemperatureK) * gaunt;
    }
}
