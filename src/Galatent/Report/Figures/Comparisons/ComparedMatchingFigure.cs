using Galatent.Files;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using ScottPlot;

namespace Galatent.Report.Figures.Comparisons;

/// <summary>Whether the dimensions of two models are the same ones, beside axes turned at random, and whether they hold the same.</summary>
internal static class ComparedMatchingFigure
{
    private const float Height = 170;
    private const float Gap = 18;

    public static Figure Make(ComparisonResults comparison)
    {
        var pairs = Pairs(comparison.Matching);
        return new Figure("compared-matching", "Dimensions of one model in another", Caption(pairs), () => Draw(pairs))
        {
            Data = () =>
                pairs.Select(
                    "first",
                    "second",
                    "first_beta",
                    "second_beta",
                    "matched_correlation",
                    "rotated_mean",
                    "rotated_95_percent",
                    "r2_second_from_first",
                    "r2_first_from_second"
                ),
            IsColumnWide = true,
        };
    }

    // Pairs of one beta; where there are none, all.
    private static ResultTable Pairs(ResultTable all)
    {
        var first = all.Require("first_beta");
        var second = all.Require("second_beta");
        var same = all with { Rows = [.. all.Rows.Where(r => r[first] == r[second])] };
        var shown = same.Rows.Count > 0 ? same : all;
        return shown with { Rows = [.. shown.Rows.OrderBy(r => Number(r[first])).ThenBy(r => Number(r[second]))] };
    }

    private static double Number(string field) => double.Parse(field, System.Globalization.CultureInfo.InvariantCulture);

    private static FigureSheet Draw(ResultTable pairs)
    {
        var sheet = new FigureSheet(ComparedModels.Page, (int)(40 + (2 * Height) + Gap + 50));
        var upper = sheet.AddPanel(ComparedModels.Left, 40, ComparedModels.PanelWidth, Height);
        var lower = sheet.AddPanel(ComparedModels.Left, 40 + Height + Gap, ComparedModels.PanelWidth, Height);
        double[] matched = pairs.Doubles("matched_correlation", mayBeUndefined: true);
        double[] low = pairs.Doubles("rotated_mean", mayBeUndefined: true);
        double[] high = pairs.Doubles("rotated_95_percent", mayBeUndefined: true);
        string[] betas = [.. pairs.Rows.Select((_, r) => Beta(pairs, r))];
        double[] place = Places(betas);
        for (var r = 0; r < betas.Length; r++)
        {
            if (double.IsFinite(low[r]))
            {
                var chance = upper.Add.Rectangle(place[r] - 0.36, place[r] + 0.36, low[r], high[r]);
                chance.FillColor = FigurePalette.Faint;
                chance.LineWidth = 0;
            }
        }
        Marks(upper, place, matched, MarkerShape.FilledCircle, FigurePalette.Blue);
        Marks(
            lower,
            place,
            pairs.Doubles("r2_second_from_first", mayBeUndefined: true),
            MarkerShape.FilledTriangleUp,
            FigurePalette.Vermillion
        );
        Marks(
            lower,
            place,
            pairs.Doubles("r2_first_from_second", mayBeUndefined: true),
            MarkerShape.FilledTriangleDown,
            FigurePalette.Green
        );
        foreach (var panel in new[] { upper, lower })
        {
            var labels = panel == lower;
            var ticks = new ScottPlot.TickGenerators.NumericManual();
            foreach (var group in betas.Select((b, r) => (Beta: b, Place: place[r])).GroupBy(p => p.Beta))
            {
                ticks.AddMajor(group.Average(p => p.Place), labels ? group.Key : "");
            }
            (panel.Axes.Bottom.Range.Min, panel.Axes.Bottom.Range.Max) = (-0.9, place[^1] + 0.9);
            panel.Axes.Bottom.TickGenerator = ticks;
            panel.Axes.Bottom.MajorTickStyle.Length = 0;
            FigureAxes.Linear(panel.Axes.Left, 0, 1.06, 0.2);
        }
        sheet.LabelY(upper, "Matched |correlation|");
        sheet.LabelY(lower, "R² of dimensions");
        sheet.LabelX(lower, "β of the two models");
        sheet.AddText(
            "marks: pairs of models",
            ComparedModels.Left,
            26,
            FigureStyle.TickSize,
            false,
            FigurePalette.Blue,
            SkiaSharp.SKTextAlign.Left
        );
        // Models that agree have R² near 1, so there is room below.
        var corner = 40 + (2 * Height) + Gap - 28;
        Note("second from first", FigurePalette.Vermillion, corner);
        Note("first from second", FigurePalette.Green, corner + 17);
        void Note(string text, Color color, float y) =>
            sheet.AddText(text, ComparedModels.Left + 8, y, FigureStyle.TickSize, true, color, SkiaSharp.SKTextAlign.Left);
        sheet.AddText(
            "grey: axes turned at random, mean to 95 %",
            ComparedModels.Left + ComparedModels.PanelWidth,
            26,
            FigureStyle.TickSize,
            align: SkiaSharp.SKTextAlign.Right
        );
        return sheet;
    }

    // Pairs of one beta stand together, with a gap to the next.
    private static double[] Places(string[] betas)
    {
        var place = new double[betas.Length];
        for (var r = 1; r < betas.Length; r++)
        {
            place[r] = place[r - 1] + (betas[r] == betas[r - 1] ? 1 : 2);
        }
        return place;
    }

    private static void Marks(Plot panel, double[] place, double[] values, MarkerShape shape, Color color)
    {
        int[] finite = [.. Enumerable.Range(0, values.Length).Where(r => double.IsFinite(values[r]))];
        double[] xs = Array.ConvertAll(finite, r => place[r]);
        double[] ys = Array.ConvertAll(finite, r => Math.Max(0, values[r]));
        panel.Add.Markers(xs, ys, shape, 8, color);
    }

    private static string Beta(ResultTable pairs, int row)
    {
        var first = pairs.Texts("first_beta")[row];
        var second = pairs.Texts("second_beta")[row];
        return first == second ? first : $"{first}, {second}";
    }

    private static string Caption(ResultTable pairs)
    {
        double[] matched = pairs.Doubles("matched_correlation", mayBeUndefined: true);
        double[] high = pairs.Doubles("rotated_95_percent", mayBeUndefined: true);
        var above = matched.Where((m, r) => m > high[r]).Count();
        double[] both =
        [
            .. pairs.Doubles("r2_second_from_first", mayBeUndefined: true),
            .. pairs.Doubles("r2_first_from_second", mayBeUndefined: true),
        ];
        return "Above: mean |rank correlation| of matched dimensions for each pair of models (unmatched ones count 0), beside what axes "
            + "reach that are turned at random in one space, mean to 95 %. Below: R² of the dimensions of one model from those of the "
            + "other "
            + $"(triangles: second from first, upside down: first from second). {above} of {matched.Length} pairs lie above the 95 %; the "
            + $"lowest R² is {Wording.Number(both.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min(), 2)}. A high R² with a match "
            + "inside the grey is the same space with other axes.";
    }
}
