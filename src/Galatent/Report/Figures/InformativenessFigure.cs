using Galatent.Files;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using ScottPlot;

namespace Galatent.Report.Figures;

/// <summary>The study's figure 9: mean absolute covariance of every dimension. A second panel shows the KL of every dimension.</summary>
internal static class InformativenessFigure
{
    private const float Left = 76;
    private const float ColumnWidth = 406;
    private const float ColumnGap = 84;
    private const float RowHeight = 150;
    private const float RowGap = 36;
    private const float Top = 32;
    private const string CovarianceError = "mean_absolute_covariance_standard_error";
    private const string KlError = "kl_standard_error_nat";

    public static Figure Make(RunResults run) =>
        new("informativeness", "Informative dimensions", Caption(run), () => Draw(run))
        {
            Chapter = Chapter.Dimensions,
            StudyFigure = 9,
            Data = () => Data(run),
        };

    private static FigureSheet Draw(RunResults run)
    {
        var sheet = new FigureSheet(1000, (int)(Top + (run.Models.Count * (RowHeight + RowGap)) + 34));
        var scores = run.Models.Select(m => m.Analysis.Informativeness).ToArray();
        var covariance = Decades(scores.SelectMany(s => s.MeanAbsoluteCovariance), Informativeness.CovarianceThreshold);
        var kl = Decades(scores.SelectMany(s => s.KlNat), ActiveDimensions.ThresholdNat);
        for (var r = 0; r < run.Models.Count; r++)
        {
            var top = Top + (r * (RowHeight + RowGap));
            var last = r == run.Models.Count - 1;
            var left = sheet.AddPanel(Left, top, ColumnWidth, RowHeight);
            DrawBars(left, scores[r].MeanAbsoluteCovariance, scores[r].ByCovariance, Informativeness.CovarianceThreshold, covariance, last);
            DrawErrors(left, scores[r].MeanAbsoluteCovariance, ErrorsOf(run.Models[r], CovarianceError), covariance);
            sheet.LabelY(left, "Mean |covariance|");
            var right = sheet.AddPanel(Left + ColumnWidth + ColumnGap, top, ColumnWidth, RowHeight);
            DrawBars(right, scores[r].KlNat, scores[r].ByKl, ActiveDimensions.ThresholdNat, kl, last);
            DrawErrors(right, scores[r].KlNat, ErrorsOf(run.Models[r], KlError), kl);
            sheet.LabelY(right, "KL [nat]");
            if (last)
            {
                sheet.LabelX(left, "Latent dimension");
                sheet.LabelX(right, "Latent dimension");
            }
            sheet.AddText(run.Models[r].Label, Left, top - 9, bold: true, align: SkiaSharp.SKTextAlign.Left);
            sheet.AddText(
                $"{scores[r].ByCovariance.Length} informative",
                Left + ColumnWidth,
                top - 9,
                FigureStyle.TickSize,
                color: FigurePalette.Purple,
                align: SkiaSharp.SKTextAlign.Right
            );
            sheet.AddText(
                $"{scores[r].ByKl.Length} in use",
                Left + (2 * ColumnWidth) + ColumnGap,
                top - 9,
                FigureStyle.TickSize,
                color: FigurePalette.Purple,
                align: SkiaSharp.SKTextAlign.Right
            );
        }
        return sheet;
    }

    // Standard errors over spectra, one for each dimension; null where they were not measured.
    private static double[]? ErrorsOf(ModelResults model, string column) =>
        model.FindTable("activity") is { } table && table.Rows.Count == model.Latents.Dimensions
            ? table.Doubles(column, mayBeUndefined: true)
            : null;

    private static ResultTable Data(RunResults run) =>
        new(["beta", "dimension", "mean_absolute_covariance", CovarianceError, "kl_nat", KlError], [.. run.Models.SelectMany(Rows)]);

