namespace Galatent.Surveys;

/// <summary>What became of one spectrum of an import: a line of <c>observed.import.csv</c>. Numbers that are not known are NaN.</summary>
public sealed record ImportedSpectrum
{
    /// <summary>The file.</summary>
    public required string File { get; init; }

    /// <summary>HDU or row in the file.</summary>
    public string Place { get; init; } = "";

    /// <summary>Identifier in the survey.</summary>
    public string ObjectId { get; init; } = "";

    /// <summary>Kind of the file, e.g. <c>sdss-spec</c>; empty where it was not recognised.</summary>
    public string Kind { get; init; } = "";

    /// <summary><c>written</c>, or why not, e.g. <c>no_redshift</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>What was seen, for people.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Class by the survey.</summary>
    public string Class { get; init; } = "";

    /// <summary>Redshift that was used.</summary>
    public double Redshift { get; init; } = double.NaN;

    /// <summary>Its error.</summary>
    public double RedshiftError { get; init; } = double.NaN;

    /// <summary>Its warning flags.</summary>
    public double RedshiftWarning { get; init; } = double.NaN;

    /// <summary>Where it comes from: file, companion, catalogue.</summary>
    public string RedshiftFrom { get; init; } = "";

    /// <summary>Right ascension, degrees.</summary>
    public double RightAscensionDegrees { get; init; } = double.NaN;

    /// <summary>Declination, degrees.</summary>
    public double DeclinationDegrees { get; init; } = double.NaN;

    /// <summary>Pixels in the file.</summary>
    public int Pixels { get; init; }

    /// <summary>Of them bad by the survey.</summary>
    public int BadInSurvey { get; init; }

    /// <summary>Of them at sky lines.</summary>
    public int AtSkyLines { get; init; }

    /// <summary>Of them in telluric bands.</summary>
    public int InTelluricBands { get; init; }

    /// <summary>Of them with absurd values.</summary>
    public int Absurd { get; init; }

    /// <summary>Good pixels of the file in the normalisation window.</summary>
    public int WindowPixels { get; init; }

    /// <summary>E(B-V) that was corrected for, mag.</summary>
    public double Ebv { get; init; } = double.NaN;

    /// <summary>Median signal-to-noise for each observed ångström.</summary>
    public double SignalToNoise { get; init; } = double.NaN;

    /// <summary>Good share of the grid.</summary>
    public double Coverage { get; init; } = double.NaN;

    /// <summary>What the spectrum was divided by.</summary>
    public double Norm { get; init; } = double.NaN;

    /// <summary>How it was normalised: 0 for the median at 5000-5500 Å, 1 for that at 4150-4300 Å, 2 for all good pixels.</summary>
    public int NormKind { get; init; }

    /// <summary>Full width at half maximum of the line-spread function at rest 5250 Å, Å.</summary>
    public double LsfFwhmRestAngstrom { get; init; } = double.NaN;

    /// <summary>Chi² per pixel that a perfect model has.</summary>
    public double ExpectedChiSquare { get; init; } = double.NaN;

    /// <summary>Whether the flux has an absolute unit.</summary>
    public bool IsAbsolute { get; init; }

    /// <summary>Remarks about the spectrum, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Whether it was written.</summary>
    public bool IsWritten => Outcome == Reason.Written;

    /// <summary>What the pixels in the scratch file are divided by once more.</summary>
    internal double Divisor { get; init; } = 1;

    /// <summary>Place of its pixels in the scratch file; -1 without.</summary>
    internal long ScratchRow { get; init; } = -1;
}
