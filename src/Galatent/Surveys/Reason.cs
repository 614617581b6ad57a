namespace Galatent.Surveys;

/// <summary>Why a spectrum was not written: words of the table, of <c>observed.import.csv</c> and of the JSON answer.</summary>
internal static class Reason
{
    public const string Written = "written";
    public const string Unreadable = "unreadable";
    public const string NotRecognised = "not_recognised";
    public const string NoSpectra = "no_spectra";
    public const string NotTarget = "not_target_or_fibre";
    public const string NoRedshift = "no_redshift";
    public const string RedshiftFlag = "redshift_flag";
    public const string Class = "class";
    public const string Plate = "bad_plate";
    public const string LowRedshift = "low_redshift";
    public const string Uncalibrated = "uncalibrated";
    public const string TooShort = "too_short";
    public const string NoGoodPixel = "no_good_pixel";
    public const string NoWindow = "no_window";
    public const string FaintWindow = "faint_window";
    public const string NoResolution = "no_resolution";
    public const string TooCoarse = "too_coarse";
    public const string LowCoverage = "low_coverage";
    public const string LowSignalToNoise = "low_sn";
    public const string Repeat = "repeat";
    public const string NotWanted = "not_in_ids";

    /// <summary>A reason in words, for people.</summary>
    public static string InWords(string reason) =>
        reason switch
        {
            Written => "written",
            Unreadable => "the file is damaged or not read",
            NotRecognised => "kind of file not recognised",
            NoSpectra => "no known spectra in a file that was found in a folder",
            NotTarget => "not a target, or a fibre with a fault",
            NoRedshift => "no redshift",
            RedshiftFlag => "redshift flagged as doubtful",
            Class => "another class than asked for (star, quasar)",
            Plate => "plate of bad quality",
            LowRedshift => "redshift too small",
            Uncalibrated => "flux not calibrated",
            TooShort => "fewer than 50 pixels",
            NoGoodPixel => "no good pixel",
            NoWindow => "does not cover half of the normalisation window",
            FaintWindow => "no significant flux in the normalisation window",
            NoResolution => "resolution not known, and one was asked for",
            TooCoarse => "coarser than the resolution that was asked for",
            LowCoverage => "covers too little of the grid",
            LowSignalToNoise => "signal-to-noise too low",
            Repeat => "another spectrum of the same object was kept",
            NotWanted => "not in the list of identifiers",
            _ => reason,
        };
}
