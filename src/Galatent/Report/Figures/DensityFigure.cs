using Galatent.Latents;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using Galatent.Spectra.Quantities;
using ScottPlot;

namespace Galatent.Report.Figures;

/// <summary>The study's figures 11 and 13: density maps of pairs of informative dimensions, and of these with the known
/// parameters.</summary>
internal static class DensityFigure
{
    /// <summary>Pairs of more mutual information than this are shown in green, as in the study.</summary>
    public const double ThresholdNat = 0.1;

    // Narrower panels have no room for the numbers of two ticks side by side.
    private const float RoomForNumbers = 78;

    private const float Left = 74,
        Top = 16,
        Gap = 6;

    public static Figure BetweenLatents(RunResults run, MutualInformationMatrix matrix)
    {
        var dimensions = run.Chosen.Analysis.Shown;
        matrix = matrix.Between(dimensions);
        var related = Pairs(matrix).Count(p => p > ThresholdNat);
        var caption =
            $"Density of the {Wording.Count(run.SpectrumCount)} spectra in planes of two informative dimensions (posterior "
            + $"means{Only(run)}) at {run.Chosen.Label}; logarithmic shades, central 99 % of each dimension. Green: the {related} of "
            + $"{Pairs(matrix).Count()} pairs with more than {ThresholdNat} nat of mutual information; blue: the others. Shapeless "
            + $"clouds are disentangled dimensions; lines and arcs are not.";
        return new Figure("density-latents", "Informative dimensions against each other", caption, () =>
            DrawTriangle(run, dimensions, matrix)
        );
    }

    public static Figure WithParameters(RunResults run, MutualInformationMatrix matrix)
    {
        var dimensions = run.Chosen.Analysis.Shown;
        var columns = MutualInformationFigure.ParametersOf(run, matrix);
        var related = dimensions.Sum(d => columns.Count(c => matrix[d, c] > ThresholdNat));
        var caption =
            $"Density of the spectra over informative dimensions at {run.Chosen.Label} (posterior means{Only(run)}, across) and known "
            + $"parameters (up); shades as before. Green: the {related} of {dimensions.Length * columns.Length} relations with more "
            + $"than {ThresholdNat} nat of mutual information. The slope of a cloud tells how the parameter changes when the "
            + $"dimension grows.";
        return new Figure("density-parameters", "Informative dimensions against physical parameters", caption, () =>
            DrawGrid(run, dimensions, columns, matrix)
        );
    }

    /// <summary>Says so when not all informative dimensions are shown.</summary>
    internal static string Only(RunResults run)
    {
        var shown = run.Chosen.Analysis.Shown.Length;
        var all = run.Chosen.Analysis.Informative.Length;
        return shown < all ? $", the {shown} of {all} with the largest KL" : "";
    }

    private static IEnumerable<double> Pairs(MutualInformationMatrix matrix) =>
        matrix.Nat.Where((_, i) => i / matrix.Columns.Length > i % matrix.Columns.Length);

    private static FigureSheet DrawTriangle(RunResults run, int[] dimensions, MutualInformationMatrix matrix)
    {
        var n = Math.Max(1, dimensions.Length - 1);
        var side = Math.Min(200, ((1000 - Left - 16) / n) - Gap);
        var sheet = new FigureSheet((int)(Left + (n * (side + Gap)) + 16), (int)(Top + (n * (side + Gap)) + 60));
        var columns = dimensions.Select(run.Chosen.Latents.MuColumn).ToArray();
        for (var row = 1; row < dimensions.Length; row++)
        {
            for (var column = 0; column < row; column++)
            {
                var panel = sheet.AddPanel(Left + (column * (side + Gap)), Top + ((row - 1) * (side + Gap)), side, side);
                Fill(panel, columns[column], columns[row], matrix[row, column] > ThresholdNat);
                Label(
                    sheet,
                    panel,
                    row == dimensions.Length - 1 ? AnalysisResults.DimensionName(dimensions[column]) : null,
                    column == 0 ? AnalysisResults.DimensionName(dimensions[row]) : null,
                    side >= RoomForNumbers
                );
            }
        }
        return sheet;
    }

    private static FigureSheet DrawGrid(RunResults run, int[] dimensions, int[] parameters, MutualInformationMatrix matrix)
    {
        const float left = Left + 20;
        var side = Math.Min(150, ((1000 - left - 16) / Math.Max(1, dimensions.Length)) - Gap);
        // The longest name, set upright, is 74 pixels.
        var height = Math.Max(78, side * 0.85f);
        var sheet = new FigureSheet(
            (int)(left + (dimensions.Length * (side + Gap)) + 16),
            (int)(Top + (parameters.Length * (height + Gap)) + 60)
        );
        for (var r = 0; r < parameters.Length; r++)
        {
            var name = matrix.Columns[parameters[r]];
            var values = run.Parameters.First(p => p.Name == name).Values;
            for (var c = 0; c < dimensions.Length; c++)
            {
                var panel = sheet.AddPanel(left + (c * (side + Gap)), Top + (r * (height + Gap)), side, height);
                Fill(panel, run.Chosen.Latents.MuColumn(dimensions[c]), values, matrix[dimensions[c], parameters[r]] > ThresholdNat);
                Label(
                    sheet,
                    panel,
                    r == parameters.Length - 1 ? AnalysisResults.DimensionName(dimensions[c]) : null,
                    c == 0 ? GalaxyQuantities.SymbolOf(name) : null,
                    side >= RoomForNumbers
                );
            }
        }
        return sheet;
    }

    private static void Fill(Plot panel, double[] xs, double[] ys, bool related)
    {
        var x = DensityMap.Range(xs);
        var y = DensityMap.Range(ys);
        var colors = FigurePalette.Shades(related ? FigurePalette.Green : FigurePalette.Blue);
        panel.PlottableList.Add(
            new DensityMap(xs, ys, new CoordinateRect(x, y), colors) { Axes = { XAxis = panel.Axes.Bottom, YAxis = panel.Axes.Left } }
        );
        FigureAxes.None(panel.Axes.Bottom, x.Min, x.Max);
        FigureAxes.None(panel.Axes.Left, y.Min, y.Max);
    }

    private static void Label(FigureSheet sheet, Plot panel, string? below, string? beside, bool numbers)
    {
        var x = panel.Axes.Bottom.Range;
        var y = panel.Axes.Left.Range;
        if (below is not null)
        {
            FigureAxes.Few(panel.Axes.Bottom, x.Min, x.Max, numbers);
            sheet.LabelX(panel, below, numbers ? 40 : 24);
        }
        if (beside is not null)
        {
            FigureAxes.Few(panel.Axes.Left, y.Min, y.Max, numbers);
            sheet.LabelY(panel, beside, numbers ? 50 : 16, FigureStyle.TickSize);
        }
    }
}
