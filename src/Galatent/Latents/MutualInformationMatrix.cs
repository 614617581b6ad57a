using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Latents;

/// <summary>Mutual information between every row quantity and every column quantity, e.g. latent dimensions and physical parameters: what
/// tables and figures show.</summary>
/// <param name="Rows">Names of the row quantities, e.g. <c>z06</c>.</param>
/// <param name="Columns">Names of the column quantities.</param>
/// <param name="Nat">Estimates, nat; shape (rows, columns), row-major. NaN where none was made (a quantity with itself).</param>
/// <param name="StandardDeviationNat">Their standard errors, nat; same shape.</param>
/// <param name="QValue">False-discovery rate at which a pair is called dependent; same shape.</param>
/// <param name="NearestNeighbourNat">The independent estimate from nearest neighbours, nat; same shape, NaN where none was made.</param>
public sealed record MutualInformationMatrix(
    string[] Rows,
    string[] Columns,
    double[] Nat,
    double[] StandardDeviationNat,
    double[] QValue,
    double[] NearestNeighbourNat
)
{
    private static readonly string[] Header =
    [
        "row",
        "column",
        "mutual_information_nat",
        "standard_error_nat",
        "q_value",
        "nearest_neighbour_nat",
    ];

    /// <summary>The estimate for one pair, nat.</summary>
    public double this[int row, int column] => Nat[(row * Columns.Length) + column];

    /// <summary>Its standard error, nat.</summary>
    public double Deviation(int row, int column) => StandardDeviationNat[(row * Columns.Length) + column];

    /// <summary>The matrix of a table of estimates.</summary>
    public static MutualInformationMatrix From(MutualInformationTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        double[] Each(Func<MutualInformationEstimate, double> value) => [.. table.Estimates.Select(e => e is null ? double.NaN : value(e))];
        return new MutualInformationMatrix(
            [.. table.Rows],
            [.. table.Columns],
            Each(e => e.Mi),
            Each(e => e.Std),
            Each(e => e.QValue),
            Each(e => e.Ksg ?? double.NaN)
        );
    }

    /// <summary>The largest estimate and its pair; the estimate is NaN when there is none.</summary>
    public (int Row, int Column, double Nat) Largest()
    {
        var best = -1;
        for (var i = 0; i < Nat.Length; i++)
        {
            if (!double.IsNaN(Nat[i]) && (best < 0 || Nat[i] > Nat[best]))
            {
                best = i;
            }
        }
        return best < 0 ? (0, 0, double.NaN) : (best / Columns.Length, best % Columns.Length, Nat[best]);
    }

    /// <summary>A matrix between latent dimensions, reduced to some of these (numbers of dimensions, all among its rows).</summary>
    public MutualInformationMatrix Between(IReadOnlyList<int> dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        int[] places = [.. dimensions.Select(d => Array.IndexOf(Rows, AnalysisResults.DimensionName(d)))];
        return Select(places, places);
    }

    /// <summary>The matrix reduced to some rows and columns, in the order given.</summary>
    public MutualInformationMatrix Select(IReadOnlyList<int> rows, IReadOnlyList<int> columns)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        int[] cells = [.. rows.SelectMany(r => columns.Select(c => (r * Columns.Length) + c))];
        double[] Pick(double[] values) => [.. cells.Select(i => values[i])];
        return new MutualInformationMatrix(
            [.. rows.Select(r => Rows[r])],
            [.. columns.Select(c => Columns[c])],
            Pick(Nat),
            Pick(StandardDeviationNat),
            Pick(QValue),
            Pick(NearestNeighbourNat)
        );
    }

    /// <summary>One row per pair.</summary>
    public ResultTable ToTable()
    {
        double[][] values = [Nat, StandardDeviationNat, QValue, NearestNeighbourNat];
        var rows = Nat.Select(
            (_, i) =>
                values.Select(v => ResultTable.Text(v[i])).Prepend(Columns[i % Columns.Length]).Prepend(Rows[i / Columns.Length]).ToArray()
        );
        return new ResultTable(Header, [.. rows]);
    }

    /// <summary>The matrix of a table made by <see cref="ToTable"/>.</summary>
    /// <exception cref="InputException">Pairs are missing or not in order.</exception>
    public static MutualInformationMatrix FromTable(ResultTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var rowOf = table.Texts(Header[0]);
        var columnOf = table.Texts(Header[1]);
        string[] rows = [.. rowOf.Distinct()];
        string[] columns = [.. columnOf.Distinct()];
        var ordered =
            rowOf.Length == rows.Length * columns.Length
            && Enumerable
                .Range(0, rowOf.Length)
                .All(i => rowOf[i] == rows[i / columns.Length] && columnOf[i] == columns[i % columns.Length]);
        return ordered
            ? new MutualInformationMatrix(
                rows,
                columns,
                table.Doubles(Header[2], mayBeUndefined: true),
                table.Doubles(Header[3], mayBeUndefined: true),
                table.Doubles(Header[4], mayBeUndefined: true),
                table.Doubles(Header[5], mayBeUndefined: true)
            )
            : throw new InputException(
                $"'{table.Source}' does not hold every pair of its {rows.Length} rows and {columns.Length} columns in order; run "
                    + $"'galatent analyze' again."
            );
    }
}
