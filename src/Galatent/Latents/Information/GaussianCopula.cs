using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>
/// Correlations of the normal scores of several columns, and the information of normal variables with these correlations. Exact for
/// variables that are normal after a monotone change of each; otherwise an approximation. Tables mark such numbers with (G).
/// </summary>
/// <param name="Dimension">Number of columns d.</param>
/// <param name="Rows">Rows that the correlations were measured on; 0 when they are known exactly. Then no bias is subtracted.</param>
/// <param name="Correlation">Shape (d, d), row-major. A constant column has the correlation 0 with all others.</param>
/// <remarks>All quantities follow from determinants of correlation matrices (Cover &amp; Thomas 2006, chapter 8). With n rows each
/// correlation has the variance 1/n when the columns are independent, so an information of a and b columns is on average too high by
/// a b / 2n; this is subtracted.</remarks>
public sealed record GaussianCopula(int Dimension, int Rows, double[] Correlation)
{
    /// <summary>Measures the correlations of the normal scores of columns.</summary>
    /// <param name="columns">One array per column, all of the same length, all finite.</param>
    /// <exception cref="InputException">There are fewer than 10 rows, lengths differ, or a value is not finite.</exception>
    public static GaussianCopula Of(IReadOnlyList<NamedColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return OfScores([.. Scores(columns)], null);
    }

    /// <summary>Normal scores by rank, standardised; equal values get the same score. A constant column has only zeros.</summary>
    /// <inheritdoc cref="Of(IReadOnlyList{NamedColumn})"/>
    public static IReadOnlyList<double[]> Scores(IReadOnlyList<NamedColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        foreach (var column in columns)
        {
            if (column.Values.Length < MutualInformationOptions.LeastCount || column.Values.Length != columns[0].Values.Length)
            {
                throw new InputException(
                    $"Column '{column.Name}' has {column.Values.Length} rows and column '{columns[0].Name}' {columns[0].Values.Length}: "
                        + $"give columns of one table with at least {MutualInformationOptions.LeastCount} rows."
                );
            }
            if (Array.FindIndex(column.Values, v => !double.IsFinite(v)) is var bad and >= 0)
            {
                throw new InputException($"Column '{column.Name}', row {bad}, is {column.Values[bad]}: leave out rows without a number.");
            }
        }
        return [.. columns.Select(c => RankScores(c.Values))];
    }

    /// <summary>The correlations of standardised scores in which each row counts so many times.</summary>
    /// <param name="scores">One array per column.</param>
    /// <param name="multiplicities">How often each row counts; null for once each.</param>
    internal static GaussianCopula OfScores(double[][] scores, int[]? multiplicities)
    {
        var d = scores.Length;
        var n = scores[0].Length;
        var mean = new double[d];
        var moment = new double[d * d];
        for (var row = 0; row < n; row++)
        {
            double weight = multiplicities?[row] ?? 1;
            for (var i = 0; i < d && weight > 0; i++)
            {
                var value = weight * scores[i][row];
                mean[i] += value;
                for (var j = 0; j <= i; j++)
                {
                    moment[(i * d) + j] += value * scores[j][row];
                }
            }
        }
        var correlation = new double[d * d];
        double Covariance(int i, int j) => (moment[(i * d) + j] / n) - (mean[i] / n * (mean[j] / n));
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var scale = Math.Sqrt(Covariance(i, i) * Covariance(j, j));
                correlation[(i * d) + j] = correlation[(j * d) + i] = scale > 0 ? Covariance(i, j) / scale : 0;
            }
            correlation[(i * d) + i] = 1;
        }
        return new GaussianCopula(d, n, correlation);
    }

    /// <summary>Known correlations.</summary>
    /// <param name="dimension">Number of variables d.</param>
    /// <param name="correlation">Shape (d, d), row-major, positive definite, 1 on the diagonal.</param>
    public static GaussianCopula Exact(int dimension, double[] correlation) => new(dimension, 0, correlation);

    /// <summary>I(x; y given z), nat, at least 0. Without the bias of a finite number of rows.</summary>
    /// <param name="x">Places of the columns of the first group.</param>
    /// <param name="y">Places of the second group.</param>
    /// <param name="given">Places of the conditioning columns; may be empty.</param>
    /// <exception cref="InputException">Columns determine each other, so that the information is infinite or not defined.</exception>
    public double Information(IReadOnlyList<int> x, IReadOnlyList<int> y, IReadOnlyList<int> given)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(given);
        var raw =
            0.5
            * (
                LogDeterminant([.. x, .. given])
                + LogDeterminant([.. y, .. given])
                - LogDeterminant([.. given])
                - LogDeterminant([.. x, .. y, .. given])
            );
        return Math.Max(0, raw - (Rows == 0 ? 0 : (double)x.Count * y.Count / (2.0 * Rows)));
    }

    /// <summary>Total correlation of all columns (Watanabe 1960): sum of their entropies minus the joint entropy, -½ ln det R, nat; minus
    /// the bias d (d - 1) / 4n.</summary>
    public double TotalCorrelation() => (-0.5 * LogDeterminant(All)) - Bias;

    /// <summary>Dual total correlation of all columns (Han 1978): joint entropy minus the entropy of each given the rest, ½ ln det R +
    /// ½ Σ ln (R⁻¹)_ii, nat; minus the same bias. Total above dual means redundancy.</summary>
    public double DualTotalCorrelation()
    {
        var whole = LogDeterminant(All);
        var rest = 0.0;
        for (var i = 0; i < Dimension; i++)
        {
            // (R⁻¹)_ii = det of R without row and column i, over det R.
            rest += LogDeterminant([.. All.Where(j => j != i)]) - whole;
        }
        return (0.5 * (whole + rest)) - Bias;
    }

    private int[] All => [.. Enumerable.Range(0, Dimension)];

    private double Bias => Rows == 0 ? 0 : Dimension * (Dimension - 1) / (4.0 * Rows);

    private double LogDeterminant(int[] places)
    {
        var d = places.Length;
        var matrix = new double[d * d];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                matrix[(i * d) + j] = Correlation[(places[i] * Dimension) + places[j]];
            }
        }
        var factor = new double[d * d];
        return Cholesky.TryFactor(matrix, d, factor)
            ? Cholesky.LogDeterminant(factor, d)
            : throw new InputException(
                $"{d} columns determine one another (their correlations have no inverse), so their information has no finite value: leave "
                    + "out one of two equal columns."
            );
    }

    private static double[] RankScores(double[] values)
    {
        var n = values.Length;
        int[] order = [.. Enumerable.Range(0, n)];
        Array.Sort((double[])values.Clone(), order);
        var scores = new double[n];
        for (var from = 0; from < n; )
        {
            var to = from + 1;
            while (to < n && values[order[to]] == values[order[from]])
            {
                to++;
            }
            for (var i = from; i < to; i++)
            {
                scores[order[i]] = NormalDistribution.Quantile((0.5 * (from + to)) / n);
            }
            from = to;
        }
        return scores;
    }
}