    private static IEnumerable<string[]> Rows(ModelResults model)
    {
        var (covariance, kl) = (ErrorsOf(model, CovarianceError), ErrorsOf(model, KlError));
        static string Error(double[]? errors, int dimension) => errors is null ? "" : ResultTable.Text(errors[dimension]);
        var scores = model.Analysis.Informativeness;
        return Enumerable
            .Range(0, model.Latents.Dimensions)
            .Select(d =>
                (string[])
                    [
                        ResultTable.Text(model.Beta),
                        AnalysisResults.DimensionName(d),
                        ResultTable.Text(scores.MeanAbsoluteCovariance[d]),
                        Error(covariance, d),
                        ResultTable.Text(scores.KlNat[d]),
                        Error(kl, d),
                    ]
            );
    }

    // Two standard errors to both sides, as far as the panel goes.
    private static void DrawErrors(Plot panel, double[] values, double[]? errors, (double Low, double High) decades)
    {
        for (var d = 0; d < values.Length && errors is not null; d++)
        {
            double End(double value) => Math.Clamp(Math.Log10(Math.Max(value, 1e-300)), decades.Low, decades.High);
            var (low, high) = (End(values[d] - (2 * errors[d])), End(values[d] + (2 * errors[d])));
            if (high > low)
            {
                panel.AddLine([d, d], [low, high], FigurePalette.Ink, width: 0.9f);
            }
        }
    }

    private static void DrawBars(Plot panel, double[] values, int[] above, double threshold, (double Low, double High) decades, bool last)
    {
        (panel.Axes.Bottom.Range.Min, panel.Axes.Bottom.Range.Max) = (-0.8, values.Length - 0.2);
        FigureAxes.Linear(panel.Axes.Bottom, -0.8, values.Length - 0.2, values.Length > 16 ? 4 : 1, labels: last);
        FigureAxes.Log(panel.Axes.Left, decades.Low, decades.High);
        for (var d = 0; d < values.Length; d++)
        {
            var top = Math.Clamp(Math.Log10(Math.Max(values[d], 1e-300)), decades.Low, decades.High);
            var bar = panel.Add.Rectangle(d - 0.38, d + 0.38, decades.Low, top);
            bar.FillColor = above.Contains(d) ? FigurePalette.Purple : FigurePalette.Faint;
            bar.LineWidth = 0;
        }
        panel.AddLine(
            [-0.8, values.Length - 0.2],
            [Math.Log10(threshold), Math.Log10(threshold)],
            FigurePalette.Vermillion,
            "",
            1.2f,
            6,
            4
        );
    }

    private static (double Low, double High) Decades(IEnumerable<double> values, double threshold)
    {
        var positive = values.Where(v => v > 0).Append(threshold).ToArray();
        return (
            Math.Max(Math.Log10(threshold) - 3, Math.Floor(Math.Log10(positive.Min()))),
            Math.Ceiling((Math.Log10(positive.Max()) + 0.1) * 2) / 2
        );
    }

    private static string Caption(RunResults run)
    {
        string Part(ModelResults m) =>
            $"{m.Label}: {m.Analysis.Informativeness.ByCovariance.Length} informative, {m.Analysis.Informativeness.ByKl.Length} in use";
        var bars = run.Models.Any(m => ErrorsOf(m, KlError) is not null) ? " Lines on bars: two standard errors over spectra." : "";
        return $"Left: mean absolute covariance of each latent dimension (posterior mean) with the data points, eq. 11 "
            + $"of the study; purple above its threshold of 0.01 (dashed). Right: mean KL divergence of each dimension from "
            + $"the prior, the price that the model pays for it; purple above {ActiveDimensions.Threshold}. Both over all spectra; "
            + $"what lies below an axis is not drawn.{bars} {string.Join("; ", run.Models.Select(Part))}, of "
            + $"{run.Chosen.Latents.Dimensions}. At {run.Chosen.Label} the informative dimensions are "
            + $"{Wording.Dimensions(run.Chosen.Analysis.Informative)}. The covariance depends on the brightness of what a "
            + $"dimension changes, the KL does not: where the two disagree, trust the KL.";
    }
}
