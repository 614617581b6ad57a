using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Spectra.Quantities;
using Galatent.Synthesis.Dust;
using Galatent.Synthesis.Galaxies;
using ScottPlot;

namespace Galatent.Report.Figures;

/// <summary>Figures of a simulated sample beside what is known of galaxies, and of the model's ingredients.</summary>
public static class SampleFigures
{
    private const float Left = 84,
        Top = 24,
        Side = 400,
        Gap = 92;

    /// <summary>All figures.</summary>
    /// <param name="sample">The sample.</param>
    public static IReadOnlyList<Figure> Make(SimulatedSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var count = Wording.Count(sample.Spectra.Count);
        return
        [
            new Figure(
                "simulated-parameters",
                "Parameters of the simulated galaxies",
                $"Density of {count} simulated galaxies in planes of two parameters; logarithmic shades, central 99 %. Lines: the "
                    + $"relations that the model is made of, at z = 1 where they depend on it: star-forming ridge (Leja et al. 2022), gas "
                    + $"metallicity on it (Curti et al. 2020), stellar metallicity (Gallazzi et al. 2005), dust by mass (Garn and Best "
                    + $"2010) and by star formation (Alsing et al. 2023), slope of the attenuation by its depth (Leja et al. "
                    + $"2019), least mass of a survey to 26 mag at 3.6 µm (Thorp et al. 2025).",
                () => DrawCorner(sample)
            ),
            new Figure(
                "simulated-tracks",
                "Break and H alpha against star formation",
                $"Break at 4000 Å and equivalent width of Hα of {count} simulated galaxies against specific star-formation rate. Lines: "
                    + $"constant star formation of solar metallicity without dust, over 100 Myr to 10 Gyr for the break and 10 Myr to 10 "
                    + $"Gyr for the width (the embedded stars).",
                () => DrawTracks(sample)
            ),
            new Figure(
                "simulated-histories",
                "Star-formation histories of the simulated galaxies",
                "Rate of star formation per mass formed, by lookback time, of simulated galaxies of z = 0.8 to 1.2: median and central "
                    + "68 % of star-forming (blue) and quiescent ones (orange).",
                () => StarFormationHistoriesFigure.Draw(sample)
            ),
            new Figure(
                "simulated-bpt",
                "Line ratios of the simulated galaxies",
                $"Line ratios of {count} simulated galaxies (Baldwin, Phillips and Terlevich 1981). Lines: the limit of starlight "
                    + $"(Kewley et al. 2001) and the edge of observed star-forming galaxies (Kauffmann et al. 2003, dashed).",
                () => DrawRatios(sample)
            ),
            new Figure(
                "dust-curves",
                "Attenuation curves",
                "Optical depth by wavelength for slopes n = −1 to 0.4 of the diffuse dust (Kriek and Conroy 2013) and of birth clouds "
                    + "(dashed).",
                DrawDust
            ),
        ];
    }

    private static FigureSheet DrawCorner(SimulatedSample sample)
    {
        var names = GalaxyColumns.Study.Select(c => c.Name).ToArray();
        const float side = 116,
            gap = 6,
            left = 74,
            top = 16;
        var n = names.Length - 1;
        var sheet = new FigureSheet(1000, (int)(top + (n * (side + gap)) + 60));
        for (var row = 1; row <= n; row++)
        {
            for (var column = 0; column < row; column++)
            {
                var panel = sheet.AddPanel(left + (column * (side + gap)), top + ((row - 1) * (side + gap)), side, side);
                AddDensity(panel, sample.Spectra.Parameter(names[column]).Values, sample.Spectra.Parameter(names[row]).Values);
                if (PopulationRelations.Curve(names[column], names[row]) is var (xs, ys) && xs.Length > 0)
                {
                    panel.AddLine(xs, ys, FigurePalette.Vermillion, "", 1.2f);
                }
                Ticks(
                    sheet,
                    panel,
                    row == n ? GalaxyQuantities.SymbolOf(names[column]) : null,
                    column == 0 ? GalaxyQuantities.SymbolOf(names[row]) : null
                );
            }
        }
        return sheet;
    }

