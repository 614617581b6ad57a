using Galatent.Report.Drawing;
using Galatent.Report.Page;
using SkiaSharp;

namespace Galatent.Report.Figures.Observed;

/// <summary>A few imported spectra, each with the simulated spectrum that is most like it.</summary>
internal static class NearestSimulatedFigure
{
    private const int Most = 4;
    private const float Left = 70;
    private const float Top = 46;
    private const float Width = 412;
    private const float Height = 118;
    private const float Gap = 30;

    public static Figure Make(ObservedSample sample)
    {
        var rows = RandomSpectra.Rows(sample.Count, Most);
        return new Figure(
            "observed-nearest",
            "Imported spectra and the simulated ones most like them",
            $"{rows.Length} of {Wording.Count(sample.Count)} imported spectra"
                + (rows.Length < sample.Count ? $", drawn at random (seed {RandomSpectra.Seed})" : "")
                + $" (blue), each with the one of {Wording.Count(SimulatedPopulation.Count)} simulated spectra that is most like it "
                + "(orange, behind). Nothing is fitted: both are divided by their medians at 5000–5500 Å. Strong lines may "
                + "reach beyond the panels.",
            () => Draw(sample, rows)
        )
        {
            Data = () => SpectrumTable.Of(sample, rows, withSimulated: true),
            IsColumnWide = true,
        };
    }

    private static FigureSheet Draw(ObservedSample sample, int[] rows)
    {
        var sheet = new FigureSheet(FigureSheet.ColumnWidth, (int)(Top + (rows.Length * (Height + Gap)) + 32));
        var (low, high) = sample.CoveredRange();
        var redshift = sample.Column("redshift");
        sheet.AddNames(Left, 20, [("observed", FigurePalette.Blue), ("most similar simulated", FigurePalette.Orange)]);
        for (var i = 0; i < rows.Length; i++)
        {
            var top = Top + (i * (Height + Gap));
            var panel = sheet.AddPanel(Left, top, Width, Height);
            var isLast = i == rows.Length - 1;
            FigureAxes.Linear(panel.Axes.Bottom, low, high, labels: isLast);
            var spectrum = sample.Read(rows[i]);
            var flux = spectrum.GoodFlux();
            var simulated = Array.ConvertAll(sample.Simulated.Nearest(spectrum), f => (double)f);
            var (bottom, upper) = ObservedPanels.Limits(flux);
            FigureAxes.Few(panel.Axes.Left, bottom, upper);
            panel.AddLine(sample.Grid.WavelengthAngstrom, simulated, FigurePalette.Orange, width: 1.5f);
            panel.AddLine(sample.Grid.WavelengthAngstrom, flux, FigurePalette.Blue, width: 1);
            sheet.AddText(
                $"{sample.Ids[rows[i]]}, z = {FigureAxes.Number(redshift[rows[i]], 4)}",
                Left + Width,
                top - 6,
                FigureStyle.TickSize,
                align: SKTextAlign.Right
            );
            if (isLast)
            {
                sheet.LabelX(panel, "Rest wavelength [Å], vacuum", 42);
            }
        }
        sheet.AddText(FigureStyle.FluxLabel, 20, Top + (((rows.Length * (Height + Gap)) - Gap) / 2), rotation: -90);
        return sheet;
    }
}
