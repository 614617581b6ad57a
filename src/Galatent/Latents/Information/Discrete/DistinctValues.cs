namespace Galatent.Latents.Information.Discrete;

/// <summary>The distinct values of a column, ascending, and how often each occurs.</summary>
internal sealed class DistinctValues
{
    // A spike value has at least ten rows, half a per cent of all rows, and ten times the median count of the four neighbouring values on
    // either side.
    private const int SpikeRows = 10;
    private const int SpikeShare = 200;
    private const int SpikeRatio = 10;
    private const int Neighbours = 4;

    // A smaller share of repeated values has no visible effect.
    private const double LeastShared = 0.01;

    // A column is a full lattice when this share of the multiples of its smallest gap occurs between its 5 and 95 % quantiles.
    private const double LatticeTail = 0.05;
    private const double LatticeShare = 0.97;
    private const double LatticeTolerance = 0.01;

    private DistinctValues(double[] values, int[] counts, int[] codes) => (Values, Counts, Codes) = (values, counts, codes);

    /// <summary>The distinct values, ascending.</summary>
    public double[] Values { get; }

    /// <summary>Number of rows with each value.</summary>
    public int[] Counts { get; }

    /// <summary>For every row, the index of its value.</summary>
    public int[] Codes { get; }

    /// <summary>Counts the values. NaN is treated as a value.</summary>
    public static DistinctValues Of(double[] column)
    {
        var sorted = (double[])column.Clone();
        var rows = Enumerable.Range(0, column.Length).ToArray();
        Array.Sort(sorted, rows);
        var values = new List<double>();
        var counts = new List<int>();
        var codes = new int[column.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || !sorted[i].Equals(sorted[i - 1]))
            {
                values.Add(sorted[i]);
                counts.Add(0);
            }
            counts[^1]++;
            codes[rows[i]] = values.Count - 1;
        }
        return new DistinctValues([.. values], [.. counts], codes);
    }

    /// <summary>
    /// Whether so few rows of a column share a value that the column is plainly continuous and ties need not be examined.
    /// </summary>
    /// <param name="column">Values that are not finite are ignored.</param>
    public static bool ArePlain(NamedColumn column)
    {
        var finite = Array.FindAll(column.Values, double.IsFinite);
        Array.Sort(finite);
        var shared = 0;
        for (var i = 1; i < finite.Length; i++)
        {
            shared += finite[i] == finite[i - 1] ? 1 : 0;
        }
        return !column.IsClass && shared < LeastShared * finite.Length;
    }

    /// <summary>Which values occur far more often than their neighbours.</summary>
    public bool[] Spikes()
    {
        var spikes = new bool[Counts.Length];
        var least = Math.Max(SpikeRows, Codes.Length / SpikeShare);
        for (var j = 0; j < spikes.Length && spikes.Length > 1; j++)
        {
            if (Counts[j] >= least)
            {
                int[] beside = [.. Counts[Math.Max(0, j - Neighbours)..j], .. Counts[(j + 1)..Math.Min(Counts.Length, j + 1 + Neighbours)]];
                Array.Sort(beside);
                spikes[j] = Counts[j] >= SpikeRatio * beside[beside.Length / 2];
            }
        }
        return spikes;
    }

    /// <summary>
    /// Whether the values are multiples of one step and nearly all multiples in the middle of the distribution occur. This is so for counts
    /// and coarsely rounded numbers.
    /// </summary>
    public bool IsFullLattice()
    {
        var first = Quantile(LatticeTail);
        var last = Quantile(1 - LatticeTail);
        if (last == first)
        {
            return Values.Length < Codes.Length / 2;
        }
        var steps = Steps(first, last);
        return AreWhole(steps) && last - first >= LatticeShare * steps.Sum();
    }

    /// <summary>Whether all values are multiples of one step, like rounded numbers.</summary>
    public bool IsLattice() => Values.Length < 2 || AreWhole(Steps(0, Values.Length - 1));

    // Gaps in units of the smallest gap.
    private double[] Steps(int first, int last)
    {
        double[] gaps = [.. Enumerable.Range(first, last - first).Select(j => Values[j + 1] - Values[j])];
        var smallest = gaps.Min();
        return Array.ConvertAll(gaps, gap => gap / smallest);
    }

    private static bool AreWhole(double[] steps) => Array.TrueForAll(steps, s => Math.Abs(s - Math.Round(s)) < LatticeTolerance);

    private int Quantile(double share)
    {
        var j = 0;
        var rows = (double)Counts[0];
        while (rows < share * Codes.Length && j < Counts.Length - 1)
        {
            rows += Counts[++j];
        }
        return j;
    }
}
