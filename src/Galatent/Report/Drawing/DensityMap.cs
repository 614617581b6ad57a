using ScottPlot;
using SkiaSharp;

namespace Galatent.Report.Drawing;

/// <summary>How many points fall on each small square of a panel, as a picture: darker where there are more (logarithmic).</summary>
internal sealed class DensityMap : IPlottable
{
    // Each square becomes 4 x 4 pixels of the picture, so that viewers which smooth pictures do not blur the squares into each other.
    private const int PixelsPerSquare = 4;

    private readonly int[] _counts;
    private readonly int _squares;
    private readonly CoordinateRect _extent;
    private readonly IColormap _colors;

    /// <summary>Counts the points inside the rectangle.</summary>
    /// <param name="xs">Abscissae.</param>
    /// <param name="ys">Ordinates, as many.</param>
    /// <param name="extent">What the panel shows.</param>
    /// <param name="colors">From few to many points; 0 points stay white.</param>
    public DensityMap(double[] xs, double[] ys, CoordinateRect extent, IColormap colors)
    {
        // About ten points per square where they lie densest; 60 squares are one per two pixels in the smallest panels.
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

    /// <summary>The range that holds the central 99 % of the values, widened by a twentieth; one outlier must not shrink the rest to a
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
                // Even a single point is told from none: colours start at a fifth of the scale.
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
