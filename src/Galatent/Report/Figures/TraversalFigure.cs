using Galatent.Files;
using Galatent.Latents;
using Galatent.Latents.Traversals;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using Galatent.Spectra;
using ScottPlot;

namespace Galatent.Report.Figures;

/// <summary>The study's figure 14: how a spectrum changes when one informative dimension varies.</summary>
internal static class TraversalFigure
{
    private const float Left = 68;
    private const float SpectrumWidth = 376;
    private const float BarGap = 12;
    private const float BarWidth = 12;
    private const float ChangeLeft = 604;
    private const float ChangeWidth = 368;
    private const float RowHeight = 104;
    private const float RowGap = 14;
    private const float Top = 122;
    private const int LabelledLines = 12;

    // Flux above this share of all decoded points leaves the panel. So the continuum fills it, and not the peaks of a few lines.
    private const double ShownShare = 0.985;

    public static Figure? Make(RunResults run) =>
        run.Chosen.Analysis.Traversals.Length > 0
            ? new Figure("traversals", "Traversal of the informative dimensions", Caption(run), () => Draw(run))
            {
                Chapter = Chapter.Traversal,
                StudyFigure = 14,
                Data = () => Data(run),
            }
            : null;

    private static FigureSheet Draw(RunResults run)
    {
        var traversals = run.Chosen.Analysis.Traversals;
        var sheet = new FigureSheet(1000, (int)(Top + (traversals.Length * (RowHeight + RowGap)) + 46));
        sheet.AddText("Decoded spectra", Left + (SpectrumWidth / 2), 18, bold: true);
        sheet.AddText("Change of every data point", ChangeLeft + (ChangeWidth / 2), 18, bold: true);
        for (var r = 0; r < traversals.Length; r++)
        {
            var top = Top + (r * (RowHeight + RowGap));
            DrawSpectra(sheet, run, traversals[r], top, r == traversals.Length - 1);
            DrawChange(sheet, run, traversals[r], top, r == traversals.Length - 1);
        }
        return sheet;
    }

    private static void DrawSpectra(FigureSheet sheet, RunResults run, Traversal traversal, float top, bool last)
    {
        var panel = sheet.AddPanel(Left, top, SpectrumWidth, RowHeight);
        FigureAxes.Wavelength(panel.Axes.Bottom, run.ShownRange, labels: last, isNarrow: true);
        MarkLines(sheet, panel, run, Left, top, SpectrumWidth);
        var flux = traversal.Flux.Where(f => f > 0).Order().ToArray();
        FigureAxes.Log(
            panel.Axes.Left,
            Math.Max(-2, Math.Floor(Math.Log10(flux[flux.Length / 1000]) * 5) / 5),
            Math.Ceiling((Math.Log10(flux[(int)(ShownShare * (flux.Length - 1))]) + 0.1) * 5) / 5
        );
        Name(sheet, traversal, Left, top);
        sheet.LabelY(panel, "fν");
        var low = traversal.Values[0];
        var high = traversal.Values[^1];
        // The two ends are drawn first and the spectrum itself last. Drawn in order of value, the last colour would hide all others.
        var order = Enumerable.Range(0, traversal.Values.Length).OrderByDescending(i => Math.Abs(i - traversal.Origin));
        Polyline[] lines =
        [
            .. order.Select(i => new Polyline(run.Grid.WavelengthAngstrom, Log10(traversal[i]))
            {
                Color = FigurePalette.Viridis(high > low ? (traversal.Values[i] - low) / (high - low) : 0.5),
                Width = 0.8f,
            }),
        ];
        panel.PlottableList.Add(new RasterLayer(lines) { Axes = { XAxis = panel.Axes.Bottom, YAxis = panel.Axes.Left } });
        if (high > low)
        {
            const float left = Left + SpectrumWidth + BarGap;
            ColorScale.Add(
                sheet,
                new ScottPlot.Colormaps.Viridis(),
                low,
                high,
                "z",
                new PixelRect(left, left + BarWidth, top + RowHeight, top)
            );
        }
        if (last)
        {
            sheet.LabelX(panel, FigureStyle.WavelengthLabel);
        }
    }

    private static void DrawChange(FigureSheet sheet, RunResults run, Traversal traversal, float top, bool last)
    {
        var panel = sheet.AddPanel(ChangeLeft, top, ChangeWidth, RowHeight);
        FigureAxes.Wavelength(panel.Axes.Bottom, run.ShownRange, labels: last, isNarrow: true);
        MarkLines(sheet, panel, run, ChangeLeft, top, ChangeWidth);
        Name(sheet, traversal, ChangeLeft, top);
        var change = Change(traversal);
        var sizes = change.Select(Math.Abs).Order().ToArray();
        var high = Math.Ceiling((Math.Log10(Math.Max(1e-4, sizes[^1])) + 0.05) * 2) / 2;
        FigureAxes.Log(panel.Axes.Left, Math.Max(high - 4, Math.Floor(Math.Log10(Math.Max(1e-4, sizes[sizes.Length / 20])) * 2) / 2), high);
        sheet.LabelY(panel, "|Δfν|");
        foreach (var (sign, color) in new[] { (1, FigurePalette.Vermillion), (-1, FigurePalette.Blue) })
        {
            panel.AddLine(
                run.Grid.WavelengthAngstrom,
                [.. change.Select(c => sign * c > 0 ? Math.Log10(sign * c) : double.NaN)],
                color,
                width: 1
            );
        }
        if (last)
        {
            sheet.LabelX(panel, FigureStyle.WavelengthLabel);
        }
    }

