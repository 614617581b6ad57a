using Galatent.Latents.Outliers;
using Galatent.Numerics;

namespace Galatent.Latents.TwoSamples;

/// <summary>
/// Whether a classifier can tell two samples apart (C2ST: Lopez-Paz &amp; Oquab 2017, ICLR): the area under the curve of held-out scores
/// of a linear discriminant, in five folds. Its probability comes from permuted labels, fitted again each time: the textbook spread of
/// the area is too small for it (0.029 for 0.041 at 200 + 200 rows in 6 dimensions), because the folds share the fitted rows.
/// </summary>
/// <param name="Area">0.5 when the samples cannot be told apart. Clearly below 0.5 is a sign of rows that belong together and stand in
/// different folds.</param>
/// <param name="PValue">(1 + permutations that reach the area) / (permutations + 1).</param>
/// <param name="ChanceDeviation">Standard deviation of the area over the permutations.</param>
public sealed record ClassifierTest(double Area, double PValue, double ChanceDeviation)
{
    private const int Folds = 5;
    private const int Permutations = 199;

    /// <summary>The distance of two unit normal distributions with this area, in standard deviations: √2 Φ⁻¹(area).</summary>
    public double Shift => Math.Sqrt(2) * NormalDistribution.Quantile(Area);

    /// <summary>Tests two samples.</summary>
    /// <param name="first">Rows of the first sample.</param>
    /// <param name="second">Rows of the second sample.</param>
    /// <param name="seed">Root seed of folds and permutations.</param>
    /// <param name="firstGroups">What belongs together, one number for each row: rows of one group stand in one fold, and change
    /// their labels together. A mock that copies mask and noise of galaxy i has its number. Null when all rows are independent.</param>
    /// <param name="secondGroups">The same for the second sample.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="InputException">There are fewer than ten rows of a sample, or groups are given for only one.</exception>
    public static ClassifierTest Of(
        IReadOnlyList<double[]> first,
        IReadOnlyList<double[]> second,
        ulong seed,
        int[]? firstGroups = null,
        int[]? secondGroups = null,
        int threads = 1,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count < 2 * Folds || second.Count < 2 * Folds)
        {
            throw new InputException(
                $"A test of two samples needs {2 * Folds} rows of each, but there are {first.Count} and {second.Count}."
            );
        }
        if ((firstGroups is null) != (secondGroups is null))
        {
            throw new InputException("Groups are given for one of two samples; give both or none.");
        }
        double[][] rows = [.. first, .. second];
        bool[] isFirst = [.. first.Select(_ => true), .. second.Select(_ => false)];
        int[] groups = firstGroups is null ? [.. Enumerable.Range(0, rows.Length)] : [.. firstGroups, .. secondGroups!];
        var folds = FoldsOf(groups, seed);
        var area = HeldOut(rows, isFirst, folds);
        var chance = new double[Permutations];
        Parallel.For(0, Permutations, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, p =>
            chance[p] = HeldOut(rows, Permuted(isFirst, groups, firstGroups is not null, seed, p), folds)
        );
        return new ClassifierTest(area, (1.0 + chance.Count(c => c >= area)) / (1.0 + Permutations), SampleMoments.Deviation(chance));
    }

    private static double HeldOut(double[][] rows, bool[] isFirst, int[] folds)
    {
        var scores = new double[rows.Length];
        for (var fold = 0; fold < Folds; fold++)
        {
            int[] fitted = [.. Enumerable.Range(0, rows.Length).Where(r => folds[r] != fold)];
            var direction = LinearDiscriminant.Direction(rows, isFirst, fitted);
            var length = Math.Sqrt(direction.Sum(v => v * v));
            // Folds are pooled: each direction is brought to one scale, the spread of its fitted scores about their mean.
            double Along(int r) => rows[r].Zip(direction, (x, v) => x * v).Sum() / (length > 0 ? length : 1);
            double[] own = [.. fitted.Select(Along)];
            var mean = SampleMoments.Mean(own);
            var spread = SampleMoments.Deviation(own);
            for (var r = 0; r < rows.Length; r++)
            {
                scores[r] = folds[r] == fold ? (Along(r) - mean) / (spread > 0 ? spread : 1) : scores[r];
            }
        }
        double[] Of(bool kind) => [.. scores.Where((_, r) => isFirst[r] == kind)];
        return RankingArea.Of(Of(true), Of(false)).Value;
    }

    private static int[] FoldsOf(int[] groups, ulong seed)
    {
        int[] distinct = [.. groups.Distinct()];
        new RandomStream(seed, "folds of two samples").Shuffle(distinct.AsSpan());
        var fold = distinct.Select((g, i) => (g, i)).ToDictionary(p => p.g, p => p.i % Folds);
        return Array.ConvertAll(groups, g => fold[g]);
    }

    // Independent rows exchange labels freely; rows of a group only among themselves.
    private static bool[] Permuted(bool[] isFirst, int[] groups, bool isGrouped, ulong seed, int permutation)
    {
        var stream = new RandomStream(seed, "labels of two samples", (ulong)permutation);
        var labels = (bool[])isFirst.Clone();
        if (!isGrouped)
        {
            stream.Shuffle(labels.AsSpan());
            return labels;
        }
        foreach (var group in Enumerable.Range(0, groups.Length).GroupBy(r => groups[r]))
        {
            int[] rows = [.. group];
            bool[] own = [.. rows.Select(r => isFirst[r])];
            stream.Shuffle(own.AsSpan());
            for (var i = 0; i < rows.Length; i++)
            {
                labels[rows[i]] = own[i];
            }
        }
        return labels;
    }
}
