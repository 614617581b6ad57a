namespace Galatent.Latents.Mixtures;

/// <summary>
/// Keeps components from collapsing onto a few points. The matrix <see cref="Scatter"/> is added to every component's scatter, as if from
/// one additional observation (the mode under an inverse-Wishart prior, as in Fraley and Raftery 2007, J. Classif. 24, 155).
/// The matrix is a fraction of the data's own covariance, so the fit does not depend on the data's units.
/// </summary>
/// <param name="Scatter">A positive definite matrix, d x d.</param>
/// <param name="LeastMass">A component with fewer points than this (sum of responsibilities) is removed.</param>
internal sealed record CovariancePrior(double[] Scatter, double LeastMass)
{
    /// <summary>
    /// The prior for K components on a set of points: the data's covariance / K^2, plus an isotropic minimum at the resolution of n points,
    /// (sd / n)^2. K components along a curve have widths of order 1 / K across it.
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

    /// <summary>No prior: maximum likelihood, for comparison with other programs.</summary>
    public static CovariancePrior None(int dimension) => new(new double[dimension * dimension], 0);
}
