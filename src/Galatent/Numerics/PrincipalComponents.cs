using System.Numerics.Tensors;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Numerics;

/// <summary>Copies rows of a table side by side.</summary>
/// <param name="rows">Which.</param>
/// <param name="values">Receives shape (rows.Length, width).</param>
public delegate void RowReader(ReadOnlySpan<int> rows, Span<float> values);

/// <summary>Principal components of the rows of a large table: eigenvalues, variances, and how other rows of the table spread
/// along the same directions.</summary>
/// <param name="Eigenvalues">Largest eigenvalues of the covariance, descending.</param>
/// <param name="TotalVariance">Trace of the covariance: the sum of all its eigenvalues.</param>
/// <param name="Variance">Variance of every column; shape (width).</param>
/// <param name="RowCount">Number of rows that it was measured on.</param>
/// <remarks>
/// The covariance is never formed: subspace iteration (Halko, Martinsson &amp; Tropp 2011, SIAM Rev. 53, 217, algorithms 4.4 and 5.3)
/// applies it to 48 random directions twice. Eigenvalues of spectra fall by 1e5 within the first 16. The error of the k-th, of relative
/// order (lambda_48 / lambda_k)^4, is then far below the sampling noise.
/// Products are float32. Sums over blocks of rows and the small matrix at the end are double.
/// </remarks>
public sealed record PrincipalComponents(double[] Eigenvalues, double TotalVariance, double[] Variance, int RowCount)
{
    /// <summary>Mean square of the rows that judge along the direction of each eigenvalue, about the mean of the rows measured; the
    /// eigenvalues themselves where no rows judge.</summary>
    public double[] JudgedSquares { get; init; } = Eigenvalues;

    /// <summary>The directions, unit vectors in the space of the scaled columns, the one of the largest eigenvalue first; shape
    /// (eigenvalues, width).</summary>
    public double[] Directions { get; init; } = [];

    /// <summary>Mean square of the rows that judge about that mean, summed over the columns; the total variance where none judge.</summary>
    public double JudgedTotal { get; init; } = TotalVariance;

    /// <summary>The squares of each row that judges: along each direction, then the whole; shape (rows, eigenvalues + 1). Empty where none
    /// judge.</summary>
    internal double[] JudgedRows { get; init; } = [];

    private const int LeastDirections = 48;
    private const int PowerSteps = 2;

    /// <summary>Squared error per row that the first <paramref name="components"/> principal components leave, of the rows that
    /// judge.</summary>
    public double SquaredError(int components) =>
        Math.Max(0, JudgedTotal - TensorPrimitives.Sum<double>(JudgedSquares.AsSpan(0, Math.Min(components, JudgedSquares.Length))));

    /// <summary>Measures the components of rows in memory.</summary>
    /// <param name="values">Shape (n, width), row-major.</param>
    /// <param name="width">Columns.</param>
    /// <param name="rows">Which rows; 10,000 spectra give the eigenvalues to one per cent.</param>
    /// <param name="seed">Root seed; the directions come from the stream "principal components".</param>
    public static PrincipalComponents Measure(float[] values, int width, ReadOnlySpan<int> rows, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(values);
        void Read(ReadOnlySpan<int> chosen, Span<float> to)
        {
            for (var i = 0; i < chosen.Length; i++)
            {
                values.AsSpan(chosen[i] * width, width).CopyTo(to[(i * width)..]);
            }
        }
        return Measure(Read, width, rows, seed);
    }

    /// <summary>Measures the components of rows that are read in blocks, each block four times.</summary>
    /// <param name="read">Reads rows; called by one thread at a time.</param>
    /// <param name="width">Columns.</param>
    /// <param name="rows">Which rows, at least 2.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="wanted">Number of eigenvalues wanted; at least 48 are returned if the data have as many.</param>
    /// <param name="scale">Each column is multiplied by this first, shape (width); nothing when empty.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="judging">Rows on which <see cref="JudgedSquares"/> is measured; none when empty.</param>
    public static PrincipalComponents Measure(
        RowReader read,
        int width,
        ReadOnlySpan<int> rows,
        ulong seed,
        int wanted = 0,
        ReadOnlySpan<float> scale = default,
        int threads = 0,
        ReadOnlySpan<int> judging = default
    )
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Length, 2);
        var data = new CentredBlocks(read, width, rows, scale, threads > 0 ? threads : Environment.ProcessorCount);
        // Sixteen directions more than wanted: the last ones of a subspace are its worst.
        var k = Math.Min(Math.Max(LeastDirections, wanted + 16), Math.Min(width, rows.Length));
        var basis = new double[k * width];
        var stream = new RandomStream(seed, "principal components");
        for (var i = 0; i < basis.Length; i++)
        {
            basis[i] = stream.NextNormal();
        }
        for (var step = 0; step < PowerSteps; step++)
        {
            Orthonormalize(basis, width);
            basis = data.ApplyCovariance(basis);
        }
        Orthonormalize(basis, width);
        var (values, vectors) = SymmetricEigenvalues.WithVectors(data.ProjectCovariance(basis), k);
        // Rounding may leave a zero eigenvalue slightly negative.
        var directions = Combine(vectors, basis, k, width);
        var components = new PrincipalComponents(
            Array.ConvertAll(values, v => Math.Max(0, v)),
            data.Variance.Sum(),
            data.Variance,
            rows.Length
        )
        {
            Directions = directions,
        };
        if (judging.IsEmpty)
        {
            return components;
        }
        var squares = data.About(judging).Squares(directions);
        var means = CentredBlocks.MeanOfRows(squares, k + 1);
        return components with { JudgedSquares = means[..k], JudgedTotal = means[k], JudgedRows = squares };
    }

    // Rows of shape (k, k) in terms of basis vectors of shape (k, width).
    private static double[] Combine(double[] rows, double[] basis, int k, int width)
    {
        var combined = new double[k * width];
        for (var i = 0; i < k; i++)
        {
            var target = combined.AsSpan(i * width, width);
            for (var j = 0; j < k; j++)
            {
                TensorPrimitives.MultiplyAdd(basis.AsSpan(j * width, width), rows[(i * k) + j], target, target);
            }
        }
        return combined;
    }

    // Gram-Schmidt, twice for each row: a single pass loses orthogonality when the rows are nearly parallel, as they are after a power
    // step.
    private static void Orthonormalize(Span<double> rows, int width)
    {
        for (var i = 0; i < rows.Length; i += width)
        {
            var row = rows.Slice(i, width);
            var before = TensorPrimitives.Norm<double>(row);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var j = 0; j < i; j += width)
                {
                    var other = rows.Slice(j, width);
                    TensorPrimitives.MultiplyAdd(other, -TensorPrimitives.Dot<double>(other, row), row, row);
                }
            }
            var norm = TensorPrimitives.Norm<double>(row);
            // A direction in the null space (fewer independent rows than directions) contributes the eigenvalue 0; what is left of it is
            // float32 rounding.
            TensorPrimitives.Multiply(row, norm > 1e-12 * before && norm > 1e-200 ? 1 / norm : 0, row);
        }
    }
}
