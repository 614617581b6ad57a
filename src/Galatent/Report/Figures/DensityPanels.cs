using System.Globalization;
using Galatent.Files;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using ScottPlot;

namespace Galatent.Report.Figures;

/// <summary>Small density maps in rows and columns, used by several figures of dimensions.</summary>
internal static class DensityPanels
{
    /// <summary>Pairs with more mutual information than this are green, as in the study.</summary>
    public const double ThresholdNat = 0.1;

    /// <summary>Left edge, top edge and gaps of the panels, pixels.</summary>
    public const float Left = 74;
    public const float Top = 16;
    public const float Gap = 6;

    /// <summary>Room for the colour bar on the right, pixels.</summary>
    public const float ScaleWidth = 90;

    // Narrower panels have no room for the numbers of two ticks.
    private const float RoomForNumbers = 78;

    /// <summary>A phrase for the caption when not all informative dimensions are shown.</summary>
    public static string Only(RunResults run)
    {
        var shown = run.Chosen.Analysis.Shown.Length;
        var all = run.Chosen.Analysis.Informative.Length;
        return shown < all ? $", the {shown} of {all} with the largest KL" : "";
    }

    /// <summary>A sentence on dimensions that are in use by their KL but not informative by eq. 11, which the study's figures leave out;
    /// empty when there are none.</summary>
    public static string LeftOut(RunResults run)
    {
        int[] others = [.. run.Chosen.Analysis.InUse.Except(run.Chosen.Analysis.Informative)];
        return others.Length == 0
            ? ""
            : $" Not drawn: {Wording.Dimensions(others)}, in use by {(others.Length == 1 ? "its" : "their")} KL but not informative "
                + $"by eq. 11.";
    }

    /// <summary>Gives all maps of a page one scale and adds its bar, in grey: it holds for both hues.</summary>
    public static void AddScale(FigureSheet sheet, PixelRect place)
    {
        DensityMap[] maps = [.. sheet.Panels.SelectMany(p => p.PlottableList).OfType<DensityMap>()];
        var most = maps.Select(m => m.MostPoints).DefaultIfEmpty(1).Max();
        foreach (var map in maps)
        {
            map.DarkestPoints = most;
        }
        DensityMap.AddScale(sheet, FigurePalette.Shades(FigurePalette.Grey), most, place);
    }

    /// <summary>Draws one map, in green when the two quantities are related.</summary>
    public static void Fill(Plot panel, double[] xs, double[] ys, bool related)
    {
        var map = Map(xs, ys, related);
        map.Axes.XAxis = panel.Axes.Bottom;
        map.Axes.YAxis = panel.Axes.Left;
        panel.PlottableList.Add(map);
        FigureAxes.None(panel.Axes.Bottom, map.Extent.Left, map.Extent.Right);
        FigureAxes.None(panel.Axes.Left, map.Extent.Bottom, map.Extent.Top);
    }

    /// <summary>Counts the points of one map: the central 99 % of either quantity.</summary>
    public static DensityMap Map(double[] xs, double[] ys, bool related) =>
        new(
            xs,
            ys,
            new CoordinateRect(DensityMap.Range(xs), DensityMap.Range(ys)),
            FigurePalette.Shades(related ? FigurePalette.Green : FigurePalette.Blue)
        );

    /// <summary>A row for each square with points in it: its centre and how many.</summary>
    public static ResultTable Data(IEnumerable<(string X, string Y, DensityMap Map)> maps) =>
        new(
            ["x", "y", "x_center", "y_center", "points"],
            [
                .. maps.SelectMany(m =>
                    m.Map.Squares()
                        .Select(s =>
                            (string[])
                                [
                                    m.X,
                                    m.Y,
                                    ResultTable.Text(s.X, "G5"),
                                    ResultTable.Text(s.Y, "G5"),
                                    s.Points.ToString(CultureInfo.InvariantCulture),
                                ]
                        )
                ),
            ]
        );

    /// <summary>Labels the axes of a panel at the edge. Numbers are added when the side is long enough.</summary>
    public static void Label(FigureSheet sheet, Plot panel, string? below, string? beside, float side)
    {
        var numbers = side >= RoomForNumbers;
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
