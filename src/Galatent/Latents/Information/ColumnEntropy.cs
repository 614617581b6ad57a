using System.Numerics.Tensors;
using Galatent.Latents.Information.Discrete;
using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>
/// Entropy of columns, nat. One column: Kozachenko and Leonenko (1987), h = psi(n) - psi(k) + ln 2 + mean ln(distance to the k-th
/// neighbour), with k about n^(1/3) / 2.
/// Several columns: the sum of their entropies minus the information that they share, from the mixture of their normal scores.
/// Differential entropy depends on the unit: in metres it is ln 1000 larger than in kilometres.
/// </summary>
public static class ColumnEntropy
{
    private const double Normal975 = 1.959963984540054;

    /// <summary>Estimates the joint entropy of one or more columns.</summary>
    /// <param name="columns">At least one column. Rows with a value that is not finite are left out.</param>
    /// <param name="options">How to fit the mixture.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancel">Ends the work early.</param>
    /// <exception cref="InputException">Lengths differ, fewer than 10 rows can be used, or so many values are equal that there is no
    /// density.</exception>
    public static EntropyEstimate Estimate(
        IReadOnlyList<NamedColumn> columns,
        MutualInformationOptions options,
        ulong seed,
        int threads = 1,
        CancellationToken cancel = default
    )
    {
        options.Validate();
        if (columns.Count == 0)
        {
            throw new InputException("An entropy needs at least one column.");
        }
        var (values, scores, kind, count, dropped) = Ready(columns, seed);
        if (kind == ColumnKind.Discrete)
        {
            return OfCounts(values, count, dropped);
        }
        var n = values[0].Length;
        var terms = new double[n];
        for (var c = 0; c < values.Length; c++)
        {
            TensorPrimitives.Add(terms, Logs(columns[c].Name, values[c]), terms);
        }
        var components = 0;
        if (columns.Count > 1)
        {
            var (shared, fitted) = TotalCorrelation.Pointwise(scores, options, seed, threads, cancel);
            components = fitted;
            TensorPrimitives.Subtract(terms, shared, terms);
        }
        var mean = terms.Average();
        var std = Math.Sqrt(terms.Sum(t => (t - mean) * (t - mean)) / (n - 1) / n);
        return new EntropyEstimate(mean, std, mean - (Normal975 * std), mean + (Normal975 * std), count, dropped, components)
        {
            Kind = kind,
            Repeated = count - n,
        };
    }

    // The columns' values in the rows that are used, in the order of the scores.
    private static (double[][] Values, double[][] Scores, ColumnKind Kind, int Count, int Dropped) Ready(
        IReadOnlyList<NamedColumn> columns,
        ulong seed
    )
    {
        if (columns.Count == 1)
        {
            var single = SingleColumn.Of(columns[0], seed);
            var values = single.Kind == ColumnKind.Discrete ? single.Values : single.WithDensity("differential entropy");
            return ([Ordered(values, seed)], [], single.Kind, single.Count, columns[0].Values.Length - single.Count);
        }
        var ready = ReadyColumns.Of([.. columns], seed);
        var isDiscrete = ready.Splits is { } splits && splits.All(s => s.Kind == ColumnKind.Discrete);
        // Repeated rows have already been reduced to one.
        double[][] ordered =
        [
            .. ready.Columns.Select(c =>
                isDiscrete ? c.Values : SingleColumn.Of(c, seed, everyRow: true).WithDensity("joint differential entropy")
            ),
        ];
        return (ordered, ready.Table.Scores, isDiscrete ? ColumnKind.Discrete : ColumnKind.Continuous, ready.Count, ready.Dropped);
    }

    // In an order that does not depend on the order of the file. So the sums do not depend on it either.
    private static double[] Ordered(double[] values, ulong seed)
    {
        var table = RankedColumns.Of([new NamedColumn("", values)], seed);
        return Array.ConvertAll(table.Rows, row => values[row]);
    }

