using Galatent.Calibration;
using Galatent.Report.Drawing;
using ScottPlot;

namespace Galatent.Benchmarks;

/// <summary>The plots of docs/notes/mutual-information-calibration.md: estimate against truth, and coverage of intervals.</summary>
internal static class InformationCalibrationFigure
{
    public static void Save(IReadOnlyList<CalibrationRow> rows, string folder)
    {
        Directory.CreateDirectory(folder);
        new Figure("mi-calibration", "Calibration of the mutual information", "", () => Draw(rows)).Save(folder);
    }

    private static FigureSheet Draw(IReadOnlyList<CalibrationRow> rows)
    {
        const int Height = 420;
        var sheet = new FigureSheet(1060, Height + 90);
        var left = sheet.AddPanel(80, 20, Height, Height);
        var top = 1.1 * rows.Max(r => r.Truth);
        FigureAxes.Linear(left.Axes.Bottom, -0.05, top);
        FigureAxes.Linear(left.Axes.Left, -0.05, top);
        left.AddLine([0, top], [0, top], FigurePalette.Faint);
        foreach (var row in rows)
        {
            // Twice the spread of single estimates; below the size of the marks for most.
            left.AddLine([row.Truth, row.Truth], [row.MeanMi - (2 * row.Spread), row.MeanMi + (2 * row.Spread)], FigurePalette.Blue);
        }
        left.Add.Markers(
            rows.Select(r => r.Truth).ToArray(),
            rows.Select(r => r.MeanMi).ToArray(),
            MarkerShape.FilledCircle,
            6,
            FigurePalette.Blue
        );
        sheet.LabelX(left, "True mutual information [nat]");
        sheet.LabelY(left, "Mean estimate ± 2 spreads [nat]");
        var right = sheet.AddPanel(680, 20, 350, Height);
        FigureAxes.Categories(right.Axes.Left, [.. rows.Select(r => r.Family).Reverse()]);
        FigureAxes.Linear(right.Axes.Bottom, 60, 100.5);
        foreach (var limit in new[] { 90.0, 98.0 })
        {
            right.AddLine([limit, limit], [-1, rows.Count], FigurePalette.Faint, dashes: [4, 4]);
        }
        right.AddLine([95, 95], [-1, rows.Count], FigurePalette.Faint);
        right.Add.Markers(
            rows.Select(r => Math.Max(60, 100 * r.Coverage)).ToArray(),
            Enumerable.Range(0, rows.Count).Select(i => rows.Count - 1.0 - i).ToArray(),
            MarkerShape.FilledCircle,
            7,
            FigurePalette.Vermillion
        );
        sheet.LabelX(right, "Intervals that hold the truth [%]; dashed: 90 and 98");
        return sheet;
    }
}
