using Galatent.Spectra;

namespace Galatent.Surveys;

/// <summary>Which lines of the night sky are masked.</summary>
public enum SkyMask
{
    /// <summary>None.</summary>
    None,

    /// <summary>[O I] 5577 only: 5571 to 5586 Å, vacuum, observed.</summary>
    Line,

    /// <summary>Also [O I] 6300 and 6364, and the strong OH lines.</summary>
    Strong,
}

/// <summary>How observed spectra are read, prepared and selected.</summary>
public sealed record SurveyOptions
{
    /// <summary>The kind of the files by its name; null to recognise each by its content.</summary>
    public string? Kind { get; init; }

    /// <summary>Which column is what, for tables of unknown kinds: from <c>wavelength</c>, <c>flux</c>, <c>ivar</c>, <c>error</c>,
    /// <c>variance</c>, <c>mask</c>, <c>redshift</c>, <c>id</c> to the file's names.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>Which row of an image is what, for images of unknown kinds: from <c>flux</c>, <c>error</c>, ... to a number from
    /// 0.</summary>
    public IReadOnlyDictionary<string, int> Rows { get; init; } = new Dictionary<string, int>();

    /// <summary>Which HDU is what, for images of unknown kinds: from <c>flux</c>, <c>wavelength</c>, <c>error</c>, ... to a number from
    /// 0.</summary>
    public IReadOnlyDictionary<string, int> Hdus { get; init; } = new Dictionary<string, int>();

    /// <summary>A file of redshifts, joined by identifier or file name; null for none.</summary>
    public string? Redshifts { get; init; }

    /// <summary>A text file of identifiers, one a line: only these are imported; null for all.</summary>
    public string? Ids { get; init; }

    /// <summary>Medium of the wavelengths; null for what the file or its kind says.</summary>
    public SpectralMedium? Medium { get; init; }

    /// <summary>Whether wavelengths are at rest already, whatever the file says.</summary>
    public bool IsRest { get; init; }

    /// <summary>The pixels of the result, vacuum, rest frame.</summary>
    public WavelengthGrid Grid { get; init; } = WavelengthGrid.Study;

    /// <summary>Full width at half maximum of lines, Å at rest, to which spectra are convolved; null to leave each as it is. Spectra that
    /// are coarser, or whose resolution is not known, are left out.</summary>
    public double? ResolutionFwhmAngstrom { get; init; }

    /// <summary>Whether the dust of our galaxy is removed where its E(B-V) is known.</summary>
    public bool Deredden { get; init; } = true;

    /// <summary>Whether E(B-V) of an SDSS plate (header keyword REDDEN) is taken where the spectrum has none.</summary>
    public bool UsePlateEbv { get; init; }

    /// <summary>Bits of SDSS' and_mask that make a pixel bad; by default BRIGHTSKY, 2²³.</summary>
    public long MaskBits { get; init; } = 1L << 23;

    /// <summary>Masked sky lines.</summary>
    public SkyMask Sky { get; init; } = SkyMask.Line;

    /// <summary>Whether telluric bands are masked; null for what the kind needs.</summary>
    public bool? Telluric { get; init; }

    /// <summary>Observed wavelengths that are bad, Å, vacuum.</summary>
    public IReadOnlyList<(double LowAngstrom, double HighAngstrom)> MaskRanges { get; init; } = [];

    /// <summary>Whether spectra that do not cover 5000-5500 Å at rest are normalised by other wavelengths: at 4150-4300 Å (norm_kind
    /// 1), or by all good pixels (2).</summary>
    public bool UseFallbackWindow { get; init; }

    /// <summary>A dataset from which the fallback takes its ratios; null for the imported spectra with both windows.</summary>
    public string? Reference { get; init; }

    /// <summary>Whether all spectra are written that can be: only redshift and window are needed.</summary>
    public bool SelectAll { get; init; }

    /// <summary>Classes that are written.</summary>
    public IReadOnlyList<string> Classes { get; init; } = ["GALAXY"];

    /// <summary>Least median signal-to-noise for each observed ångström.</summary>
    public double LeastSignalToNoise { get; init; } = 1;

    /// <summary>Least share of good pixels of the grid.</summary>
    public double LeastCoverage { get; init; } = 0.3;

    /// <summary>Least redshift. Below 0.002 peculiar velocities and stars filed as galaxies matter.</summary>
    public double LeastRedshift { get; init; } = 0.002;

    /// <summary>Least difference of chi² to the next best redshift, where a catalogue states it (DELTACHI2). DESI takes 40 for its bright
    /// sample and 15 for luminous red galaxies.</summary>
    public double LeastDeltaChiSquare { get; init; }

    /// <summary>Whether spectra of plates that SDSS calls bad are left out. Many of them are good, so by default they are written with a
    /// remark.</summary>
    public bool OnlyGoodPlates { get; init; }

    /// <summary>Whether spectra without flux calibration are written.</summary>
    public bool AllowUncalibrated { get; init; }

    /// <summary>Whether all spectra of an object are written, not only the best.</summary>
    public bool KeepRepeats { get; init; }

    /// <summary>Whether exposures of one object in a DESI spectra file stay apart. Then no spectrum is a repeat of another.</summary>
    public bool KeepExposures { get; init; }

    /// <summary>Whether any damage or oddity of a file ends the import.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Which part of the files is imported; null for all. The merged parts equal the file of the whole
    /// (<see cref="SurveyImport.Merge"/>).</summary>
    public ShardRange? Shard { get; init; }

    /// <summary>Processor cores; the result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Folder for scratch files; null for the folder of the result.</summary>
    public string? ScratchFolder { get; init; }
}
