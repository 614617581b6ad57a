using System.Numerics.Tensors;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Latents;

/// <summary>Principal components of spectra: what a linear model would make of them.</summary>
/// <param name="Eigenvalues">Largest eigenvalues of the covariance, descending, normalised flux squared.</param>
/// <param name="TotalVariance">Trace of the covariance: the sum of all its eigenvalues.</param>
/// <param name="SpectrumCount">Number of spectra that it was measured on.</param>
/// <remarks>
/// The 4582 x 4582 covariance is never formed: subspace iteration (Halko, Martinsson &amp; Tropp 2011, SIAM Rev. 53, 217, algorithms 4.4 and 5.3)
/// applies it to 48 random directions twice. Eigenvalues of spectra fall by 1e5 within 16, so that the error of the k-th, of relative
/// order (lambda_48 / lambda_k)^4, is far below the sampling noise.
/// </remarks>
public sealed record LinearBaseline(double[] Eigenvalues, double TotalVariance, int SpectrumCount)
{
    private const int Directions = 48;
    private const int PowerSteps = 2;

    /// <summary>Squared error per spectrum that the first <paramref name="components"/> principal components leave.</summary>
    public double SquaredError(int components) => Math.Max(0, TotalVariance - TensorPrimitives.Sum<double>(Eigenvalues.AsSpan(0, components)));

    /// <summary>Measures the principal components of some spectra, which are held in memory meanwhile.</summary>
    /// <param name="spectra">All spectra.</param>
    /// <param name="rows">Which of them; 10,000 give the eigenvalues to one per cent.</param>
    /// <param name="seed">Root seed; the directions come from the stream "principal components".</param>
    public static LinearBaseline Measure(ISpectrumSource spectra, ReadOnlySpan<int> rows, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(spectra);
        if (spectra is SpectrumSet set)
        {
            return Measure(set.Flux, set.Grid.Count, rows, seed);
        }
        var flux = new float[rows.Length * spectra.Grid.Count];
        spectra.Read(rows, flux);
        return Measure(flux, spectra.Grid.Count, [.. Enumerable.Range(0, rows.Length)], seed);
    }

    /// <summary>Measures the principal components.</summary>
    /// <param name="flux">Shape (n, pixels), row-major, normalised flux.</param>
    /// <param name="pixels">Pixels per spectrum.</param>
    /// <param name="rows">Which spectra; 10,000 give the eigenvalues to one per cent.</param>
    /// <param name="seed">Root seed; the directions come from the stream "principal components".</param>
    public static LinearBaseline Measure(float[] flux, int pixels, ReadOnlySpan<int> rows, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(flux);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Length, 2);
        var data = new CentredRows(flux, pixels, rows);
        var k = Math.Min(Directions, Math.Min(pixels, rows.Length));
        var basis = new double[k * pixels];
        var stream = new RandomStream(seed, "principal components");
        for (var i = 0; i < basis.Length; i++)
        {
            basis[i] = stream.NextNormal();
        }
        for (var step = 0; step < PowerSteps; step++)
        {
            Orthonormalize(basis, pixels);
            basis = data.ApplyCovariance(basis);
        }
        Orthonormalize(basis, pixels);
        var values = SymmetricEigenvalues.Of(data.ProjectCovariance(basis), k);
        return new LinearBaseline(values, data.TotalVariance, rows.Length);
    }

    // Gram-Schmidt, twice for each row: once loses orthogonality when the rows are nearly parallel, as they are after a power step.
    private static void Orthonormalize(Span<double> rows, int width)
    {
        for (var i = 0; i < rows.Length; i += width)
        {
            var row = rows.Slice(i, width);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var j = 0; j < i; j += width)
                {
                    var other = rows.Slice(j, width);
                    TensorPrimitives.MultiplyAdd(other, -TensorPrimitives.Dot<double>(other, row), row, row);
                }
            }
            var norm = TensorPrimitives.Norm<double>(row);
            // A direction in the null space (fewer independent spectra than directions) contributes the eigenvalue 0.
            TensorPrimitives.Multiply(row, norm > 1e-200 ? 1 / norm : 0, row);
        }
    }
}
