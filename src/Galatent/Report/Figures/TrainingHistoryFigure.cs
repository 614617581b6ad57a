using Galatent.Files;
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
    private const float Top = 62;
    private const float LossHeight = 240;
    private const float KlHeight = 120;

    // More panels beside each other are unreadable in print.
    private const int MostColumns = 4;
    private const float RowHeight = LossHeight + 22 + KlHeight + 118;

    public static Figure Make(RunResults run) =>
        new("history", "Training histories", Caption(run), () => Draw(run)) { Chapter = Chapter.Training, Data = () => Data(run) };

    private static FigureSheet Draw(RunResults run)
    {
        var n = run.Models.Count;
        var columns = Math.Min(n, MostColumns);
        var rows = (n + MostColumns - 1) / MostColumns;
        var sheet = new FigureSheet((int)(Left + (columns * (Width + Gap)) - Gap + 24), (int)(rows * RowHeight));
        // Curves fall through every corner of the panels, so the legend stands above them.
        sheet.AddText(
            "dotted: training · line: validation · dashed: linear VAE",
            12,
            20,
            FigureStyle.TickSize,
            align: SkiaSharp.SKTextAlign.Left
        );
        var range = LossRange(run);
        var mostKl = run.Models.SelectMany(m => m.History?.Curve(e => e.KullbackLeibler) ?? []).DefaultIfEmpty(1).Max();
        for (var c = 0; c < n; c++)
        {
            var model = run.Models[c];
            var history = model.History;
            if (history is null)
            {
                continue;
            }
            var left = Left + (c % MostColumns * (Width + Gap));
            var top = Top + (c / MostColumns * RowHeight);
            var epochs = history.Curve(e => e.Epoch);
            var kl = history.Curve(e => e.KullbackLeibler);
            var last = Math.Max(2, epochs[^1]);
            sheet.AddText(model.Label, left + (Width / 2), top - 12, bold: true);
            var linear = Linear(model);
            var upper = sheet.AddPanel(left, top, Width, LossHeight);
            FigureAxes.Linear(upper.Axes.Bottom, 0, last + 0.5, labels: false);
            var lossLabel = DrawLoss(upper, history, linear, range, FigurePalette.Model(c, n), last + 0.5);
            var lower = sheet.AddPanel(left, top + LossHeight + 22, Width, KlHeight);
            FigureAxes.Linear(lower.Axes.Bottom, 0, last + 0.5);
            FigureAxes.Linear(lower.Axes.Left, 0, 1.08 * mostKl);
            lower.AddLine(epochs, kl, FigurePalette.Model(c, n), width: 1.8f);
            sheet.LabelX(lower, "Epoch");
            if (c % MostColumns == 0)
            {
                sheet.LabelY(upper, lossLabel);
                sheet.LabelY(lower, "KL [nat]");
            }
        }
        return sheet;
    }

    private static ResultTable Data(RunResults run)
    {
        var rows = run.Models.SelectMany(m => (m.History?.Epochs ?? []).Select(e => (Model: m, Epoch: e))).ToArray();
        return ResultTable.Of(
            ("beta", [.. rows.Select(r => r.Model.Beta)]),
            ("epoch", [.. rows.Select(r => (double)r.Epoch.Epoch)]),
            ("training_loss", [.. rows.Select(r => r.Epoch.TrainingLoss)]),
            ("validation_loss", [.. rows.Select(r => r.Epoch.ValidationLoss)]),
            ("kl_nat", [.. rows.Select(r => r.Epoch.KullbackLeibler)]),
            ("linear_vae_loss", [.. rows.Select(r => Linear(r.Model) ?? double.NaN)])
        );
    }

    // A bound with learnt noise is in nat and may be negative. Then the axis is linear, in thousands, and the label says so.
    private static string DrawLoss(
        Plot panel,
        TrainingHistory history,
        double? linear,
        (double Low, double High) range,
        Color color,
        double right
    )
    {
        var epochs = history.Curve(e => e.Epoch);
        var training = history.Curve(e => e.TrainingLoss);
        var validation = history.Curve(e => e.ValidationLoss);
        var isLogarithmic = range.Low > 0;
        double[] Scale(double[] values) => isLogarithmic ? FigureStyle.Log10(values) : Array.ConvertAll(values, v => v / 1000);
        if (isLogarithmic)
        {
            FigureAxes.Log(
                panel.Axes.Left,
                Math.Floor((Math.Log10(range.Low) - 0.03) * 20) / 20,
                Math.Ceiling((Math.Log10(range.High) + 0.1) * 20) / 20
            );
        }
        else
        {
            var margin = 0.05 * Math.Max(range.High - range.Low, 1e-3);
            FigureAxes.Linear(panel.Axes.Left, (range.Low - margin) / 1000, (range.High + margin) / 1000);
        }
        panel.AddLine(epochs, Scale(validation), color, width: 1.8f);
        // On top and dotted: the two lie on each other where the network does not learn its spectra by heart.
        panel.AddLine(epochs, Scale(training), FigurePalette.Ink, "", 1.1f, 1.5f, 3);
        if (linear is { } best)
        {
            panel.AddLine([0, right], Scale([best, best]), FigurePalette.Ink, "", 1.2f, 6, 4);
        }
        return isLogarithmic ? "Loss per spectrum" : "Loss per spectrum [1000 nat]";
    }

    // With weights of the pixels the history is of another loss than that of the analysis's linear model.
    private static double? Linear(ModelResults model) =>
        model.History?.LinearLoss ?? (model.IsWeighted ? null : model.Analysis.Loss.Linear.Loss);

    // All panels have one scale, so that the models can be compared. A training that began far away would press the rest into a line: of
    // the first epoch, only the loss after it counts.
    private static (double Low, double High) LossRange(RunResults run)
    {
        double[] all =
        [
            .. run
                .Models.Where(m => m.History is not null)
                .SelectMany(m => Losses(m.History!).Append(Linear(m) ?? m.History!.Best.ValidationLoss)),
        ];
        return all.Length > 0 ? (all.Min(), all.Max()) : (1, 10);
    }

    private static string Cut(RunResults run) =>
        run.Models.Any(m => m.History is { } history && history.Curve(e => e.TrainingLoss)[0] > LossRange(run).High)
            ? " (the first is cut above the scale)"
            : "";

    private static IEnumerable<double> Losses(TrainingHistory history) =>
        history.Curve(e => e.ValidationLoss).Concat(history.Curve(e => e.TrainingLoss).Skip(1));

    // What stands in the parentheses of every model is said once, before the first.
    private static string Parts(RunResults run)
    {
        ModelResults[] models = [.. run.Models.Where(m => m.History is not null)];
        if (models.Length == 0)
        {
            return "";
        }
        var hasComponents = models.Any(m => m.History!.Best.PrincipalErrorActive is not null);
        string Part(ModelResults m)
        {
            var best = m.History!.Best;
            var against = Linear(m) is { } linear
                ? $", {(best.ValidationLoss < linear ? "below" : "above")} the linear {Wording.Number(linear)}"
                : "";
            var components = hasComponents
                ? $" ({Wording.Number(best.SquaredError)}; {(best.PrincipalErrorActive is { } pca ? Wording.Number(pca) : "–")})"
                : "";
            return $"{m.Label}: {Wording.Number(best.ValidationLoss)} in epoch {best.Epoch} of {m.History.Epochs.Count}{against}"
                + components;
        }
        var parentheses = hasComponents
            ? ", in parentheses the squared error of samples and that of PCA with as many components, which adds no noise"
            : "";
        return $"Lowest validation loss{parentheses}: {string.Join("; ", models.Select(Part))}.";
    }

    private static string Caption(RunResults run)
    {
        var parts = Parts(run);
        if (run.Models.All(m => m.IsWeighted))
        {
            var dashed = run.Models.Any(m => Linear(m) is not null)
                ? "; dashed, what a VAE with a linear decoder, fitted to weighted pixels by expectation maximisation, and the best "
                    + "posterior for each spectrum reaches"
                : "";
            return $"Above: loss of training and validation spectra after every epoch, with weights of the pixels{dashed}. Below: KL per "
                + $"validation spectrum. {parts}";
        }
        return $"Above: loss (eq. 8 of the study) of the training spectra, a mean during each epoch{Cut(run)}, and of the "
            + $"validation spectra after it (one sample of each, another draw than in the tables); dashed, the loss that the VAE "
            + $"with linear encoder and decoder fitted to the training spectra has on the validation spectra, known in closed form "
            + $"(Lucas et al. 2019). Below: KL per validation spectrum. {parts} A network above the dashed "
            + $"line is not yet trained; one below has found structure that no linear model has.";
    }
}
