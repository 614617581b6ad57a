using ScottPlot;
using SkiaSharp;

namespace Galatent.Report.Drawing;

/// <summary>Stretches of the x axis in pale colours over the whole height of a panel, with a strip of the full colour at its lower edge. A
/// stretch is at least one pixel wide.</summary>
/// <param name="stretches">Both ends of each, ascending, and its colour.</param>
internal sealed class Stretches(IReadOnlyList<(double Low, double High, Color Color)> stretches) : IPlottable
{
    private const float StripHeight = 6;

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        var area = rp.DataRect;
        foreach (var (low, high, color) in stretches)
        {
            var left = Math.Max(area.Left, Axes.GetPixel(new Coordinates(low, 0)).X);
            var right = Math.Min(area.Right, Math.Max(left + 1, Axes.GetPixel(new Coordinates(high, 0)).X));
            if (right <= left)
            {
                continue;
            }
            using var pale = new SKPaint { Color = color.WithAlpha(.16).ToSKColor() };
            rp.Canvas.DrawRect(left, area.Top, right - left, area.Height, pale);
            using var full = new SKPaint { Color = color.ToSKColor() };
            rp.Canvas.DrawRect(left, area.Bottom - StripHeight, right - left, StripHeight, full);
        }
    }
}
