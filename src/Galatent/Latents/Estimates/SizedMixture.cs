using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Latents.Estimates;

/// <summary>
/// A mixture in up to some twenty dimensions, with one of a few sizes, chosen on a fifth of the rows. The search of
/// <see cref="MixtureSelection"/> tries two directions in the plane of every two coordinates for every component: 272 in 17
/// dimensions.
/// </summary>
internal static class SizedMixture
{
    private const int HeldOut = 5;
    private const int TrialIterations = 40;
    private const int Iterations = 100;
    private const double Tolerance = 1e-4;

    /// <summary>Sizes that are tried, as far as each component has four times as many rows as columns.</summary>
    private static readonly int[] Sizes = [1, 2, 4, 8, 12];

    /// <summary>Fits.</summary>
    /// <param name="columns">One array per coordinate, rows in random order.</param>
    /// <param name="most">Largest number of components.</param>
    /// <param name="seed">Root seed of the starts.</param>
    /// <param name="parallel">Threads and cancellation. The result does not depend on the threads.</param>
    public static GaussianMixture Fit(double[][] columns, int most, ulong seed, ParallelOptions parallel)
    {
        var rows = Enumerable.Range(0, columns[0].Length).ToArray();
        var training = WeightedPoints.Take(columns, [.. rows.Where(r => r % HeldOut != 0)]);
        var judge = WeightedPoints.Take(columns, [.. rows.Where(r => r % HeldOut == 0)]);
        int[] sizes = [.. Sizes.Where(s => s == 1 || (s <= most && s * 4 * columns.Length <= training.Count))];
        var trials = new (double Score, GaussianMixture Mixture)[sizes.Length];
        Parallel.For(0, sizes.Length, parallel, s =>
        {
            var mixture = Trial(training, sizes[s], seed);
            trials[s] = (ExpectationMaximization.LogDensity(judge, mixture).Average(), mixture);
        });
        var best = trials.MaxBy(t => t.Score).Mixture;
        var all = WeightedPoints.Of(columns);
        var prior = CovariancePrior.For(all, best.ComponentCount);
        return best.ComponentCount == 1
            ? MixtureStarts.Single(all, prior)
            : ExpectationMaximization.Fit(all, best, prior, Iterations, Tolerance).Mixture;
    }

    private static GaussianMixture Trial(WeightedPoints points, int size, ulong seed)
    {
        var prior = CovariancePrior.For(points, size);
        if (size == 1)
        {
            return MixtureStarts.Single(points, prior);
        }
        var random = new RandomStream(seed, "mixture of estimates", (ulong)size);
        var start = MixtureStarts.KMeans(points, size, prior, ref random);
        return ExpectationMaximization.Fit(points, start, prior, TrialIterations, Tolerance).Mixture;
    }
}
