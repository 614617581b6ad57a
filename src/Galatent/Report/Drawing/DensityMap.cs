using System.Globalization;
using ScottPlot;
using SkiaSharp;

namespace Galatent.Report.Drawing;

/// <summary>A density map: the number of points in each small square of a panel. More points are darker (logarithmic).</summary>
internal sealed class DensityMap : IPlottable
{
    // Each square becomes 4 x 4 pixels of the picture. So viewers that smooth pictures do not blur the squares into each other.
    private const int PixelsPerSquare = 4;

    // A single point must differ from none, so colours start at a fifth of the scale.
    private const double LeastShade = 0.2;

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

    /// <summary>The range of the panel.</summary>
    public CoordinateRect Extent => _extent;

    /// <summary>Centre and number of points of each square that has any, row by row from below.</summary>
    public IEnumerable<(double X, double Y, int Points)> Squares() =>
        _counts
            .Index()
            .Where(s => s.Item > 0)
            .Select(s =>
                (
                    _extent.Left + (_extent.Width * ((s.Index % _squares) + 0.5) / _squares),
                    _extent.Bottom + (_extent.Height * ((s.Index / _squares) + 0.5) / _squares),
                    s.Item
                )
            );

    /// <summary>Points in the densest square.</summary>
    public int MostPoints => _counts.Max();

    /// <summary>Points of the darkest shade. By default those of the densest square; panels with one scale share it.</summary>
    public int? DarkestPoints { get; set; }

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

    /// <summary>Adds a colour bar with the number of points per square.</summary>
    public static void AddScale(FigureSheet sheet, IColormap colors, int most, PixelRect place)
    {
        var ticks = new List<(double, string)>();
        for (var count = 1; count <= most; count *= 10)
        {
            ticks.Add((Height(count, most), count.ToString(CultureInfo.InvariantCulture)));
        }
        ColorScale.Add(sheet, new Visible(colors), "Spectra per square", place, ticks);
    }

    // Place of a number of points on the scale, 0 to 1.
    private static double Height(int count, int most) => Math.Log(1 + count) / Math.Log(1 + most);

    private static double Shade(double height) => LeastShade + ((1 - LeastShade) * height);

    // The part of a colour map that squares with points have.
    private sealed class Visible(IColormap colors) : IColormap
    {
        public string Name => colors.Name;

        public Color GetColor(double position) => colors.GetColor(Shade(position));
    }

    public void Render(RenderPack rp)
    {
        var most = DarkestPoints ?? MostPoints;
        var side = _squares * PixelsPerSquare;
        using var bitmap = new SKBitmap(side, side);
        for (var row = 0; row < _squares; row++)
        {
            for (var column = 0; column < _squares; column++)
            {
                var count = _counts[(row * _squares) + column];
                var color = count == 0 ? SKColors.Transparent : _colors.GetColor(Shade(Height(count, most))).ToSKColor();
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
