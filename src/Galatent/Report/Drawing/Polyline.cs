using ScottPlot;
using SkiaSharp;

namespace Galatent.Report.Drawing;

/// <summary>
/// A line through many points. Of several points within half a pixel it keeps only the lowest and the highest. This looks the same and
/// keeps SVG files small (a spectrum of 4582 points shrinks from 64 to 20 kB). NaN leaves a gap.
/// </summary>
/// <param name="xs">x values, ascending or descending.</param>
/// <param name="ys">y values; NaN for a gap.</param>
internal sealed class Polyline(double[] xs, double[] ys) : IPlottable
{
    /// <summary>Its points.</summary>
    public double[] Xs { get; } = xs;

    /// <summary>Its points; NaN for a gap.</summary>
    public double[] Ys { get; } = ys;

    public Color Color { get; init; } = FigurePalette.Ink;

    public float Width { get; init; } = FigureStyle.LineWidth;

    /// <summary>Lengths of dash and gap, pixels; empty for a solid line.</summary>
    public float[] Dashes { get; init; } = [];

    /// <summary>Name in the legend; empty for none.</summary>
    public string Name { get; init; } = "";

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems =>
        Name.Length == 0
            ? []
            :
            [
                new LegendItem
                {
                    LabelText = Name,
                    LineColor = Color,
                    LineWidth = Math.Max(2, Width),
                    LinePattern = Dashes.Length > 0 ? LinePattern.Dashed : LinePattern.Solid,
                },
            ];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp) => DrawOn(rp.Canvas, Axes, rp.DataRect);

    /// <summary>Draws the line in the coordinates of <paramref name="axes"/>, whose data area is <paramref name="area"/>.</summary>
    public void DrawOn(SKCanvas canvas, IAxes axes, PixelRect area)
    {
        using var path = new SKPath();
        Trace(path, (x, y) => axes.GetPixel(new Coordinates(x, y)), area);
        using var dash = Dashes.Length > 0 ? SKPathEffect.CreateDash(Dashes, 0) : null;
        using var paint = new SKPaint
        {
            Color = Color.ToSKColor(),
            StrokeWidth = Width,
            Style = SKPaintStyle.Stroke,
            IsAntialias = true,
            StrokeJoin = SKStrokeJoin.Round,
            PathEffect = dash,
        };
        canvas.DrawPath(path, paint);
    }

    /// <summary>Adds the visible part of the line to a path in pixels.</summary>
    private void Trace(SKPath path, Func<double, double, Pixel> pixelOf, PixelRect area)
    {
        var open = false;
        for (var i = 0; i < Xs.Length; )
        {
            if (!double.IsFinite(Ys[i]))
            {
                (open, i) = (false, i + 1);
                continue;
            }
            var first = pixelOf(Xs[i], Ys[i]);
            var end = i + 1;
            var low = i;
            var high = i;
            while (end < Xs.Length && double.IsFinite(Ys[end]) && Math.Abs(pixelOf(Xs[end], Ys[end]).X - first.X) < 0.5f)
            {
                low = Ys[end] < Ys[low] ? end : low;
                high = Ys[end] > Ys[high] ? end : high;
                end++;
            }
            foreach (var j in low == high ? [low] : new[] { Math.Min(low, high), Math.Max(low, high) })
            {
                var p = pixelOf(Xs[j], Ys[j]);
                // Points outside the panel are cut a little beyond its edge: coordinates far outside would only make the file longer.
                var y = (float)Math.Round(Math.Clamp(p.Y, area.Top - 20, area.Bottom + 20), 1);
                var x = (float)Math.Round(p.X, 1);
                if (open)
                {
                    path.LineTo(x, y);
                }
                else
                {
                    path.MoveTo(x, y);
                }
                open = true;
            }
            i = end;
        }
    }
}
