using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>The spread of the estimate over resamples of the rows (Efron 1979). A resample is a weighted fit to its distinct rows, started
/// from the fit to all rows.</summary>
internal static class MixtureBootstrap
{
    // At the maximum of the likelihood, a small change of the parameters does not change the mean log-likelihood. So the spread over
    // resamples is right to first order without any refit; iterations add the second order and the bias.
    // Compared with 30 iterations, the standard errors of all families agree within 1 % at 10,000 rows with one iteration, and with two
    // iterations within 3.5 % at 2,000 and 5 % at 200 rows.
    private const int FewRows = 5000;
    private const int IterationsOfFew = 2;
    private const int IterationsOfMany = 1;

    // Other quantities, such as a divergence, depend on the parameters to first order. They need more iterations.
    private const int Iterations = 5;

    /// <summary>The mean pointwise information of each resample under the mixture refitted to it, nat.</summary>
    public static double[] Informations(
        double[][] columns,
        GaussianMixture fit,
        MutualInformationOptions options,
        ulong seed,
        int threads,
        CancellationToken cancel
    )
    {
        var informations = new double[options.Replicas];
        Parallel.For(
            0,
            informations.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            replica =>
            {
                var points = Resample(columns, seed, replica);
                informations[replica] = LogRatio.Mean(
                    points,
                    Refit(points, fit, options.Fit.Tolerance, columns[0].Length < FewRows ? IterationsOfFew : IterationsOfMany)
                );
            }
        );
        return informations;
    }

    /// <summary>The distinct rows of one resample with their multiplicities.</summary>
    public static WeightedPoints Resample(double[][] columns, ulong seed, int replica)
    {
        var multiplicities = Multiplicities(columns[0].Length, seed, replica);
        int[] rows = [.. Enumerable.Range(0, multiplicities.Length).Where(row => multiplicities[row] > 0)];
        return WeightedPoints.Take(columns, rows, [.. rows.Select(row => (double)multiplicities[row])]);
    }

    /// <summary>How often each of n rows is drawn in n draws with replacement.</summary>
    public static int[] Multiplicities(int n, ulong seed, int replica)
    {
        var random = new RandomStream(seed, "bootstrap", (ulong)replica);
        var multiplicities = new int[n];
        for (var i = 0; i < n; i++)
        {
            multiplicities[random.NextInt(n)]++;
        }
        return multiplicities;
    }

    /// <summary>The mixture of a resample, started from the fit to all rows.</summary>
    public static GaussianMixture Refit(WeightedPoints points, GaussianMixture fit, double tolerance, int iterations = Iterations)
    {
        var prior = CovariancePrior.For(points, fit.ComponentCount);
        return fit.ComponentCount == 1
            ? MixtureStarts.Single(points, prior)
            : ExpectationMaximization.Fit(points, fit, prior, iterations, tolerance).Mixture;
    }
}
