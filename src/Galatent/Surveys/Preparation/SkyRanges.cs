using Galatent.Spectra;

namespace Galatent.Surveys.Preparation;

/// <summary>Observed wavelengths that an import masks, vacuum, Å.</summary>
internal static class SkyRanges
{
    /// <summary>The ranges of sky lines.</summary>
    public static IReadOnlyList<(double LowAngstrom, double HighAngstrom)> Lines(SkyMask mask) =>
        mask switch
        {
            SkyMask.Line => NightSky.Oxygen5577,
            SkyMask.Strong => NightSky.StrongLines,
            _ => [],
        };

    /// <summary>The bands of oxygen and water.</summary>
    public static IReadOnlyList<(double LowAngstrom, double HighAngstrom)> Telluric => NightSky.Telluric;
}
