using Galatent.Files;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using Galatent.Spectra;
using ScottPlot;

namespace Galatent.Report.Figures;

/// <summary>The study's figure 8: mean squared error of every data point for the models of all betas.</summary>
internal static class WavelengthErrorFigure
{
    // One panel for each model: in one panel, the curve drawn last hides the others.
    private const float Left = 76;
    private const float Width = 896;
    private const float Height = 170;
    private const float Gap = 10;
    private const float Top = 106;
    private const int LabelledLines = 16;

    public static Figure Make(RunResults run) =>
        new("error-by-wavelength", "Mean squared error over wavelength", Caption(run), () => Draw(run))
        {
            Chapter = Chapter.Reconstruction,
            StudyFigure = 8,
            Data = () => Data(run),
        };

    private static FigureSheet Draw(RunResults run)
    {
        var sheet = new FigureSheet(1000, (int)(Top + (run.Models.Count * (Height + Gap)) + 44));
        var variance = FigureStyle.Log10(Covered(run, run.Chosen.Analysis.Error.Variance));
        var all = run
            .Models.SelectMany(m => FigureStyle.Log10(Covered(run, m.Analysis.Error.MeanSquaredError)))
            .Where(double.IsFinite)
            .Order()
            .ToArray();
        var low = Math.Floor(all[all.Length / 1000]);
        var high = Math.Ceiling(Math.Max(all[^1], variance.Where(double.IsFinite).Max()) + 0.1);
        var lines = SpectralLines.Brightest(run.Grid, run.Chosen.Analysis.Error.Variance, LabelledLines);
        for (var i = 0; i < run.Models.Count; i++)
        {
            var top = Top + (i * (Height + Gap));
            var panel = sheet.AddPanel(Left, top, Width, Height);
            FigureAxes.Wavelength(panel.Axes.Bottom, run.ShownRange, labels: i == run.Models.Count - 1);
            FigureAxes.Log(panel.Axes.Left, low, high);
            panel.AddLine(run.Grid.WavelengthAngstrom, variance, FigurePalette.Faint, "variance of the spectra", 1.1f);
            panel.AddLine(
                run.Grid.WavelengthAngstrom,
                FigureStyle.Log10(Covered(run, run.Models[i].Analysis.Error.MeanSquaredError)),
                FigurePalette.Model(i, run.Models.Count),
                run.Models[i].Label,
                1
            );
            panel.AddLegend(Alignment.UpperRight);
            if (i == 0)
            {
                FeatureLabels.Add(sheet, panel, lines, Left, top, Width);
            }
        }
        sheet.LabelX(sheet.Panels[^1], FigureStyle.WavelengthLabel);
        // One label for the axes of all panels.
        sheet.AddText(
            "Mean squared error, normalised flux²",
            Left - 52,
            Top + (((run.Models.Count * (Height + Gap)) - Gap) / 2),
            rotation: -90
        );
        return sheet;
    }

    private static ResultTable Data(RunResults run) =>
        ResultTable.Of([
            ("wavelength_angstrom", run.Grid.WavelengthAngstrom),
            ("variance", Covered(run, run.Chosen.Analysis.Error.Variance)),
            .. run.Models.Select(m =>
                ($"mean_squared_error_beta_{Wording.Beta(m.Beta)}", (IReadOnlyList<double>)Covered(run, m.Analysis.Error.MeanSquaredError))
            ),
        ]);

    private static string Caption(RunResults run)
    {
        var (fine, fineEnd) = run.Grid.Range(3601.8, 7401.8);
        string Medians(ModelResults model)
        {
            var mse = Covered(run, model.Analysis.Error.MeanSquaredError);
            double[] inside = [.. mse[fine..fineEnd].Where(double.IsFinite).Order()];
            double[] outside = [.. mse[..fine].Concat(mse[fineEnd..]).Where(double.IsFinite)];
            Array.Sort(outside);
            return $"{model.Label}: {Median(inside)} and {Median(outside)}";
        }
        return $"Mean squared error of every data point over all {Wording.Count(run.SpectrumCount)} spectra (eq. 9 of the study, decoded "
            + $"posterior means); grey: the variance of the spectra, which is the error of the mean spectrum. Median inside "
            + $"and outside the finely sampled range from 3602 to 7402 Å: {string.Join("; ", run.Models.Select(Medians))}. Summed over "
            + $"all points: "
            + $"{string.Join(", ", run.Models.Select(m => $"{Wording.Number(m.Analysis.Loss.SquaredErrorOfMean)} at {m.Label}"))}, "
            + $"of a total variance of {Wording.Number(run.Chosen.Analysis.Loss.TotalVariance, 4)}."
            + (
                run.Gaps is null
                    ? ""
                    : " Drawn is what at least half of the spectra cover. Where a pixel is bad, the error is that of what it was filled "
                        + "with."
            );
    }

    // NaN where most spectra have nothing: an error there would be that of what was filled in.
    private static double[] Covered(RunResults run, double[] values) =>
        run.Gaps is { } gaps ? [.. values.Select((v, j) => gaps.IsCovered(j) ? v : double.NaN)] : values;

    private static string Median(double[] sorted) => sorted.Length == 0 ? "–" : Wording.Number(sorted[sorted.Length / 2], 2);
}
