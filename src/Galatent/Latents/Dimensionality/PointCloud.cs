using Galatent.Numerics;

namespace Galatent.Latents.Dimensionality;

/// <summary>Second moments of a few coordinates.</summary>
internal static class PointCloud
{
    /// <summary>Variances along the principal directions of points of shape (n, dimension), descending.</summary>
    public static double[] Variances(double[] points, int dimension)
    {
        var n = points.Length / dimension;
        var mean = new double[dimension];
        var covariance = new double[dimension * dimension];
        for (var i = 0; i < points.Length; i++)
        {
            mean[i % dimension] += points[i] / n;
        }
        for (var i = 0; i < n; i++)
        {
            for (var a = 0; a < dimension; a++)
            {
                var offset = points[(i * dimension) + a] - mean[a];
                for (var b = 0; b < dimension; b++)
                {
                    covariance[(a * dimension) + b] += offset * (points[(i * dimension) + b] - mean[b]) / n;
                }
            }
        }
        return SymmetricEigenvalues.Of(covariance, dimension);
    }
}
