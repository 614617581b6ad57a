using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>
/// Mutual information of two columns by Gaussian mixtures of their normal scores (after Piras et al. 2023, MLST 4, 025006): cross-validated
/// size, deterministic integral, bootstrap for the standard error and the bias.
/// </summary>
public static class MutualInformationEstimator
{
    /// <summary>Estimates the mutual information of one pair.</summary>
    /// <param name="x">First column.</param>
    /// <param name="y">Second column, as long as the first.</param>
    /// <param name="options">How to estimate.</param>
    /// <param name="seed">Root seed: the same seed gives the same bytes, whatever the number of threads.</param>
    /// <param name="threads">Threads at most.</param>
    /// <param name="cancel">Ends the work early.</param>
    /// <exception cref="InputException">Columns of different lengths, or fewer than 10 rows in which both values are finite.</exception>
    public static MutualInformationEstimate Estimate(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        MutualInformationOptions options,
        ulong seed,
        int threads = 1,
        CancellationToken cancel = default
    )
    {
        options.Validate();
        var pair = Rank("x", x, "y", y, seed);
        var test = new IndependenceTest(pair.Count, options.Permutations, seed, threads, cancel);
        return Estimate(pair, test, options, seed, threads, cancel);
    }

    /// <summary>Ranks a pair, or says why it cannot be used.</summary>
    internal static RankPair Rank(string nameX, ReadOnlySpan<double> x, string nameY, ReadOnlySpan<double> y, ulong seed)
    {
        if (x.Length != y.Length)
        {
            throw new InputException(
                $"Column '{nameX}' has {x.Length} rows and column '{nameY}' has {y.Length}: give columns of the same table."
            );
        }
        var pair = RankPair.Of(x, y, seed);
        return pair.Count >= MutualInformationOptions.LeastCount
            ? pair
            : throw new InputException(
                $"Columns '{nameX}' and '{nameY}' have {pair.Count} rows with finite values in both, and at least "
                    + $"{MutualInformationOptions.LeastCount} are needed: leave one of them out or give more rows."
            );
    }

    /// <summary>The estimate of a ranked pair, with the p-value from a null distribution that suits its count.</summary>
    internal static MutualInformationEstimate Estimate(
        RankPair pair,
        IndependenceTest test,
        MutualInformationOptions options,
        ulong seed,
        int threads,
        CancellationToken cancel
    )
    {
        if (pair.IsConstant)
        {
            return new MutualInformationEstimate(
                0,
                0,
                0,
                0,
                0,
                0,
                1,
                1,
                pair.Count,
                pair.Dropped,
                1,
                options.Neighbours == 0 ? null : 0,
                true
            );
        }
        var columns = ShuffledScores(pair, seed);
        var fit = MixtureSelection.Fit(
            columns,
            options.Fit,
            seed,
            threads,
            cancel,
            pair.Count < InformationInterval.FewRows ? LogRatio.Mean : null
        );
        var plugIn = MixtureInformation.Of(fit.Mixture);
        var replicas = MixtureBootstrap.Informations(columns, fit.Mixture, options, seed, threads, cancel);
        var inSample = LogRatio.Mean(WeightedPoints.Of(columns), fit.Mixture);
        var pValue = test.PValue(pair.RanksY);
        double? ksg =
            options.Neighbours == 0 ? null : KraskovEstimator.Estimate(pair, Math.Min(options.Neighbours, pair.Count - 1), threads);
        var interval = InformationInterval.From(inSample, replicas, pair.Count, fit.Mixture.ExtraParameters, ksg, pValue, fit);
        return new MutualInformationEstimate(
            interval.Mi,
            interval.Std,
            interval.Low,
            interval.High,
            plugIn,
            interval.BootstrapMean,
            pValue,
            pValue,
            pair.Count,
            pair.Dropped,
            fit.Mixture.ComponentCount,
            ksg,
            fit.Converged
        );
    }

    // Random order, so that folds and subsets are random; the order comes from the ranks, not from the file.
    private static double[][] ShuffledScores(RankPair pair, ulong seed)
    {
        var ranksX = Enumerable.Range(0, pair.Count).ToArray();
        var random = new RandomStream(seed, "order of points");
        random.Shuffle(ranksX.AsSpan());
        return [Array.ConvertAll(ranksX, rank => pair.ScoresX[rank]), Array.ConvertAll(ranksX, rank => pair.ScoresY[pair.RanksY[rank]])];
    }
}
