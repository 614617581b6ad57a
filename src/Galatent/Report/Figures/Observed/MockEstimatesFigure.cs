using Galatent.Files;
using Galatent.Latents.Estimates;
using Galatent.Report.Drawing;
using Galatent.Report.Figures.Analyses;
using Galatent.Report.Page;
using ScottPlot;
using SkiaSharp;

namespace Galatent.Report.Figures.Observed;

/// <summary>True and estimated parameters of the mocks that were held out, and the estimates of the real spectra beside them.</summary>
public static class MockEstimatesFigure
{
    private const int Columns = 4;
    private const float Left = 78;
    private const float Top = 58;
    private const float Side = 178;
    private const float GapX = 56;
    private const float GapY = 104;

    // More marks would be a bar.
    private const int MostMarks = 60;

    /// <summary>The figure.</summary>
    /// <param name="estimates">Estimates and their check on mocks.</param>
    public static Figure Make(MockEstimates estimates)
    {
        ArgumentNullException.ThrowIfNull(estimates);
        return new Figure("estimates-mocks", "True and estimated parameters of mocks", Caption(estimates), () => Draw(estimates))
        {
            Data = () => Data(estimates),
        };
    }

    private static FigureSheet Draw(MockEstimates estimates)
    {
        var count = estimates.Estimates.Count;
        var (columns, rows) = (Math.Min(count, Columns), (count + Columns - 1) / Columns);
        var sheet = new FigureSheet(
            (int)(Left + (columns * (Side + GapX)) - GapX + DensityPanels.ScaleWidth),
            (int)(Top + (rows * (Side + GapY)) - GapY + 58)
        );
        for (var p = 0; p < count; p++)
        {
            var (left, top) = (Left + (p % Columns * (Side + GapX)), Top + (p / Columns * (Side + GapY)));
            var (name, estimate) = estimates.Estimates[p];
            var panel = sheet.AddPanel(left, top, Side, Side);
            AddPanel(panel, estimate);
            sheet.AddText(AnalysisPanels.Symbol(name), left, top - 26, bold: true, align: SKTextAlign.Left);
            sheet.AddText(Coverage(estimate), left, top - 8, FigureStyle.TickSize, align: SKTextAlign.Left);
            sheet.LabelX(panel, "True", 40);
            if (p % Columns == 0)
            {
                sheet.LabelY(panel, "Estimated", 50);
            }
        }
        var right = Left + (columns * (Side + GapX)) - GapX + 16;
        DensityPanels.AddScale(sheet, new PixelRect(right, right + 12, Top + Side, Top));
        return sheet;
    }

    private static void AddPanel(Plot panel, ParameterEstimate estimate)
    {
        double[] truth = [.. estimate.TestIntervals.Select(t => t[0])];
        var range = DensityMap.Range(truth);
        panel.PlottableList.Add(
            new DensityMap(truth, estimate.TestMeans, new CoordinateRect(range, range), FigurePalette.Shades(FigurePalette.Blue))
            {
                Axes = { XAxis = panel.Axes.Bottom, YAxis = panel.Axes.Left },
            }
        );
        FigureAxes.Few(panel.Axes.Bottom, range.Min, range.Max);
        FigureAxes.Few(panel.Axes.Left, range.Min, range.Max);
        panel.AddLine([range.Min, range.Max], [range.Min, range.Max], FigurePalette.Ink, width: 1.2f);
        foreach (var real in estimate.UnknownIntervals.Take(MostMarks))
        {
            // Where an estimate lies beyond the panel, the mark stands at its edge.
            var y = Math.Clamp(real[0], range.Min, range.Max);
            panel.AddLine([range.Max - (0.07 * range.Span), range.Max], [y, y], FigurePalette.Vermillion, width: 2);
        }
    }

    private static string Coverage(ParameterEstimate estimate) =>
        $"R² {FigureAxes.Number(estimate.R2, 2)}; 68 %: {Percent(estimate.Intervals[0].Conformal)}, 95 %: "
        + Percent(estimate.Intervals[1].Conformal);

    private static string Percent(double share) => FigureAxes.Number(100 * share, 0);

    private static ResultTable Data(MockEstimates estimates) =>
        new(
            ["kind", "parameter", "truth", "estimate", "low_68", "high_68", "low_95", "high_95"],
            [
                .. estimates.Estimates.SelectMany(e =>
                    e.Estimate.TestIntervals.Zip(e.Estimate.TestMeans, (t, mean) =>
                        (string[])["mock", e.Parameter, Text(t[0]), Text(mean), .. t.Skip(1).Select(Text)]
                    )
                ),
                .. estimates.Estimates.SelectMany(e =>
                    e.Estimate.UnknownIntervals.Select(u => (string[])["real", e.Parameter, "", .. u.Select(Text)])
                ),
            ]
        );

    private static string Text(double value) => ResultTable.Text(value, "G5");

    private static string Caption(MockEstimates estimates)
    {
        var real = estimates.Measures.Count;
        var shares = estimates.Estimates.Select(e => e.Estimate.Intervals).ToArray();
        string Range(int level)
        {
            var (low, high) = (Percent(shares.Min(s => s[level].Conformal)), Percent(shares.Max(s => s[level].Conformal)));
            return low == high ? $"{low} %" : $"{low} to {high} %";
        }
        // As many mocks set the widths as test them, so against its level a share scatters √2 times as much as by the test alone.
        string Error(double share) => FigureAxes.Number(100 * Math.Sqrt(2 * share * (1 - share) / estimates.TestCount), 1);
        var marks =
            real == 0
                ? ""
                : " Marks on the right: "
                    + (
                        real > MostMarks ? $"the first {MostMarks} of {Wording.Count(real)} real spectra"
                        : real == 1 ? "the real spectrum"
                        : $"the {real} real spectra"
                    )
                    + ", at the edge where the estimate lies beyond the panel.";
        return $"Parameters of {Wording.Count(estimates.TestCount)} mocks that were held out: true values, the central 99 %, and estimated "
            + "means (shades: spectra per square; line: equality). Above each panel: R² of the means, and how many percent of the true "
            + $"values the intervals of 68 and 95 % hold. That is {Range(0)} and {Range(1)}; chance moves each by {Error(0.68)} and "
            + $"{Error(0.95)} % about its level.{marks} The intervals hold for galaxies like the mocks.";
    }
}