    // -sum p ln p of the combinations of values. The variance includes the term of second order, (cells - 1) / (2 n^2) (Harris 1975, Topics
    // in Information Theory 16, 323). It is the only term when all combinations are equally frequent.
    private static EntropyEstimate OfCounts(double[][] columns, int count, int dropped)
    {
        double n = columns[0].Length;
        var codes = Array.ConvertAll(columns, c => DistinctValues.Of(c).Codes);
        int[] counts =
        [
            .. Enumerable
                .Range(0, codes[0].Length)
                .GroupBy(row => string.Join(' ', codes.Select(c => c[row])))
                .Select(g => g.Count())
                .Order(),
        ];
        var plain = counts.Sum(c => -c / n * Math.Log(c / n));
        // If no combination occurs just once, there is hardly one that has not been seen.
        var most = counts[0] > 1 ? Math.Log(counts.Length) : double.PositiveInfinity;
        var mean = Math.Min(most, new CountEntropy((int)n).Of(counts));
        var spread = counts.Sum(c => c / n * (Math.Log(c / n) + plain) * (Math.Log(c / n) + plain));
        var std = Math.Sqrt((spread + ((counts.Length - 1) / (2 * n))) / n);
        return new EntropyEstimate(
            mean,
            std,
            Math.Max(0, mean - (Normal975 * std)),
            Math.Min(most, mean + (Normal975 * std)),
            count,
            dropped,
            0
        )
        {
            Kind = ColumnKind.Discrete,
            Repeated = count - (int)n,
        };
    }

    /// <summary>KL(p || standard normal) of one column, nat: how far a latent dimension is from its prior.</summary>
    /// <param name="column">Values that are not finite are left out.</param>
    /// <exception cref="InputException">There are fewer than 10 finite values, or so many equal ones that there is no density.</exception>
    public static EntropyEstimate FromStandardNormal(NamedColumn column)
    {
        var single = SingleColumn.Of(column, 1);
        var values = Ordered(single.WithDensity("finite divergence from the normal distribution"), 1);
        var logs = Logs(column.Name, values);
        double[] terms = [.. logs.Zip(values, (l, v) => (0.5 * Math.Log(2 * Math.PI)) + (0.5 * v * v) - l)];
        var mean = terms.Average();
        var std = Math.Sqrt(terms.Sum(t => (t - mean) * (t - mean)) / (terms.Length - 1) / terms.Length);
        double AtLeastZero(double value) => Math.Max(0, value);
        return new EntropyEstimate(
            AtLeastZero(mean),
            std,
            AtLeastZero(mean - (Normal975 * std)),
            AtLeastZero(mean + (Normal975 * std)),
            single.Count,
            column.Values.Length - single.Count,
            0
        )
        {
            Kind = single.Kind,
            Repeated = single.Repeated,
        };
    }

    // -ln p at every value, from the distance to its k-th neighbour.
    private static double[] Logs(string name, double[] values)
    {
        var n = values.Length;
        // With k = sqrt(n) / 2 instead, the heavy tails of a Cauchy distribution gave an entropy 0.03 nat too low at 1,000 rows.
        var k = Math.Clamp((int)(Math.Cbrt(n) / 2), 3, n - 1);
        var order = Enumerable.Range(0, n).ToArray();
        Array.Sort((double[])values.Clone(), order);
        var constant = SpecialFunctions.Digamma(n) - SpecialFunctions.Digamma(k) + Math.Log(2);
        var logs = new double[n];
        var from = 0;
        for (var i = 0; i < n; i++)
        {
            double At(int rank) => 0.5 * values[order[rank]];
            // The window of k + 1 values that contains i and extends least far from it.
            while (from < Math.Min(i, n - k - 1) && (from + k < i || At(i) - At(from) > At(from + k + 1) - At(i)))
            {
                from++;
            }
            var distance = 2 * Math.Max(At(i) - At(from), At(from + k) - At(i));
            logs[order[i]] =
                distance > 0
                    ? constant + Math.Log(distance)
                    : throw new InputException(
                        $"Column '{name}' has the value {values[order[i]]} more than {k} times: it is not continuous and has no "
                            + $"differential entropy; take its values as classes, or leave it out."
                    );
        }
        return logs;
    }
}

/// <summary>An entropy, nat.</summary>
/// <param name="Entropy">The estimate; may be negative for continuous columns.</param>
/// <param name="Std">Standard error.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
/// <param name="Count">Rows used.</param>
/// <param name="Dropped">Rows left out because a value was not finite.</param>
/// <param name="Components">Components of the mixture of several columns; 0 for one column.</param>
public sealed record EntropyEstimate(double Entropy, double Std, double Low, double High, int Count, int Dropped, int Components)
{
    /// <summary>How the column (or all columns together) was treated.</summary>
    public ColumnKind Kind { get; init; }

    /// <summary>Rows among <see cref="Count"/> that repeat another row and were not counted again.</summary>
    public int Repeated { get; init; }
}
