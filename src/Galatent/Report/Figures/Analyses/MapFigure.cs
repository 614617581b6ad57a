using Galatent.Files;
using Galatent.Numerics;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;

namespace Galatent.Report.Figures.Analyses;

/// <summary>The self-organising map of the latents, coloured by the number of spectra and by the median of each parameter.</summary>
internal static class MapFigure
{
    private const float Side = 136;
    private const float Gap = 20;
    private const float Heading = 50;
    private const int Across = 3;
    private const string Median = "median_";

    public static Figure? Make(RunResults run) =>
        run.Chosen.FindTable("map") is { Rows.Count: > 0 } table
            ? new Figure("map", "Self-organising map of the latents", Caption(run, table), () => Draw(table))
            {
                Chapter = Chapter.Physics,
                IsColumnWide = true,
                Data = () => table,
            }
            : null;

    private static string[] Medians(ResultTable table) => [.. table.Header.Where(h => h.StartsWith(Median, StringComparison.Ordinal))];

    private static FigureSheet Draw(ResultTable table)
    {
        string[] columns = ["spectra", .. Medians(table)];
        var down = (columns.Length + Across - 1) / Across;
        var sheet = new FigureSheet(AnalysisPanels.Page, (int)((down * (Side + Heading)) + 12));
        var units = (int)table.Doubles("column").Max() + 1;
        var rows = (int)table.Doubles("row").Max() + 1;
        var colors = new ScottPlot.Colormaps.Viridis();
        for (var i = 0; i < columns.Length; i++)
        {
            var left = 16 + (i % Across * (Side + Gap + 10));
            var top = 28 + (i / Across * (Side + Heading));
            var values = table.Doubles(columns[i], mayBeUndefined: true);
            double[] finite = [.. values.Where(double.IsFinite).DefaultIfEmpty(0)];
            // The central 96 %: one odd unit must not take all colours.
            var low = SampleMoments.Quantile(finite, 0.02);
            var high = Math.Max(SampleMoments.Quantile(finite, 0.98), low + 1e-9);
            var panel = sheet.AddPanel(left, top, Side, Side);
            FigureAxes.None(panel.Axes.Bottom, -0.5, units - 0.5);
            FigureAxes.None(panel.Axes.Left, -0.5, rows - 0.5);
            panel.PlottableList.Add(
                new CellGrid(Array.ConvertAll(values, v => (v - low) / (high - low)), units, colors, 1)
                {
                    ShowsNumbers = false,
                    Axes = { XAxis = panel.Axes.Bottom, YAxis = panel.Axes.Left },
                }
            );
            var name = columns[i] == "spectra" ? "spectra" : AnalysisPanels.Symbol(columns[i][Median.Length..]);
            sheet.AddText(name, left, top - 6, FigureStyle.TickSize, bold: true, align: SkiaSharp.SKTextAlign.Left);
            ColorScale.AddBelow(sheet, colors, Wording.Number(low, 2), Wording.Number(high, 2), left, Side, top + Side + 7);
        }
        return sheet;
    }

    private static string Caption(RunResults run, ResultTable table)
    {
        var text =
            $"Posterior means of the dimensions in use at {run.Chosen.Label} on {table.Rows.Count} units of a self-organising map. Each "
            + "small "
            + "map: number of spectra of each unit, or median of a parameter (units with fewer than five spectra stay empty); the bar "
            + "below spans the central 96 % of the units.";
        if (run.Chosen.FindTable("map-quality") is not { } quality)
        {
            return text;
        }
        var names = quality.Texts("quantity");
        const string explained = "explained_variance_";
        var values = quality.Doubles("value");
        // Tables of older versions have no errors.
        var errors = quality.IndexOf("standard_error") >= 0 ? quality.Doubles("standard_error", mayBeUndefined: true) : null;
        string Estimate(int row) => Wording.Estimate(values[row], errors?[row]);
        string[] shares =
        [
            .. Enumerable
                .Range(0, names.Length)
                .Where(r => names[r].StartsWith(explained, StringComparison.Ordinal))
                .OrderByDescending(r => values[r])
                .Select(r => $"{AnalysisPanels.Words(names[r][explained.Length..])} {Estimate(r)}"),
        ];
        var apart = Array.IndexOf(names, "topographic_error");
        return shares.Length == 0 || apart < 0
            ? text
            : $"{text} Share of the variance between units: {string.Join(", ", shares)} (by chance "
                + $"{FigureAxes.Number(quality.Doubles("by_chance", mayBeUndefined: true)[^1], 3)}"
                + $"{(errors is null ? "" : "; errors over spectra")}). Topographic error "
                + $"{Estimate(apart)}.";
    }
}
