using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>The spread of the estimate over resamples of the rows (Efron 1979); a resample is a weighted fit to the distinct rows, begun at the fit to all.</summary>
internal static class MixtureBootstrap
{
    private const int MaxIterations = 5;

    /// <summary>The mutual information of the mixture refitted to each resample, nat.</summary>
    public static double[] Informations(double[][] columns, GaussianMixture fit, MutualInformationOptions options, ulong seed, int threads, CancellationToken cancel)
    {
        var informations = new double[options.Replicas];
        Parallel.For(0, informations.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, replica =>
        {
            var random = new RandomStream(seed, "bootstrap", (ulong)replica);
            var points = Resample(columns, ref random);
            var prior = CovariancePrior.For(points, fit.ComponentCount);
            var refit = fit.ComponentCount == 1
                ? MixtureStarts.Single(points, prior)
                : ExpectationMaximization.Fit(points, fit, prior, MaxIterations, options.Fit.Tolerance).Mixture;
            informations[replica] = LogRatio.Mean(points, refit);
        });
        return informations;
    }

    private static WeightedPoints Resample(double[][] columns, ref RandomStream random)
    {
        var n = columns[0].Length;
        var multiplicities = new int[n];
        for (var i = 0; i < n; i++)
        {
            multiplicities[random.NextInt(n)]++;
        }
        int[] rows = [.. Enumerable.Range(0, n).Where(row => multiplicities[row] > 0)];
        return WeightedPoints.Take(columns, rows, [.. rows.Select(row => (double)multiplicities[row])]);
    }
}
