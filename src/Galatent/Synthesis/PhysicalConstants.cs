namespace Galatent.Synthesis;

/// <summary>Constants in the units of spectra: ångström, erg, second.</summary>
internal static class PhysicalConstants
{
    /// <summary>Speed of light, Å/s.</summary>
    public const double SpeedOfLightAngstromPerSecond = 2.99792458e18;

    /// <summary>Speed of light, km/s.</summary>
    public const double SpeedOfLightKmPerS = 299792.458;

    /// <summary>Planck's constant, erg s.</summary>
    public const double PlanckErgSecond = 6.62607015e-27;

    /// <summary>Lsun of FSPS and of its nebular tables, erg/s (sps_vars.f90).</summary>
    public const double FspsSolarLuminosityErgPerSecond = 3.839e33;

    /// <summary>Parsec, cm.</summary>
    public const double ParsecCentimetre = 3.0856775814913673e18;

    /// <summary>Wavelength of hydrogen's ionisation threshold, Å.</summary>
    public const double LymanLimitAngstrom = 911.76;

    /// <summary>Age up to which birth clouds attenuate (FSPS dust_tesc), yr.</summary>
    public const double BirthCloudAgeYr = 1e7;
}
