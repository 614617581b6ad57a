using ScottPlot;
using SkiaSharp;

namespace Galatent.Report.Drawing;

/// <summary>A colour bar: a narrow panel filled with a colour map, bottom to top with ticks beside it, or left to right between its two
/// ends.</summary>
/// <param name="colors">The colour map.</param>
/// <param name="isHorizontal">Left to right.</param>
internal sealed class ColorScale(IColormap colors, bool isHorizontal = false) : IPlottable
{
    private const int Steps = 64;

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        var area = rp.DataRect;
        for (var i = 0; i < Steps; i++)
        {
            using var paint = new SKPaint { Color = colors.GetColor((i + 0.5) / Steps).ToSKColor() };
            // Half a pixel of overlap closes the thin gaps between neighbouring rectangles.
            if (isHorizontal)
            {
                rp.Canvas.DrawRect(area.Left + (area.Width * i / Steps), area.Top, (area.Width / Steps) + 0.5f, area.Height, paint);
            }
            else
            {
                var top = area.Bottom - (area.Height * (i + 1) / Steps);
                rp.Canvas.DrawRect(area.Left, top, area.Width, (area.Height / Steps) + 0.5f, paint);
            }
        }
    }

    /// <summary>Adds the bar to a page, with its name and ticks on the right.</summary>
    public static void Add(
        FigureSheet sheet,
        IColormap colors,
        double low,
        double high,
        string label,
        PixelRect place,
        float labelDistance = 48
    )
    {
        var ticks = FigureAxes.Ticks(low, high, place.Height < 150 ? 2.6 : 5);
        Add(sheet, colors, label, place, ticks.Select(t => ((t.Position - low) / (high - low), t.Text)), labelDistance);
    }

    /// <summary>Adds the bar with ticks at given heights.</summary>
    /// <param name="sheet">The page.</param>
    /// <param name="colors">The colour map, from bottom to top.</param>
    /// <param name="label">Name of the quantity.</param>
    /// <param name="place">Where the bar stands.</param>
    /// <param name="ticks">Height of each tick, 0 (bottom) to 1, and its text.</param>
    /// <param name="labelDistance">From the bar to its name, pixels.</param>
    public static void Add(
        FigureSheet sheet,
        IColormap colors,
        string label,
        PixelRect place,
        IEnumerable<(double Height, string Text)> ticks,
        float labelDistance = 48
    )
    {
        var panel = AddBar(sheet, colors, place, isHorizontal: false);
        foreach (var (height, text) in ticks)
        {
            var y = place.Bottom - (float)(height * place.Height);
            sheet.AddLine(place.Right, y, place.Right + 4, y, FigurePalette.Ink);
            sheet.AddText(text, place.Right + 7, y + 4.5f, FigureStyle.TickSize, align: SKTextAlign.Left);
        }
        sheet.LabelRight(panel, label, labelDistance);
    }

    /// <summary>Adds a bar below a small panel, its smallest number on the left and its largest on the right.</summary>
    /// <param name="sheet">The page.</param>
    /// <param name="colors">The colour map, from left to right.</param>
    /// <param name="low">Text of its first colour.</param>
    /// <param name="high">Text of its last.</param>
    /// <param name="left">Left edge of the panel, pixels.</param>
    /// <param name="width">Width of the panel, pixels.</param>
    /// <param name="top">Upper edge of the bar, pixels.</param>
    public static void AddBelow(FigureSheet sheet, IColormap colors, string low, string high, float left, float width, float top)
    {
        var numbers = width * 0.34f;
        AddBar(sheet, colors, new PixelRect(left + numbers, left + width - numbers, top + 8, top), isHorizontal: true);
        sheet.AddText(low, left, top + 9, FigureStyle.AnnotationSize, align: SKTextAlign.Left);
        sheet.AddText(high, left + width, top + 9, FigureStyle.AnnotationSize, align: SKTextAlign.Right);
    }

    private static Plot AddBar(FigureSheet sheet, IColormap colors, PixelRect place, bool isHorizontal)
    {
        var panel = sheet.AddPanel(place.Left, place.Top, place.Width, place.Height);
        FigureAxes.None(panel.Axes.Bottom, 0, 1);
        FigureAxes.None(panel.Axes.Left, 0, 1);
        panel.PlottableList.Add(new ColorScale(colors, isHorizontal) { Axes = { XAxis = panel.Axes.Bottom, YAxis = panel.Axes.Left } });
        return panel;
    }
}
