namespace Galatent.Latents.Mixtures;

/// <summary>
/// Keeps components from collapsing onto a few points: every component's scatter receives the matrix <see cref="Scatter"/>, as from one
/// additional observation (the mode under an inverse-Wishart prior; Fraley and Raftery 2007, J. Classif. 24, 155, use the same form).
/// Because the matrix is a fraction of the data's own covariance, the fit does not depend on the data's units.
/// </summary>
/// <param name="Scatter">A positive definite matrix, d x d.</param>
/// <param name="LeastMass">A component that holds less than this many points (sum of responsibilities) is removed.</param>
internal sealed record CovariancePrior(double[] Scatter, double LeastMass)
{
    /// <summary>
    /// The prior for K components on a set of points: the data's covariance / K^2, since K components that line a curve have widths
    /// of that order across it, plus an isotropic floor at the resolution of n points, (sd / n)^2.
    /// </summary>
    public static CovariancePrior For(WeightedPoints points, int components)
    {
        var d = points.Dimension;
        var scatter = DataMoments.Covariance(points, DataMoments.Mean(points));
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                scatter[i * d + j] /= (double)components * components;
            }
        }
        for (var i = 0; i < d; i++)
        {
            scatter[i * d + i] *= 1 + 1e-9;
            scatter[i * d + i] += Math.Max(scatter[i * d + i] * components * components, double.Epsilon) / (points.TotalWeight * points.TotalWeight);
        }
        return new CovariancePrior(scatter, d + 1);
    }

    /// <summary>No prior: plain maximum likelihood, for comparison with other programs.</summary>
    public static CovariancePrior None(int dimension) => new(new double[dimension * dimension], 0);
}
