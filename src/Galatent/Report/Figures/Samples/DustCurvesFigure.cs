using Galatent.Report.Drawing;
using Galatent.Synthesis.Dust;
using ScottPlot;

namespace Galatent.Report.Figures.Samples;

/// <summary>The attenuation curves of the simulator.</summary>
internal static class DustCurvesFigure
{
    public static Figure Make(SimulatedSample sample) =>
        new(
            "dust-curves",
            "Attenuation curves",
            "Optical depth by wavelength for slopes n = −1 to 0.4 of the diffuse dust (Kriek and Conroy 2013) and of birth clouds "
                + "(dashed).",
            () => Draw()
        );

    private static FigureSheet Draw()
    {
        var sheet = new FigureSheet(1000, 500);
        var panel = sheet.AddPanel(SamplePanels.Left, SamplePanels.Top, 880, SamplePanels.Side);
        var wavelengths = Enumerable.Range(0, 901).Select(i => 1000.0 + (10 * i)).ToArray();
        var slopes = new[] { -1.0, -0.7, -0.3, 0, 0.4 };
        for (var i = 0; i < slopes.Length; i++)
        {
            panel.AddLine(
                wavelengths,
                FigureStyle.Log10([.. wavelengths.Select(w => KriekConroyDust.Curve(w, slopes[i]))]),
                FigurePalette.Viridis(i / 4.5),
                $"n = {FigureAxes.Number(slopes[i], 1)}"
            );
        }
        panel.AddLine(
            wavelengths,
            FigureStyle.Log10([.. wavelengths.Select(w => PowerLawDust.Curve(w, -1))]),
            FigurePalette.Ink,
            "birth clouds",
            1.3f,
            6,
            4
        );
        FigureAxes.Linear(panel.Axes.Bottom, 1000, 10000, 1000);
        FigureAxes.Log(panel.Axes.Left, -0.7, 1.4);
        panel.XLabel(FigureStyle.WavelengthLabel);
        sheet.LabelY(panel, "optical depth / depth at 5500 Å");
        panel.AddLegend(Alignment.UpperRight);
        return sheet;
    }
}
