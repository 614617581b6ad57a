namespace Galatent.Latents.Information.Discrete;

/// <summary>The table of counts of two discrete variables over the same rows.</summary>
internal sealed class CountTable
{
    private readonly int[] _a;
    private readonly int[] _b;
    private readonly int[] _cellOfRow;
    private readonly int _sizeA;
    private readonly int _sizeB;

    private CountTable(int[] a, int[] b, int sizeA, int sizeB, int[] cellOfRow, int cells) =>
        (_a, _b, _sizeA, _sizeB, _cellOfRow, Cells) = (a, b, sizeA, sizeB, cellOfRow, cells);

    /// <summary>Number of pairs of values that occur.</summary>
    public int Cells { get; }

    /// <summary>Counts the pairs.</summary>
    /// <param name="a">Codes of the first variable, from 0.</param>
    /// <param name="b">Codes of the second variable, from 0.</param>
    public static CountTable Of(int[] a, int[] b)
    {
        var sizeA = a.Max() + 1;
        var sizeB = b.Max() + 1;
        var keys = new long[a.Length];
        for (var row = 0; row < keys.Length; row++)
        {
            keys[row] = ((long)a[row] * sizeB) + b[row];
        }
        // In the order of the codes, so the sums do not depend on the order of the rows.
        var cellOf = keys.Distinct().Order().Select((key, cell) => (key, cell)).ToDictionary(pair => pair.key, pair => pair.cell);
        return new CountTable(a, b, sizeA, sizeB, Array.ConvertAll(keys, key => cellOf[key]), cellOf.Count);
    }

    /// <summary>The information, nat, nearly unbiased; may be below 0 by chance.</summary>
    public double Information()
    {
        var entropy = new CountEntropy(_a.Length);
        var (cells, rows, columns) = Weigh(null);
        double Sum(double[] counts) => counts.Sum(c => entropy.Term((int)c));
        return entropy.Highest + Sum(cells) - Sum(rows) - Sum(columns);
    }

    /// <summary>The information of weighted rows without bias correction, sum p_ab ln(p_ab / (p_a p_b)), nat.</summary>
    /// <param name="weights">One whole number per row; null for weights of 1.</param>
    public double PlugIn(int[]? weights)
    {
        var (cells, rows, columns) = Weigh(weights);
        var total = rows.Sum();
        static double Sum(double[] counts) => counts.Sum(c => c > 0 ? c * Math.Log(c) : 0);
        return total == 0 ? 0 : Math.Log(total) + ((Sum(cells) - Sum(rows) - Sum(columns)) / total);
    }

    private (double[] Cells, double[] Rows, double[] Columns) Weigh(int[]? weights)
    {
        var cells = new double[Cells];
        var rows = new double[_sizeA];
        var columns = new double[_sizeB];
        for (var i = 0; i < _a.Length; i++)
        {
            double weight = weights?[i] ?? 1;
            cells[_cellOfRow[i]] += weight;
            rows[_a[i]] += weight;
            columns[_b[i]] += weight;
        }
        return (cells, rows, columns);
    }
}
