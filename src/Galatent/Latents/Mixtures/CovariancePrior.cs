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
        var covariance = DataMoments.Covariance(points, DataMoments.Mean(points));
        var scatter = Array.ConvertAll(covariance, c => c / ((double)components * components));
        var largest = Enumerable.Range(0, d).Max(axis => covariance[axis * d + axis]);
        for (var i = 0; i < d; i++)
        {
            // A constant column has no scale of its own.
            var variance =
                covariance[i * d + i] > 0 ? covariance[i * d + i]
                : largest > 0 ? largest
                : 1;
            scatter[i * d + i] += variance * (1e-9 / ((double)components * components) + 1 / (points.TotalWeight * points.TotalWeight));
        }
        return new CovariancePrior(scatter, d + 1);
    }

    /// <summary>No prior: plain maximum likelihood, for comparison with other programs.</summary>
    public static CovariancePrior None(int dimension) => new(new double[dimension * dimension], 0);
}
