namespace Galatent.Latents.Matching;

/// <summary>The assignment of rows to columns with the largest sum (Kuhn 1955; Munkres 1957), by shortest augmenting paths (Jonker
/// &amp; Volgenant 1987). Rectangular matrices are allowed: what has no partner stays alone.</summary>
public static class LinearAssignment
{
    /// <summary>The column of each row; -1 for a row without a partner. Of equally good assignments the one found is always the
    /// same.</summary>
    /// <param name="worth">Shape (rows, columns), row-major, finite.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    public static int[] Best(ReadOnlySpan<double> worth, int rows, int columns)
    {
        if (worth.Length != rows * columns)
        {
            throw new ArgumentException($"{worth.Length} numbers are not {rows} rows of {columns}.", nameof(worth));
        }
        // The method needs no fewer columns than rows.
        var isTall = rows > columns;
        var n = Math.Min(rows, columns);
        var m = Math.Max(rows, columns);
        var cost = new double[n * m];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < m; j++)
            {
                cost[(i * m) + j] = isTall ? -worth[(j * columns) + i] : -worth[(i * columns) + j];
            }
        }
        var rowOf = Augment(cost, n, m);
        var partner = new int[rows];
        Array.Fill(partner, -1);
        for (var j = 0; j < m; j++)
        {
            if (rowOf[j] >= 0)
            {
                partner[isTall ? j : rowOf[j]] = isTall ? rowOf[j] : j;
            }
        }
        return partner;
    }

    // Prices u and v keep all reduced costs at 0 or above. Each row enters along the path of smallest reduced cost to a free column.
    private static int[] Augment(double[] cost, int n, int m)
    {
        var u = new double[n];
        var v = new double[m + 1];
        var rowOf = new int[m + 1];
        Array.Fill(rowOf, -1);
        for (var row = 0; row < n; row++)
        {
            var distance = new double[m];
            Array.Fill(distance, double.PositiveInfinity);
            var previous = new int[m];
            var isDone = new bool[m + 1];
            // Column m stands for the start: the new row.
            rowOf[m] = row;
            var column = m;
            do
            {
                isDone[column] = true;
                var from = rowOf[column];
                var least = double.PositiveInfinity;
                var next = -1;
                for (var j = 0; j < m; j++)
                {
                    if (isDone[j])
                    {
                        continue;
                    }
                    var reduced = cost[(from * m) + j] - u[from] - v[j];
                    if (reduced < distance[j])
                    {
                        (distance[j], previous[j]) = (reduced, column);
                    }
                    if (distance[j] < least)
                    {
                        (least, next) = (distance[j], j);
                    }
                }
                for (var j = 0; j <= m; j++)
                {
                    if (isDone[j])
                    {
                        u[rowOf[j]] += least;
                        v[j] -= least;
                    }
                    else if (j < m)
                    {
                        distance[j] -= least;
                    }
                }
                column = next;
            } while (rowOf[column] >= 0);
            while (column != m)
            {
                rowOf[column] = rowOf[previous[column]];
                column = previous[column];
            }
        }
        return rowOf[..m];
    }
}
