using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using ScottPlot;

namespace Galatent.Report.Figures;

/// <summary>The study's figure 8: mean squared error of every data point for the models of all betas.</summary>
internal static class WavelengthErrorFigure
{
    public static Figure Make(RunResults run) =>
        new("error-by-wavelength", "Mean squared error over wavelength", Caption(run), () => Draw(run))
        {
            Chapter = Chapter.Reconstruction,
        };

    private static FigureSheet Draw(RunResults run)
    {
        var sheet = new FigureSheet(1000, 470);
        var panel = sheet.AddPanel(76, 16, 896, 390);
        FigureAxes.Linear(panel.Axes.Bottom, 1000, 10000, 1000);
        var variance = FigureStyle.Log10(run.Chosen.Analysis.Error.Variance);
        var lowest = run
            .Models.SelectMany(m => FigureStyle.Log10(m.Analysis.Error.MeanSquaredError))
            .Where(double.IsFinite)
            .Order()
            .ToArray();
        FigureAxes.Log(
            panel.Axes.Left,
            Math.Floor(lowest[lowest.Length / 1000]),
            Math.Ceiling(variance.Where(double.IsFinite).Max() + 0.3)
        );
        sheet.LabelY(panel, "Mean squared error, normalised flux²");
        sheet.LabelX(panel, FigureStyle.WavelengthLabel);
        panel.AddLine(run.Grid.WavelengthAngstrom, variance, FigurePalette.Faint, "variance of the spectra");
        // The largest beta is drawn first. It has the largest errors, so the others stay visible in front of it.
        for (var i = run.Models.Count - 1; i >= 0; i--)
        {
            panel.AddLine(
                run.Grid.WavelengthAngstrom,
                FigureStyle.Log10(run.Models[i].Analysis.Error.MeanSquaredError),
                FigurePalette.Model(i),
                run.Models[i].Label,
                1.1f
            );
        }
        panel.AddLegend(Alignment.UpperLeft);
        panel.Legend.DisplayPlottableLegendItems = false;
        panel.Legend.ManualItems.AddRange([
            .. run.Models.Select((m, i) => Entry(m.Label, FigurePalette.Model(i))),
            Entry("variance of the spectra", FigurePalette.Faint),
        ]);
        return sheet;
    }

    private static LegendItem Entry(string text, Color color) =>
        new()
        {
            LabelText = text,
            LineColor = color,
            LineWidth = 2,
        };

    private static string Caption(RunResults run)
    {
        var (fine, fineEnd) = run.Grid.Range(3601.8, 7401.8);
        string Medians(ModelResults model)
        {
            var mse = model.Analysis.Error.MeanSquaredError;
            var inside = mse[fine..fineEnd].Order().ToArray();
            double[] outside = [.. mse[..fine], .. mse[fineEnd..]];
            Array.Sort(outside);
            return $"{model.Label}: {Median(inside)} and {Median(outside)}";
        }
        return $"Mean squared error of every data point over all {Wording.Count(run.SpectrumCount)} spectra (eq. 9 of the study, decoded "
            + $"posterior means); grey: the error of a model that has learnt only the mean spectrum. Median inside "
            + $"and outside the finely sampled range from 3602 to 7402 Å: {string.Join("; ", run.Models.Select(Medians))}. Summed over "
            + $"all points: "
            + $"{string.Join(", ", run.Models.Select(m => $"{Wording.Number(m.Analysis.Loss.SquaredErrorOfMean)} at {m.Label}"))}, "
            + $"of a total variance of {Wording.Number(run.Chosen.Analysis.Loss.TotalVariance, 4)}.";
    }

    private static string Median(double[] sorted) => sorted.Length == 0 ? "–" : Wording.Number(sorted[sorted.Length / 2], 2);
}
