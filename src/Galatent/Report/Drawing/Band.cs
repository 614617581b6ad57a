using ScottPlot;
using SkiaSharp;

namespace Galatent.Report.Drawing;

/// <summary>The area between two curves, e.g. the spread of a sample, or the bars of a histogram. Of several points within half a pixel it
/// keeps the lowest and the highest, so that SVG files stay small. NaN in either curve leaves a gap.</summary>
/// <param name="xs">x values, ascending.</param>
/// <param name="low">Lower curve.</param>
/// <param name="high">Upper curve.</param>
internal sealed class Band(double[] xs, double[] low, double[] high) : IPlottable
{
    public required Color Color { get; init; }

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        using var paint = new SKPaint { Color = Color.ToSKColor(), IsAntialias = true };
        var area = rp.DataRect;
        for (var i = 0; i < xs.Length; )
        {
            var upper = new List<SKPoint>();
            var lower = new List<SKPoint>();
            while (i < xs.Length && double.IsFinite(low[i]) && double.IsFinite(high[i]))
            {
                Add(upper, lower, i, area);
                i++;
            }
            if (upper.Count > 0)
            {
                using var path = new SKPath();
                lower.Reverse();
                path.AddPoly([.. upper, .. lower], close: true);
                rp.Canvas.DrawPath(path, paint);
            }
            while (i < xs.Length && !(double.IsFinite(low[i]) && double.IsFinite(high[i])))
            {
                i++;
            }
        }
    }

    private void Add(List<SKPoint> upper, List<SKPoint> lower, int i, PixelRect area)
    {
        var top = Place(xs[i], high[i], area);
        var bottom = Place(xs[i], low[i], area);
        // Steps of a histogram have two points at one place, and both count.
        if (upper.Count > 0 && top.X > upper[^1].X && top.X - upper[^1].X < 0.5f)
        {
            upper[^1] = new SKPoint(upper[^1].X, Math.Min(upper[^1].Y, top.Y));
            lower[^1] = new SKPoint(lower[^1].X, Math.Max(lower[^1].Y, bottom.Y));
            return;
        }
        upper.Add(top);
        lower.Add(bottom);
    }

    // Cut a little beyond the edge of the panel: coordinates far outside would only make the file longer.
    private SKPoint Place(double x, double y, PixelRect area)
    {
        var p = Axes.GetPixel(new Coordinates(x, y));
        return new SKPoint((float)Math.Round(p.X, 1), (float)Math.Round(Math.Clamp(p.Y, area.Top - 20, area.Bottom + 20), 1));
    }
}
