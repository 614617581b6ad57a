using ScottPlot;
using SkiaSharp;

namespace Galatent.Report.Drawing;

/// <summary>A small matrix as coloured cells with their numbers. NaN cells stay empty.</summary>
/// <param name="values">Shape (rows, columns), row-major; row 0 is drawn at the top.</param>
/// <param name="columns">Number of columns.</param>
/// <param name="colors">Colours from 0 to <paramref name="maximum"/>.</param>
/// <param name="maximum">Value of the darkest colour.</param>
internal sealed class CellGrid(double[] values, int columns, IColormap colors, double maximum) : IPlottable
{
    /// <summary>The numbers, row 0 on top.</summary>
    public double[] Values { get; } = values;

    /// <summary>Number of columns.</summary>
    public int Columns { get; } = columns;

    /// <summary>Whether each cell shows its number; without numbers the cells have no border either.</summary>
    public bool ShowsNumbers { get; init; } = true;

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        var rows = Values.Length / Columns;
        for (var i = 0; i < Values.Length; i++)
        {
            if (!double.IsNaN(Values[i]))
            {
                double x = i % Columns;
                double y = rows - 1 - (i / Columns);
                Draw(rp.Canvas, Axes.GetPixelRect(new CoordinateRect(x - 0.5, x + 0.5, y - 0.5, y + 0.5)), Values[i]);
            }
        }
    }

    private void Draw(SKCanvas canvas, PixelRect cell, double value)
    {
        var color = colors.GetColor(Math.Clamp(value / maximum, 0, 1));
        using var fill = new SKPaint { Color = color.ToSKColor(), IsAntialias = false };
        canvas.DrawRect(cell.Left, cell.Top, cell.Width, cell.Height, fill);
        if (!ShowsNumbers)
        {
            return;
        }
        using var border = new SKPaint
        {
            Color = SKColors.White,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 1,
            IsAntialias = true,
        };
        canvas.DrawRect(cell.Left, cell.Top, cell.Width, cell.Height, border);
        var size = Math.Min(FigureStyle.TickSize, cell.Width / 2.6f);
        using var font = new SKFont(FigureFonts.Typeface(bold: false), size);
        // At a relative luminance of 0.4, white and dark text are equally legible on the colours used here.
        using var ink = new SKPaint { Color = Luminance(color) < 0.4 ? SKColors.White : FigurePalette.Ink.ToSKColor(), IsAntialias = true };
        canvas.DrawText(
            FigureAxes.Number(value, 2),
            cell.HorizontalCenter,
            cell.VerticalCenter + (0.36f * size),
            SKTextAlign.Center,
            font,
            ink
        );
    }

    private static double Luminance(Color c) => ((0.2126 * c.R * c.R) + (0.7152 * c.G * c.G) + (0.0722 * c.B * c.B)) / (255 * 255);
}
