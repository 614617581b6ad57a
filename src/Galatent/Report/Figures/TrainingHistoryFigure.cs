using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using Galatent.Training;
using ScottPlot;

namespace Galatent.Report.Figures;

/// <summary>Loss of every model by epoch, compared with the best linear VAE on the same spectra.</summary>
internal static class TrainingHistoryFigure
{
    private const float Left = 70;
    private const float Width = 268;
    private const float Gap = 46;
    private const float Top = 36;
    private const float LossHeight = 240;
    private const float KlHeight = 120;

    public static Figure Make(RunResults run) =>
        new("history", "Training histories", Caption(run), () => Draw(run)) { Chapter = Chapter.Training };

    private static FigureSheet Draw(RunResults run)
    {
        var n = run.Models.Count;
        var sheet = new FigureSheet((int)(Left + (n * (Width + Gap)) - Gap + 24), (int)(Top + LossHeight + 22 + KlHeight + 56));
        for (var c = 0; c < n; c++)
        {
            var model = run.Models[c];
            var history = model.History;
            if (history is null)
            {
                continue;
            }
            var left = Left + (c * (Width + Gap));
            var epochs = history.Curve(e => e.Epoch);
            var kl = history.Curve(e => e.KullbackLeibler);
            var last = Math.Max(2, epochs[^1]);
            sheet.AddText(model.Label, left + (Width / 2), Top - 12, bold: true);
            var linear = history.LinearLoss ?? model.Analysis.Loss.Linear.Loss;
            var upper = sheet.AddPanel(left, Top, Width, LossHeight);
            FigureAxes.Linear(upper.Axes.Bottom, 0, last + 0.5, labels: false);
            var lossLabel = DrawLoss(upper, history, linear, FigurePalette.Model(c), last + 0.5);
            var lower = sheet.AddPanel(left, Top + LossHeight + 22, Width, KlHeight);
            FigureAxes.Linear(lower.Axes.Bottom, 0, last + 0.5);
            FigureAxes.Linear(lower.Axes.Left, 0, 1.08 * kl.Max());
            lower.AddLine(epochs, kl, FigurePalette.Model(c), width: 1.8f);
            sheet.LabelX(lower, "Epoch");
            if (c == 0)
            {
                sheet.LabelY(upper, lossLabel);
                sheet.LabelY(lower, "KL [nat]");
            }
        }
        return sheet;
    }

    // A bound with learnt noise is in nat and may be negative. Then the axis is linear, in thousands, and the label says so.
    private static string DrawLoss(Plot panel, TrainingHistory history, double linear, Color color, double right)
    {
        var epochs = history.Curve(e => e.Epoch);
        var training = history.Curve(e => e.TrainingLoss);
        var validation = history.Curve(e => e.ValidationLoss);
        double[] all = [.. validation, .. training, linear];
        var isLogarithmic = all.Min() > 0;
        double[] Scale(double[] values) => isLogarithmic ? FigureStyle.Log10(values) : Array.ConvertAll(values, v => v / 1000);
        if (isLogarithmic)
        {
            FigureAxes.Log(
                panel.Axes.Left,
                Math.Floor((Math.Log10(all.Min()) - 0.03) * 20) / 20,
                Math.Ceiling((Math.Log10(all.Max()) + 0.1) * 20) / 20
            );
        }
        else
        {
            var margin = 0.05 * Math.Max(all.Max() - all.Min(), 1e-3);
            FigureAxes.Linear(panel.Axes.Left, (all.Min() - margin) / 1000, (all.Max() + margin) / 1000);
        }
        panel.AddLine(epochs, Scale(training), FigurePalette.Faint, "training", 1.6f);
        panel.AddLine(epochs, Scale(validation), color, "validation", 1.8f);
        panel.AddLine([0, right], Scale([linear, linear]), FigurePalette.Ink, "best linear VAE", 1.2f, 6, 4);
        panel.AddLegend(isLogarithmic ? Alignment.UpperRight : Alignment.MiddleRight);
        return isLogarithmic ? "Loss per spectrum" : "Loss per spectrum [1000 nat]";
    }

    private static string Components(TrainingHistory history) =>
        history.Best is { PrincipalErrorActive: { } components } best
            ? $" (squared error {Wording.Number(best.SquaredError)}; PCA with as many components: {Wording.Number(components)})"
            : "";

    private static string Caption(RunResults run)
    {
        string Part(ModelResults m)
        {
            var linear = m.History!.LinearLoss ?? m.Analysis.Loss.Linear.Loss;
            var best = m.History.Best.ValidationLoss;
            return $"{m.Label}: best {Wording.Number(best)} in epoch {m.History.Best.Epoch} of {m.History.Epochs.Count}, "
                + $"{(best < linear ? "below" : "above")} the linear {Wording.Number(linear)}{Components(m.History)}";
        }
        return $"Above: loss (eq. 8 of the study) of training and validation spectra after every epoch; dashed, the loss that the VAE "
            + $"with linear encoder and decoder fitted to the training spectra has on the validation spectra, known in closed form "
            + $"(Lucas et al. 2019). Below: KL per validation "
            + $"spectrum. {string.Join("; ", run.Models.Where(m => m.History is not null).Select(Part))}. A network above the dashed "
            + $"line is not yet trained; one below has found structure that no linear model has.";
    }
}
