using Galatent.Files;
using Galatent.Report.Drawing;
using Galatent.Report.Page;

namespace Galatent.Report.Figures.Observed;

/// <summary>The share of the spectra that is good at each rest wavelength, and why others are bad there.</summary>
internal static class CoverageFigure
{
    private const float Left = 70;
    private const float Top = 60;
    private const float Width = 412;
    private const float Height = 270;

    public static Figure Make(ObservedSample sample) =>
        new("observed-coverage", "Coverage by rest wavelength", Caption(sample), () => Draw(sample))
        {
            Data = () => Table(sample),
            IsColumnWide = true,
        };

    private static FigureSheet Draw(ObservedSample sample)
    {
        var sheet = new FigureSheet(FigureSheet.ColumnWidth, 392);
        var panel = sheet.AddPanel(Left, Top, Width, Height);
        var (low, high) = sample.CoveredRange();
        FigureAxes.Linear(panel.Axes.Bottom, low, high);
        FigureAxes.Linear(panel.Axes.Left, 0, 105, 20);
        sheet.LabelX(panel, "Rest wavelength [Å], vacuum", 44);
        sheet.LabelY(panel, "Share of the spectra [%]");
        var wavelength = sample.Grid.WavelengthAngstrom;
        var good = Percent(sample.Pixels.Good, sample.Count);
        panel.AddBand(wavelength, new double[good.Length], good, FigurePalette.Blue.WithAlpha(.18));
        var names = new List<(string, ScottPlot.Color)> { ("good", FigurePalette.Blue) };
        for (var r = 0; r < MaskReason.All.Count; r++)
        {
            if (sample.Pixels.Bad[r].Any(n => n > 0))
            {
                panel.AddLine(wavelength, Percent(sample.Pixels.Bad[r], sample.Count), MaskReason.All[r].Color, width: 1.2f);
                names.Add((MaskReason.All[r].Words, MaskReason.All[r].Color));
            }
        }
        panel.AddLine(wavelength, good, FigurePalette.Blue, width: 1.8f);
        sheet.AddNames(Left, 24, names);
        return sheet;
    }

    private static double[] Percent(int[] numbers, int count) => Array.ConvertAll(numbers, n => 100.0 * n / count);

    private static string Caption(ObservedSample sample)
    {
        var (low, high) = sample.CoveredRange();
        var everywhere = sample.Pixels.Good.Count(g => g == sample.Count);
        var nowhere = sample.Pixels.Good.Count(g => g == 0);
        return $"Share of the {Wording.Count(sample.Count)} imported spectra that is good at each rest wavelength, and the share that is "
            + $"bad there inside the range of its spectrum, by reason. Of {Wording.Count(sample.Grid.Count)} pixels "
            + $"{Wording.Count(everywhere)} are good in all spectra and {Wording.Count(nowhere)} in none; {low:0}–{high:0} Å is drawn.";
    }

    private static ResultTable Table(ObservedSample sample) =>
        ResultTable.Of([
            ("wavelength_angstrom", sample.Grid.WavelengthAngstrom),
            ("good", Array.ConvertAll(sample.Pixels.Good, n => (double)n)),
            .. MaskReason.All.Select((r, i) => (r.Name, (IReadOnlyList<double>)Array.ConvertAll(sample.Pixels.Bad[i], n => (double)n))),
        ]);
}
