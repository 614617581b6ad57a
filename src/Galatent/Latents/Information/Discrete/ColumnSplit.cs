namespace Galatent.Latents.Information.Discrete;

/// <summary>
/// A column split into a discrete and a continuous part. Every row has a class. The rows of at most one class also have a continuous value.
/// </summary>
internal sealed class ColumnSplit
{
    // Calibrated at 200 to 10,000 rows. From 20 rows per (effective) value, mixtures for every class are better than one mixture over
    // spread ties. Example: normal numbers rounded to five values per standard deviation have 18 effective values, so they are counted from
    // 350 rows on.
    private const int RowsPerValue = 20;
    private const int RowsPerDistinctValue = 10;
    private const int MostValues = 100;

    // Two or three values are counted even in a table of a dozen rows.
    private const int FewValues = 3;
    private const int RowsPerFewValues = 4;

    // From this many rows per value, two columns may be put into a table, if the table then has few enough cells.
    private const double TiedRows = 2.5;

    private readonly DistinctValues _distinct;

    private ColumnSplit(
        NamedColumn column,
        DistinctValues distinct,
        ColumnKind kind,
        bool isTied,
        int[] classes,
        int classCount,
        int continuousClass
    )
    {
        (Column, _distinct, Kind, IsTied) = (column, distinct, kind, isTied);
        (Classes, ClassCount, ContinuousClass) = (classes, classCount, continuousClass);
    }

    /// <summary>The column.</summary>
    public NamedColumn Column { get; }

    /// <summary>How it is treated.</summary>
    public ColumnKind Kind { get; }

    /// <summary>Whether its values repeat, apart from spikes. Such columns may be put into a table.</summary>
    public bool IsTied { get; }

    /// <summary>The class of every row, from 0.</summary>
    public int[] Classes { get; }

    /// <summary>Number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The class whose rows have a continuous value; -1 if there is none.</summary>
    public int ContinuousClass { get; }

    /// <summary>For every row, the index of its value among the distinct values.</summary>
    public int[] ValueCodes => _distinct.Codes;

    /// <summary>Number of distinct values.</summary>
    public int DistinctCount => _distinct.Values.Length;

    /// <summary>The spike values with their numbers of rows; empty unless the column is spiked.</summary>
    public IEnumerable<(double Value, int Rows)> Spikes =>
        Kind != ColumnKind.Spiked
            ? []
            : _distinct
                .Spikes()
                .Select((isSpike, j) => (isSpike, j))
                .Where(s => s.isSpike)
                .Select(s => (_distinct.Values[s.j], _distinct.Counts[s.j]));

    /// <summary>Whether a row has a spike value.</summary>
    public bool IsSpike(int row) => Kind == ColumnKind.Spiked && Classes[row] != ContinuousClass;

    /// <summary>Decides how a column is treated.</summary>
    /// <param name="column">Finite values, at least one.</param>
    public static ColumnSplit Of(NamedColumn column)
    {
        var distinct = DistinctValues.Of(column.Values);
        if (column.IsClass)
        {
            return Counted(column, distinct);
        }
        var spikes = distinct.Spikes();
        var rows = 0;
        var values = 0;
        var squares = 0.0;
        for (var j = 0; j < spikes.Length; j++)
        {
            if (!spikes[j])
            {
                (rows, values, squares) = (
                    rows + distinct.Counts[j],
                    values + 1,
                    squares + ((double)distinct.Counts[j] * distinct.Counts[j])
                );
            }
        }
        var effective = rows * (double)rows / squares;
        if (rows < MutualInformationOptions.LeastCount || (effective <= MostValues && AreEnough(rows, values, effective)))
        {
            return Counted(column, distinct);
        }
        var tied = rows >= TiedRows * values;
        if (!spikes.Contains(true))
        {
            return Whole(column, distinct, tied ? ColumnKind.Rounded : ColumnKind.Continuous, tied);
        }
        // The continuous part is class 0, the spikes are the other classes.
        var classOf = new int[spikes.Length];
        var count = 1;
        for (var j = 0; j < spikes.Length; j++)
        {
            classOf[j] = spikes[j] ? count++ : 0;
        }
        return new ColumnSplit(
            column,
            distinct,
            ColumnKind.Spiked,
            tied,
            Array.ConvertAll(distinct.Codes, code => classOf[code]),
            count,
            0
        );
    }

    /// <summary>The same column with its ties spread, as if it were continuous.</summary>
    public ColumnSplit Spread() => Whole(Column, _distinct, ColumnKind.Rounded, IsTied);

    /// <summary>Features for a test of dependence: one indicator for each class; none for a continuous column.</summary>
    public CosineFeature[] Indicators()
    {
        if (ContinuousClass >= 0 && ClassCount == 1)
        {
            return [];
        }
        var joined = RareClasses.Join(Classes, MutualInformationOptions.LeastCount);
        int[][] members = [.. Enumerable.Range(0, joined.Length).GroupBy(row => joined[row]).OrderBy(g => g.Key).Select(g => g.ToArray())];
        return CosineFeature.OfClasses(members, joined.Length);
    }

    private static bool AreEnough(int rows, int values, double effective) =>
        rows >= RowsPerValue * effective
        || rows >= RowsPerDistinctValue * values
        || (values <= FewValues && rows >= RowsPerFewValues * values);

    private static ColumnSplit Counted(NamedColumn column, DistinctValues distinct) =>
        new(column, distinct, ColumnKind.Discrete, true, distinct.Codes, distinct.Values.Length, -1);

    private static ColumnSplit Whole(NamedColumn column, DistinctValues distinct, ColumnKind kind, bool isTied) =>
        new(column, distinct, kind, isTied, new int[column.Values.Length], 1, 0);
}
