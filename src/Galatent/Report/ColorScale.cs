using ScottPlot;
using SkiaSharp;

namespace Galatent.Report;

/// <summary>A colour bar: a narrow panel filled with a colour map, bottom to top, with ticks at its right.</summary>
/// <param name="colors">The colour map.</param>
internal sealed class ColorScale(IColormap colors) : IPlottable
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
            var top = area.Bottom - (area.Height * (i + 1) / Steps);
            using var paint = new SKPaint { Color = colors.GetColor((i + 0.5) / Steps).ToSKColor() };
            // Half a pixel of overlap closes the hairline gaps between neighbouring rectangles.
            rp.Canvas.DrawRect(area.Left, top, area.Width, (area.Height / Steps) + 0.5f, paint);
        }
    }

    /// <summary>Adds the bar to a page.</summary>
    public static void Add(FigureSheet sheet, IColormap colors, double low, double high, string label, PixelRect place, double step = 0)
    {
        var panel = sheet.AddPanel(place.Left, place.Top, place.Width, place.Height);
        FigureAxes.None(panel.Axes.Bottom, 0, 1);
        FigureAxes.None(panel.Axes.Left, low, high);
        FigureAxes.Linear(panel.Axes.Right, low, high, step);
        panel.Axes.Right.TickLabelStyle.OffsetY = 2;
        panel.Axes.Right.Label.Text = label;
        panel.PlottableList.Add(new ColorScale(colors) { Axes = { XAxis = panel.Axes.Bottom, YAxis = panel.Axes.Left } });
    }
}
