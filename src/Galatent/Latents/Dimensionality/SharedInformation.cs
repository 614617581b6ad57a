using Galatent.Latents.Information;
using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Latents.Dimensionality;

/// <summary>What several columns share, in nat.</summary>
/// <param name="TotalNat">Total correlation: Σ H(z_i) - H(z). 0 only for independent columns.</param>
/// <param name="DualNat">Dual total correlation: H(z) - Σ H(z_i given the rest). Smaller than the total: redundancy.</param>
/// <param name="TotalErrorNat">Standard error of the total.</param>
/// <param name="DualErrorNat">Standard error of the dual.</param>
public sealed record SharedInformation(double TotalNat, double DualNat, double TotalErrorNat, double DualErrorNat)
{
    /// <summary>Most columns of the estimate by a mixture: with more, its parameters need more rows than there are.</summary>
    public const int MostForMixture = 6;

    /// <summary>From the correlations of normal scores (G), with the errors of a bootstrap of rows.</summary>
    /// <param name="columns">At least two columns, all finite.</param>
    /// <param name="replicas">Resamples, at least 10.</param>
    /// <param name="seed">Root seed of the resamples.</param>
    /// <exception cref="InputException">Too few rows, or columns that determine one another.</exception>
    public static SharedInformation Gaussian(IReadOnlyList<NamedColumn> columns, int replicas, ulong seed)
    {
        RequireTwo(columns);
        double[][] scores = [.. GaussianCopula.Scores(columns)];
        var copula = GaussianCopula.OfScores(scores, null);
        var total = new double[replicas];
        var dual = new double[replicas];
        for (var r = 0; r < replicas; r++)
        {
            var resampled = GaussianCopula.OfScores(scores, MixtureBootstrap.Multiplicities(scores[0].Length, seed, r));
            total[r] = resampled.TotalCorrelation();
            dual[r] = resampled.DualTotalCorrelation();
        }
        return new SharedInformation(
            copula.TotalCorrelation(),
            copula.DualTotalCorrelation(),
            SampleMoments.Deviation(total),
            SampleMoments.Deviation(dual)
        );
    }

    /// <summary>From one Gaussian mixture of the normal scores; at most <see cref="MostForMixture"/> columns.</summary>
    /// <param name="columns">Two to six columns.</param>
    /// <param name="fit">How the mixture is fitted.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancel">Ends the work early.</param>
    /// <exception cref="InputException">Too few rows, or too many columns.</exception>
    public static SharedInformation Mixture(
        IReadOnlyList<NamedColumn> columns,
        MixtureFitOptions fit,
        ulong seed,
        int threads = 1,
        CancellationToken cancel = default
    )
    {
        RequireTwo(columns);
        if (columns.Count > MostForMixture)
        {
            throw new InputException(
                $"{columns.Count} columns are too many for total correlation by a mixture; give at most {MostForMixture}, or use the "
                    + "correlations of normal scores."
            );
        }
        var scores = RankedColumns.Of(columns, seed).Scores;
        var mixture = MixtureSelection.Fit(scores, fit, seed, threads, cancel).Mixture;
        var points = WeightedPoints.Of(scores);
        var n = points.Count;
        int[] all = [.. Enumerable.Range(0, scores.Length)];
        var joint = ExpectationMaximization.LogDensity(points, mixture);
        double[][] alone = [.. all.Select(i => MarginalDensity.Log(points.Columns[i], n, mixture.Marginal(i)))];
        double[][] others =
        [
            .. all.Select(i => all.Where(j => j != i).ToArray())
                .Select(rest =>
                    rest.Length == 1 ? alone[rest[0]] : ExpectationMaximization.LogDensity(points.Axes(rest), mixture.Marginal(rest))
                ),
        ];
        var total = new double[n];
        var dual = new double[n];
        for (var row = 0; row < n; row++)
        {
            total[row] = joint[row] - all.Sum(i => alone[i][row]);
            dual[row] = ((all.Length - 1) * joint[row]) - all.Sum(i => others[i][row]);
        }
        var root = Math.Sqrt(n);
        return new SharedInformation(
            total.Average(),
            dual.Average(),
            SampleMoments.Deviation(total) / root,
            SampleMoments.Deviation(dual) / root
        );
    }

    private static void RequireTwo(IReadOnlyList<NamedColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count < 2)
        {
            throw new InputException($"Total correlation needs at least 2 columns, not {columns.Count}.");
        }
    }
}
