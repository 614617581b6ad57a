namespace Galatent.Synthesis.Mocks;

/// <summary>The bright galaxies of DESI, BGS Bright (Hahn et al. 2023, AJ 165, 253).</summary>
internal static class DesiDescription
{
    // The effective time of BGS is 180 s (Hahn et al. 2023), that of the measured spectra about 1,000 s.
    private const double Shorter = 1000.0 / 180;

    public static SurveyDescription Create() =>
        new()
        {
            Name = "desi",
            Words = "DESI BGS Bright, r < 19.5",
            // DESI Collaboration 2022, AJ 164, 207.
            Coverage = (3600, 9824),
            // Median 0.2, up to 0.6 (Hahn et al. 2023).
            Redshifts = RedshiftShape.OfMedian(0.2, 0.02, 0.6),
            // Hahn et al. 2023.
            MagnitudeLimit = 19.5,
            // Fibres of 1.5 arcsec; FIBERFLUX_R against FLUX_R of two galaxies is 0.8 and 1.3 mag.
            FibreLossMag = 1,
            // Noise of two public spectra of faint galaxies (coadd-sv3-dark-26065, exposed for 1,009 and 1,444 s), for the shorter time.
            // They say nothing of a galaxy's own photons: Source is that of BOSS, scaled by mirror, throughput, time, to a factor of two.
            Noise =
            [
                .. new (double Angstrom, double Sigma)[]
                {
                    (3600, 1.7),
                    (3700, 1.7),
                    (4250, 0.50),
                    (4750, 0.36),
                    (5250, 0.30),
                    (5650, 0.30),
                    (5900, 0.27),
                    (6450, 0.205),
                    (7050, 0.175),
                    (7450, 0.19),
                    (7750, 0.17),
                    (8100, 0.15),
                    (8600, 0.15),
                    (9075, 0.14),
                    (9700, 0.22),
                }.Select(n => (n.Angstrom, Shorter * n.Sigma * n.Sigma, Shorter * 0.02)),
            ],
            // Measured on the resolution matrices of DESI's early data at 4700, 6690 and 8672 Å.
            Resolution = [(4700, 1.59), (6690, 1.49), (8672, 1.67)],
            PixelAngstrom = _ => 0.8,
        };
}
