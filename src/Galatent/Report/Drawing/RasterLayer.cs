using ScottPlot;
using SkiaSharp;

namespace Galatent.Report.Drawing;

/// <summary>
/// Lines drawn into one picture with three times the resolution of the page. As paths, the 350 spectra of a traversal would take megabytes
/// in an SVG file; as a picture they take some tens of kilobytes. Axes and text stay sharp at any size.
/// </summary>
/// <param name="lines">The lines, from back to front.</param>
internal sealed class RasterLayer(IReadOnlyList<Polyline> lines) : IPlottable
{
    private const int Oversampling = 3;

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        var area = rp.DataRect;
        var info = new SKImageInfo((int)Math.Ceiling(area.Width) * Oversampling, (int)Math.Ceiling(area.Height) * Oversampling);
        using var surface = SKSurface.Create(info);
        surface.Canvas.Clear(SKColors.Transparent);
        surface.Canvas.Scale(Oversampling);
        surface.Canvas.Translate(-area.Left, -area.Top);
        foreach (var line in lines)
        {
            line.DrawOn(surface.Canvas, Axes, area);
        }
        using var image = surface.Snapshot();
        rp.Canvas.DrawImage(
            image,
            new SKRect(area.Left, area.Top, area.Left + (info.Width / (float)Oversampling), area.Top + (info.Height / (float)Oversampling)),
            new SKSamplingOptions(SKFilterMode.Linear)
        );
    }
}
