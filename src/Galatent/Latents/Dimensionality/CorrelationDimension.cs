using System.Numerics.Tensors;

namespace Galatent.Latents.Dimensionality;

/// <summary>The correlation dimension (Grassberger &amp; Procaccia 1983, Physica D 9, 189): the slope of ln C(r) against ln r, C(r) the
/// share of pairs of points closer than r.</summary>
public static class CorrelationDimension
{
    /// <summary>Shares of all pairs between which the slope is measured by default.</summary>
    public const double LowShare = 0.001;

    /// <summary>The upper share.</summary>
    public const double HighShare = 0.01;

    /// <summary>The slope between two shares of the pairs. Pairs of equal points are left out.</summary>
    /// <param name="points">Shape (n, dimension), row-major. The number of pairs grows as n²; 2,000 points make two million.</param>
    /// <param name="dimension">Coordinates per point.</param>
    /// <param name="lowShare">Share of the pairs inside the smaller radius.</param>
    /// <param name="highShare">Share of the pairs inside the larger radius.</param>
    /// <returns>NaN when the points have too few different distances.</returns>
    public static double Of(double[] points, int dimension, double lowShare = LowShare, double highShare = HighShare)
    {
        ArgumentNullException.ThrowIfNull(points);
        var n = points.Length / dimension;
        var distances = new List<double>(n * (n - 1) / 2);
        for (var i = 1; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var distance = TensorPrimitives.Distance<double>(
                    points.AsSpan(i * dimension, dimension),
                    points.AsSpan(j * dimension, dimension)
                );
                if (distance > 0)
                {
                    distances.Add(distance);
                }
            }
        }
        distances.Sort();
        var low = (int)(lowShare * distances.Count);
        var high = (int)(highShare * distances.Count);
        return low < 1 || high <= low || !(distances[high - 1] > distances[low - 1])
            ? double.NaN
            : Math.Log((double)high / low) / Math.Log(distances[high - 1] / distances[low - 1]);
    }
}
