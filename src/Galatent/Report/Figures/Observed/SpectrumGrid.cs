using Galatent.Report.Drawing;
using SkiaSharp;

namespace Galatent.Report.Figures.Observed;

/// <summary>A page of small panels, a spectrum with its bad stretches in each.</summary>
internal static class SpectrumGrid
{
    private const int Across = 3;
    private const float Left = 66;
    private const float Top = 62;
    private const float Width = 272;
    private const float Height = 112;
    private const float GapX = 44;
    private const float GapY = 34;

    /// <summary>Draws the page.</summary>
    /// <param name="sample">The dataset.</param>
    /// <param name="spectra">Rows of the spectra, with what stands above each panel on the left, and on the right.</param>
    public static FigureSheet Draw(ObservedSample sample, IReadOnlyList<(int Row, string Title, string Note)> spectra)
    {
        var down = Math.Max(1, (spectra.Count + Across - 1) / Across);
        var sheet = new FigureSheet(1000, (int)(Top + (down * (Height + GapY)) + 34));
        var (low, high) = sample.CoveredRange();
        sheet.AddNames(Left, 22, [("bad pixels:", FigurePalette.Ink), .. MaskReason.All.Select(r => (r.Words, r.Color))]);
        for (var i = 0; i < spectra.Count; i++)
        {
            var left = Left + (i % Across * (Width + GapX));
            var top = Top + (i / Across * (Height + GapY));
            var panel = sheet.AddPanel(left, top, Width, Height);
            var isLowest = i + Across >= spectra.Count;
            FigureAxes.Linear(panel.Axes.Bottom, low, high, high - low > 3500 ? 2000 : 0, labels: isLowest);
            var spectrum = sample.Read(spectra[i].Row);
            var flux = spectrum.GoodFlux();
            var (bottom, upper) = ObservedPanels.Limits(flux);
            FigureAxes.Few(panel.Axes.Left, bottom, upper);
            panel.AddStretches(MaskReason.Stretches(spectrum.Mask, spectrum.GoodRange, sample.Grid.CellEdgeAngstrom));
            panel.AddLine(sample.Grid.WavelengthAngstrom, flux, FigurePalette.Blue, width: 1);
            sheet.AddText(Short(spectra[i].Title), left, top - 6, FigureStyle.AnnotationSize, bold: true, align: SKTextAlign.Left);
            sheet.AddText(spectra[i].Note, left + Width, top - 6, FigureStyle.AnnotationSize, align: SKTextAlign.Right);
            if (isLowest)
            {
                sheet.LabelX(panel, "Rest wavelength [Å], vacuum");
            }
        }
        sheet.AddText(FigureStyle.FluxLabel, 18, Top + (((down * (Height + GapY)) - GapY) / 2), rotation: -90);
        return sheet;
    }

    // Identifiers of 19 digits fit; longer names keep their end, which differs from spectrum to spectrum.
    private static string Short(string name) => name.Length <= 22 ? name : "..." + name[^19..];
}
