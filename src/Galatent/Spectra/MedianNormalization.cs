using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Spectra;

/// <summary>Division of a spectrum by its median over a window: the study's normalisation (5000-5500 Å, 555 pixels of its grid).</summary>
/// <param name="LowAngstrom">Lower end of the window, Å, inclusive.</param>
/// <param name="HighAngstrom">Upper end of the window, Å, inclusive.</param>
public readonly record struct MedianNormalization(double LowAngstrom, double HighAngstrom)
{
    /// <summary>The study's window, 5000-5500 Å.</summary>
    public static MedianNormalization Study => new(5000, 5500);

    /// <summary>The median flux of the window. For an even number of pixels it is the mean of the middle two. NaN when the window holds no
    /// pixel.</summary>
    public float Median(WavelengthGrid grid, ReadOnlySpan<float> flux)
    {
        ArgumentNullException.ThrowIfNull(grid);
        var (first, end) = grid.Range(LowAngstrom, HighAngstrom);
        if (end <= first)
        {
            return float.NaN;
        }
        var n = end - first;
        var values = n <= 1024 ? stackalloc float[n] : new float[n];
        flux[first..end].CopyTo(values);
        var upper = OrderStatistic.Select(values, n / 2);
        // The selection puts the smaller half before the middle.
        return n % 2 == 1 ? upper : 0.5f * (TensorPrimitives.Max<float>(values[..(n / 2)]) + upper);
    }
}
