using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>
/// Significance of the dependence between two groups of columns, optionally given a third group. Every column enters by the cosines sqrt(2)
/// cos(pi r u) of its relative ranks u, pairs of columns by products of cosines.
/// Without a third group, the rows of one side are permuted; this is exact.
/// With a third group, every cosine is first regressed on cosines of the third group. Then the products of residuals are tested for mean
/// zero: the generalised covariance measure (Shah and Peters 2020, Ann. Stat. 48, 1514). The products are also weighted by cosines of the
/// third group (Scheidegger, Hoerrmann and Buehlmann 2022, JMLR 23, 273). Random signs give the null distribution.
/// </summary>
internal static class DependenceTest
{
    private const int Batch = 50;

    /// <summary>Largest number of draws. The smallest p-value is 0.001.</summary>
    public const int MaxDraws = 999;

    /// <summary>The p-value of "x and y are independent", given z if z has columns.</summary>
    /// <param name="x">Features of the first group.</param>
    /// <param name="y">Features of the second group, for the same rows.</param>
    /// <param name="z">Normal scores of the given columns; empty for the unconditional test.</param>
    /// <param name="options">Gives the number of draws.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancel">Ends the work early.</param>
    public static double PValue(
        IReadOnlyList<CosineFeature> x,
        IReadOnlyList<CosineFeature> y,
        double[][] z,
        MutualInformationOptions options,
        ulong seed,
        int threads,
        CancellationToken cancel
    )
    {
        var draws = Math.Min(MaxDraws, options.Permutations);
        return z.Length == 0 ? Plain(x, y, draws, seed, threads, cancel) : Conditional(x, y, z, draws, seed, threads, cancel);
    }

    private static double Plain(
        IReadOnlyList<CosineFeature> x,
        IReadOnlyList<CosineFeature> y,
        int draws,
        ulong seed,
        int threads,
        CancellationToken cancel
    )
    {
        var observed = Covariance(x, y, null);
        return Share(
            observed,
            draws,
            seed,
            threads,
            x[0].Values.Length,
            (random, rows) =>
            {
                random.Shuffle(rows.AsSpan());
                return Covariance(x, y, rows);
            },
            cancel
        );
    }

    private static double Covariance(IReadOnlyList<CosineFeature> x, IReadOnlyList<CosineFeature> y, int[]? rows)
    {
        var sum = 0.0;
        foreach (var b in y)
        {
            var values = rows is null ? b.Values : Array.ConvertAll(rows, row => b.Values[row]);
            foreach (var a in x)
            {
                var product = TensorPrimitives.Dot<double>(a.Values, values);
                sum += a.Weight * b.Weight * product * product;
            }
        }
        return sum;
    }

    private static double Conditional(
        IReadOnlyList<CosineFeature> x,
        IReadOnlyList<CosineFeature> y,
        double[][] z,
        int draws,
        ulong seed,
        int threads,
        CancellationToken cancel
    )
    {
        var n = x[0].Values.Length;
        var regression = new CosineRegression(z);
        var residualsX = x.Select(f => regression.Residual(f.Values)).ToArray();
        var residualsY = y.Select(f => regression.Residual(f.Values)).ToArray();
        var given = CosineFeature.Of(z, 2).Prepend(new CosineFeature(Enumerable.Repeat(1.0, n).ToArray(), 1)).ToArray();
        var products = new List<CosineFeature>();
        for (var a = 0; a < x.Count; a++)
        {
            for (var b = 0; b < y.Count; b++)
            {
                var product = new double[n];
                TensorPrimitives.Multiply(residualsX[a], residualsY[b], product);
                products.AddRange(given.Select(g => Normalized(product, g.Values, x[a].Weight * y[b].Weight * g.Weight)));
            }
        }
        var observed = products.Sum(p => Square(TensorPrimitives.Sum<double>(p.Values)) * p.Weight);
        return Share(
            observed,
            draws,
            seed,
            threads,
            n,
            (random, rows) =>
            {
                var signs = new double[n];
                for (var i = 0; i < n; i++)
                {
                    signs[i] = random.NextInt(2) == 0 ? -1 : 1;
                }
                return products.Sum(p => Square(TensorPrimitives.Dot<double>(p.Values, signs)) * p.Weight);
            },
            cancel
        );
    }

    private static CosineFeature Normalized(double[] product, double[] factor, double weight)
    {
        var values = new double[product.Length];
        TensorPrimitives.Multiply(product, factor, values);
        var norm = TensorPrimitives.Norm<double>(values);
        TensorPrimitives.Divide(values, norm > 0 ? norm : 1, values);
        return new CosineFeature(values, weight);
    }

    private static double Share(
        double observed,
        int draws,
        ulong seed,
        int threads,
        int n,
        Func<RandomStream, int[], double> statistic,
        CancellationToken cancel
    )
    {
        var reached = 0;
        Parallel.For(
            0,
            (draws + Batch - 1) / Batch,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            batch =>
            {
                var rows = Enumerable.Range(0, n).ToArray();
                for (var i = batch * Batch; i < Math.Min(draws, (batch + 1) * Batch); i++)
                {
                    // Rounding depends on the order of summation. A draw that equals the data must be counted.
                    if (statistic(new RandomStream(seed, "dependence test", (ulong)i), rows) >= observed * (1 - 1e-12))
                    {
                        Interlocked.Increment(ref reached);
                    }
                }
            }
        );
        return (1.0 + reached) / (1.0 + draws);
    }

    private static double Square(double value) => value * value;
}
