using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Spectra;
using Galatent.Surveys;
using SkiaSharp;

namespace Galatent.Report.Figures.Observed;

/// <summary>One spectrum of a file: flux, error, bad pixels, and lines at its redshift, with wavelengths observed and at rest.</summary>
public static class InspectedFigure
{
    private const float Left = 84;
    private const float Top = 92;
    private const float Width = 884;
    private const float Height = 400;

    // Names of lines stand inside the panel, in this height below its upper edge.
    private const float NamesHeight = 96;

    // Higher peaks are cut: the continuum would be a flat line below them.
    private const double MostContinua = 12;

    /// <summary>Lines that are drawn.</summary>
    private static readonly SpectralFeature[] Lines =
    [
        .. SpectralLines.Judged,
        .. SpectralLines.Emission.Where(l => Math.Abs(l.CenterAngstrom - 4960.30) < 1 || l.Name is "Hδ" or "C IV" or "He II"),
        .. SpectralLines.Absorption.Where(l => l.Name is "Ca II K" or "Ca II H" or "G band" or "Mg b" or "Na D" or "Ca II"),
    ];

    /// <summary>The figure.</summary>
    /// <param name="id">Its file name without extension.</param>
    /// <param name="spectrum">The spectrum.</param>
    public static Figure Make(string id, InspectedSpectrum spectrum)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        return new Figure(id, Title(spectrum), Caption(spectrum), () => Draw(spectrum));
    }

    private static FigureSheet Draw(InspectedSpectrum s)
    {
        var sheet = new FigureSheet(1000, 560);
        var panel = sheet.AddPanel(Left, Top, Width, Height);
        var (low, high) = (s.WavelengthAngstrom[0], s.WavelengthAngstrom[^1]);
        FigureAxes.Linear(panel.Axes.Bottom, low, high);
        var mask = s.Mask.Select(m => (byte)m).ToArray();
        double[] flux = [.. s.Flux.Select((f, i) => mask[i] == 0 ? f : double.NaN)];
        double[] error = [.. s.Error.Select((e, i) => mask[i] == 0 ? e : double.NaN)];
        var (bottom, top, cut) = Limits(flux);
        FigureAxes.Linear(panel.Axes.Left, bottom, top);
        sheet.LabelX(panel, s.IsRest ? "Rest wavelength [Å], vacuum" : "Observed wavelength [Å], vacuum", 44);
        sheet.LabelY(panel, FluxLabel(s), 58);
        panel.AddStretches(MaskReason.Stretches(mask, (0, mask.Length), Edges(s.WavelengthAngstrom)));
        panel.AddLine(s.WavelengthAngstrom, error, FigurePalette.Orange, width: 1);
        panel.AddLine(s.WavelengthAngstrom, flux, FigurePalette.Blue, width: 1);
        if (double.IsFinite(s.Redshift))
        {
            AddLines(sheet, panel, s, low, high);
        }
        sheet.AddText(Title(s), Left, 24, bold: true, align: SKTextAlign.Left);
        var reasons = mask.Where(m => m != 0).Select(MaskReason.IndexOf).Distinct().Order().Select(r => MaskReason.All[r]);
        sheet.AddNames(
            Left,
            44,
            [("flux", FigurePalette.Blue), ("error", FigurePalette.Orange), .. reasons.Select(r => (r.Words, r.Color))]
        );
        if (cut > 0)
        {
            sheet.AddText($"{cut} pixels lie above the panel", Left + Width, 44, FigureStyle.TickSize, align: SKTextAlign.Right);
        }
        return sheet;
    }

    // The other frame on the upper axis, and names of lines below it.
    private static void AddLines(FigureSheet sheet, ScottPlot.Plot panel, InspectedSpectrum s, double low, double high)
    {
        var stretch = s.IsRest ? 1 + s.Redshift : 1 / (1 + s.Redshift);
        foreach (var (position, text) in FigureAxes.Ticks(low * stretch, high * stretch, 6))
        {
            var x = Left + (float)(((position / stretch) - low) / (high - low) * Width);
            sheet.AddLine(x, Top, x, Top - 5, FigurePalette.Ink);
            sheet.AddText(text, x, Top - 9, FigureStyle.TickSize);
        }
        sheet.AddText(s.IsRest ? "observed" : "at rest", Left - 22, Top - 9, FigureStyle.TickSize, align: SKTextAlign.Right);
        var toAxis = s.IsRest ? 1 : 1 + s.Redshift;
        var range = panel.Axes.Left.Range;
        var below = range.Max - (NamesHeight / Height * (range.Max - range.Min));
        FeatureLabels.Add(sheet, panel, Lines, Left, Top + NamesHeight, Width, toAxis, below);
    }

    private static double[] Edges(double[] wavelength)
    {
        double[] middles = [.. wavelength.Zip(wavelength.Skip(1), (a, b) => 0.5 * (a + b))];
        return middles.Length == 0 ? [wavelength[0], wavelength[0]] : [wavelength[0], .. middles, wavelength[^1]];
    }

    private static (double Low, double High, int Cut) Limits(double[] flux)
    {
        double[] sorted = [.. flux.Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
        {
            return (0, 1, 0);
        }
        var typical = Math.Max(Math.Abs(sorted[sorted.Length / 2]), sorted[(int)(0.95 * (sorted.Length - 1))]);
        var high = Math.Min(sorted[^1], MostContinua * typical);
        var low = Math.Max(sorted[0], Math.Min(0, sorted[sorted.Length / 100]) - (0.1 * high));
        low = low > 0 ? 0 : low;
        high = high > low ? high : low + Math.Max(1e-3, Math.Abs(low));
        // Room for the names of lines above the flux.
        var panel = (high - low) * Height / (Height - NamesHeight - 10);
        return (low - (0.02 * panel), low + panel, sorted.Count(f => f > low + panel));
    }

    private static string FluxLabel(InspectedSpectrum s)
    {
        if (s.FluxUnit.Length == 0)
        {
            return "Flux, relative unit";
        }
        if (s.FluxUnit == InspectedSpectrum.Normalised)
        {
            return FigureStyle.FluxLabel;
        }
        var exponent = Math.Round(Math.Log10(s.FluxFactor), 6);
        var factor =
            s.FluxFactor == 1 ? ""
            : exponent == Math.Round(exponent) ? FigureAxes.PowerOfTenAlways((int)exponent) + " "
            : $"{Wording.Number(s.FluxFactor)} ";
        return $"Flux [{factor}{s.FluxUnit}]";
    }

    private static string Title(InspectedSpectrum s) =>
        $"{s.Kind} {(s.ObjectId.Length > 0 ? s.ObjectId : $"spectrum {s.Number}")}, "
        + (
            double.IsFinite(s.Redshift)
                ? $"z = {FigureAxes.Number(s.Redshift, 5)}{(s.Doubt is { } doubt ? $" (in doubt: {doubt})" : "")}"
                : "no redshift in the file, so no lines are marked"
        )
        + (s.Class.Length > 0 ? $", {s.Class}" : "");

    private static string Caption(InspectedSpectrum s) =>
        $"{Title(s)}. Bad pixels ({Wording.Number(100.0 * s.Mask.Count(m => m != PixelMask.None) / s.Mask.Count, 2)} %) are shaded in the "
        + "colour of their reason.";
}
