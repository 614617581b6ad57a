using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>
/// A rank test of independence against all smooth alternatives: T = sum_{r,s} n c_rs^2 / (r s). The c_rs are correlations of the cosines
/// sqrt(2) cos(pi r u), r = 1 ... 8, of the two columns' relative ranks u. It is a smooth test in Neyman's sense (Kallenberg and Ledwina
/// 1999, JASA 94, 285).
/// Under independence the ranks are a uniformly random permutation, whatever the distributions. So one set of random permutations gives the
/// p-values of all pairs.
/// </summary>
internal sealed class IndependenceTest
{
    private const int Orders = 8;

    // With more rows than this, the limit of the null distribution is used, a sum of chi-squares / (r s). It costs a tenth of the
    // permutations (0.17 s for 9,999). The tests check its p-values.
    private const int LargestNull = 1024;

    private readonly double[] _null;

    /// <summary>Draws the null distribution.</summary>
    /// <param name="count">Number of rows of the pairs.</param>
    /// <param name="permutations">Random permutations. The smallest p-value is 1 / (permutations + 1).</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancel">Ends the work early.</param>
    public IndependenceTest(int count, int permutations, ulong seed, int threads, CancellationToken cancel)
    {
        var n = NullCount(count);
        var cosines = n > LargestNull ? [] : Cosines(n);
        _null = new double[permutations];
        const int Batch = 100;
        Parallel.For(
            0,
            (permutations + Batch - 1) / Batch,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            batch =>
            {
                var ranks = Enumerable.Range(0, n).ToArray();
                var random = new RandomStream(seed, "permutation", (ulong)batch);
                for (var i = batch * Batch; i < Math.Min(_null.Length, (batch + 1) * Batch); i++)
                {
                    if (n > LargestNull)
                    {
                        _null[i] = Limit(ref random);
                        continue;
                    }
                    random.Shuffle(ranks.AsSpan());
                    _null[i] = Statistic(cosines, ranks);
                }
            }
        );
        Array.Sort(_null);
    }

    /// <summary>Pairs whose numbers of rows give the same result here share one null distribution.</summary>
    public static int NullCount(int count) => Math.Min(count, LargestNull + 1);

    /// <summary>The p-value of a permutation of ranks.</summary>
    public double PValue(int[] ranksY)
    {
        var statistic = Statistic(Cosines(ranksY.Length), ranksY);
        var index = Array.BinarySearch(_null, statistic);
        var below = index >= 0 ? Array.IndexOf(_null, statistic) : ~index;
        return (1.0 + _null.Length - below) / (1.0 + _null.Length);
    }

    // The orders (r, s) and (s, r) have the same weight. The sum of two squared normal numbers is -2 ln of a uniform one.
    private static double Limit(ref RandomStream random)
    {
        var total = 0.0;
        for (var r = 1; r <= Orders; r++)
        {
            var normal = random.NextNormal();
            total += normal * normal / (r * r);
            for (var s = r + 1; s <= Orders; s++)
            {
                total -= 2 * Math.Log(random.NextDouble()) / (r * s);
            }
        }
        return total;
    }

    /// <summary>T of a permutation. Entry i is the rank in Y of the row with rank i in X.</summary>
    public static double Statistic(double[][] cosines, int[] ranksY)
    {
        var n = ranksY.Length;
        var permuted = new double[n];
        var total = 0.0;
        for (var s = 1; s <= Orders; s++)
        {
            var column = cosines[s - 1];
            for (var i = 0; i < n; i++)
            {
                permuted[i] = column[ranksY[i]];
            }
            for (var r = 1; r <= Orders; r++)
            {
                var sum = TensorPrimitives.Dot<double>(cosines[r - 1], permuted);
                total += sum * sum / n / (r * s);
            }
        }
        return total;
    }

    /// <summary>sqrt(2) cos(pi r u) at u = (i + 1/2) / n, one array per order r. They are orthonormal on this grid as well.</summary>
    public static double[][] Cosines(int n)
    {
        var cosines = new double[Orders][];
        for (var r = 1; r <= Orders; r++)
        {
            cosines[r - 1] = new double[n];
            for (var i = 0; i < n; i++)
            {
                cosines[r - 1][i] = Math.Sqrt(2) * Math.Cos(Math.PI * r * (i + 0.5) / n);
            }
        }
        return cosines;
    }
}
