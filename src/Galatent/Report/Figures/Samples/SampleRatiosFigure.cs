using Galatent.Report.Drawing;
using Galatent.Report.Page;
using ScottPlot;

namespace Galatent.Report.Figures.Samples;

/// <summary>Line ratios of a simulated sample (Baldwin, Phillips &amp; Terlevich 1981), with limits from the literature.</summary>
internal static class SampleRatiosFigure
{
    public static Figure Make(SimulatedSample sample) =>
        new(
            "simulated-bpt",
            "Line ratios of the simulated galaxies",
            $"Line ratios of {Wording.Count(sample.Spectra.Count)} simulated galaxies (Baldwin, Phillips and Terlevich 1981). Lines: the "
                + "limit of starlight (Kewley et al. 2001) and the edge of observed star-forming galaxies (Kauffmann et al. 2003, "
                + "dashed).",
            () => Draw(sample)
        );

    private static FigureSheet Draw(SimulatedSample sample)
    {
        var sheet = new FigureSheet(620, 500);
        var panel = sheet.AddPanel(SamplePanels.Left, SamplePanels.Top, 500, SamplePanels.Side);
        SamplePanels.AddDensity(panel, sample.LogNitrogen, sample.LogOxygen);
        FigureAxes.Linear(panel.Axes.Bottom, -2.2, 0.6);
        FigureAxes.Linear(panel.Axes.Left, -1.6, 1.4);
        sheet.LabelX(panel, "log [N II] 6585 / Hα");
        sheet.LabelY(panel, "log [O III] 5008 / Hβ");
        AddHyperbola(panel, 0.61, 0.47, 1.19, []);
        AddHyperbola(panel, 0.61, 0.05, 1.30, [6, 4]);
        return sheet;
    }

    // y = a / (x - b) + c, left of its pole.
    private static void AddHyperbola(Plot panel, double a, double b, double c, float[] dashes)
    {
        var xs = Enumerable.Range(0, 200).Select(i => -2.2 + ((b - 0.05 + 2.2) * i / 199)).ToArray();
        panel.AddLine(xs, [.. xs.Select(x => (a / (x - b)) + c)], FigurePalette.Vermillion, "", 1.3f, dashes);
    }
}
