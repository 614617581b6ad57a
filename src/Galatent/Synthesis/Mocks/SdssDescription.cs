namespace Galatent.Synthesis.Mocks;

/// <summary>The main galaxy sample of SDSS (Strauss et al. 2002, AJ 124, 1810).</summary>
internal static class SdssDescription
{
    public static SurveyDescription Create() =>
        new()
        {
            Name = "sdss",
            Words = "SDSS main galaxy sample, r < 17.77",
            // York et al. 2000, AJ 120, 1579; Abazajian et al. 2009, ApJS 182, 543.
            Coverage = (3800, 9200),
            // Median 0.104 (Strauss et al. 2002).
            Redshifts = RedshiftShape.OfMedian(0.104, 0.02, 0.3),
            // Strauss et al. 2002.
            MagnitudeLimit = 17.77,
            // Fibres of 3 arcsec. Spectra are on the scale of PSF magnitudes (Adelman-McCarthy et al. 2008, ApJS 175, 297); one magnitude
            // is our estimate for galaxies of this sample.
            FibreLossMag = 1,
            // Fitted to seven public spectra of galaxies, 5 to 170 in these units (DR17: 266-51602-0001 and -0526, 332-52367-0639,
            // 1045-52725-0628, 1372-53062-0072, 2095-53474-0355; DR18: 358-51818-0504), variance within 40 %. Where their sky term came out
            // negative it is 0.1.
            Noise =
            [
                (3800, 3.6, 0.16),
                (3900, 3.6, 0.16),
                (4250, 0.88, 0.097),
                (4750, 0.33, 0.072),
                (5250, 0.21, 0.065),
                (5750, 0.14, 0.082),
                (6450, 0.1, 0.060),
                (7050, 0.1, 0.055),
                (8100, 0.1, 0.076),
                (8600, 0.26, 0.105),
                (9075, 0.84, 0.148),
            ],
            // Median of the wdisp of the same seven spectra.
            Resolution = [(3900, 2.29), (4750, 2.31), (5250, 2.33), (5750, 2.45), (6450, 3.24), (8100, 3.24), (9075, 3.86)],
            // Steps of 10^-4 in log10 of the wavelength.
            PixelAngstrom = w => 2.302585e-4 * w,
        };
}
