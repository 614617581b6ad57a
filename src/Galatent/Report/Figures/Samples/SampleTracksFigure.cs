using Galatent.Report.Drawing;
using Galatent.Report.Page;

namespace Galatent.Report.Figures.Samples;

/// <summary>Break at 4000 Å and equivalent width of Hα of a simulated sample against specific star-formation rate, with tracks of
/// constant star formation.</summary>
internal static class SampleTracksFigure
{
    public static Figure Make(SimulatedSample sample) =>
        new(
            "simulated-tracks",
            "Break and H alpha against star formation",
            $"Break at 4000 Å and equivalent width of Hα of {Wording.Count(sample.Spectra.Count)} simulated galaxies against specific "
                + "star-formation rate. Lines: constant star formation of solar metallicity without dust, over 100 Myr to 10 Gyr for the "
                + "break and 10 Myr to 10 Gyr for the width (the embedded stars).",
            () => Draw(sample)
        );

    private static FigureSheet Draw(SimulatedSample sample)
    {
        var sheet = new FigureSheet(1000, 500);
        var left = sheet.AddPanel(SamplePanels.Left, SamplePanels.Top, SamplePanels.Side, SamplePanels.Side);
        SamplePanels.AddDensity(left, sample.LogSpecificSfr, sample.D4000);
        SamplePanels.Ticks(sheet, left, "log sSFR [1/yr]", "D4000n");
        left.AddLine([-9.79, -8.85, -7.92], [1.218, 1.115, 1.023], FigurePalette.Vermillion);
        var right = sheet.AddPanel(
            SamplePanels.Left + SamplePanels.Side + SamplePanels.Gap,
            SamplePanels.Top,
            SamplePanels.Side,
            SamplePanels.Side
        );
        SamplePanels.AddDensity(right, sample.LogSpecificSfr, sample.LogHalphaWidth);
        SamplePanels.Ticks(sheet, right, "log sSFR [1/yr]", "log EW(Hα) [Å]");
        // Constant star formation for 10 Gyr down to 10 Myr, without dust. Specific rates are per surviving mass.
        right.AddLine(
            [-9.79, -9.30, -8.85, -8.36, -7.92, -7.43, -6.98],
            [1.986, 2.129, 2.288, 2.483, 2.662, 2.855, 3.064],
            FigurePalette.Vermillion
        );
        return sheet;
    }
}
