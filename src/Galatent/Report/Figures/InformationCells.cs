using Galatent.Latents;
using Galatent.Report.Drawing;
using Galatent.Report.Runs;
using ScottPlot;

namespace Galatent.Report.Figures;

/// <summary>Mutual information as cells with their numbers, used by several figures.</summary>
internal static class InformationCells
{
    private const float Top = 20;

    /// <summary>Mutual information of the dimensions with known parameters; null when the run has no such parameters or no informative
    /// dimension.</summary>
    public static MutualInformationMatrix? WithParameters(RunResults run) =>
        run.Chosen.Analysis is { Parameters: { } parameters, Informative.Length: > 0 } && ParametersOf(run, parameters).Length > 0
            ? parameters
            : null;

    /// <summary>Columns of the matrix that belong to the compared parameters.</summary>
    public static int[] ParametersOf(RunResults run, MutualInformationMatrix matrix) =>
        [.. ComparedParameters.Of(run.Parameters).Select(p => Array.IndexOf(matrix.Columns, p.Name)).Where(c => c >= 0)];

    /// <summary>A table as cells with their numbers.</summary>
    public static FigureSheet Draw(
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

    /// <summary>A value with its error.</summary>
    public static string Estimate(double nat, double deviation) => $"{FigureAxes.Number(nat, 2)} ± {FigureAxes.Number(deviation, 2)}";
}