    // The ends and the middle of each; every step between is in the model's traversal tables.
    private static ResultTable Data(RunResults run)
    {
        var columns = new List<(string, IReadOnlyList<double>)> { ("wavelength_angstrom", run.Grid.WavelengthAngstrom) };
        foreach (var traversal in run.Chosen.Analysis.Traversals)
        {
            double[] Flux(int step) => [.. traversal[step].ToArray().Select(f => Math.Round(f, 6))];
            var name = AnalysisResults.DimensionName(traversal.Dimension);
            foreach (var step in new[] { 0, traversal.Origin, traversal.Values.Length - 1 }.Distinct())
            {
                columns.Add(($"flux_{name}_at_{ResultTable.Text(traversal.Values[step], "F3")}", Flux(step)));
            }
            columns.Add(($"change_{name}", [.. Change(traversal).Select(c => Math.Round(c, 6))]));
        }
        return ResultTable.Of(columns) with { Remarks = [$"All steps: analysis/traversal-*.csv of beta {Wording.Beta(run.Chosen.Beta)}"] };
    }

    // The names of the lines stand above the first row; in the other rows the marks continue.
    private static void MarkLines(FigureSheet sheet, Plot panel, RunResults run, float left, float top, float width)
    {
        var lines = SpectralLines.Brightest(run.Grid, run.Chosen.Analysis.Error.Variance, LabelledLines);
        if (top == Top)
        {
            FeatureLabels.Add(sheet, panel, lines, left, top, width);
            return;
        }
        foreach (var line in lines)
        {
            panel.MoveToBack(panel.Add.VerticalLine(line.CenterAngstrom, 0.7f, FigurePalette.Faint));
        }
    }

    private static void Name(FigureSheet sheet, Traversal traversal, float left, float top) =>
        sheet.AddText(AnalysisResults.DimensionName(traversal.Dimension), left + 22, top + 18, FigureStyle.TickSize, bold: true);

    // Flux at the highest value of the dimension minus flux at the lowest.
    private static double[] Change(Traversal traversal)
    {
        var change = new double[traversal.Pixels];
        for (var p = 0; p < change.Length; p++)
        {
            change[p] = (double)traversal[traversal.Values.Length - 1][p] - traversal[0][p];
        }
        return change;
    }

    private static double[] Log10(ReadOnlySpan<float> flux)
    {
        var log = new double[flux.Length];
        for (var i = 0; i < log.Length; i++)
        {
            log[i] = flux[i] > 0 ? Math.Log10(flux[i]) : double.NaN;
        }
        return log;
    }

    private static string Caption(RunResults run)
    {
        var analysis = run.Chosen.Analysis;
        var stopped = analysis.Traversals.Count(t => t.StoppedBelow is not null || t.StoppedAbove is not null);
        var parts = analysis.Traversals.Select(t =>
            $"{AnalysisResults.DimensionName(t.Dimension)} from {FigureAxes.Number(t.Values[0], 2)} to "
            + $"{FigureAxes.Number(t.Values[^1], 2)}, {Covered(run, t)} of the range ({Strongest(run, t)})"
        );
        return $"Spectrum {Wording.Count(analysis.TraversedSpectrum)} decoded while one dimension at a time goes from the smallest "
            + $"towards the largest value of all latent representations, the others fixed ({run.Chosen.Label}{DensityPanels.Only(run)}); "
            + $"{stopped} "
            + $"of {analysis.Traversals.Length} traversals end early, before the first negative flux. Left: decoded spectra, coloured by "
            + $"the value of the dimension; the peaks of strong lines leave the panels. Right: flux at its highest value minus flux at its "
            + $"lowest; vermillion where the flux grows with the dimension, blue where it falls. Range of each traversal, its share of "
            + $"the range of all latent representations, and its largest change: {string.Join("; ", parts)}."
            + DensityPanels.LeftOut(run);
    }

    private static string Covered(RunResults run, Traversal traversal)
    {
        var mu = run.Chosen.Latents.MuColumn(traversal.Dimension);
        var range = mu.Max() - mu.Min();
        return range > 0 ? $"{100 * (traversal.Values[^1] - traversal.Values[0]) / range:F0} %" : "100 %";
    }

    private static string Strongest(RunResults run, Traversal traversal)
    {
        var change = Change(traversal);
        var pixel = Enumerable.Range(0, change.Length).MaxBy(p => Math.Abs(change[p]));
        return $"{(change[pixel] >= 0 ? "+" : "")}{Wording.Number(change[pixel], 2)} at "
            + $"{Wording.Number(run.Grid.WavelengthAngstrom[pixel], 4)} Å";
    }
}
