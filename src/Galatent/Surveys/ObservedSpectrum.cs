namespace Galatent.Surveys;

/// <summary>One spectrum as a file of a survey has it, before anything is done to it.</summary>
internal sealed class ObservedSpectrum
{
    /// <summary>Wavelengths, Å, in <see cref="Medium"/>; shape (n).</summary>
    public double[] WavelengthAngstrom { get; set; } = [];

    /// <summary>Flux in the file's unit, see <see cref="Scale"/>; shape (n).</summary>
    public double[] Flux { get; set; } = [];

    /// <summary>1/sigma² in the file's unit to the power -2; 0 where nothing is known; shape (n).</summary>
    public double[] InverseVariance { get; set; } = [];

    /// <summary>True where the survey says that a pixel is bad; shape (n). Pixels without inverse variance are bad anyway.</summary>
    public bool[] IsBad { get; set; } = [];

    /// <summary>Standard deviation of the line-spread function, Å, shape (n); empty where it is not known.</summary>
    public double[] LsfSigmaAngstrom { get; set; } = [];

    /// <summary>Unit of the flux.</summary>
    public FluxScale Scale { get; set; } = FluxScale.Relative;

    /// <summary>What the wavelengths count in.</summary>
    public SpectralMedium Medium { get; set; } = SpectralMedium.Vacuum;

    /// <summary>Whether the wavelengths are those of the galaxy's rest frame already.</summary>
    public bool IsRest { get; set; }

    /// <summary>Whether the atmosphere's absorption was not corrected.</summary>
    public bool HasTelluric { get; set; }

    /// <summary>Whether the continuum is the instrument's.</summary>
    public bool IsUncalibrated { get; set; }

    /// <summary>Identifier in the survey, with all digits.</summary>
    public string ObjectId { get; set; } = "";

    /// <summary>Further names by which a catalogue may know it.</summary>
    public IReadOnlyList<string> Aliases { get; set; } = [];

    /// <summary>The place in the file: HDU and row.</summary>
    public string Place { get; set; } = "";

    /// <summary>Redshift; NaN where the file has none.</summary>
    public double Redshift { get; set; } = double.NaN;

    /// <summary>Its error; NaN where it is not known.</summary>
    public double RedshiftError { get; set; } = double.NaN;

    /// <summary>The survey's warning flags of the redshift; NaN where there are none.</summary>
    public double RedshiftWarning { get; set; } = double.NaN;

    /// <summary>Difference of chi² to the next best redshift; NaN where it is not known.</summary>
    public double DeltaChiSquare { get; set; } = double.NaN;

    /// <summary>Where the redshift comes from: file, companion or catalogue.</summary>
    public string RedshiftFrom { get; set; } = "file";

    /// <summary>Why the survey doubts the redshift, e.g. <c>ZWARNING 4</c>; null where it does not.</summary>
    public string? Doubt { get; set; }

    /// <summary>Class by the survey (GALAXY, QSO, STAR, ...); empty where it has none.</summary>
    public string Class { get; set; } = "";

    /// <summary>Right ascension, degrees; NaN where it is not known.</summary>
    public double RightAscensionDegrees { get; set; } = double.NaN;

    /// <summary>Declination, degrees; NaN where it is not known.</summary>
    public double DeclinationDegrees { get; set; } = double.NaN;

    /// <summary>Galactic E(B-V) on the scale of Schlegel et al. (1998), mag; NaN where it is not known.</summary>
    public double Ebv { get; set; } = double.NaN;

    /// <summary>Why the survey's own flags exclude it: a reason and what was seen; null where they do not.</summary>
    public (string Reason, string Detail)? Exclusion { get; set; }

    /// <summary>What was assumed, one sentence each.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>Number of pixels.</summary>
    public int Count => WavelengthAngstrom.Length;

    /// <summary>Right ascension and declination in degrees, or unknown where they cannot be that.</summary>
    public void SetPosition(double rightAscension, double declination)
    {
        if (rightAscension is >= 0 and <= 360 && declination is >= -90 and <= 90)
        {
            (RightAscensionDegrees, DeclinationDegrees) = (rightAscension, declination);
        }
    }

    /// <summary>The line-spread function as SDSS states it: its standard deviation in pixels of 10⁻⁴ in log10 of wavelength.</summary>
    public void SetDispersion(double[] pixels)
    {
        const double pixel = 1e-4;
        LsfSigmaAngstrom = [.. pixels.Select((p, i) => p * pixel * Math.Log(10) * WavelengthAngstrom[i])];
    }

    /// <summary>Redshift, error and warning, each NaN where the file has none.</summary>
    public void SetRedshift(double redshift, double error = double.NaN, double warning = double.NaN)
    {
        var isGood = IsValidRedshift(redshift) && !(error < 0);
        Redshift = isGood ? redshift : double.NaN;
        RedshiftError = isGood && error > 0 && double.IsFinite(error) ? error : double.NaN;
        RedshiftWarning = warning;
    }

    /// <summary>Whether a number can be a redshift. Surveys write -9999, -999, -99, -9 and -1 where they have none.</summary>
    public static bool IsValidRedshift(double z) => z is > -0.005 and < 12;
}
