using Galatent.Files;
using Galatent.Report.Drawing;
using Galatent.Spectra.Quantities;
using ScottPlot;
using SkiaSharp;

namespace Galatent.Report.Figures.Analyses;

/// <summary>Panels that several figures of the analyses share. They are made for one column of a journal page.</summary>
internal static class AnalysisPanels
{
    /// <summary>Width of the page, left edge and width of a panel, pixels.</summary>
    public const int Page = FigureSheet.ColumnWidth;
    public const float Left = 74;
    public const float Width = 408;

    private const string History = "star_formation_history";
    private const string Remainder = "remainder";

    /// <summary>Marks with bars of their errors. Numbers that are not defined have none.</summary>
    public static void AddPoints(
        Plot panel,
        double[] xs,
        double[] ys,
        double[] low,
        double[] high,
        Color color,
        MarkerShape shape = MarkerShape.FilledCircle
    )
    {
        int[] defined = [.. Enumerable.Range(0, ys.Length).Where(i => double.IsFinite(xs[i]) && double.IsFinite(ys[i]))];
        foreach (var i in defined.Where(i => double.IsFinite(low[i]) && double.IsFinite(high[i])))
        {
            panel.AddLine([xs[i], xs[i]], [low[i], high[i]], color, width: 1.2f);
        }
        double[] x = Array.ConvertAll(defined, i => xs[i]);
        double[] y = Array.ConvertAll(defined, i => ys[i]);
        panel.Add.Markers(x, y, shape, 7, color);
    }

    /// <summary>A table as cells with their numbers: a heading above, names and a colour scale beside, and the names of the columns
    /// below if wanted.</summary>
    /// <returns>Where the next one may begin, pixels.</returns>
    public static float AddCells(
        FigureSheet sheet,
        float top,
        string heading,
        string[] rows,
        string[] columns,
        Func<string, string, double> value,
        bool hasNames
    )
    {
        const float left = 106;
        const float scale = 56;
        var width = Page - left - scale;
        var height = 20f * rows.Length;
        sheet.AddText(heading, left, top + 14, FigureStyle.TickSize, bold: true, align: SKTextAlign.Left);
        var panel = sheet.AddPanel(left, top + 22, width, height);
        FigureAxes.Categories(panel.Axes.Bottom, columns, hasNames);
        FigureAxes.Categories(panel.Axes.Left, [.. rows.Select(Symbol).Reverse()]);
        double[] values = [.. rows.SelectMany(r => columns.Select(c => value(r, c)))];
        var maximum = Math.Max(1e-6, values.Where(double.IsFinite).DefaultIfEmpty(1).Max());
        var shades = FigurePalette.Shades(FigurePalette.Blue);
        panel.PlottableList.Add(
            new CellGrid(values, columns.Length, shades, maximum) { Axes = { XAxis = panel.Axes.Bottom, YAxis = panel.Axes.Left } }
        );
        var bar = left + width + 8;
        ColorScale.Add(sheet, shades, 0, maximum, "", new PixelRect(bar, bar + 9, top + 22 + height, top + 22));
        return top + 22 + height + (hasNames ? 32 : 8);
    }

    /// <summary>Height of <see cref="AddCells"/>.</summary>
    public static float HeightOfCells(int rows, bool hasNames) => 22 + (20f * rows) + (hasNames ? 32 : 8);

    /// <summary>Symbol of a parameter, or of what stands beside parameters in tables of shares.</summary>
    public static string Symbol(string name) =>
        name switch
        {
            History => "SF history",
            Remainder => "remainder",
            _ => GalaxyQuantities.SymbolOf(name),
        };

    /// <summary>Words for a parameter, or for what stands beside parameters in tables of shares.</summary>
    public static string Words(string name) =>
        name switch
        {
            History => "the star-formation history",
            Remainder => "none of them",
            _ => GalaxyQuantities.WordsOf(name),
        };

    /// <summary>Finds a number of a table with two columns of names; NaN where it has none.</summary>
    public static Func<string, string, double> Lookup(ResultTable table, string first, string second, string value)
    {
        var a = table.Require(first);
        var b = table.Require(second);
        var c = table.Require(value);
        var numbers = table
            .Rows.Select((row, r) => (Key: (row[a], row[b]), Value: table.Number(r, c, mayBeUndefined: true)))
            .DistinctBy(p => p.Key)
            .ToDictionary(p => p.Key, p => p.Value);
        return (row, column) => numbers.GetValueOrDefault((row, column), double.NaN);
    }
}
