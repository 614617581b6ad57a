namespace Galatent.Latents.Dimensionality;

/// <summary>
/// The knee of a falling convex curve (Satopää et al. 2011, ICDCSW, "Finding a Kneedle in a Haystack", without smoothing): where
/// 1 - x^ - y^ is largest, both axes scaled to [0, 1].
/// It depends on the axes and on the range, so it supports a conclusion and never makes one (y = 1/(1+x) on 0...10: at 2; ln y: at 3).
/// </summary>
public static class Kneedle
{
    /// <summary>Index of the knee and the height there; the lowest index of equal ones.</summary>
    /// <param name="x">Ascending, at least two different values.</param>
    /// <param name="y">As many values, the first and the last different.</param>
    public static (int Index, double Height) Of(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var low = y.Min();
        var high = y.Max();
        if (x.Count != y.Count || x.Count < 2 || !(x[^1] > x[0]) || !(high > low))
        {
            throw new ArgumentException(
                $"{x.Count} abscissae and {y.Count} ordinates from {low} to {high} make no falling curve.",
                nameof(y)
            );
        }
        var best = (Index: 0, Height: double.NegativeInfinity);
        for (var i = 0; i < x.Count; i++)
        {
            var height = 1 - ((x[i] - x[0]) / (x[^1] - x[0])) - ((y[i] - low) / (high - low));
            best = height > best.Height ? (i, height) : best;
        }
        return best;
    }
}
