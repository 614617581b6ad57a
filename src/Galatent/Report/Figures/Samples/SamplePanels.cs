using Galatent.Report.Drawing;
using ScottPlot;

namespace Galatent.Report.Figures.Samples;

/// <summary>Panels used by several figures of a sample.</summary>
internal static class SamplePanels
{
    /// <summary>Left edge, top edge, side and gap of a large panel, pixels.</summary>
    public const float Left = 84;
    public const float Top = 24;
    public const float Side = 400;
    public const float Gap = 92;

    /// <summary>A density map of two columns, with axes for its central part and without ticks.</summary>
    public static void AddDensity(Plot panel, double[] xs, double[] ys)
    {
        var finite = Enumerable.Range(0, xs.Length).Where(i => double.IsFinite(xs[i]) && double.IsFinite(ys[i])).ToArray();
        double[] x = [.. finite.Select(i => xs[i])];
        double[] y = [.. finite.Select(i => ys[i])];
        var (rangeX, rangeY) =
            finite.Length > 0 ? (DensityMap.Range(x), DensityMap.Range(y)) : (new CoordinateRange(0, 1), new CoordinateRange(0, 1));
        panel.PlottableList.Add(
            new DensityMap(x, y, new CoordinateRect(rangeX, rangeY), FigurePalette.Shades(FigurePalette.Blue))
            {
                Axes = { XAxis = panel.Axes.Bottom, YAxis = panel.Axes.Left },
            }
        );
        FigureAxes.None(panel.Axes.Bottom, rangeX.Min, rangeX.Max);
        FigureAxes.None(panel.Axes.Left, rangeY.Min, rangeY.Max);
    }

    /// <summary>Adds numbers and a label to each axis that has a name.</summary>
    public static void Ticks(FigureSheet sheet, Plot panel, string? below, string? beside)
    {
        var x = panel.Axes.Bottom.Range;
        var y = panel.Axes.Left.Range;
        if (below is not null)
        {
            FigureAxes.Few(panel.Axes.Bottom, x.Min, x.Max);
            sheet.LabelX(panel, below);
        }
        if (beside is not null)
        {
            FigureAxes.Few(panel.Axes.Left, y.Min, y.Max);
            sheet.LabelY(panel, beside);
        }
    }
}
