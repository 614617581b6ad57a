using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;

namespace Galatent.Report.Figures.Comparisons;

/// <summary>Losses of the models of a comparison, and how far they lie below those of the best linear VAE.</summary>
internal static class ComparedLossesFigure
{
    private const float Height = 130;
    private const float Gap = 18;

    public static Figure Make(ComparisonResults comparison) =>
        new("compared-losses", "Losses of each model", Caption(comparison), () => Draw(comparison))
        {
            Data = () =>
                comparison.Models.Select(
                    "model",
                    "recipe",
                    "population",
                    "spectra",
                    "seed",
                    "beta",
                    "squared_error",
                    "kl_nat",
                    "loss",
                    "linear_vae_loss"
                ),
            IsColumnWide = true,
        };

    private static FigureSheet Draw(ComparisonResults comparison)
    {
        var models = new ComparedModels(comparison);
        var loss = comparison.Models.Doubles("loss");
        var linear = comparison.Models.Doubles("linear_vae_loss");
        (string Label, double[] Values, bool IsLogarithmic)[] panels =
        [
            ("Squared error", comparison.Models.Doubles("squared_error"), true),
            ("KL [nat]", comparison.Models.Doubles("kl_nat"), false),
            ("Below linear VAE [%]", [.. loss.Select((l, i) => 100 * (1 - (l / linear[i])))], false),
        ];
        var sheet = new FigureSheet(ComparedModels.Page, (int)(16 + models.NamesHeight + (3 * (Height + Gap)) + 40));
        var top = 16 + models.AddNames(sheet, 4);
        for (var p = 0; p < panels.Length; p++)
        {
            var (label, values, isLogarithmic) = panels[p];
            double[] drawn = isLogarithmic ? FigureStyle.Log10(values) : values;
            double[] finite = [.. drawn.Where(double.IsFinite).DefaultIfEmpty(0)];
            var margin = Math.Max(0.12 * (finite.Max() - finite.Min()), isLogarithmic ? 0.1 : 0.5);
            var panel = sheet.AddPanel(ComparedModels.Left, top, ComparedModels.PanelWidth, Height);
            models.Draw(panel, drawn);
            if (isLogarithmic)
            {
                FigureAxes.Log(panel.Axes.Left, finite.Min() - margin, finite.Max() + margin);
            }
            else
            {
                FigureAxes.Linear(panel.Axes.Left, finite.Min() - margin, finite.Max() + margin);
            }
            sheet.LabelY(panel, label, 50);
            if (p == panels.Length - 1)
            {
                sheet.LabelX(panel, "β");
            }
            else
            {
                FigureAxes.Categories(panel.Axes.Bottom, [.. models.Betas.Select(_ => "")]);
            }
            top += Height + Gap;
        }
        return sheet;
    }

    private static string Caption(ComparisonResults comparison)
    {
        var parts = comparison.Scatter.Rows.Select(
            (_, row) =>
                $"β = {comparison.Scatter.Texts("beta")[row]}: loss {comparison.Estimate(row, "loss", v => Wording.Number(v))}, linear "
                + comparison.Estimate(row, "linear_vae_loss", v => Wording.Number(v))
        );
        return "Squared error of decoded samples z (normalised flux squared, summed over pixels), KL, and how far the loss lies below that "
            + "of the best linear VAE of the same training spectra; validation spectra. A mark is a model; line and band are mean and "
            + $"standard deviation over the models of one recipe (those of the logarithm, for the error). {string.Join("; ", parts)}.";
    }
}
