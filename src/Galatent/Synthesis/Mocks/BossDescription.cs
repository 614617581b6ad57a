namespace Galatent.Synthesis.Mocks;

/// <summary>The luminous galaxies of BOSS, LOWZ and CMASS (Dawson et al. 2013, AJ 145, 10).</summary>
internal static class BossDescription
{
    public static SurveyDescription Create() =>
        new()
        {
            Name = "boss",
            Words = "BOSS LOWZ and CMASS, i < 19.9",
            // Smee et al. 2013, AJ 146, 32.
            Coverage = (3600, 10400),
            // Comoving densities read from figure 1 of Anderson et al. 2014 (MNRAS 441, 24), times the volume of a shell: LOWZ from 0.15,
            // CMASS from 0.43 to 0.7.
            Redshifts =
            [
                (0.15, 0.21),
                (0.2, 0.35),
                (0.3, 0.70),
                (0.4, 1.0),
                (0.43, 1.0),
                (0.48, 1.9),
                (0.53, 2.2),
                (0.57, 1.9),
                (0.62, 1.1),
                (0.66, 0.5),
                (0.7, 0.2),
            ],
            // i < 19.9 for CMASS (Dawson et al. 2013); at these redshifts i is near rest 5250 Å.
            MagnitudeLimit = 19.9,
            // Fibres of 2 arcsec; the fibre limit of CMASS is i = 21.5, 1.6 mag below that of the galaxy. 1.3 is our estimate of the
            // median.
            FibreLossMag = 1.3,
            // Fitted to three public spectra of DR17 (3586-55181-0003, 4055-55359-0001 and -0006), variance within 40 %, within 10 % from
            // 5250 Å on.
            Noise =
            [
                (3600, 2.3, 0.093),
                (3700, 2.3, 0.093),
                (3900, 0.51, 0.037),
                (4250, 0.25, 0.022),
                (4750, 0.18, 0.017),
                (5250, 0.16, 0.018),
                (5750, 0.26, 0.021),
                (6450, 0.20, 0.023),
                (7050, 0.14, 0.022),
                (8100, 0.19, 0.028),
                (8600, 0.23, 0.031),
                (9075, 0.21, 0.034),
                (9700, 0.67, 0.054),
                (10100, 5.2, 0.137),
            ],
            // Median of the wdisp of the same three spectra.
            Resolution = [(3700, 3.36), (4250, 3.84), (5250, 3.31), (5750, 3.12), (6450, 3.51), (8100, 3.34), (9075, 3.23), (10100, 3.99)],
            // Steps of 10^-4 in log10 of the wavelength.
            PixelAngstrom = w => 2.302585e-4 * w,
        };
}
