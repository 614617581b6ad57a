namespace Galatent.Latents.Mixtures;

/// <summary>The outcome of one EM run. A caller that needs a converged fit must check <paramref name="Converged"/>.</summary>
/// <param name="Mixture">Parameters after the last M-step.</param>
/// <param name="MeanLogLikelihood">Mean log-likelihood per point before the last M-step, nat.</param>
/// <param name="Iterations">Number of E-steps.</param>
/// <param name="Converged">Whether the last gain was below the tolerance.</param>
internal sealed record EmFit(GaussianMixture Mixture, double MeanLogLikelihood, int Iterations, bool Converged);

/// <summary>Expectation maximisation for full-covariance mixtures with weighted points (Dempster, Laird and Rubin 1977, J. R. Stat. Soc. B
/// 39, 1).</summary>
internal static class ExpectationMaximization
{
    /// <summary>Iterates from a start until the gain in mean log-likelihood per point falls below the tolerance.</summary>
    /// <param name="points">Data, d coordinates.</param>
    /// <param name="start">Start of the iteration. Components that lose all points are removed.</param>
    /// <param name="prior">Keeps covariances from becoming singular.</param>
    /// <param name="maxIterations">At least 1.</param>
    /// <param name="tolerance">In nat per point.</param>
    public static EmFit Fit(WeightedPoints points, GaussianMixture start, CovariancePrior prior, int maxIterations, double tolerance)
    {
        var mixture = start;
        var previous = double.NegativeInfinity;
        for (var iteration = 1; ; iteration++)
        {
            var moments = Expect(points, mixture);
            var mean = moments.LogLikelihood / points.TotalWeight;
            mixture = Maximize(mixture, moments, prior);
            var converged = Math.Abs(mean - previous) < tolerance;
            if (converged || iteration >= maxIterations)
            {
                return new EmFit(mixture, mean, iteration, converged);
            }
            previous = mean;
        }
    }

    /// <summary>The E-step.</summary>
    public static MixtureMoments Expect(WeightedPoints points, GaussianMixture mixture)
    {
        var moments = new MixtureMoments(mixture.ComponentCount, mixture.Dimension);
        if (mixture.Dimension == 2)
        {
            PlanarExpectation.Accumulate(points, mixture, moments);
        }
        else
        {
            new BlockExpectation(mixture).Accumulate(points, moments);
        }
        return moments;
    }

    /// <summary>ln p of every point, nat (one number per point).</summary>
    public static double[] LogDensity(WeightedPoints points, GaussianMixture mixture)
    {
        var logs = new double[points.Weights.Length];
        if (mixture.Dimension == 2)
        {
            PlanarExpectation.LogDensity(points, mixture, logs);
        }
        else
        {
            new BlockExpectation(mixture).LogDensity(points, logs);
        }
        return logs[..points.Count];
    }

    /// <summary>The M-step, with the prior's scatter added to each component's. The heaviest component always survives.</summary>
    public static GaussianMixture Maximize(GaussianMixture mixture, MixtureMoments moments, CovariancePrior prior)
    {
        var d = mixture.Dimension;
        var heaviest = Array.IndexOf(moments.Mass, moments.Mass.Max());
        var alive = Enumerable
            .Range(0, mixture.ComponentCount)
            .Where(k => k == heaviest || (moments.Mass[k] > prior.LeastMass && moments.Mass[k] > 0))
            .ToArray();
        var total = alive.Sum(k => moments.Mass[k]);
        var weights = new double[alive.Length];
        var means = new double[alive.Length * d];
        var covariances = new double[alive.Length * d * d];
        for (var k = 0; k < alive.Length; k++)
        {
            weights[k] = moments.Mass[alive[k]] / total;
            UpdateComponent(mixture, moments, alive[k], prior, means.AsSpan(k * d, d), covariances.AsSpan(k * d * d, d * d));
        }
        return new GaussianMixture(d, weights, means, covariances);
    }

    // Converts back from the component's own coordinates: m' = m + L e, C' = L (S - e e^T) L^T, where e and S are the mean and second
    // moment of u.
    private static void UpdateComponent(
        GaussianMixture mixture,
        MixtureMoments moments,
        int k,
        CovariancePrior prior,
        Span<double> mean,
        Span<double> covariance
    )
    {
        var d = mixture.Dimension;
        var factor = mixture.Factors.AsSpan(k * d * d, d * d);
        var mass = moments.Mass[k];
        Span<double> shift = stackalloc double[d];
        Span<double> half = stackalloc double[d * d];
        for (var i = 0; i < d; i++)
        {
            shift[i] = moments.First[k * d + i] / mass;
        }
        for (var i = 0; i < d; i++)
        {
            mean[i] = mixture.Means[k * d + i];
            for (var j = 0; j < d; j++)
            {
                mean[i] += factor[i * d + j] * shift[j];
                for (var l = 0; l < d; l++)
                {
                    var second = moments.Second[(k * d + Math.Max(l, j)) * d + Math.Min(l, j)] / mass - shift[l] * shift[j];
                    half[i * d + j] += factor[i * d + l] * second;
                }
            }
        }
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                var sum = prior.Scatter[i * d + j] / mass;
                for (var l = 0; l < d; l++)
                {
                    sum += half[i * d + l] * factor[j * d + l];
                }
                covariance[i * d + j] = sum;
            }
        }
    }
}
