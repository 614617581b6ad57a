namespace Galatent.Spectra;

/// <summary>Wavelengths in air and in vacuum. By convention wavelengths below 2000 Å are always in vacuum.</summary>
public static class AirWavelength
{
    private const double FirstAirAngstrom = 2000;

    /// <summary>Vacuum wavelength of an air wavelength, Å (Morton 1991, ApJS 77, 119, eq. 5, as FSPS uses it): 1 + 6.4328e-5 +
    /// 2.94981e-2/(146 - s^2) + 2.5540e-4/(41 - s^2), s = 1e4/lambda.</summary>
    public static double ToVacuum(double airAngstrom)
    {
        if (airAngstrom < FirstAirAngstrom)
        {
            return airAngstrom;
        }
        var s2 = 1e8 / (airAngstrom * airAngstrom);
        return airAngstrom * (1 + 6.4328e-5 + (2.94981e-2 / (146 - s2)) + (2.5540e-4 / (41 - s2)));
    }

    /// <summary>The inverse of <see cref="ToVacuum"/>, exact to rounding (to 0.33 Å between 2000 and 2000.65 Å). <see cref="ToAir"/> uses
    /// another formula and differs by up to 0.01 Å.</summary>
    public static double FromVacuum(double vacuumAngstrom)
    {
        var air = vacuumAngstrom;
        var gapEnd = ToVacuum(FirstAirAngstrom);
        if (air >= FirstAirAngstrom && air < gapEnd)
        {
            // Vacuum wavelengths in this gap of 0.65 Å belong to no air wavelength. The nearer end of the gap is taken.
            return air - FirstAirAngstrom < gapEnd - air ? Math.BitDecrement(FirstAirAngstrom) : FirstAirAngstrom;
        }
        // The ratio changes by 1e-8 per ångström, so each round gains seven digits.
        for (var round = 0; round < 4 && vacuumAngstrom >= gapEnd; round++)
        {
            air = vacuumAngstrom * (air / ToVacuum(air));
        }
        return air;
    }

    /// <summary>Air wavelength of a vacuum wavelength, Å (IAU standard, Morton 1991): divided by 1 + 2.735182e-4 + 131.4182/lambda^2 +
    /// 2.76249e8/lambda^4.</summary>
    public static double ToAir(double vacuumAngstrom)
    {
        if (vacuumAngstrom < FirstAirAngstrom)
        {
            return vacuumAngstrom;
        }
        var squared = vacuumAngstrom * vacuumAngstrom;
        return vacuumAngstrom / (1 + 2.735182e-4 + (131.4182 / squared) + (2.76249e8 / (squared * squared)));
    }
}
