using Galatent.Files;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using ScottPlot;

namespace Galatent.Report.Figures.Analyses;

/// <summary>How unusual each held-out spectrum is, against how badly it is reconstructed: the two tell different oddities.</summary>
internal static class OutlierFigure
{
    // Below this false-discovery rate a spectrum is named.
    private const double Rate = 0.05;
    private const int MostNamed = 5;

    public static Figure? Make(RunResults run) =>
        run.Chosen.FindTable("outliers") is { Rows.Count: > 0 } table
            ? new Figure("outliers", "Unusual spectra", Caption(run, table), () => Draw(table))
            {
                Chapter = Chapter.Dimensions,
                IsColumnWide = true,
                Data = () => table,
            }
            : null;

    private static FigureSheet Draw(ResultTable table)
    {
        var sheet = new FigureSheet(AnalysisPanels.Page, 420);
        var panel = sheet.AddPanel(AnalysisPanels.Left, 36, AnalysisPanels.Width, 330);
        var score = table.Doubles("score_nat");
        var error = FigureStyle.Log10(table.Doubles("squared_error"));
        var q = table.Doubles("q_value");
        double[] finite = [.. error.Where(double.IsFinite).DefaultIfEmpty(0)];
        var x = new CoordinateRange(score.Min() - 0.5, score.Max() + 0.5);
        var y = new CoordinateRange(finite.Min() - 0.1, finite.Max() + 0.1);
        panel.PlottableList.Add(
            new DensityMap(score, error, new CoordinateRect(x, y), FigurePalette.Shades(FigurePalette.Blue))
            {
                Axes = { XAxis = panel.Axes.Bottom, YAxis = panel.Axes.Left },
            }
        );
        int[] odd = [.. Enumerable.Range(0, q.Length).Where(i => q[i] < Rate && double.IsFinite(error[i]))];
        double[] oddScore = Array.ConvertAll(odd, i => score[i]);
        double[] oddError = Array.ConvertAll(odd, i => error[i]);
        panel.Add.Markers(oddScore, oddError, MarkerShape.FilledTriangleUp, 8, FigurePalette.Vermillion);
        FigureAxes.Linear(panel.Axes.Bottom, x.Min, x.Max);
        FigureAxes.Log(panel.Axes.Left, y.Min, y.Max);
        sheet.LabelX(panel, "−ln density of the latents [nat]");
        sheet.LabelY(panel, "Squared error");
        (string, Color)[] triangles = odd.Length == 0 ? [] : [($"triangles: q below {Rate}", FigurePalette.Vermillion)];
        sheet.AddNames(AnalysisPanels.Left, 22, [("held-out spectra", FigurePalette.Blue), .. triangles]);
        return sheet;
    }

    private static string Caption(RunResults run, ResultTable table)
    {
        var spectra = table.Texts("spectrum");
        var score = table.Doubles("score_nat");
        var error = table.Doubles("squared_error");
        var q = table.Doubles("q_value");
        var odd = q.Count(v => v < Rate);
        string Names(double[] by) =>
            string.Join(", ", Enumerable.Range(0, by.Length).OrderByDescending(i => by[i]).Take(MostNamed).Select(i => spectra[i]));
        return $"{Wording.Count(spectra.Length)} held-out spectra at {run.Chosen.Label}: −ln of the density of their posterior means "
            + "under a "
            + "mixture of the training spectra, against the squared error of the reconstruction (normalised flux squared, summed over "
            + "pixels; logarithmic "
            + $"shades). {odd} are unusual at a false-discovery rate of {Rate}. "
            + $"{(odd == 0 ? "So none of the following need be. " : "")}Largest scores: spectra {Names(score)}; largest errors: "
            + $"{Names(error)}.";
    }
}
