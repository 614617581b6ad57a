using Galatent.Numerics;

namespace Galatent.Latents.Matching;

/// <summary>Whether two sets of dimensions span the same space, whatever their axes.</summary>
/// <param name="Alignment">Linear CKA, |Y'X|² / (|X'X| |Y'Y|) of centred columns (Kornblith et al. 2019, ICML). It weighs directions by
/// their variance.</param>
/// <param name="CanonicalCorrelations">Canonical correlations, descending, as many as the smaller set has dimensions (Hotelling 1936).
/// They do not weigh.</param>
public sealed record SubspaceAgreement(double Alignment, double[] CanonicalCorrelations)
{
    /// <summary>Mean squared canonical correlation. Of unrelated sets it is about the larger number of dimensions over n - 1.</summary>
    public double MeanSquaredCorrelation => CanonicalCorrelations.Length == 0 ? 0 : CanonicalCorrelations.Average(r => r * r);

    /// <summary>Measures two sets of columns.</summary>
    /// <param name="x">Columns of the first set, all of the same length.</param>
    /// <param name="y">Columns of the second set, for the same spectra.</param>
    public static SubspaceAgreement Of(IReadOnlyList<double[]> x, IReadOnlyList<double[]> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        double[][] all = [.. x, .. y];
        var n = all.Length == 0 ? 0 : all[0].Length;
        var means = Array.ConvertAll(all, c => c.Average());
        var covariance = new double[all.Length * all.Length];
        for (var i = 0; i < all.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                for (var row = 0; row < n; row++)
                {
                    sum += (all[i][row] - means[i]) * (all[j][row] - means[j]);
                }
                covariance[(i * all.Length) + j] = covariance[(j * all.Length) + i] = sum / n;
            }
        }
        return OfCovariance(covariance, x.Count, y.Count);
    }

    /// <summary>The same from a known covariance.</summary>
    /// <param name="covariance">Of all dimensions, those of the first set first; shape (a + b, a + b).</param>
    /// <param name="first">Dimensions a of the first set.</param>
    /// <param name="second">Dimensions b of the second set.</param>
    public static SubspaceAgreement OfCovariance(ReadOnlySpan<double> covariance, int first, int second)
    {
        var xx = Block(covariance, first + second, 0, first, 0, first);
        var yy = Block(covariance, first + second, first, second, first, second);
        var xy = Block(covariance, first + second, 0, first, first, second);
        var norm = Math.Sqrt(Squares(xx) * Squares(yy));
        return new SubspaceAgreement(norm > 0 ? Squares(xy) / norm : 0, Canonical(xx, yy, xy, first, second));
    }

    /// <summary>CKA without the bias of few rows, which is about d / (n - 1) for unrelated columns (Song et al. 2012, JMLR 13, 1393, eq. 5;
    /// Kornblith et al. 2019). It may be negative. Time and memory grow with the square of the rows: meant for fewer than
    /// 1,000.</summary>
    /// <param name="x">Columns of the first set, at least four rows.</param>
    /// <param name="y">Columns of the second set.</param>
    public static double DebiasedAlignment(IReadOnlyList<double[]> x, IReadOnlyList<double[]> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var k = Products(x);
        var l = Products(y);
        var norm = Dependence(k, k) * Dependence(l, l);
        return norm > 0 ? Dependence(k, l) / Math.Sqrt(norm) : 0;
    }

    private static double[][] Products(IReadOnlyList<double[]> columns)
    {
        var n = columns.Count == 0 ? 0 : columns[0].Length;
        double[] means = [.. columns.Select(c => c.Average())];
        return
        [
            .. Enumerable
                .Range(0, n)
                .Select(i =>
                    Enumerable
                        .Range(0, n)
                        .Select(j => i == j ? 0 : columns.Select((c, d) => (c[i] - means[d]) * (c[j] - means[d])).Sum())
                        .ToArray()
                ),
        ];
    }

    // The unbiased Hilbert-Schmidt independence criterion of two matrices of products without their diagonals.
    private static double Dependence(double[][] k, double[][] l)
    {
        var n = k.Length;
        double[] rowsK = [.. k.Select(r => r.Sum())];
        double[] rowsL = [.. l.Select(r => r.Sum())];
        var trace = k.Select((r, i) => r.Select((v, j) => v * l[i][j]).Sum()).Sum();
        var sums = rowsK.Sum() * rowsL.Sum() / ((n - 1.0) * (n - 2.0));
        var rows = rowsK.Select((v, i) => v * rowsL[i]).Sum() * 2 / (n - 2.0);
        return (trace + sums - rows) / (n * (n - 3.0));
    }

    // The squares are the eigenvalues of L⁻¹ Sxy Syy⁻¹ Syx L⁻ᵀ with Sxx = L Lᵀ.
    private static double[] Canonical(double[] xx, double[] yy, double[] xy, int a, int b)
    {
        if (a == 0 || b == 0)
        {
            return [];
        }
        var whiteX = Whitener(xx, a);
        var whiteY = Whitener(yy, b);
        var between = new double[a * b];
        for (var i = 0; i < a; i++)
        {
            for (var j = 0; j < b; j++)
            {
                for (var k = 0; k < a; k++)
                {
                    for (var l = 0; l < b; l++)
                    {
                        between[(i * b) + j] += whiteX[(i * a) + k] * xy[(k * b) + l] * whiteY[(j * b) + l];
                    }
                }
            }
        }
        var squared = new double[a * a];
        for (var i = 0; i < a; i++)
        {
            for (var j = 0; j < a; j++)
            {
                for (var k = 0; k < b; k++)
                {
                    squared[(i * a) + j] += between[(i * b) + k] * between[(j * b) + k];
                }
            }
        }
        return [.. SymmetricEigenvalues.Of(squared, a).Take(Math.Min(a, b)).Select(v => Math.Sqrt(Math.Clamp(v, 0, 1)))];
    }

    // A column without variance correlates with nothing: its row of the whitener is zero.
    private static double[] Whitener(double[] covariance, int d)
    {
        int[] varying = [.. Enumerable.Range(0, d).Where(i => covariance[(i * d) + i] > 0)];
        var block = new double[varying.Length * varying.Length];
        for (var i = 0; i < varying.Length; i++)
        {
            for (var j = 0; j < varying.Length; j++)
            {
                block[(i * varying.Length) + j] = covariance[(varying[i] * d) + varying[j]];
            }
        }
        var factor = new double[block.Length];
        var inverse = new double[block.Length];
        var whitener = new double[d * d];
        if (varying.Length == 0 || !Cholesky.TryFactor(block, varying.Length, factor))
        {
            return varying.Length == 0
                ? whitener
                : throw new InputException(
                    $"{d} dimensions determine one another, so their canonical correlations are not defined: leave one of two equal "
                        + "dimensions out."
                );
        }
        Cholesky.Invert(factor, varying.Length, inverse);
        for (var i = 0; i < varying.Length; i++)
        {
            for (var j = 0; j < varying.Length; j++)
            {
                whitener[(varying[i] * d) + varying[j]] = inverse[(i * varying.Length) + j];
            }
        }
        return whitener;
    }

    private static double[] Block(ReadOnlySpan<double> matrix, int width, int row, int rows, int column, int columns)
    {
        var block = new double[rows * columns];
        for (var i = 0; i < rows; i++)
        {
            matrix.Slice(((row + i) * width) + column, columns).CopyTo(block.AsSpan(i * columns));
        }
        return block;
    }

    private static double Squares(double[] values) => values.Sum(v => v * v);
}
