namespace Galatent.Surveys.Preparation;

/// <summary>Where pixels begin and end: midway between neighbours; at gaps and ends a pixel is symmetric about its centre.</summary>
internal static class PixelEdges
{
    // Steps of one spectrum change slowly. A step this much longer than its neighbour is a gap, over which nothing is interpolated.
    private const double GapRatio = 2.5;

    /// <summary>Lower and upper edges of pixels, Å.</summary>
    /// <param name="centre">Centres, Å, ascending, at least two.</param>
    public static (double[] Low, double[] High) Of(double[] centre)
    {
        var n = centre.Length;
        var low = new double[n];
        var high = new double[n];
        for (var i = 0; i < n; i++)
        {
            var before = i > 0 ? centre[i] - centre[i - 1] : double.PositiveInfinity;
            var after = i < n - 1 ? centre[i + 1] - centre[i] : double.PositiveInfinity;
            low[i] = centre[i] - (0.5 * (before > GapRatio * after ? after : before));
            high[i] = centre[i] + (0.5 * (after > GapRatio * before ? before : after));
        }
        return (low, high);
    }
}
