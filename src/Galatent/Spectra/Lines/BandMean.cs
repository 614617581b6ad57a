namespace Galatent.Spectra.Lines;

/// <summary>Sums over a band of wavelengths. The flux is taken as constant in each pixel; a pixel at the edge of the band counts with the
/// part that lies inside.</summary>
internal static class BandMean
{
    /// <summary>Whether the pixels cover a band.</summary>
    public static bool IsCovered(WavelengthGrid grid, double low, double high) =>
        low >= grid.CellEdgeAngstrom[0] && high <= grid.CellEdgeAngstrom[^1];

    /// <summary>The pixels of a band with the width of each inside it, Å.</summary>
    public static IEnumerable<(int Pixel, double Width)> Pixels(WavelengthGrid grid, double low, double high)
    {
        var edges = grid.CellEdgeAngstrom;
        for (var i = Math.Max(0, WavelengthGrid.LowerBound(edges, low) - 1); i < grid.Count && edges[i] < high; i++)
        {
            var width = Math.Min(high, edges[i + 1]) - Math.Max(low, edges[i]);
            if (width > 0)
            {
                yield return (i, width);
            }
        }
    }

    /// <summary>Mean flux of a band, and its variance when those of the pixels are given and independent.</summary>
    public static (double Mean, double Variance) Of(
        WavelengthGrid grid,
        ReadOnlySpan<float> flux,
        ReadOnlySpan<double> variance,
        double low,
        double high
    )
    {
        var sum = 0.0;
        var squares = 0.0;
        foreach (var (pixel, width) in Pixels(grid, low, high))
        {
            sum += flux[pixel] * width;
            squares += variance.IsEmpty ? 0 : variance[pixel] * width * width;
        }
        var whole = high - low;
        return (sum / whole, squares / (whole * whole));
    }
}
