namespace Galatent.Surveys.Kinds;

/// <summary>Flags of SDSS (SPPIXMASK, ZWARNING). Fatal conditions have an inverse variance of 0 already. Bits 0 to 15 of the pixel mask
/// describe the whole fibre and must not mask pixels: MANYBADCOLUMNS stands on half of many good spectra.</summary>
internal static class SdssMask
{
    // MANY_OUTLIERS is rarely an error, and hits the spectra with the strongest lines.
    private const long HarmlessWarning = 16;

    /// <summary>True where a pixel's and_mask has one of the bits.</summary>
    public static bool[] Bad(long[] andMask, SurveyOptions options) => Array.ConvertAll(andMask, m => (m & options.MaskBits) != 0);

    /// <summary>Why a redshift with these warning flags is in doubt; null where it is not.</summary>
    public static string? Doubt(double warning) =>
        double.IsFinite(warning) && ((long)warning & ~HarmlessWarning) != 0 ? $"ZWARNING {(long)warning}" : null;
}
