namespace Galatent.Latents.Mixtures;

/// <summary>Weighted mean and covariance of a set of points.</summary>
internal static class DataMoments
{
    /// <summary>The mean, d numbers.</summary>
    public static double[] Mean(WeightedPoints points)
    {
        var mean = new double[points.Dimension];
        for (var axis = 0; axis < mean.Length; axis++)
        {
            for (var i = 0; i < points.Count; i++)
            {
                mean[axis] += points.Weights[i] * points.Columns[axis][i];
            }
            mean[axis] /= points.TotalWeight;
        }
        return mean;
    }

    /// <summary>Maximum-likelihood covariance (divided by the total weight), d x d.</summary>
    public static double[] Covariance(WeightedPoints points, ReadOnlySpan<double> mean)
    {
        var d = points.Dimension;
        var covariance = new double[d * d];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var x = points.Columns[i];
                var y = points.Columns[j];
                var sum = 0.0;
                for (var row = 0; row < points.Count; row++)
                {
                    sum += points.Weights[row] * (x[row] - mean[i]) * (y[row] - mean[j]);
                }
                covariance[i * d + j] = covariance[j * d + i] = sum / points.TotalWeight;
            }
        }
        return covariance;
    }
}
