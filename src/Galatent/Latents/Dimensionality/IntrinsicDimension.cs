namespace Galatent.Latents.Dimensionality;

/// <summary>
/// Intrinsic dimension: in how many directions points spread, from their distances. An estimate counts directions that are wider than the
/// spacing of the points. So it grows with the number of points, and only the difference from normal points of the same covariance
/// (<see cref="NormalControl"/>) says something about curvature.
/// </summary>
public static class IntrinsicDimension
{
    /// <summary>
    /// TwoNN (Facco et al. 2017, Sci. Rep. 7, 12140), the unbiased form: (n - 1) / Σ ln(r2 / r1). Points with r1 = 0 are left out.
    /// The standard error is 1.2 d / √n: neighbours are shared between points, so it is larger than the d / √n of independent ratios.
    /// </summary>
    /// <param name="distances">Distances to the nearest neighbours, ascending for each point; shape (n, neighbours).</param>
    /// <param name="neighbours">Distances per point, at least 2.</param>
    /// <returns>NaN when fewer than two points can be used, or all ratios are 1.</returns>
    public static (double Dimension, double StandardError) TwoNearest(ReadOnlySpan<double> distances, int neighbours)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 2);
        var sum = 0.0;
        var count = 0;
        for (var i = 0; i < distances.Length; i += neighbours)
        {
            if (distances[i] > 0)
            {
                sum += Math.Log(distances[i + 1] / distances[i]);
                count++;
            }
        }
        var dimension = count > 1 && sum > 0 ? (count - 1) / sum : double.NaN;
        return (dimension, 1.2 * dimension / Math.Sqrt(count));
    }

    /// <summary>
    /// Maximum likelihood (Levina &amp; Bickel 2004) of each point's k neighbours, 1 / mean ln(T_k / T_j) over j below k. The inverses are
    /// averaged over the points (MacKay &amp; Ghahramani 2005); averaging the estimates is 6 % too high. Points with T_1 = 0 are left out.
    /// </summary>
    /// <param name="distances">Distances to the nearest neighbours, ascending for each point; shape (n, neighbours).</param>
    /// <param name="neighbours">k, at least 2.</param>
    /// <returns>NaN when no point can be used, or all distances are equal.</returns>
    public static double MaximumLikelihood(ReadOnlySpan<double> distances, int neighbours)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 2);
        var inverse = 0.0;
        var count = 0;
        for (var i = 0; i < distances.Length; i += neighbours)
        {
            if (!(distances[i] > 0))
            {
                continue;
            }
            var last = Math.Log(distances[i + neighbours - 1]);
            for (var j = 0; j < neighbours - 1; j++)
            {
                inverse += (last - Math.Log(distances[i + j])) / (neighbours - 1);
            }
            count++;
        }
        return count > 0 && inverse > 0 ? count / inverse : double.NaN;
    }
}
