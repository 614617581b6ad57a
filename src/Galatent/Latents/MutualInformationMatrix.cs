using Galatent.Numerics;

namespace Galatent.Latents;

/// <summary>Mutual information between every row quantity and every column quantity, e.g. latent dimensions and physical parameters.</summary>
/// <param name="Rows">Names of the row quantities, e.g. <c>z06</c>.</param>
/// <param name="Columns">Names of the column quantities.</param>
/// <param name="Nat">Estimates, nat; shape (rows, columns), row-major. NaN where none was made (a quantity with itself).</param>
/// <param name="StandardDeviationNat">Their standard deviations, nat; same shape.</param>
public sealed record MutualInformationMatrix(string[] Rows, string[] Columns, double[] Nat, double[] StandardDeviationNat)
{
    private static readonly string[] Header = ["row", "column", "mutual_information_nat", "standard_deviation_nat"];

    /// <summary>The estimate for one pair, nat.</summary>
    public double this[int row, int column] => Nat[(row * Columns.Length) + column];

    /// <summary>Its standard deviation, nat.</summary>
    public double Deviation(int row, int column) => StandardDeviationNat[(row * Columns.Length) + column];

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

    /// <summary>The matrix reduced to some rows and columns, in the order given.</summary>
    public MutualInformationMatrix Select(IReadOnlyList<int> rows, IReadOnlyList<int> columns)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        int[] cells = [.. rows.SelectMany(r => columns.Select(c => (r * Columns.Length) + c))];
        return new MutualInformationMatrix(
            [.. rows.Select(r => Rows[r])], [.. columns.Select(c => Columns[c])], [.. cells.Select(i => Nat[i])], [.. cells.Select(i => StandardDeviationNat[i])]);
    }

    /// <summary>One row per pair.</summary>
    public CsvTable ToTable()
    {
        var rows = from r in Enumerable.Range(0, Rows.Length)
                   from c in Enumerable.Range(0, Columns.Length)
                   select new[] { Rows[r], Columns[c], CsvTable.Text(this[r, c]), CsvTable.Text(Deviation(r, c)) };
        return new CsvTable(Header, [.. rows]);
    }

    /// <summary>The matrix of a table made by <see cref="ToTable"/>.</summary>
    /// <exception cref="InputException">Pairs are missing or not in order.</exception>
    public static MutualInformationMatrix FromTable(CsvTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var (rowOf, columnOf) = (table.Texts(Header[0]), table.Texts(Header[1]));
        string[] rows = [.. rowOf.Distinct()];
        string[] columns = [.. columnOf.Distinct()];
        var ordered = rowOf.Length == rows.Length * columns.Length
            && Enumerable.Range(0, rowOf.Length).All(i => rowOf[i] == rows[i / columns.Length] && columnOf[i] == columns[i % columns.Length]);
        return ordered
            ? new MutualInformationMatrix(rows, columns, table.Doubles(Header[2]), table.Doubles(Header[3]))
            : throw new InputException($"'{table.Source}' does not hold every pair of its {rows.Length} rows and {columns.Length} columns in order; run 'galatent analyze' again.");
    }
}
