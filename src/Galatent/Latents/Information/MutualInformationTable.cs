using Galatent.Latents.Information.Discrete;
using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>The mutual information of many pairs of columns.</summary>
/// <param name="Rows">Names of the row columns.</param>
/// <param name="Columns">Names of the columns. The same as the rows when a table is compared with itself.</param>
/// <param name="Symmetric">Whether a table is compared with itself. Then [i, j] and [j, i] are one estimate, and the diagonal is
/// empty.</param>
/// <param name="Estimates">One estimate per pair, row by row; null on the diagonal of a symmetric table.</param>
public sealed record MutualInformationTable(
    IReadOnlyList<string> Rows,
    IReadOnlyList<string> Columns,
    bool Symmetric,
    MutualInformationEstimate?[] Estimates
)
{
    /// <summary>The estimate of a pair.</summary>
    public MutualInformationEstimate? this[int row, int column] => Estimates[row * Columns.Count + column];

    /// <summary>Estimates all pairs of two tables, or of one table with itself. One pair is one unit of work. Results do not depend on the
    /// number of threads.</summary>
    /// <param name="rows">Columns of the first table.</param>
    /// <param name="columns">Columns of the second table, with the same number of rows; null compares the first table with itself.</param>
    /// <param name="options">How to estimate.</param>
    /// <param name="seed">Root seed. Every pair uses the same streams, so a pair has the same estimate alone and in any table.</param>
    /// <param name="threads">Largest number of threads, at least 1.</param>
    /// <param name="progress">Receives the progress after each pair.</param>
    /// <param name="processes">The processes that share the pairs; all get the whole table. Null for this process alone.</param>
    /// <param name="cancel">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InputException">A pair has columns of different lengths or fewer than 10 usable rows.</exception>
    public static MutualInformationTable Compute(
        IReadOnlyList<NamedColumn> rows,
        IReadOnlyList<NamedColumn>? columns,
        MutualInformationOptions options,
        ulong seed,
        int threads,
        IProgress<StepProgress>? progress = null,
        ProcessGroup? processes = null,
        CancellationToken cancel = default
    )
    {
        options.Validate();
        var symmetric = columns is null;
        columns ??= rows;
        var pairs = new List<(int Row, int Column)>();
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = symmetric ? row + 1 : 0; column < columns.Count; column++)
            {
                pairs.Add((row, column));
            }
        }
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        // Rows that repeat in all columns are counted once in every pair. A pair of discrete columns alone could not show that they repeat.
        var kept = DistinctRows([.. rows, .. symmetric ? [] : columns]);
        var ready = Ready(rows, columns, pairs, kept, seed, parallel);
        var tests = new IndependenceTests(options.Permutations, seed, threads, cancel);
        var estimates = new MutualInformationEstimate[pairs.Count];
        var done = 0;
        var own = (processes ?? ProcessGroup.Alone).Part(pairs.Count);
        Parallel.For(own.First, own.First + own.Count, parallel, i =>
        {
            estimates[i] = MutualInformationEstimator.Estimate(ready[i], tests, options, seed, 1, cancel);
            progress?.Report(
                new StepProgress(
                    Math.Min(estimates.Length, Interlocked.Increment(ref done) * (processes?.Size ?? 1)),
                    estimates.Length,
                    $"{rows[pairs[i].Row].Name} and {columns[pairs[i].Column].Name}"
                )
            );
        });
        Share(estimates, processes ?? ProcessGroup.Alone);
        var q = FalseDiscoveryRate.QValues([.. estimates.Select(e => e.PValue)]);
        var cells = new MutualInformationEstimate?[rows.Count * columns.Count];
        for (var i = 0; i < estimates.Length; i++)
        {
            var (row, column) = pairs[i];
            cells[row * columns.Count + column] = estimates[i] with { QValue = q[i] };
            if (symmetric)
            {
                cells[column * columns.Count + row] = cells[row * columns.Count + column];
            }
        }
        return new MutualInformationTable([.. rows.Select(r => r.Name)], [.. columns.Select(c => c.Name)], symmetric, cells);
    }

    private static ColumnPair[] Ready(
        IReadOnlyList<NamedColumn> rows,
        IReadOnlyList<NamedColumn> columns,
        List<(int Row, int Column)> pairs,
        int[]? kept,
        ulong seed,
        ParallelOptions parallel
    )
    {
        bool[] plainRows = [.. rows.Select(DistinctValues.ArePlain)];
        bool[] plainColumns = [.. columns.Select(DistinctValues.ArePlain)];
        var ready = new ColumnPair[pairs.Count];
        var faults = new InputException?[pairs.Count];
        Parallel.For(0, ready.Length, parallel, i =>
        {
            var (row, column) = pairs[i];
            try
            {
                ready[i] = ColumnPair.Of(rows[row], columns[column], kept, plainRows[row] && plainColumns[column], seed);
            }
            catch (InputException e)
            {
                faults[i] = e;
            }
        });
        // The fault of the first pair, whichever thread found its fault first.
        return Array.Find(faults, f => f is not null) is { } fault ? throw fault : ready;
    }

    private static int[]? DistinctRows(IReadOnlyList<NamedColumn> columns) =>
        columns.All(c => c.Values.Length == columns[0].Values.Length) ? RepeatedRows.Distinct(columns) : null;

    private static void Share(MutualInformationEstimate[] estimates, ProcessGroup processes)
    {
        if (processes.Size == 1)
        {
            return;
        }
        const int width = MutualInformationEstimate.NumberCount;
        var numbers = new double[estimates.Length * width];
        for (var i = 0; i < estimates.Length; i++)
        {
            estimates[i]?.ToNumbers().CopyTo(numbers, i * width);
        }
        processes.AllGather<double>(numbers, [.. processes.PartStarts(estimates.Length).Select(pair => pair * width)]);
        for (var i = 0; i < estimates.Length; i++)
        {
            estimates[i] = MutualInformationEstimate.FromNumbers(numbers.AsSpan(i * width, width));
        }
    }
}
