using ScottPlot;
using SkiaSharp;

namespace Galatent.Report.Drawing;

/// <summary>A density map: the number of points in each small square of a panel. More points are darker (logarithmic).</summary>
internal sealed class DensityMap : IPlottable
{
    // Each square becomes 4 x 4 pixels of the picture. So viewers that smooth pictures do not blur the squares into each other.
    private const int PixelsPerSquare = 4;

    private readonly int[] _counts;
    private readonly int _squares;
    private readonly CoordinateRect _extent;
    private readonly IColormap _colors;

    /// <summary>Counts the points inside the rectangle.</summary>
    /// <param name="xs">x values.</param>
    /// <param name="ys">y values, the same number.</param>
    /// <param name="extent">The range of the panel.</param>
    /// <param name="colors">Colours from few to many points. Squares without points stay white.</param>
    public DensityMap(double[] xs, double[] ys, CoordinateRect extent, IColormap colors)
    {
        // About ten points per square where they are densest. 60 squares are one per two pixels in the smallest panels.
        _squares = Math.Clamp((int)Math.Sqrt(xs.Length / 4.0), 12, 60);
        (_extent, _colors, _counts) = (extent, colors, new int[_squares * _squares]);
        for (var i = 0; i < xs.Length; i++)
        {
            var column = (int)Math.Floor((xs[i] - extent.Left) / extent.Width * _squares);
            var row = (int)Math.Floor((ys[i] - extent.Bottom) / extent.Height * _squares);
            if (column >= 0 && column < _squares && row >= 0 && row < _squares)
            {
                _counts[(row * _squares) + column]++;
            }
        }
    }

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => new(_extent);

    /// <summary>The range of the central 99 % of the values, widened by a twentieth. So one outlier does not shrink all others to a
    /// dot.</summary>
    public static CoordinateRange Range(double[] values)
    {
        var sorted = values.Order().ToArray();
        var low = sorted[(int)(0.005 * (sorted.Length - 1))];
        var high = sorted[(int)Math.Ceiling(0.995 * (sorted.Length - 1))];
        var margin = high > low ? 0.05 * (high - low) : 0.5;
        return new CoordinateRange(low - margin, high + margin);
    }

    public void Render(RenderPack rp)
    {
        var most = Math.Log(1 + _counts.Max());
        var side = _squares * PixelsPerSquare;
        using var bitmap = new SKBitmap(side, side);
        for (var row = 0; row < _squares; row++)
        {
            for (var column = 0; column < _squares; column++)
            {
                var count = _counts[(row * _squares) + column];
                // A single point must differ from none, so colours start at a fifth of the scale.
                var color = count == 0 ? SKColors.Transparent : _colors.GetColor(0.2 + (0.8 * Math.Log(1 + count) / most)).ToSKColor();
                bitmap.Erase(
                    color,
                    SKRectI.Create(column * PixelsPerSquare, side - ((row + 1) * PixelsPerSquare), PixelsPerSquare, PixelsPerSquare)
                );
            }
        }
        var area = Axes.GetPixelRect(_extent);
        using var image = SKImage.FromBitmap(bitmap);
        rp.Canvas.DrawImage(image, new SKRect(area.Left, area.Top, area.Right, area.Bottom));
    }
}
