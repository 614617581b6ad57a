using ScottPlot;
using SkiaSharp;

namespace Galatent.Report.Drawing;

/// <summary>
/// A page with panels at exact positions. Every panel is a ScottPlot plot drawn over the whole page, with its data area fixed to a
/// rectangle. So small multiples are aligned, whatever space their labels need.
/// </summary>
/// <param name="width">Width, pixels. 1000 pixels are the text width of a journal page.</param>
/// <param name="height">Height, pixels.</param>
public sealed class FigureSheet(int width, int height) : IDisposable
{
    /// <summary>Width of a page for one column of a journal, 88 mm, when 1000 pixels are the text width of 180 mm.</summary>
    internal const int ColumnWidth = 500;

    private readonly List<(Plot Plot, PixelRect Place)> _panels = [];
    private readonly Dictionary<Plot, (string X, string Y)> _labels = [];
    private readonly List<Action<SKCanvas>> _shapes = [];
    private readonly List<(string Text, float X, float Y, float Size, bool Bold, Color Color, SKTextAlign Align, float Rotation)> _texts =
    [];

    private readonly List<(float X1, float Y1, float X2, float Y2, Color Color)> _lines = [];

    /// <summary>Width, pixels.</summary>
    public int Width { get; } = width;

    /// <summary>Height, pixels.</summary>
    public int Height { get; } = height;

    /// <summary>The panels, in the order in which they were added.</summary>
    public IReadOnlyList<Plot> Panels => [.. _panels.Select(p => p.Plot)];

    /// <summary>Adds a panel in the common style. The rectangle is its data area.</summary>
    public Plot AddPanel(float left, float top, float dataWidth, float dataHeight)
    {
        var plot = FigureStyle.NewPlot();
        var place = new PixelRect(left, left + dataWidth, top + dataHeight, top);
        plot.Layout.Fixed(place);
        _panels.Add((plot, place));
        return plot;
    }

    /// <summary>Labels the horizontal axis of a panel: centred below it, always at the same distance.</summary>
    internal void LabelX(Plot panel, string text, float distance = 40)
    {
        var place = Place(panel);
        _labels[panel] = (text, Labels(panel).Y);
        AddText(text, place.HorizontalCenter, place.Bottom + distance);
    }

    /// <summary>Labels the vertical axis of a panel: centred on its left, always at the same distance, so that the labels of stacked panels
    /// are aligned.</summary>
    internal void LabelY(Plot panel, string text, float distance = 50, float size = FigureStyle.LabelSize)
    {
        var place = Place(panel);
        _labels[panel] = (Labels(panel).X, text);
        AddText(text, place.Left - distance, place.VerticalCenter, size, rotation: -90);
    }

    /// <summary>Labels the axis on the right of a panel.</summary>
    internal void LabelRight(Plot panel, string text, float distance)
    {
        var place = Place(panel);
        AddText(text, place.Right + distance, place.VerticalCenter, rotation: 90);
    }

    /// <summary>The names of a panel's axes; empty for one that has none of its own.</summary>
    internal (string X, string Y) Labels(Plot panel) => _labels.GetValueOrDefault(panel, ("", ""));

    /// <summary>The data area of a panel on the page.</summary>
    internal PixelRect Place(Plot panel) => _panels.First(p => p.Plot == panel).Place;

    /// <summary>Writes text at a position of the page. <paramref name="y"/> is its baseline; <paramref name="rotation"/> is in degrees,
    /// clockwise.</summary>
    internal void AddText(
        string text,
        float x,
        float y,
        float size = FigureStyle.LabelSize,
        bool bold = false,
        Color? color = null,
        SKTextAlign align = SKTextAlign.Center,
        float rotation = 0
    ) => _texts.Add((text, x, y, size, bold, color ?? FigurePalette.Ink, align, rotation));

    /// <summary>Names of lines or marks in a row, each in its colour; a further row begins where the page ends.</summary>
    internal void AddNames(float left, float baseline, params IEnumerable<(string Name, Color Color)> names)
    {
        foreach (var (name, color, x, row) in Placed(Width, left, names))
        {
            AddText(name, x, baseline + (16 * row), FigureStyle.TickSize, bold: true, color: color, align: SKTextAlign.Left);
        }
    }

    /// <summary>Rows that <see cref="AddNames"/> needs on a page of some width.</summary>
    internal static int RowsOfNames(int width, float left, params IEnumerable<(string Name, Color Color)> names) =>
        Placed(width, left, names).Select(n => n.Row + 1).DefaultIfEmpty(0).Max();

    private static IEnumerable<(string Name, Color Color, float X, int Row)> Placed(
        int page,
        float left,
        IEnumerable<(string Name, Color Color)> names
    )
    {
        // The typeface is embedded, so that its widths are the same on every machine.
        using var font = new SKFont(FigureFonts.Typeface(bold: true), FigureStyle.TickSize);
        var (x, row) = (left, 0);
        foreach (var (name, color) in names)
        {
            var width = (float)Math.Round(font.MeasureText(name));
            if (x > left && x + width > page - 8)
            {
                (x, row) = (left, row + 1);
            }
            yield return (name, color, x, row);
            x += width + 16;
        }
    }

    /// <summary>Draws a shape above the panels and below lines and text.</summary>
    internal void AddShape(Action<SKCanvas> draw) => _shapes.Add(draw);

    /// <summary>Draws a thin line between two positions of the page.</summary>
    internal void AddLine(float x1, float y1, float x2, float y2, Color color) => _lines.Add((x1, y1, x2, y2, color));

    /// <summary>Draws the page.</summary>
    /// <param name="canvas">The canvas, <see cref="Width"/> x <see cref="Height"/> in its units.</param>
    public void Render(SKCanvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        canvas.Clear(SKColors.White);
        // ScottPlot needs a first drawing to settle the axes of a plot. It goes to an empty canvas; the visible drawing follows.
        using var nowhere = new SKNoDrawCanvas(Width, Height);
        foreach (var (panel, _) in _panels)
        {
            panel.Render(nowhere, new PixelRect(0, Width, Height, 0));
            panel.Render(canvas, new PixelRect(0, Width, Height, 0));
        }
        foreach (var draw in _shapes)
        {
            draw(canvas);
        }
        foreach (var line in _lines)
        {
            using var paint = new SKPaint
            {
                Color = line.Color.ToSKColor(),
                StrokeWidth = 0.8f,
                IsAntialias = true,
            };
            canvas.DrawLine(line.X1, line.Y1, line.X2, line.Y2, paint);
        }
        foreach (var text in _texts)
        {
            using var font = new SKFont(FigureFonts.Typeface(text.Bold), text.Size);
            using var paint = new SKPaint { Color = text.Color.ToSKColor(), IsAntialias = true };
            canvas.Save();
            canvas.Translate(text.X, text.Y);
            canvas.RotateDegrees(text.Rotation);
            canvas.DrawText(text.Text, 0, 0, text.Align, font, paint);
            canvas.Restore();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (panel, _) in _panels)
        {
            panel.Dispose();
        }
    }
}