    private static FigureSheet DrawTracks(SimulatedSample sample)
    {
        var sheet = new FigureSheet(1000, 500);
        var left = sheet.AddPanel(Left, Top, Side, Side);
        AddDensity(left, sample.LogSpecificSfr, sample.D4000);
        Ticks(sheet, left, "log sSFR [1/yr]", "D4000n");
        left.AddLine([-9.79, -8.85, -7.92], [1.218, 1.115, 1.023], FigurePalette.Vermillion);
        var right = sheet.AddPanel(Left + Side + Gap, Top, Side, Side);
        AddDensity(right, sample.LogSpecificSfr, sample.LogHalphaWidth);
        Ticks(sheet, right, "log sSFR [1/yr]", "log EW(Hα) [Å]");
        // Constant star formation for 10 Gyr down to 10 Myr, without dust; specific rates per surviving mass.
        right.AddLine(
            [-9.79, -9.30, -8.85, -8.36, -7.92, -7.43, -6.98],
            [1.986, 2.129, 2.288, 2.483, 2.662, 2.855, 3.064],
            FigurePalette.Vermillion
        );
        return sheet;
    }

    private static FigureSheet DrawRatios(SimulatedSample sample)
    {
        var sheet = new FigureSheet(620, 500);
        var panel = sheet.AddPanel(Left, Top, 500, Side);
        AddDensity(panel, sample.LogNitrogen, sample.LogOxygen);
        FigureAxes.Linear(panel.Axes.Bottom, -2.2, 0.6);
        FigureAxes.Linear(panel.Axes.Left, -1.6, 1.4);
        sheet.LabelX(panel, "log [N II] 6585 / Hα");
        sheet.LabelY(panel, "log [O III] 5008 / Hβ");
        AddHyperbola(panel, 0.61, 0.47, 1.19, []);
        AddHyperbola(panel, 0.61, 0.05, 1.30, [6, 4]);
        return sheet;
    }

    private static FigureSheet DrawDust()
    {
        var sheet = new FigureSheet(1000, 500);
        var panel = sheet.AddPanel(Left, Top, 880, Side);
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

    // y = a / (x - b) + c, left of its pole.
    private static void AddHyperbola(Plot panel, double a, double b, double c, float[] dashes)
    {
        var xs = Enumerable.Range(0, 200).Select(i => -2.2 + ((b - 0.05 + 2.2) * i / 199)).ToArray();
        panel.AddLine(xs, [.. xs.Select(x => (a / (x - b)) + c)], FigurePalette.Vermillion, "", 1.3f, dashes);
    }

    private static void AddDensity(Plot panel, double[] xs, double[] ys)
    {
        var finite = Enumerable.Range(0, xs.Length).Where(i => double.IsFinite(xs[i]) && double.IsFinite(ys[i])).ToArray();
        double[] x = [.. finite.Select(i => xs[i])],
            y = [.. finite.Select(i => ys[i])];
        var (rangeX, rangeY) =
            finite.Length > 0 ? (DensityMap.Range(x), DensityMap.Range(y)) : (new CoordinateRange(0, 1), new CoordinateRange(0, 1));
        panel.PlottableList.Add(
            new DensityMap(x, y, new CoordinateRect(rangeX, rangeY), FigurePalette.Shades(FigurePalette.Blue))
            {
                Axes = { XAxis = panel.Axes.Bottom, YAxis = panel.Axes.Left },
            }
        );
        FigureAxes.None(panel.Axes.Bottom, rangeX.Min, rangeX.Max);
        FigureAxes.None(panel.Axes.Left, rangeY.Min, rangeY.Max);
    }

    private static void Ticks(FigureSheet sheet, Plot panel, string? below, string? beside)
    {
        var x = panel.Axes.Bottom.Range;
        var y = panel.Axes.Left.Range;
        if (below is not null)
        {
            FigureAxes.Few(panel.Axes.Bottom, x.Min, x.Max);
            sheet.LabelX(panel, below);
        }
        if (beside is not null)
        {
            FigureAxes.Few(panel.Axes.Left, y.Min, y.Max);
            sheet.LabelY(panel, beside);
        }
    }
}
