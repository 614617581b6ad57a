using Galatent.Numerics;

namespace Galatent.Latents.Dimensionality;

/// <summary>Normal points with given variances: what an estimate of intrinsic dimension gives when the data are a flat cloud.</summary>
public static class NormalControl
{
    /// <summary>Points whose coordinates are independent and normal; shape (n, variances).</summary>
    /// <param name="variances">Variance of each coordinate, e.g. the eigenvalues of the data's covariance.</param>
    /// <param name="count">Number of points n.</param>
    /// <param name="seed">Root seed.</param>
    public static double[] Points(IReadOnlyList<double> variances, int count, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(variances);
        var d = variances.Count;
        var points = new double[count * d];
        var random = new RandomStream(seed, "normal control");
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = Math.Sqrt(Math.Max(0, variances[i % d])) * random.NextNormal();
        }
        return points;
    }
}
