using Galatent.Files;
using Galatent.Networks;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;

namespace Galatent.Report.Figures.Comparisons;

/// <summary>How many dimensions each model of a comparison uses.</summary>
internal static class ComparedDimensionsFigure
{
    private const float Height = 150;
    private const float Gap = 18;

    private static readonly (string Column, string Label)[] Counts =
    [
        ("dimensions_eq_11", "Informative (eq. 11)"),
        ("dimensions_in_use", $"In use (KL > {ActiveDimensions.Threshold})"),
    ];

    public static Figure Make(ComparisonResults comparison) =>
        new("compared-dimensions", "Number of dimensions of each model", Caption(comparison), () => Draw(comparison))
        {
            Data = () => Data(comparison),
            IsColumnWide = true,
        };

    private static FigureSheet Draw(ComparisonResults comparison)
    {
        var models = new ComparedModels(comparison);
        var sheet = new FigureSheet(ComparedModels.Page, (int)(16 + models.NamesHeight + (2 * Height) + Gap + 56));
        var top = 16 + models.AddNames(sheet, 4);
        foreach (var (column, label) in Counts)
        {
            var values = comparison.Models.Doubles(column);
            var panel = sheet.AddPanel(ComparedModels.Left, top, ComparedModels.PanelWidth, Height);
            models.Draw(panel, values);
            FigureAxes.Linear(
                panel.Axes.Left,
                Math.Max(0, values.Min() - 1.4),
                values.Max() + 1.4,
                Math.Ceiling((values.Max() - values.Min() + 2) / 6)
            );
            sheet.LabelY(panel, label, 46);
            if (column == Counts[^1].Column)
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

    private static ResultTable Data(ComparisonResults comparison) =>
        comparison.Models.Select("model", "recipe", "population", "spectra", "seed", "beta", "dimensions_eq_11", "dimensions_in_use");

    private static string Caption(ComparisonResults comparison)
    {
        var parts = comparison.Scatter.Rows.Select(
            (_, row) =>
                $"β = {comparison.Scatter.Texts("beta")[row]}: "
                + $"{comparison.Estimate(row, "dimensions_eq_11", v => FigureAxes.Number(v, 1))} informative, "
                + $"{comparison.Estimate(row, "dimensions_in_use", v => FigureAxes.Number(v, 1))} in use"
        );
        return $"Number of dimensions of {Wording.Count(comparison.Models.Rows.Count)} models: those that eq. 11 of the study calls "
            + $"informative, and those with a KL above {ActiveDimensions.Threshold}. A mark is a model; line and band are mean "
            + $"and standard deviation over the models of one recipe, mostly those of several seeds. {string.Join("; ", parts)}.";
    }
}
