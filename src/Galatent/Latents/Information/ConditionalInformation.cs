using Galatent.Latents.Information.Discrete;
using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>
/// I(X; Y | Z) for groups X, Y and Z of one or more columns each, from one mixture of all columns: the mean over the rows of ln p(x,y,z) +
/// ln p(z) - ln p(x,z) - ln p(y,z).
/// Without Z it is the information between two groups, e.g. all latent dimensions and one parameter.
/// If some columns are discrete or partly discrete, it is a sum by the chain rule (<see cref="ChainRule"/>). Repeated rows are counted
/// once.
/// </summary>
/// <remarks>A mixture in d dimensions has about d^2 / 2 parameters per component. Above five or six columns, tens of thousands of rows are
/// needed.</remarks>
public static class ConditionalInformation
{
    private const int TestOrders = 4;

    /// <summary>Estimates the information.</summary>
    /// <param name="x">First group, at least one column.</param>
    /// <param name="y">Second group, at least one column.</param>
    /// <param name="given">The conditioning columns Z; may be empty.</param>
    /// <param name="options">How to estimate.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancel">Ends the work early.</param>
    /// <exception cref="InputException">
    /// A group is empty, lengths differ, fewer than 10 distinct rows can be used, or the discrete columns have more combinations than half
    /// the number of rows.
    /// </exception>
    public static InformationEstimate Estimate(
        IReadOnlyList<NamedColumn> x,
        IReadOnlyList<NamedColumn> y,
        IReadOnlyList<NamedColumn> given,
        MutualInformationOptions options,
        ulong seed,
        int threads = 1,
        CancellationToken cancel = default
    )
    {
        options.Validate();
        if (x.Count == 0 || y.Count == 0)
        {
            throw new InputException("Mutual information needs at least one column on either side.");
        }
        var ready = ReadyColumns.Of([.. x, .. y, .. given], seed);
        var groups = ColumnGroups.Of(x.Count, y.Count, given.Count);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        var estimate =
            ready.AreConstant(0, x.Count) || ready.AreConstant(x.Count, y.Count)
                ? InformationEstimate.None(ready.Count, ready.Dropped, options.Neighbours == 0 ? null : 0)
            : ready.Splits is { } splits
                ? Discrete(
                    ready,
                    splits[..x.Count],
                    splits[x.Count..(x.Count + y.Count)],
                    splits[(x.Count + y.Count)..],
                    options,
                    seed,
                    parallel
                )
            : Continuous(ready, x.Count, y.Count, groups, options, seed, parallel);
        return estimate with { Repeated = ready.Repeated };
    }

    private static InformationEstimate Continuous(
        ReadyColumns ready,
        int x,
        int y,
        ColumnGroups groups,
        MutualInformationOptions options,
        ulong seed,
        ParallelOptions parallel
    )
    {
        var table = ready.Table;
        var threads = parallel.MaxDegreeOfParallelism;
        var cancel = parallel.CancellationToken;
        var fit = MixtureSelection.Fit(table.Scores, options.Fit, seed, threads, cancel);
        var inSample = groups.Mean(WeightedPoints.Of(table.Scores), fit.Mixture);
        var replicas = new double[options.Replicas];
        Parallel.For(0, replicas.Length, parallel, replica =>
        {
            var points = MixtureBootstrap.Resample(table.Scores, seed, replica);
            replicas[replica] = groups.Mean(points, MixtureBootstrap.Refit(points, fit.Mixture, options.Fit.Tolerance));
        });
        var scoresX = table.Scores[..x];
        var scoresY = table.Scores[x..(x + y)];
        var scoresZ = table.Scores[(x + y)..];
        var pValue = DependenceTest.PValue(
            CosineFeature.Of(scoresX, TestOrders),
            CosineFeature.Of(scoresY, TestOrders),
            scoresZ,
            options,
            seed,
            threads,
            cancel
        );
        var interval = InformationInterval.From(inSample, replicas, table.Count, fit.Mixture.ExtraParameters, null, pValue, fit);
        double? ksg =
            options.Neighbours == 0
                ? null
                : KraskovEstimator.Estimate(scoresX, scoresY, scoresZ, Math.Min(options.Neighbours, table.Count - 1), threads, cancel);
        return new InformationEstimate(
            interval.Mi,
            interval.Std,
            interval.Low,
            interval.High,
            pValue,
            ready.Count,
            ready.Dropped,
            fit.Mixture.ComponentCount,
            fit.Converged,
            ksg
        );
    }

    private static InformationEstimate Discrete(
        ReadyColumns ready,
        ColumnSplit[] x,
        ColumnSplit[] y,
        ColumnSplit[] given,
        MutualInformationOptions options,
        ulong seed,
        ParallelOptions parallel
    )
    {
        var table = ready.Table;
        var settings = new TermSettings(table.Count, options, seed, parallel);
        var terms = ChainRule.Terms(x, y, given, settings);
        CosineFeature[] Features(ColumnSplit[] columns, int from) =>
            [.. CosineFeature.Of(table.Scores[from..(from + columns.Length)], TestOrders), .. columns.SelectMany(c => c.Indicators())];
        double[][] continuous =
        [
            .. given
                .Select((c, i) => (c, i))
                .Where(p => p.c.Kind != ColumnKind.Discrete)
                .Select(p => table.Scores[x.Length + y.Length + p.i]),
        ];
        var pValue = StratifiedTest.PValue(
            Features(x, 0),
            Features(y, x.Length),
            continuous,
            ChainRule.Strata(given, table.Count),
            settings
        );
        var interval = InformationInterval.FromTerms(terms, table.Count, null, pValue);
        return new InformationEstimate(
            interval.Mi,
            interval.Std,
            interval.Low,
            interval.High,
            pValue,
            ready.Count,
            ready.Dropped,
            terms.Sum(t => t.Components),
            terms.All(t => t.Converged)
        )
        {
            Method = InformationMethod.ChainRule,
        };
    }
}
