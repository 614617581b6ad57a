using Galatent.Latents;
using Galatent.Report.Drawing;
using Galatent.Report.Runs;
using Galatent.Spectra.Quantities;
using ScottPlot;

namespace Galatent.Report.Figures;

/// <summary>The study's figure 13: density maps of informative dimensions with the known parameters.</summary>
internal static class ParameterDensityFigure
{
    public static Figure? Make(RunResults run)
    {
        if (InformationCells.WithParameters(run) is not { } matrix)
        {
            return null;
        }
        var dimensions = run.Chosen.Analysis.Shown;
        var columns = InformationCells.ParametersOf(run, matrix);
        var related = dimensions.Sum(d => columns.Count(c => matrix[d, c] > DensityPanels.ThresholdNat));
        var caption =
            $"Density of the spectra over informative dimensions at {run.Chosen.Label} (posterior "
            + $"means{DensityPanels.Only(run)}, across) and known parameters (up); the shades have one scale. Green: the {related} of "
            + $"{dimensions.Length * columns.Length} relations with more than {DensityPanels.ThresholdNat} nat of mutual information. "
            + $"The slope of a cloud tells how the two go together in this population.{DensityPanels.LeftOut(run)}";
        return new Figure(
            "density-parameters",
            $"Informative dimensions against {(run.IsObserved ? "known" : "physical")} parameters",
            caption,
            () => Draw(run, dimensions, columns, matrix)
        )
        {
            Chapter = Chapter.Physics,
            StudyFigure = 13,
            Data = () => DensityPanels.Data(Maps(run, dimensions, columns, matrix)),
        };
    }

    private static IEnumerable<(string X, string Y, DensityMap Map)> Maps(
        RunResults run,
        int[] dimensions,
        int[] parameters,
        MutualInformationMatrix matrix
    ) =>
        from p in parameters
        let values = run.Parameters.First(column => column.Name == matrix.Columns[p]).Values
        from d in dimensions
        select (
            AnalysisResults.DimensionName(d),
            matrix.Columns[p],
            DensityPanels.Map(run.Chosen.Latents.MuColumn(d), values, related: false)
        );

    private static FigureSheet Draw(RunResults run, int[] dimensions, int[] parameters, MutualInformationMatrix matrix)
    {
        const float left = DensityPanels.Left + 20;
        const float top = DensityPanels.Top;
        const float gap = DensityPanels.Gap;
        var side = Math.Min(150, ((1000 - left - DensityPanels.ScaleWidth) / Math.Max(1, dimensions.Length)) - gap);
        // The longest name, written vertically, takes 74 pixels.
        var height = Math.Max(78, side * 0.85f);
        var sheet = new FigureSheet(
            (int)(left + (dimensions.Length * (side + gap)) + DensityPanels.ScaleWidth),
            (int)(top + (parameters.Length * (height + gap)) + 60)
        );
        for (var r = 0; r < parameters.Length; r++)
        {
            var name = matrix.Columns[parameters[r]];
            var values = run.Parameters.First(p => p.Name == name).Values;
            for (var c = 0; c < dimensions.Length; c++)
            {
                var panel = sheet.AddPanel(left + (c * (side + gap)), top + (r * (height + gap)), side, height);
                var related = matrix[dimensions[c], parameters[r]] > DensityPanels.ThresholdNat;
                DensityPanels.Fill(panel, run.Chosen.Latents.MuColumn(dimensions[c]), values, related);
                DensityPanels.Label(
                    sheet,
                    panel,
                    r == parameters.Length - 1 ? AnalysisResults.DimensionName(dimensions[c]) : null,
                    c == 0 ? GalaxyQuantities.SymbolOf(name) : null,
                    side
                );
            }
        }
        var right = left + (dimensions.Length * (side + gap)) + 10;
        DensityPanels.AddScale(sheet, new PixelRect(right, right + 14, top + 200, top));
        return sheet;
    }
}
