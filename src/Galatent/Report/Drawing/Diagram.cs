using ScottPlot;
using SkiaSharp;

namespace Galatent.Report.Drawing;

/// <summary>Boxes, arrows and rows of cells at positions of a page, for schematics.</summary>
internal static class Diagram
{
    private const float Stroke = 1.2f;
    private const float HeadLength = 8;
    private const float HeadWidth = 3.5f;

    /// <summary>A polygon with an outline. Its corners are in pixels of the page.</summary>
    public static void AddPolygon(this FigureSheet sheet, Color fill, Color edge, params (float X, float Y)[] corners) =>
        sheet.AddShape(canvas =>
        {
            using var path = new SKPath();
            path.AddPoly(Array.ConvertAll(corners, c => new SKPoint(c.X, c.Y)), close: true);
            using var inside = new SKPaint { Color = fill.ToSKColor(), IsAntialias = true };
            canvas.DrawPath(path, inside);
            using var outline = Pen(edge, dashed: false);
            canvas.DrawPath(path, outline);
        });

    /// <summary>A rectangle with an outline.</summary>
    public static void AddBox(this FigureSheet sheet, float left, float top, float width, float height, Color fill, Color edge) =>
        sheet.AddPolygon(fill, edge, (left, top), (left + width, top), (left + width, top + height), (left, top + height));

    /// <summary>A line through some positions, with a head at its end.</summary>
    public static void AddArrow(this FigureSheet sheet, Color color, bool dashed, params (float X, float Y)[] way) =>
        sheet.AddShape(canvas =>
        {
            using var path = new SKPath();
            path.AddPoly(Array.ConvertAll(way, p => new SKPoint(p.X, p.Y)), close: false);
            using var pen = Pen(color, dashed);
            canvas.DrawPath(path, pen);
            var (from, to) = (way[^2], way[^1]);
            var length = MathF.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y)));
            var (x, y) = ((to.X - from.X) / length, (to.Y - from.Y) / length);
            var (baseX, baseY) = (to.X - (HeadLength * x), to.Y - (HeadLength * y));
            using var head = new SKPath();
            head.AddPoly(
                [
                    new SKPoint(to.X, to.Y),
                    new SKPoint(baseX - (HeadWidth * y), baseY + (HeadWidth * x)),
                    new SKPoint(baseX + (HeadWidth * y), baseY - (HeadWidth * x)),
                ],
                close: true
            );
            using var inside = new SKPaint { Color = color.ToSKColor(), IsAntialias = true };
            canvas.DrawPath(head, inside);
        });

    /// <summary>Numbers as a column of cells, the first one on top: blue below zero, vermillion above, darkest at the limit.</summary>
    public static void AddCells(this FigureSheet sheet, float left, float top, float width, float height, double[] values, double limit)
    {
        var step = height / values.Length;
        sheet.AddShape(canvas =>
        {
            for (var i = 0; i < values.Length; i++)
            {
                var hue = values[i] < 0 ? FigurePalette.Blue : FigurePalette.Vermillion;
                using var paint = new SKPaint { Color = hue.WithAlpha(Math.Min(1, Math.Abs(values[i]) / limit)).ToSKColor() };
                canvas.DrawRect(left, top + (i * step), width, step, paint);
            }
        });
        sheet.AddBox(left, top, width, height, Colors.Transparent, FigurePalette.Ink);
    }

    private static SKPaint Pen(Color color, bool dashed) =>
        new()
        {
            Color = color.ToSKColor(),
            Style = SKPaintStyle.Stroke,
            StrokeWidth = Stroke,
            IsAntialias = true,
            PathEffect = dashed ? SKPathEffect.CreateDash([5, 4], 0) : null,
        };
}
