using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Galatent.Report.Drawing;
using ScottPlot;
using ScottPlot.Plottables;

namespace Galatent.Report.Page;

/// <summary>What a figure shows under the pointer: its panels with their axes, lines, marks and cells, in few enough digits for a page. The
/// script of the report reads it.</summary>
internal static class FigureReadout
{
    private const int Digits = 5;

    /// <summary>The numbers of a page.</summary>
    public static ReadoutSheet Of(FigureSheet sheet)
    {
        var panels = sheet.Panels.Where(p => p.PlottableList.Count > 0).Select(p => Panel(sheet, p)).ToArray();
        return new ReadoutSheet(sheet.Width, sheet.Height, panels);
    }

    /// <summary>The numbers of several figures, by their ids, as text that cannot end the element it stands in.</summary>
    public static string Json(IReadOnlyDictionary<string, ReadoutSheet> figures) =>
        JsonSerializer.Serialize(figures, ReadoutJson.Default.IReadOnlyDictionaryStringReadoutSheet);

    private static ReadoutPanel Panel(FigureSheet sheet, Plot plot)
    {
        var place = sheet.Place(plot);
        return new ReadoutPanel(
            [place.Left, place.Top, place.Width, place.Height],
            Axis(plot.Axes.Bottom, Label(sheet, plot, l => l.X, (a, b) => a.Left == b.Left)),
            Axis(plot.Axes.Left, Label(sheet, plot, l => l.Y, (a, b) => a.Top == b.Top)),
            [.. plot.PlottableList.OfType<Polyline>().Where(l => l.Xs.Length > 2).Select(l => Line(l, place.Width, plot))],
            [.. Marks(plot)],
            plot.PlottableList.OfType<CellGrid>().FirstOrDefault(c => c.ShowsNumbers) is { } cells
                ? new ReadoutCells(cells.Columns, Rounded(cells.Values))
                : null
        );
    }

    // Of panels in one column or row only the outermost ones have names.
    private static string Label(
        FigureSheet sheet,
        Plot plot,
        Func<(string X, string Y), string> name,
        Func<PixelRect, PixelRect, bool> isInLine
    )
    {
        var own = name(sheet.Labels(plot));
        var place = sheet.Place(plot);
        return own.Length > 0
            ? own
            : sheet
                .Panels.Where(p => isInLine(sheet.Place(p), place))
                .Select(p => name(sheet.Labels(p)))
                .FirstOrDefault(l => l.Length > 0, "");
    }

    private static ReadoutAxis Axis(IAxis axis, string name) =>
        new(
            name,
            Round(axis.Range.Min) ?? 0,
            Round(axis.Range.Max) ?? 0,
            axis.TickGenerator is FigureAxes.LogTicks,
            (axis.TickGenerator as FigureAxes.NameTicks)?.Names
        );

    // Of the points within half a pixel the lowest and the highest are kept, as in the drawing.
    private static ReadoutLine Line(Polyline line, float width, Plot plot)
    {
        var range = plot.Axes.Bottom.Range;
        var step = (range.Max - range.Min) / width / 2;
        var xs = new List<double>();
        var ys = new List<double>();
        for (var i = 0; i < line.Xs.Length; )
        {
            var (low, high, first) = (i, i, i);
            for (; i < line.Xs.Length && (i == first || line.Xs[i] - line.Xs[first] < step); i++)
            {
                low = line.Ys[i] < line.Ys[low] || double.IsNaN(line.Ys[low]) ? i : low;
                high = line.Ys[i] > line.Ys[high] || double.IsNaN(line.Ys[high]) ? i : high;
            }
            foreach (var j in low == high ? [low] : new[] { Math.Min(low, high), Math.Max(low, high) })
            {
                xs.Add(line.Xs[j]);
                ys.Add(line.Ys[j]);
            }
        }
        return new ReadoutLine(line.Name, line.Color.ToHex(), Rounded([.. xs]), Rounded([.. ys]));
    }

    private static IEnumerable<ReadoutLine> Marks(Plot plot)
    {
        foreach (var marks in plot.PlottableList.OfType<Markers>())
        {
            var points = marks.Data.GetScatterPoints();
            yield return Points(marks.LegendText, marks.Color, [.. points.Select(p => p.X)], [.. points.Select(p => p.Y)]);
        }
        foreach (var mark in plot.PlottableList.OfType<Marker>())
        {
            yield return Points(mark.LegendText, mark.Color, [mark.X], [mark.Y]);
        }
        foreach (var bars in plot.PlottableList.OfType<Rectangle>().GroupBy(r => r.FillColor))
        {
            yield return Points("", bars.Key, [.. bars.Select(b => (b.X1 + b.X2) / 2)], [.. bars.Select(b => b.Y2)]);
        }
    }

    private static ReadoutLine Points(string name, Color color, double[] xs, double[] ys) =>
        new(name, color.ToHex(), Rounded(xs), Rounded(ys));

    private static double?[] Rounded(double[] values) => Array.ConvertAll(values, Round);

    private static double? Round(double value) =>
        double.IsFinite(value)
            ? double.Parse(
                value.ToString("G" + Digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
                CultureInfo.InvariantCulture
            )
            : null;
}

/// <summary>A figure's page: its size in pixels, and its panels.</summary>
internal sealed record ReadoutSheet(int Width, int Height, ReadoutPanel[] Panels);

/// <summary>A panel: left, top, width, height; its axes; what is drawn in it.</summary>
internal sealed record ReadoutPanel(
    float[] Place,
    ReadoutAxis X,
    ReadoutAxis Y,
    ReadoutLine[] Lines,
    ReadoutLine[] Marks,
    ReadoutCells? Cells
);

/// <summary>An axis: name, ends, whether its data are log10 of the values, names of its whole numbers.</summary>
internal sealed record ReadoutAxis(string Name, double Low, double High, bool IsLog, IReadOnlyList<string>? Names);

/// <summary>A line, or marks of one kind.</summary>
internal sealed record ReadoutLine(string Name, string Color, double?[] X, double?[] Y);

/// <summary>Cells, row 0 on top.</summary>
internal sealed record ReadoutCells(int Columns, double?[] Values);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(IReadOnlyDictionary<string, ReadoutSheet>))]
internal sealed partial class ReadoutJson : JsonSerializerContext;
