using Galatent.Files;
using Galatent.Latents.TwoSamples;
using Galatent.Report.Drawing;
using Galatent.Report.Figures.Observed;

namespace Galatent.Report.Figures.Comparisons;

/// <summary>Residuals of real spectra and of mocks, by rest and by observed wavelength: what the model lacks stands at rest
/// wavelengths, what the instrument does at observed ones.</summary>
internal static class GapResidualFigure
{
    private const float Left = 84;
    private const float Width = 884;
    private const float Height = 190;

    public static Figure Make(DomainGap gap) =>
        new(
            "gap-residuals",
            "Residuals of real spectra and mocks",
            $"Mean residual of the best fit of the model, in units of noise and 3 % of the flux, in bins of 50 Å: {gap.RealCount} "
                + $"real spectra and {gap.MockCount} mocks. Bands: one standard error of the real mean. Above by "
                + "rest wavelength, where lines and stars stand; below by observed wavelength, where sky and instrument do.",
            () => Draw(gap)
        )
        {
            Data = () => Table(gap),
        };

    private static FigureSheet Draw(DomainGap gap)
    {
        var sheet = new FigureSheet(1000, 560);
        Panel(sheet, 50, gap.RealRest, gap.MockRest, "Rest wavelength [Å], vacuum");
        Panel(sheet, 310, gap.RealObserved, gap.MockObserved, "Observed wavelength [Å], vacuum");
        sheet.AddNames(Left, 30, [($"{gap.RealCount} real", FigurePalette.Blue), ($"{gap.MockCount} mocks", FigurePalette.Orange)]);
        return sheet;
    }

    private static void Panel(FigureSheet sheet, float top, ResidualProfile real, ResidualProfile mock, string label)
    {
        var panel = sheet.AddPanel(Left, top, Width, Height);
        double[] error = [.. real.Rms.Select((r, b) => r / Math.Sqrt(real.Spectra[b]))];
        double[] low = [.. real.Mean.Select((m, b) => m - error[b])];
        double[] high = [.. real.Mean.Select((m, b) => m + error[b])];
        var (bottom, above) = ObservedPanels.Limits([.. low, .. high, .. mock.Mean]);
        FigureAxes.Linear(panel.Axes.Left, Math.Min(bottom, -0.5), Math.Max(above, 0.5));
        double[] all = [.. real.Angstrom, .. mock.Angstrom];
        FigureAxes.Wavelength(panel.Axes.Bottom, all.Length == 0 ? (0, 1) : (all.Min(), all.Max()));
        panel.AddBand(real.Angstrom, low, high, FigurePalette.Blue.WithAlpha(.25));
        panel.AddLine(real.Angstrom, real.Mean, FigurePalette.Blue, width: 1.2f);
        panel.AddLine(mock.Angstrom, mock.Mean, FigurePalette.Orange, width: 1.4f);
        sheet.LabelY(panel, "Mean residual [σ]", 58);
        sheet.LabelX(panel, label);
    }

    private static ResultTable Table(DomainGap gap)
    {
        IEnumerable<string[]> Rows(string frame, string kind, ResidualProfile p) =>
            p.Angstrom.Select(
                (w, b) =>
                    (string[])
                        [
                            frame,
                            kind,
                            ResultTable.Text(w),
                            ResultTable.Text(p.Mean[b], "G5"),
                            ResultTable.Text(p.Rms[b], "G5"),
                            ResultTable.Text(p.Spectra[b]),
                        ]
            );
        return new ResultTable(
            ["frame", "spectra", "wavelength_angstrom", "mean_sigma", "rms_sigma", "count"],
            [
                .. Rows("rest", "real", gap.RealRest),
                .. Rows("rest", "mock", gap.MockRest),
                .. Rows("observed", "real", gap.RealObserved),
                .. Rows("observed", "mock", gap.MockObserved),
            ]
        );
    }
}
