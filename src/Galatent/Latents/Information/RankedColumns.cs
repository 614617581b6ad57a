using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>Any number of columns as normal scores, like <see cref="RankPair"/> for two. The rows are in random order.</summary>
/// <param name="Scores">One array per column.</param>
/// <param name="Rows">Number of the input row of every entry.</param>
/// <param name="Dropped">Rows left out because a value was not finite.</param>
internal sealed record RankedColumns(double[][] Scores, int[] Rows, int Dropped)
{
    /// <summary>Rows used.</summary>
    public int Count => Rows.Length;

    /// <summary>Ranks the columns over the rows in which all values are finite.</summary>
    /// <exception cref="InputException">Lengths differ, or fewer than 10 rows can be used.</exception>
    public static RankedColumns Of(IReadOnlyList<NamedColumn> columns, ulong seed)
    {
        var length = columns[0].Values.Length;
        var other = columns.FirstOrDefault(c => c.Values.Length != length);
        if (other is not null)
        {
            throw new InputException(
                $"Column '{columns[0].Name}' has {length} rows and column '{other.Name}' has {other.Values.Length}: give columns of the "
                    + $"same table."
            );
        }
        int[] rows = [.. Enumerable.Range(0, length).Where(row => columns.All(c => double.IsFinite(c.Values[row])))];
        if (rows.Length < MutualInformationOptions.LeastCount)
        {
            throw new InputException(
                $"Columns {string.Join(", ", columns.Select(c => $"'{c.Name}'"))} have {rows.Length} rows with finite values in all, "
                    + $"but at least {MutualInformationOptions.LeastCount} are needed: leave one of them out or give more rows."
            );
        }
        Array.Sort(rows, (a, b) => Compare(columns, a, b));
        var random = new RandomStream(seed, "tie breaking");
        var scores = new double[columns.Count][];
        for (var c = 0; c < scores.Length; c++)
        {
            var values = Array.ConvertAll(rows, row => columns[c].Values[row]);
            var order = RankPair.Order(values, ref random);
            var ascending = NormalScores.Of(Array.ConvertAll(order, i => values[i]));
            scores[c] = new double[rows.Length];
            for (var rank = 0; rank < order.Length; rank++)
            {
                scores[c][order[rank]] = ascending[rank];
            }
        }
        return Shuffle(scores, rows, length, seed);
    }

    // The order is drawn from the values, so it does not depend on the order of the file.
    private static RankedColumns Shuffle(double[][] scores, int[] rows, int length, ulong seed)
    {
        var order = Enumerable.Range(0, rows.Length).ToArray();
        var random = new RandomStream(seed, "order of points");
        random.Shuffle(order.AsSpan());
        return new RankedColumns(
            [.. scores.Select(s => Array.ConvertAll(order, i => s[i]))],
            Array.ConvertAll(order, i => rows[i]),
            length - rows.Length
        );
    }

    private static int Compare(IReadOnlyList<NamedColumn> columns, int a, int b)
    {
        foreach (var column in columns)
        {
            var comparison = column.Values[a].CompareTo(column.Values[b]);
            if (comparison != 0)
            {
                return comparison;
            }
        }
        return 0;
    }
}
