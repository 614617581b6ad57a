using System.Numerics.Tensors;
using Galatent.Latents.Information.Discrete;
using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>
/// The Kullback-Leibler divergence KL(p || q) = E_p[ln p - ln q] between the distributions of two columns, which may come from different
/// tables: e.g. a latent dimension and the prior, or one parameter in two catalogues.
/// Both columns are mapped to normal scores of the pooled values; a common increasing map does not change a divergence. Each is then fitted
/// by a mixture of its own size.
/// </summary>
public static class MarginalDivergence
{
    private const string Quantity = "finite divergence from a continuous column";

    /// <summary>Estimates KL(first || second).</summary>
    /// <param name="first">The column whose distribution is p.</param>
    /// <param name="second">The column whose distribution is q.</param>
    /// <param name="options">How to estimate. Permutations and neighbours are not used.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancel">Ends the work early.</param>
    /// <exception cref="InputException">A column has fewer than 10 finite values, or only one value: then the divergence is infinite, or 0
    /// if both have the same one.</exception>
    public static InformationEstimate Estimate(
        NamedColumn first,
        NamedColumn second,
        MutualInformationOptions options,
        ulong seed,
        int threads = 1,
        CancellationToken cancel = default
    )
    {
        options.Validate();
        var one = Ready(first, seed);
        var other = Ready(second, seed);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        var estimate =
            one.Kind == ColumnKind.Discrete && other.Kind == ColumnKind.Discrete
                ? CountDivergence.Estimate(one.Values, other.Values, options, seed, parallel)
                : Continuous(one.WithDensity(Quantity), other.WithDensity(Quantity), options, seed, parallel);
        return estimate with { Count = one.Count, Dropped = first.Values.Length - one.Count, Repeated = one.Repeated };
    }

    private static InformationEstimate Continuous(
        double[] first,
        double[] second,
        MutualInformationOptions options,
        ulong seed,
        ParallelOptions parallel
    )
    {
        var (p, q) = Scores(first, second, seed);
        var threads = parallel.MaxDegreeOfParallelism;
        var cancel = parallel.CancellationToken;
        var fitP = MixtureSelection.Fit([p], options.Fit, seed, threads, cancel);
        var fitQ = MixtureSelection.Fit([q], options.Fit, seed, threads, cancel);
        var replicas = new double[options.Replicas];
        Parallel.For(0, replicas.Length, parallel, replica =>
        {
            // Different streams for the two columns: equal columns must not get the same resamples.
            var points = MixtureBootstrap.Resample([p], seed, 2 * replica);
            var others = MixtureBootstrap.Resample([q], seed, (2 * replica) + 1);
            replicas[replica] = Mean(
                points,
                MixtureBootstrap.Refit(points, fitP.Mixture, options.Fit.Tolerance),
                MixtureBootstrap.Refit(others, fitQ.Mixture, options.Fit.Tolerance)
            );
        });
        var inSample = Mean(WeightedPoints.Of([p]), fitP.Mixture, fitQ.Mixture);
        // The number of rows that would give the mean of the errors of both sides.
        var count = (int)(2.0 * p.Length * q.Length / (p.Length + (double)q.Length));
        var interval = InformationInterval.From(inSample, replicas, Math.Max(1, count / 2), fitP.Mixture.ExtraParameters);
        return new InformationEstimate(
            interval.Mi,
            interval.Std,
            interval.Low,
            interval.High,
            null,
            p.Length,
            0,
            fitP.Mixture.ComponentCount + fitQ.Mixture.ComponentCount,
            fitP.Converged && fitQ.Converged
        );
    }

    private static double Mean(WeightedPoints points, GaussianMixture p, GaussianMixture q)
    {
        var ratios = MarginalDensity.Log(points.Columns[0], points.Count, p);
        TensorPrimitives.Subtract(ratios, MarginalDensity.Log(points.Columns[0], points.Count, q), ratios);
        return TensorPrimitives.Dot<double>(ratios, points.Weights.AsSpan(0, points.Count)) / points.TotalWeight;
    }

    private static SingleColumn Ready(NamedColumn column, ulong seed)
    {
        var ready = SingleColumn.Of(column, seed);
        return !RankPair.IsOneValue(ready.Values)
            ? ready
            : throw new InputException(
                $"Column '{column.Name}' holds one value only ({ready.Values[0]}): it has no density, and no finite divergence; leave it "
                    + "out."
            );
    }

    // Pooled normal scores. Within each column they are in random order, so that folds are random.
    private static (double[] P, double[] Q) Scores(double[] first, double[] second, ulong seed)
    {
        Array.Sort(first);
        Array.Sort(second);
        double[] pooled = [.. first, .. second];
        var random = new RandomStream(seed, "tie breaking");
        var order = RankPair.Order(pooled, ref random);
        var ascending = NormalScores.Of(Array.ConvertAll(order, i => pooled[i]));
        var scores = new double[pooled.Length];
        for (var rank = 0; rank < order.Length; rank++)
        {
            scores[order[rank]] = ascending[rank];
        }
        var p = scores[..first.Length];
        var q = scores[first.Length..];
        var shuffle = new RandomStream(seed, "order of points");
        shuffle.Shuffle(p.AsSpan());
        shuffle.Shuffle(q.AsSpan());
        return (p, q);
    }
}
