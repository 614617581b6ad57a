using Galatent.Latents;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using Galatent.Spectra.Quantities;
using ScottPlot;

namespace Galatent.Report.Figures;

/// <summary>The study's figures 10 and 12: mutual information between informative dimensions, and of these with the known
/// parameters.</summary>
internal static class MutualInformationFigure
{
    private const float Top = 20;

    public static Figure BetweenLatents(RunResults run, MutualInformationMatrix matrix) =>
        new("mi-latents", "Mutual information between informative dimensions", LatentCaption(run, matrix), () =>
        {
            var shown = matrix.Between(run.Chosen.Analysis.Shown);
            return Draw(Lower(shown), shown.Rows, shown.Columns, 96);
        });

    public static Figure WithParameters(RunResults run, MutualInformationMatrix matrix)
    {
        var informative = matrix.Select(run.Chosen.Analysis.Shown, ParametersOf(run, matrix));
        string[] symbols = [.. informative.Columns.Select(GalaxyQuantities.SymbolOf)];
        var transposed = Transpose(informative.Nat, informative.Columns.Length);
        return new Figure("mi-parameters", "Mutual information with the physical parameters", ParameterCaption(run, matrix), () =>
            Draw(transposed, symbols, informative.Rows, 110)
        );
    }

    /// <summary>Columns of the matrix that belong to the compared parameters.</summary>
    internal static int[] ParametersOf(RunResults run, MutualInformationMatrix matrix) =>
        [.. ComparedParameters.Of(run.Parameters).Select(p => Array.IndexOf(matrix.Columns, p.Name)).Where(c => c >= 0)];

    /// <summary>A table as cells with their numbers.</summary>
    internal static FigureSheet Draw(
        double[] values,
        string[] rows,
        string[] columns,
        float left,
        float leastCell = 34,
        string labelX = "Latent dimension"
    )
    {
        var cell = Math.Max(leastCell, Math.Clamp(760f / columns.Length, 34, 84));
        var height = Math.Min(cell, 52);
        var width = cell * columns.Length;
        var tall = height * rows.Length;
        var sheet = new FigureSheet((int)(left + width + 110), (int)(Top + tall + 60));
        var panel = sheet.AddPanel(left, Top, width, tall);
        FigureAxes.Categories(panel.Axes.Bottom, columns);
        FigureAxes.Categories(panel.Axes.Left, [.. rows.Reverse()]);
        sheet.LabelX(panel, labelX);
        var maximum = Math.Max(0.05, values.Where(double.IsFinite).DefaultIfEmpty(0.1).Max());
        var colors = FigurePalette.Shades(FigurePalette.Blue);
        panel.PlottableList.Add(
            new CellGrid(values, columns.Length, colors, maximum) { Axes = { XAxis = panel.Axes.Bottom, YAxis = panel.Axes.Left } }
        );
        ColorScale.Add(
            sheet,
            colors,
            0,
            maximum,
            "Mutual information [nat]",
            new PixelRect(left + width + 16, left + width + 32, Top + tall, Top)
        );
        return sheet;
    }

    private static double[] Lower(MutualInformationMatrix matrix) =>
        [.. matrix.Nat.Select((nat, i) => i / matrix.Columns.Length > i % matrix.Columns.Length ? nat : double.NaN)];

    private static double[] Transpose(double[] values, int columns)
    {
        var rows = values.Length / columns;
        return [.. Enumerable.Range(0, values.Length).Select(i => values[((i % rows) * columns) + (i / rows)])];
    }

    private static string LatentCaption(RunResults run, MutualInformationMatrix matrix)
    {
        var (row, column, nat) = matrix.Largest();
        var pairs = Lower(matrix).Where(double.IsFinite).Order().ToArray();
        return $"Mutual information between the informative dimensions at {run.Chosen.Label} (posterior means, Gaussian "
            + $"mixtures{DensityFigure.Only(run)}), nat. The most dependent pair is {matrix.Rows[row]} and {matrix.Columns[column]} with "
            + $"{Estimate(nat, matrix.Deviation(row, column))} nat; {pairs.Count(p => p > DensityFigure.ThresholdNat)} of "
            + $"{pairs.Length} pairs exceed {DensityFigure.ThresholdNat} nat and the median is "
            + $"{Wording.Number(pairs.Length > 0 ? pairs[pairs.Length / 2] : double.NaN, 2)} nat. Zero would mean independent "
            + $"dimensions; a pair far above the others was not disentangled.";
    }

    private static string ParameterCaption(RunResults run, MutualInformationMatrix matrix)
    {
        var columns = ParametersOf(run, matrix);
        var informative = run.Chosen.Analysis.Informative;
        var best = columns.Select(c =>
        {
            var row = informative.MaxBy(d => matrix[d, c]);
            var estimate = Estimate(matrix[row, c], matrix.Deviation(row, c));
            return $"{GalaxyQuantities.WordsOf(matrix.Columns[c])} {estimate} ({matrix.Rows[row]})";
        });
        var others = Enumerable
            .Range(0, matrix.Rows.Length)
            .Except(informative)
            .SelectMany(d => columns.Select(c => matrix[d, c]))
            .Where(double.IsFinite)
            .DefaultIfEmpty(double.NaN)
            .Max();
        return $"Mutual information of the informative dimensions at {run.Chosen.Label} (posterior means{DensityFigure.Only(run)}) with "
            + $"the parameters that the spectra were made from, nat; the network never saw these. Largest per parameter: "
            + $"{string.Join(", ", best)}. The largest among all other dimensions is {Wording.Number(others, 2)} nat.";
    }

    private static string Estimate(double nat, double deviation) => $"{FigureAxes.Number(nat, 2)} ± {FigureAxes.Number(deviation, 2)}";
}
