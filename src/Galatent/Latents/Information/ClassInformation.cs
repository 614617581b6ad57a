using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>Mutual information of two columns of classes: sum p_ab ln(p_ab / (p_a p_b)) of the table of frequencies, minus (A - 1)(B - 1) /
/// (2 n), its mean excess (Miller 1955).</summary>
public static class ClassInformation
{
    /// <summary>Estimates the information.</summary>
    /// <param name="x">First column of classes; rows where either is null are left out.</param>
    /// <param name="y">Second column, of the same rows.</param>
    /// <param name="options">For the numbers of resamples and permutations.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="threads">Threads at most; the result does not depend on it.</param>
    /// <param name="cancel">Ends the work early.</param>
    /// <exception cref="InputException">Lengths differ, there are fewer than 10 rows, or fewer than (A - 1)(B - 1): the mean excess would
    /// be more than half a nat, and its expansion in 1 / n no longer holds.</exception>
    public static InformationEstimate Estimate(
        IReadOnlyList<string?> x,
        IReadOnlyList<string?> y,
        MutualInformationOptions options,
        ulong seed,
        int threads = 1,
        CancellationToken cancel = default
    )
    {
        options.Validate();
        var known = x.Zip(y, (First, Second) => (First, Second)).Where(pair => pair.First is not null && pair.Second is not null).ToArray();
        if (x.Count != y.Count || known.Length < MutualInformationOptions.LeastCount)
        {
            throw new InputException(
                $"Two columns of classes have {x.Count} and {y.Count} rows, {known.Length} with a class in both: give columns of one "
                    + $"table with at least {MutualInformationOptions.LeastCount} such rows."
            );
        }
        var a = Codes(Array.ConvertAll(known, pair => pair.First!));
        var b = Codes(Array.ConvertAll(known, pair => pair.Second!));
        var n = known.Length;
        var sizeA = a.Max() + 1;
        var sizeB = b.Max() + 1;
        if (sizeA == 1 || sizeB == 1)
        {
            return InformationEstimate.None(n, x.Count - n);
        }
        if ((long)(sizeA - 1) * (sizeB - 1) > n)
        {
            throw new InputException(
                $"Two columns of {sizeA} and {sizeB} classes have more combinations than the {n} rows can tell: merge classes, so that "
                    + $"(A - 1)(B - 1) is at most {n}."
            );
        }
        // Rows by their classes, so that the result does not depend on the file's order.
        Array.Sort(a, b);
        for (var from = 0; from < n; )
        {
            var to = Array.FindLastIndex(a, v => v == a[from]) + 1;
            Array.Sort(b, from, to - from);
            from = to;
        }
        var plain = Plain(a, b, sizeA, sizeB, null);
        var excess = (sizeA - 1) * (sizeB - 1) / (2.0 * n);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        var replicas = new double[options.Replicas];
        Parallel.For(0, replicas.Length, parallel, i =>
            replicas[i] = Plain(a, b, sizeA, sizeB, MixtureBootstrap.Multiplicities(n, seed, i))
        );
        var draws = Math.Min(DependenceTest.MaxDraws, options.Permutations);
        var reached = 0;
        Parallel.For(0, draws, parallel, i =>
        {
            var shuffled = (int[])b.Clone();
            new RandomStream(seed, "dependence test", (ulong)i).Shuffle(shuffled.AsSpan());
            _ = Plain(a, shuffled, sizeA, sizeB, null) >= plain - 1e-12 ? Interlocked.Increment(ref reached) : 0;
        });
        var pValue = (1.0 + reached) / (1.0 + draws);
        var interval = InformationInterval.From(Math.Max(0, plain - excess + (0.5 / n)), replicas, n, 0, null, pValue);
        return new InformationEstimate(interval.Mi, interval.Std, interval.Low, interval.High, pValue, n, x.Count - n, sizeA * sizeB, true);
    }

    private static int[] Codes(IReadOnlyList<string> classes)
    {
        var known = classes
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select((name, i) => (name, i))
            .ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
        return [.. classes.Select(c => known[c])];
    }

    private static double Plain(int[] a, int[] b, int sizeA, int sizeB, int[]? weights)
    {
        var joint = new double[sizeA * sizeB];
        var rows = new double[sizeA];
        var columns = new double[sizeB];
        for (var i = 0; i < a.Length; i++)
        {
            double weight = weights?[i] ?? 1;
            joint[(a[i] * sizeB) + b[i]] += weight;
            rows[a[i]] += weight;
            columns[b[i]] += weight;
        }
        var sum = 0.0;
        for (var i = 0; i < joint.Length; i++)
        {
            sum += joint[i] > 0 ? joint[i] * Math.Log(joint[i] * a.Length / (rows[i / sizeB] * columns[i % sizeB])) : 0;
        }
        return sum / a.Length;
    }
}
