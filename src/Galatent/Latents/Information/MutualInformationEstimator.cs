using Galatent.Latents.Information.Discrete;
using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>
/// Mutual information of two columns. The method depends on the columns:
/// continuous: a Gaussian mixture of their normal scores (after Piras et al. 2023, MLST 4, 025006), with cross-validated size and a
/// bootstrap for the standard error;
/// both with few values: counts (<see cref="CountTable"/>);
/// one discrete, one continuous: a mixture for every class (<see cref="ClassMixtures"/>);
/// partly discrete: a sum by the chain rule (<see cref="ChainRule"/>).
/// Repeated rows are counted once.
/// </summary>
public static class MutualInformationEstimator
{
    /// <summary>Estimates the mutual information of one pair.</summary>
    /// <param name="x">First column.</param>
    /// <param name="y">Second column, as long as the first.</param>
    /// <param name="options">How to estimate.</param>
    /// <param name="seed">Root seed. The same seed gives the same bytes, whatever the number of threads.</param>
    /// <param name="threads">Largest number of threads.</param>
    /// <param name="cancel">Ends the work early.</param>
    /// <exception cref="InputException">
    /// Columns have different lengths, fewer than 10 distinct rows have two finite values, or classes have too few rows.
    /// </exception>
    public static MutualInformationEstimate Estimate(
        NamedColumn x,
        NamedColumn y,
        MutualInformationOptions options,
        ulong seed,
        int threads = 1,
        CancellationToken cancel = default
    )
    {
        options.Validate();
        return Estimate(
            ColumnPair.Of(x, y, null, DistinctValues.ArePlain(x) && DistinctValues.ArePlain(y), seed),
            new IndependenceTests(options.Permutations, seed, threads, cancel),
            options,
            seed,
            threads,
            cancel
        );
    }

    /// <summary>Estimates the mutual information of two columns without names.</summary>
    /// <inheritdoc cref="Estimate(NamedColumn, NamedColumn, MutualInformationOptions, ulong, int, CancellationToken)"/>
    public static MutualInformationEstimate Estimate(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        MutualInformationOptions options,
        ulong seed,
        int threads = 1,
        CancellationToken cancel = default
    ) => Estimate(new NamedColumn("x", x.ToArray()), new NamedColumn("y", y.ToArray()), options, seed, threads, cancel);

    /// <summary>The estimate of a prepared pair.</summary>
    internal static MutualInformationEstimate Estimate(
        ColumnPair pair,
        IndependenceTests tests,
        MutualInformationOptions options,
        ulong seed,
        int threads,
        CancellationToken cancel
    )
    {
        var estimate =
            pair.Ranks.IsConstant
                ? new MutualInformationEstimate(
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
                )
            : pair.Splits is not { } splits ? Continuous(pair, tests, options, seed, threads, cancel)
            : Discrete(
                pair,
                splits.X,
                splits.Y,
                tests,
                options,
                seed,
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }
            );
        return estimate with
        {
            Method = pair.Method,
            KindX = pair.KindX,
            KindY = pair.KindY,
            Repeated = pair.Repeated,
            IsFunction = pair.Method == InformationMethod.Mixture && pair.Ranks.IsMonotone,
        };
    }

    private static MutualInformationEstimate Continuous(
        ColumnPair pair,
        IndependenceTests tests,
        MutualInformationOptions options,
        ulong seed,
        int threads,
        CancellationToken cancel
    )
    {
        var ranks = pair.Ranks;
        var columns = ShuffledScores(ranks, seed);
        var fit = MixtureSelection.Fit(
            columns,
            options.Fit,
            seed,
            threads,
            cancel,
            ranks.Count < InformationInterval.FewRows ? LogRatio.Mean : null
        );
        var plugIn = MixtureInformation.Of(fit.Mixture);
        var replicas = MixtureBootstrap.Informations(columns, fit.Mixture, options, seed, threads, cancel);
        var inSample = LogRatio.Mean(WeightedPoints.Of(columns), fit.Mixture);
        var pValue = tests.PValue(ranks.RanksY);
        double? ksg =
            options.Neighbours == 0 ? null : KraskovEstimator.Estimate(ranks, Math.Min(options.Neighbours, ranks.Count - 1), threads);
        var interval = InformationInterval.From(inSample, replicas, ranks.Count, fit.Mixture.ExtraParameters, ksg, pValue, fit);
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

    private static MutualInformationEstimate Discrete(
        ColumnPair pair,
        ColumnSplit x,
        ColumnSplit y,
        IndependenceTests tests,
        MutualInformationOptions options,
        ulong seed,
        ParallelOptions parallel
    )
    {
        var settings = new TermSettings(pair.Ranks.Count, options, seed, parallel);
        var terms =
            pair.Method == InformationMethod.Table
                ? [ChainRule.Table(x.ValueCodes, y.ValueCodes, settings)]
                : ChainRule.Terms([x], [y], [], settings);
        var (pValue, neighbours) = pair.Method switch
        {
            InformationMethod.Table => (ClassTest.OfTable(x.ValueCodes, y.ValueCodes, options, seed, parallel), null),
            InformationMethod.ClassMixtures => x.Kind == ColumnKind.Discrete
                ? Classes(x, y, options, seed, parallel)
                : Classes(y, x, options, seed, parallel),
            _ => (tests.PValue(pair.Ranks.RanksY), (double?)null),
        };
        var total = InformationInterval.FromTerms(terms, pair.Ranks.Count, neighbours, pValue);
        return new MutualInformationEstimate(
            total.Mi,
            total.Std,
            total.Low,
            total.High,
            total.Mi,
            total.BootstrapMean,
            pValue,
            pValue,
            pair.Count,
            pair.Dropped,
            terms.Sum(t => t.Components),
            neighbours,
            terms.All(t => t.Converged)
        );
    }

    private static (double PValue, double? Neighbours) Classes(
        ColumnSplit discrete,
        ColumnSplit continuous,
        MutualInformationOptions options,
        ulong seed,
        ParallelOptions parallel
    )
    {
        var table = RankedColumns.Of([continuous.Column], seed);
        var classes = Array.ConvertAll(table.Rows, row => discrete.Classes[row]);
        double? neighbours = options.Neighbours == 0 ? null : ClassNeighbours.Estimate(classes, table.Scores[0], options.Neighbours);
        return (ClassTest.OfScores(classes, table.Scores[0], options, seed, parallel), neighbours);
    }

    // In random order, so that folds and subsets are random. The order is drawn from the ranks, so it does not depend on the order of the
    // file.
    private static double[][] ShuffledScores(RankPair pair, ulong seed)
    {
        var ranksX = Enumerable.Range(0, pair.Count).ToArray();
        var random = new RandomStream(seed, "order of points");
        random.Shuffle(ranksX.AsSpan());
        return [Array.ConvertAll(ranksX, rank => pair.ScoresX[rank]), Array.ConvertAll(ranksX, rank => pair.ScoresY[pair.RanksY[rank]])];
    }
}
