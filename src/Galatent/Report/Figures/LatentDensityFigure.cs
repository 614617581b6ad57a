using Galatent.Latents;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using ScottPlot;

namespace Galatent.Report.Figures;

/// <summary>The study's figure 11: density maps of pairs of informative dimensions.</summary>
internal static class LatentDensityFigure
{
    public static Figure? Make(RunResults run)
    {
        if (run.Chosen.Analysis.Latents is not { Rows.Length: > 1 } whole)
        {
            return null;
        }
        var dimensions = run.Chosen.Analysis.Shown;
        var matrix = whole.Between(dimensions);
        var related = Pairs(matrix).Count(p => p > DensityPanels.ThresholdNat);
        var caption =
            $"Density of the {Wording.Count(run.SpectrumCount)} spectra in planes of two informative dimensions ("
            + $"posterior means{DensityPanels.Only(run)}) at {run.Chosen.Label}; the shades have one scale; central 99 % of each "
            + $"dimension. "
            + $"Green: the {related} of {Pairs(matrix).Count()} pairs with more than {DensityPanels.ThresholdNat} nat of mutual "
            + $"information; blue: the others. Shapeless clouds are disentangled dimensions; lines and arcs are not."
            + DensityPanels.LeftOut(run);
        return new Figure("density-latents", "Informative dimensions against each other", caption, () => Draw(run, dimensions, matrix))
        {
            Chapter = Chapter.Dimensions,
            StudyFigure = 11,
            Data = () => DensityPanels.Data(Maps(run, dimensions)),
        };
    }

    private static IEnumerable<(string X, string Y, DensityMap Map)> Maps(RunResults run, int[] dimensions)
    {
        var columns = dimensions.Select(run.Chosen.Latents.MuColumn).ToArray();
        string Name(int i) => AnalysisResults.DimensionName(dimensions[i]);
        return Enumerable
            .Range(0, dimensions.Length)
            .SelectMany(row =>
                Enumerable.Range(0, row).Select(c => (Name(c), Name(row), DensityPanels.Map(columns[c], columns[row], false)))
            );
    }

    private static IEnumerable<double> Pairs(MutualInformationMatrix matrix) =>
        matrix.Nat.Where((_, i) => i / matrix.Columns.Length > i % matrix.Columns.Length);

    private static FigureSheet Draw(RunResults run, int[] dimensions, MutualInformationMatrix matrix)
    {
        const float left = DensityPanels.Left;
        const float top = DensityPanels.Top;
        const float gap = DensityPanels.Gap;
        var n = Math.Max(1, dimensions.Length - 1);
        var side = Math.Min(200, ((1000 - left - DensityPanels.ScaleWidth) / n) - gap);
        var sheet = new FigureSheet((int)(left + (n * (side + gap)) + DensityPanels.ScaleWidth), (int)(top + (n * (side + gap)) + 60));
        var columns = dimensions.Select(run.Chosen.Latents.MuColumn).ToArray();
        for (var row = 1; row < dimensions.Length; row++)
        {
            for (var column = 0; column < row; column++)
            {
                var panel = sheet.AddPanel(left + (column * (side + gap)), top + ((row - 1) * (side + gap)), side, side);
                DensityPanels.Fill(panel, columns[column], columns[row], matrix[row, column] > DensityPanels.ThresholdNat);
                DensityPanels.Label(
                    sheet,
                    panel,
                    row == dimensions.Length - 1 ? AnalysisResults.DimensionName(dimensions[column]) : null,
                    column == 0 ? AnalysisResults.DimensionName(dimensions[row]) : null,
                    side
                );
            }
        }
        var free = left + (n * (side + gap));
        DensityPanels.AddScale(sheet, new PixelRect(free + 10, free + 24, top + Math.Min(200, n * (side + gap)) - gap, top));
        return sheet;
    }
}
