using Galatent.Files;
using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Latents;

/// <summary>Mutual information between every row quantity and every column quantity (e.g. latent dimensions and physical parameters), for
/// tables and figures.</summary>
/// <param name="Rows">Names of the row quantities, e.g. <c>z06</c>.</param>
/// <param name="Columns">Names of the column quantities.</param>
/// <param name="Nat">Estimates, nat; shape (rows, columns), row-major. NaN where there is none (a quantity with itself).</param>
/// <param name="StandardDeviationNat">Their standard errors, nat; same shape.</param>
/// <param name="QValue">False-discovery rate at which a pair is called dependent; same shape.</param>
/// <param name="NearestNeighbourNat">The independent nearest-neighbour estimate, nat; same shape, NaN where there is none.</param>
public sealed record MutualInformationMatrix(
    string[] Rows,
    string[] Columns,
    double[] Nat,
    double[] StandardDeviationNat,
    double[] QValue,
    double[] NearestNeighbourNat
)
{
    /// <summary>Number of rows that each estimate is made from, same shape; 0 where there is none, empty when not known.</summary>
    public int[] Counts { get; init; } = [];

    /// <summary>Number of rows of an estimate, the largest of all; 0 when not known.</summary>
    public int RowCount => Counts.DefaultIfEmpty().Max();

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
        )
        {
            Counts = [.. table.Estimates.Select(e => e?.Count ?? 0)],
        };
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

    /// <summary>A matrix between latent dimensions, reduced to some of them (dimension numbers, all among its rows).</summary>
    public MutualInformationMatrix Between(IReadOnlyList<int> dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        int[] places = [.. dimensions.Select(d => Array.IndexOf(Rows, AnalysisResults.DimensionName(d)))];
        return Select(places, places);
    }

    /// <summary>The matrix reduced to some rows and columns, in the given order.</summary>
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
        )
        {
            Counts = Counts.Length == 0 ? [] : [.. cells.Select(i => Counts[i])],
        };
    }

    /// <summary>One row per pair.</summary>
    public ResultTable ToTable() =>
        MutualInformationRow.Columns.Table(
            Nat.Select(
                (nat, i) =>
                    new MutualInformationRow(
                        Rows[i / Columns.Length],
                        Columns[i % Columns.Length],
                        nat,
                        StandardDeviationNat[i],
                        QValue[i],
                        NearestNeighbourNat[i],
                        i < Counts.Length ? Counts[i] : 0
                    )
            )
        );

    /// <summary>The matrix of a table made by <see cref="ToTable"/>.</summary>
    /// <exception cref="InputException">Pairs are missing or not in order.</exception>
    public static MutualInformationMatrix FromTable(ResultTable table)
    {
        var pairs = MutualInformationRow.Columns.Rows(table);
        string[] rows = [.. pairs.Select(p => p.Row).Distinct()];
        string[] columns = [.. pairs.Select(p => p.Column).Distinct()];
        var ordered =
            pairs.Length == rows.Length * columns.Length
            && pairs
                .Select((p, i) => p.Row == rows[i / columns.Length] && p.Column == columns[i % columns.Length])
                .All(isInOrder => isInOrder);
        return ordered
            ? new MutualInformationMatrix(
                rows,
                columns,
                [.. pairs.Select(p => p.Nat)],
                [.. pairs.Select(p => p.StandardErrorNat)],
                [.. pairs.Select(p => p.QValue)],
                [.. pairs.Select(p => p.NearestNeighbourNat)]
            )
            {
                Counts = pairs.All(p => p.Spectra == 0) ? [] : [.. pairs.Select(p => p.Spectra)],
            }
            : throw new InputException(
                $"'{table.Source}' does not hold every pair of its {rows.Length} rows and {columns.Length} columns in order; "
                    + $"{table.Remedy}."
            );
    }
}
