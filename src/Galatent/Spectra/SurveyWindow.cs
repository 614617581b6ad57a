namespace Galatent.Spectra;

/// <summary>What a survey shows of a spectrum at a redshift: SDSS-I/II, 3800 to 9200 Å (Abazajian et al. 2009, ApJS 182, 543). Models are
/// trained and judged with the same window.</summary>
internal static class SurveyWindow
{
    /// <summary>First observed wavelength, Å.</summary>
    public const double LowAngstrom = 3800;

    /// <summary>Last observed wavelength, Å.</summary>
    public const double HighAngstrom = 9200;

    /// <summary>Largest redshift at which galaxies are seen.</summary>
    public const double LargestRedshift = 0.5;

    /// <summary>Whether the window shows a rest wavelength.</summary>
    /// <param name="restAngstrom">Å.</param>
    /// <param name="redshift">Of the galaxy.</param>
    public static bool Shows(double restAngstrom, double redshift) => restAngstrom * (1 + redshift) is >= LowAngstrom and <= HighAngstrom;
}
