namespace Galatent.Latents.Information.Discrete;

/// <summary>
/// Kullback-Leibler divergence between two discrete columns, sum p ln(p / q), minus its bias of first order, (A - 1) / (2 n) + sum p (1 -
/// q) / (2 m q).
/// If the second column lacks values of the first, the divergence of the counts is infinite. Then half a row is added to every value of the
/// second (Krichevsky and Trofimov 1981, IEEE Trans. Inf. Theory 27, 199).
/// </summary>
internal static class CountDivergence
{
    private const double Added = 0.5;

    /// <summary>The estimate.</summary>
    /// <param name="first">Values whose distribution is p.</param>
    /// <param name="second">Values whose distribution is q.</param>
    /// <param name="options">Gives the number of resamples.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public static InformationEstimate Estimate(
        double[] first,
        double[] second,
        MutualInformationOptions options,
        ulong seed,
        ParallelOptions parallel
    )
    {
        var codes = DistinctValues.Of([.. first, .. second]).Codes;
        var size = codes.Max() + 1;
        var p = Counts(codes.AsSpan(0, first.Length), null, size);
        var q = Counts(codes.AsSpan(first.Length), null, size);
        var unseen = Enumerable.Range(0, size).Count(v => p[v] > 0 && q[v] == 0);
        var added = unseen > 0 ? Added : 0;
        var replicas = new double[options.Replicas];
        Parallel.For(0, replicas.Length, parallel, replica =>
        {
            // Different streams for the two columns: equal columns must not get the same resamples.
            var ps = Counts(codes.AsSpan(0, first.Length), MixtureBootstrap.Multiplicities(first.Length, seed, 2 * replica), size);
            var qs = Counts(codes.AsSpan(first.Length), MixtureBootstrap.Multiplicities(second.Length, seed, (2 * replica) + 1), size);
            // A value that is missing only in the resample was seen in the data, so it counts like the other values.
            replicas[replica] = Plain(ps, qs, Enumerable.Range(0, size).Any(v => ps[v] > 0 && qs[v] == 0) ? Added : added);
        });
        var excess = (p.Count(c => c > 0) - 1) / (2.0 * first.Length);
        for (var v = 0; v < size; v++)
        {
            var share = (q[v] + added) / (second.Length + (added * size));
            excess += p[v] > 0 ? p[v] / first.Length * (1 - share) / (2 * second.Length * share) : 0;
        }
        var value = Plain(p, q, added) - excess;
        var rows = (int)(2.0 * first.Length * second.Length / (first.Length + (double)second.Length));
        var interval = InformationInterval.FromTerms([new InformationTerm(value, replicas)], Math.Max(1, rows / 2), null, null);
        return new InformationEstimate(interval.Mi, interval.Std, interval.Low, interval.High, null, first.Length, 0, 0, true)
        {
            Method = InformationMethod.Table,
            Unseen = unseen,
        };
    }

    private static double[] Counts(ReadOnlySpan<int> codes, int[]? multiplicities, int size)
    {
        var counts = new double[size];
        for (var i = 0; i < codes.Length; i++)
        {
            counts[codes[i]] += multiplicities?[i] ?? 1;
        }
        return counts;
    }

    private static double Plain(double[] p, double[] q, double added)
    {
        var rows = p.Sum();
        var others = q.Sum() + (added * q.Length);
        return p.Zip(q, (a, b) => a > 0 ? a / rows * Math.Log(a / rows * others / (b + added)) : 0).Sum();
    }
}
