using Galatent.Files;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;

namespace Galatent.Report.Figures.Analyses;

/// <summary>Three ways to say that a dimension is in use, with their errors: KL, eq. 11 of the study, and what the decoder loses
/// without it.</summary>
internal static class ActivityFigure
{
    private const float Height = 120;
    private const float Gap = 14;

    public static Figure? Make(RunResults run) =>
        run.Chosen.FindTable("activity") is { } table && Shown(table) is { Length: > 0 } rows
            ? new Figure("activity", "Which dimensions are in use", Caption(run, table, rows), () => Draw(table, rows))
            {
                Chapter = Chapter.Dimensions,
                IsColumnWide = true,
                Data = () => table,
            }
            : null;

    // Those that were ablated: every dimension that one criterion calls used. The largest KL first.
    private static int[] Shown(ResultTable table)
    {
        var rise = table.Doubles("ablation_rise", mayBeUndefined: true);
        var kl = table.Doubles("kl_nat");
        return [.. Enumerable.Range(0, kl.Length).Where(d => double.IsFinite(rise[d])).OrderByDescending(d => kl[d])];
    }

    private static FigureSheet Draw(ResultTable table, int[] rows)
    {
        (string Label, string Column, double Threshold)[] panels =
        [
            ("KL [nat]", "kl", ActiveDimensions.ThresholdNat),
            ("Eq. 11", "mean_absolute_covariance", Informativeness.CovarianceThreshold),
            ("Ablation", "ablation_rise", double.NaN),
        ];
        var sheet = new FigureSheet(AnalysisPanels.Page, (int)(16 + (panels.Length * (Height + Gap)) + 46));
        for (var p = 0; p < panels.Length; p++)
        {
            var (label, column, threshold) = panels[p];
            var isLast = p == panels.Length - 1;
            var panel = sheet.AddPanel(AnalysisPanels.Left, 16 + (p * (Height + Gap)), AnalysisPanels.Width, Height);
            double[] Of(string name) => table.Doubles(name, mayBeUndefined: true) is var all ? Array.ConvertAll(rows, r => all[r]) : [];
            var values = Of(column == "kl" ? "kl_nat" : column);
            var errors = Of(column == "kl" ? "kl_standard_error_nat" : column + "_standard_error");
            double[] xs = [.. Enumerable.Range(0, rows.Length).Select(i => (double)i)];
            double[] ends = [.. values.Append(threshold).Where(v => v > 0)];
            var low = Math.Floor(Math.Log10(Math.Max(ends.DefaultIfEmpty(1).Min(), 1e-6)) - 0.1);
            var high = Math.Log10(ends.DefaultIfEmpty(1).Max()) + 0.3;
            FigureAxes.Categories(panel.Axes.Bottom, [.. rows.Select(AnalysisResults.DimensionName)], isLast);
            FigureAxes.Log(panel.Axes.Left, low, high);
            if (double.IsFinite(threshold))
            {
                panel.AddLine(
                    [-0.5, rows.Length - 0.5],
                    [Math.Log10(threshold), Math.Log10(threshold)],
                    FigurePalette.Vermillion,
                    "",
                    1.2f,
                    6,
                    4
                );
            }
            AnalysisPanels.AddPoints(
                panel,
                xs,
                FigureStyle.Log10(values),
                // An error as large as its value would reach below every axis.
                [.. values.Select((v, i) => Math.Log10(Math.Max(v - (2 * errors[i]), Math.Pow(10, low))))],
                FigureStyle.Log10([.. values.Select((v, i) => v + (2 * errors[i]))]),
                FigurePalette.Blue
            );
            sheet.LabelY(panel, label);
            if (isLast)
            {
                sheet.LabelX(panel, "Latent dimension, by KL");
            }
        }
        return sheet;
    }

    private static string Caption(RunResults run, ResultTable table, int[] rows)
    {
        var verdicts = table.Texts("eq_11");
        int[] undecided = [.. rows.Where(r => verdicts[r] == "undecided").Order()];
        int[] echoes = [.. rows.Where(r => verdicts[r] == "informative" && !run.Chosen.Analysis.InUse.Contains(r)).Order()];
        return $"Dimensions at {run.Chosen.Label} that one of four criteria calls used: those drawn, and a variance of the means "
            + "above 0.01 (active units of Burda et al. 2016). Above: KL from the prior. Middle: mean absolute "
            + "covariance with the pixels (eq. 11 of the study, normalised flux). Below: rise of the squared error of held-out spectra "
            + "when "
            + "the dimension is held at its mean (normalised flux squared, summed over pixels). Bars: two standard errors over spectra; "
            + "dashed: thresholds. "
            + $"Eq. 11 is undecided for {Wording.Dimensions(undecided)}; it calls {Wording.Dimensions(echoes)} informative although the "
            + "KL is "
            + $"below {ActiveDimensions.Threshold}.";
    }
}
