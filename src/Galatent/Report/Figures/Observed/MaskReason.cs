using Galatent.Report.Drawing;
using Galatent.Surveys;
using ScottPlot;

namespace Galatent.Report.Figures.Observed;

/// <summary>Why a pixel is bad, as figures show it. A pixel with several bits counts under the first of the list.</summary>
/// <param name="Bit">The bit of <c>/mask</c>.</param>
/// <param name="Name">Name in tables, e.g. <c>sky_line</c>.</param>
/// <param name="Words">Name in figures.</param>
/// <param name="Color">Its colour.</param>
internal sealed record MaskReason(PixelMask Bit, string Name, string Words, Color Color)
{
    /// <summary>All reasons.</summary>
    public static IReadOnlyList<MaskReason> All { get; } =
    [
        new(PixelMask.Absurd, "absurd", "absurd value", FigurePalette.Ink),
        new(PixelMask.Telluric, "telluric", "telluric", FigurePalette.Purple),
        new(PixelMask.SkyLine, "sky_line", "sky line", FigurePalette.Sky),
        new(PixelMask.BadInSurvey, "bad_in_survey", "bad in the survey", FigurePalette.Vermillion),
        // The rest: a gap inside a spectrum, or a cell at the edge of one.
        new(PixelMask.None, "not_covered", "not covered", FigurePalette.Faint),
    ];

    /// <summary>The place in <see cref="All"/> of the reason of a bad pixel.</summary>
    public static int IndexOf(byte mask)
    {
        for (var i = 0; i < All.Count - 1; i++)
        {
            if ((mask & (byte)All[i].Bit) != 0)
            {
                return i;
            }
        }
        return All.Count - 1;
    }

    /// <summary>The bad stretches of a spectrum, for drawing.</summary>
    /// <param name="mask">Of each pixel; 0 for a good one.</param>
    /// <param name="range">First pixel, and the one after the last: what lies outside is no part of the spectrum.</param>
    /// <param name="edges">Edges of the pixels, one more than pixels.</param>
    public static List<(double Low, double High, Color Color)> Stretches(byte[] mask, (int First, int End) range, double[] edges)
    {
        var found = new List<(double, double, Color)>();
        for (var j = range.First; j < range.End; )
        {
            if (mask[j] == 0)
            {
                j++;
                continue;
            }
            var reason = IndexOf(mask[j]);
            var start = j;
            while (j < range.End && mask[j] != 0 && IndexOf(mask[j]) == reason)
            {
                j++;
            }
            found.Add((edges[start], edges[j], All[reason].Color));
        }
        return found;
    }
}
