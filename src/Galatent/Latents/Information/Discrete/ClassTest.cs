using Galatent.Numerics;

namespace Galatent.Latents.Information.Discrete;

/// <summary>
/// Significance of the dependence between a discrete variable and another discrete or continuous one, by permutations of the rows.
/// </summary>
internal static class ClassTest
{
    private const int Orders = 6;

    /// <summary>Two discrete variables: the likelihood ratio (G test; Wilks 1935).</summary>
    /// <param name="a">Codes of the first.</param>
    /// <param name="b">Codes of the second.</param>
    /// <param name="options">Gives the smallest p-value.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public static double OfTable(int[] a, int[] b, MutualInformationOptions options, ulong seed, ParallelOptions parallel)
    {
        var firsts = (int[])a.Clone();
        var seconds = (int[])b.Clone();
        Array.Sort(firsts, seconds);
        var size = b.Max() + 1;
        var degrees = (double)(a.Distinct().Count() - 1) * (b.Distinct().Count() - 1);
        var skewness = PermutationTail.Skewness([1], degrees);
        return PValue(LikelihoodRatio(firsts, seconds, size), skewness, options, seed, parallel, random =>
        {
            var shuffled = (int[])seconds.Clone();
            random.Shuffle(shuffled.AsSpan());
            return LikelihoodRatio(firsts, shuffled, size);
        });
    }

    /// <summary>
    /// A discrete and a continuous variable: the mean in each class of the cosines of the ranks, weighted as in
    /// <see cref="DependenceTest"/>.
    /// </summary>
    /// <param name="classes">Codes of the discrete one.</param>
    /// <param name="scores">Normal scores of the continuous one.</param>
    /// <param name="options">Gives the smallest p-value.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public static double OfScores(int[] classes, double[] scores, MutualInformationOptions options, ulong seed, ParallelOptions parallel)
    {
        var cosines = CosineFeature.Of([scores], Orders);
        var counts = new double[classes.Max() + 1];
        Array.ForEach(classes, c => counts[c]++);
        var skewness = PermutationTail.Skewness(cosines.Select(c => c.Weight), counts.Count(c => c > 0) - 1);
        return PValue(Statistic(classes), skewness, options, seed, parallel, random =>
        {
            var shuffled = (int[])classes.Clone();
            random.Shuffle(shuffled.AsSpan());
            return Statistic(shuffled);
        });

        double Statistic(int[] order)
        {
            var total = 0.0;
            foreach (var cosine in cosines)
            {
                var sums = new double[counts.Length];
                for (var i = 0; i < order.Length; i++)
                {
                    sums[order[i]] += cosine.Values[i];
                }
                total += cosine.Weight * sums.Zip(counts, (sum, count) => count > 0 ? sum * sum / count : 0).Sum();
            }
            return total;
        }
    }

    private static double PValue(
        double observed,
        double skewness,
        MutualInformationOptions options,
        ulong seed,
        ParallelOptions parallel,
        Func<RandomStream, double> draw
    )
    {
        var draws = new double[PermutationTail.Draws];
        Parallel.For(0, draws.Length, parallel, i => draws[i] = draw(new RandomStream(seed, "dependence test", (ulong)i)));
        return PermutationTail.PValue(observed, draws, skewness, options.Permutations);
    }

    // 2 n times the plug-in information. The rows are in the order of a.
    private static double LikelihoodRatio(int[] a, int[] b, int size)
    {
        var counts = new int[size];
        var columns = new int[size];
        var sum = a.Length * Math.Log(a.Length);
        for (var from = 0; from < a.Length; )
        {
            var to = from;
            for (; to < a.Length && a[to] == a[from]; to++)
            {
                counts[b[to]]++;
                columns[b[to]]++;
            }
            sum -= Product(to - from);
            for (var i = from; i < to; i++)
            {
                sum += Product(counts[b[i]]);
                counts[b[i]] = 0;
            }
            from = to;
        }
        return Math.Max(0, 2 * (sum - columns.Sum(Product)));
    }

    private static double Product(int count) => count > 0 ? count * Math.Log(count) : 0;
}
