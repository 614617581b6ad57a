using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>
/// Two columns as normal scores. So outliers, heavy tails and units have no effect: mutual information does not change when either column
/// is mapped by an increasing function.
/// Ties are broken at random, independently of the other column. This leaves the mutual information of discrete and mixed variables
/// unchanged (the distributional transform; Rueschendorf 2009, J. Stat. Plan. Inference 139, 3921).
/// </summary>
internal sealed class RankPair
{
    private RankPair(int[] ranksY, double[] scoresX, double[] scoresY, int dropped) =>
        (RanksY, ScoresX, ScoresY, Dropped) = (ranksY, scoresX, scoresY, dropped);

    /// <summary>Entry i is the rank in Y (0 ... n-1) of the row with rank i in X: a permutation.</summary>
    public int[] RanksY { get; }

    /// <summary>The normal scores of X, ascending: <c>ScoresX[i]</c> belongs to the row with rank i in X.</summary>
    public double[] ScoresX { get; }

    /// <summary>The normal scores of Y, ascending: the row with rank i in X has the score <c>ScoresY[RanksY[i]]</c>.</summary>
    public double[] ScoresY { get; }

    /// <summary>Rows left out because a value was not finite.</summary>
    public int Dropped { get; }

    /// <summary>Whether a column has only one value in the rows used. It carries no information, although the random ranks of its ties
    /// might seem to.</summary>
    public bool IsConstant { get; private init; }

    /// <summary>Whether one column is an increasing or decreasing function of the other in all rows.</summary>
    public bool IsMonotone =>
        !IsConstant
        && (
            RanksY.Select((rank, i) => rank == i).All(isSame => isSame)
            || RanksY.Select((rank, i) => rank == Count - 1 - i).All(isMirrored => isMirrored)
        );

    /// <summary>Rows used.</summary>
    public int Count => RanksY.Length;

    /// <summary>
    /// Ranks two columns. The result does not depend on the order of the rows. Without ties it does not depend on the order of the columns
    /// either: of the permutation and its inverse, the smaller one in dictionary order is used. If a permutation is its own inverse, the
    /// smaller column of scores comes first.
    /// </summary>
    public static RankPair Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ulong seed)
    {
        var (finiteX, finiteY) = Finite(x, y);
        var n = finiteX.Length;
        SortRows(finiteX, finiteY);
        var random = new RandomStream(seed, "tie breaking");
        var rowsByX = Order(finiteX, ref random);
        var rowsByY = Order(finiteY, ref random);
        var rankOfRow = new int[n];
        var permutation = new int[n];
        var inverse = new int[n];
        for (var rank = 0; rank < n; rank++)
        {
            rankOfRow[rowsByY[rank]] = rank;
        }
        for (var rank = 0; rank < n; rank++)
        {
            permutation[rank] = rankOfRow[rowsByX[rank]];
            inverse[permutation[rank]] = rank;
        }
        var scoresX = NormalScores.Of(Array.ConvertAll(rowsByX, row => finiteX[row]));
        var scoresY = NormalScores.Of(Array.ConvertAll(rowsByY, row => finiteY[row]));
        var byRanks = permutation.AsSpan().SequenceCompareTo(inverse);
        var keep = byRanks < 0 || (byRanks == 0 && scoresX.AsSpan().SequenceCompareTo(scoresY) <= 0);
        var constant = IsOneValue(finiteX) || IsOneValue(finiteY);
        return keep
            ? new RankPair(permutation, scoresX, scoresY, x.Length - n) { IsConstant = constant }
            : new RankPair(inverse, scoresY, scoresX, x.Length - n) { IsConstant = constant };
    }

    private static (double[] X, double[] Y) Finite(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var finiteX = new double[x.Length];
        var finiteY = new double[x.Length];
        var n = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (double.IsFinite(x[i]) && double.IsFinite(y[i]))
            {
                (finiteX[n], finiteY[n]) = (x[i], y[i]);
                n++;
            }
        }
        return (finiteX[..n], finiteY[..n]);
    }

    /// <summary>Whether all values are the same.</summary>
    internal static bool IsOneValue(double[] values) => Array.TrueForAll(values, v => v == values[0]);

    // Sorts rows by x, and by y where x is tied. So rows that differ have an order that does not depend on the file.
    private static void SortRows(double[] x, double[] y)
    {
        Array.Sort(x, y);
        for (var from = 0; from < x.Length; )
        {
            var to = from + 1;
            while (to < x.Length && x[to] == x[from])
            {
                to++;
            }
            Array.Sort(y, from, to - from);
            from = to;
        }
    }

    // Row numbers by ascending value, tied rows in random order.
    internal static int[] Order(double[] values, ref RandomStream random)
    {
        var sorted = (double[])values.Clone();
        var rows = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort(sorted, rows);
        for (var from = 0; from < sorted.Length; )
        {
            var to = from + 1;
            while (to < sorted.Length && sorted[to] == sorted[from])
            {
                to++;
            }
            if (to > from + 1)
            {
                Array.Sort(rows, from, to - from);
                random.Shuffle(rows.AsSpan(from, to - from));
            }
            from = to;
        }
        return rows;
    }
}
