using System.Numerics.Tensors;
using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>
/// Mutual information between a number and a class (galaxy type, survey, flag): a mixture of the number in every class, p_f, with the
/// classes' empirical frequencies P_f; I = sum_f P_f mean_f[ln p_f(x) - ln sum_g P_g p_g(x)]. At most the entropy of the frequencies.
/// </summary>
public static class CategoricalInformation
{
    private const int TestOrders = 6;

    /// <summary>Estimates the information.</summary>
    /// <param name="values">The number; rows in which it is not finite are left out.</param>
    /// <param name="classes">The class of every row, by any labels; rows where it is null are left out.</param>
    /// <param name="options">How to estimate; neighbours play no part.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="threads">Threads at most; the result does not depend on it.</param>
    /// <param name="cancel">Ends the work early.</param>
    /// <exception cref="InputException">Lengths differ, fewer than 10 rows can be used, or a class has fewer than 10.</exception>
    public static InformationEstimate Estimate(
        NamedColumn values,
        IReadOnlyList<string?> classes,
        MutualInformationOptions options,
        ulong seed,
        int threads = 1,
        CancellationToken cancel = default
    )
    {
        options.Validate();
        if (classes.Count != values.Values.Length)
        {
            throw new InputException(
                $"Column '{values.Name}' has {values.Values.Length} rows and there are {classes.Count} classes: give columns of the same "
                    + $"table."
            );
        }
        var known = values with { Values = [.. values.Values.Select((v, i) => classes[i] is null ? double.NaN : v)] };
        var table = RankedColumns.Of([known], seed);
        var members = Members(table, classes);
        if (members.Length == 1 || RankPair.IsOneValue(Array.ConvertAll(table.Rows, row => values.Values[row])))
        {
            return InformationEstimate.None(table.Count, table.Dropped);
        }
        var fits = members
            .Select(rows => MixtureSelection.Fit([Array.ConvertAll(rows, row => table.Scores[0][row])], options.Fit, seed, threads, cancel))
            .ToArray();
        var inSample = Mean(
            table.Scores,
            members,
            [.. fits.Select(f => f.Mixture)],
            [.. members.Select(rows => Enumerable.Repeat(1.0, rows.Length).ToArray())]
        );
        var replicas = new double[options.Replicas];
        Parallel.For(0, replicas.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, replica =>
            replicas[replica] = Replica(table.Scores, members, [.. fits.Select(f => f.Mixture)], options.Fit.Tolerance, seed, replica)
        );
        var pValue = DependenceTest.PValue(
            CosineFeature.Of(table.Scores, TestOrders),
            CosineFeature.OfClasses(members, table.Count),
            [],
            options,
            seed,
            threads,
            cancel
        );
        var interval = InformationInterval.From(inSample, replicas, table.Count, fits.Sum(f => f.Mixture.ExtraParameters), null, pValue);
        return new InformationEstimate(
            interval.Mi,
            interval.Std,
            interval.Low,
            interval.High,
            pValue,
            table.Count,
            table.Dropped,
            fits.Sum(f => f.Mixture.ComponentCount),
            fits.All(f => f.Converged)
        );
    }

    private static int[][] Members(RankedColumns table, IReadOnlyList<string?> classes)
    {
        var groups = Enumerable
            .Range(0, table.Count)
            .GroupBy(i => classes[table.Rows[i]]!, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToArray();
        var small = groups.FirstOrDefault(g => g.Count() < MutualInformationOptions.LeastCount);
        return small is null
            ? [.. groups.Select(g => g.ToArray())]
            : throw new InputException(
                $"Class '{small.Key}' has {small.Count()} rows with a finite value, and at least {MutualInformationOptions.LeastCount} "
                    + $"are needed: merge it with another or leave it out."
            );
    }

    // Rows are drawn from the whole table, so that the frequencies vary too; a class that comes out too small to fit keeps its mixture.
    private static double Replica(double[][] scores, int[][] members, GaussianMixture[] mixtures, double tolerance, ulong seed, int replica)
    {
        var multiplicities = MixtureBootstrap.Multiplicities(scores[0].Length, seed, replica);
        var weights = members.Select(rows => Array.ConvertAll(rows, row => (double)multiplicities[row])).ToArray();
        var refits = mixtures
            .Select(
                (mixture, f) =>
                    weights[f].Count(w => w > 0) < MutualInformationOptions.LeastCount / 2
                        ? mixture
                        : MixtureBootstrap.Refit(WeightedPoints.Take(scores, members[f], weights[f]), mixture, tolerance)
            )
            .ToArray();
        return Mean(scores, members, refits, weights);
    }

    private static double Mean(double[][] scores, int[][] members, GaussianMixture[] mixtures, double[][] weights)
    {
        var total = weights.Sum(w => w.Sum());
        var sum = 0.0;
        for (var f = 0; f < members.Length; f++)
        {
            var points = WeightedPoints.Take(scores, members[f], weights[f]);
            var logs = mixtures
                .Select((m, g) => Shifted(ExpectationMaximization.LogDensity(points, m), weights[g].Sum() / total))
                .ToArray();
            var own = logs[f];
            for (var i = 0; i < own.Length; i++)
            {
                var highest = logs.Max(l => l[i]);
                var pooled = highest + Math.Log(logs.Sum(l => Math.Exp(l[i] - highest)));
                sum += weights[f][i] * (own[i] - Math.Log(points.TotalWeight / total) - pooled);
            }
        }
        return sum / total;
    }

    private static double[] Shifted(double[] logs, double frequency)
    {
        TensorPrimitives.Add(logs, Math.Log(frequency), logs);
        return logs;
    }
}
