using Galatent.Files;
using Galatent.Report.Drawing;
using Galatent.Report.Runs;
using ScottPlot;

namespace Galatent.Report.Figures.Analyses;

/// <summary>How well parameters follow from the latents, beside the ceiling from the spectra, and whether the intervals keep what they
/// promise.</summary>
internal static class EstimatesFigure
{
    private const float Left = 96;
    private const float R2Width = 216;
    private const float CoverageWidth = 140;
    private const float RowHeight = 24;

    public static Figure? Make(RunResults run) =>
        run.Chosen.FindTable("estimates") is { Rows.Count: > 0 } table
            ? new Figure("estimates", "Parameters from latents, with intervals", Caption(run, table), () => Draw(table))
            {
                Chapter = Chapter.Physics,
                IsColumnWide = true,
                Data = () => table,
            }
            : null;

    private static string[] Sources(ResultTable table) => [.. table.Texts("from").Distinct()];

    private static FigureSheet Draw(ResultTable table)
    {
        string[] parameters = [.. table.Texts("parameter").Distinct()];
        var sources = Sources(table);
        var height = RowHeight * parameters.Length;
        var sheet = new FigureSheet(AnalysisPanels.Page, (int)(36 + height + 50));
        (Color Color, MarkerShape Shape)[] kinds =
        [
            (FigurePalette.Blue, MarkerShape.FilledCircle),
            (FigurePalette.Orange, MarkerShape.FilledSquare),
        ];
        sheet.AddNames(AnalysisPanels.Left, 22, [.. sources.Select((s, i) => (s, kinds[i % 2].Color))]);
        var r2 = sheet.AddPanel(Left, 36, R2Width, height);
        var coverage = sheet.AddPanel(Left + R2Width + 24, 36, CoverageWidth, height);
        foreach (var share in new[] { 0.68, 0.95 })
        {
            coverage.AddLine([share, share], [-1, parameters.Length], FigurePalette.Faint, width: 1.2f);
        }
        var names = table.Texts("parameter");
        var from = table.Texts("from");
        for (var s = 0; s < sources.Length; s++)
        {
            int[] rows = [.. Enumerable.Range(0, names.Length).Where(r => from[r] == sources[s])];
            double[] Of(string column) => table.Doubles(column, mayBeUndefined: true) is var all ? Array.ConvertAll(rows, r => all[r]) : [];
            double[] ys = [.. rows.Select(r => parameters.Length - 1 - Array.IndexOf(parameters, names[r]) + (0.15 * (1 - (2 * s))))];
            var value = Of("r2");
            var error = Of("r2_standard_error");
            for (var i = 0; i < rows.Length; i++)
            {
                r2.AddLine([value[i] - (2 * error[i]), value[i] + (2 * error[i])], [ys[i], ys[i]], kinds[s % 2].Color, width: 1.2f);
            }
            r2.Add.Markers(value, ys, kinds[s % 2].Shape, 7, kinds[s % 2].Color);
            coverage.Add.Markers(Of("coverage_68"), ys, kinds[s % 2].Shape, 6, kinds[s % 2].Color);
            coverage.Add.Markers(Of("coverage_95"), ys, kinds[s % 2].Shape, 6, kinds[s % 2].Color);
        }
        FigureAxes.Categories(r2.Axes.Left, [.. parameters.Select(AnalysisPanels.Symbol).Reverse()]);
        FigureAxes.Categories(coverage.Axes.Left, parameters, labels: false);
        FigureAxes.Linear(r2.Axes.Bottom, Math.Min(0, table.Doubles("r2").Min() - 0.05), 1.03, 0.2);
        FigureAxes.Linear(coverage.Axes.Bottom, 0.55, 1.03, 0.2);
        sheet.LabelX(r2, "R² of held-out spectra");
        sheet.LabelX(coverage, "Coverage");
        return sheet;
    }

    private static string Caption(RunResults run, ResultTable table)
    {
        var first = Sources(table)[0];
        var from = table.Texts("from");
        var names = table.Texts("parameter");
        var r2 = table.Doubles("r2");
        var ceiling = table.Doubles("r2_ceiling", mayBeUndefined: true);
        int[] own = [.. Enumerable.Range(0, names.Length).Where(r => from[r] == first).OrderByDescending(r => r2[r])];
        var coverage = table.Doubles("coverage_68", mayBeUndefined: true);
        var largest = own.Where(r => double.IsFinite(ceiling[r])).OrderByDescending(r => ceiling[r] - r2[r]).FirstOrDefault(own[0]);
        return $"Left: R² of parameters estimated from {string.Join(" and from ", Sources(table))} at {run.Chosen.Label}; bars: two "
            + "standard errors. Right: share of true values inside conformal intervals of 68 and 95 % (grey). Best: "
            + $"{AnalysisPanels.Words(names[own[0]])} with {FigureAxes.Number(r2[own[0]], 2)}. Farthest below its ceiling: "
            + $"{AnalysisPanels.Words(names[largest])}, {FigureAxes.Number(r2[largest], 2)} of {FigureAxes.Number(ceiling[largest], 2)}. "
            + $"Intervals of 68 % hold {FigureAxes.Number(100 * own.Min(r => coverage[r]), 0)} to "
            + $"{FigureAxes.Number(100 * own.Max(r => coverage[r]), 0)} %.";
    }
}
