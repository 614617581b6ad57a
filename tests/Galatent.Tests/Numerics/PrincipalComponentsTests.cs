using Galatent.Numerics;

namespace Galatent.Tests.Numerics;

public class PrincipalComponentsTests
{
    [Fact]
    public void Eigenvalues_of_data_made_from_orthogonal_components()
    {
        // 256 spectra: all sign combinations of 8 components, so that sample covariances are exact; amplitudes fall by two orders.
        const int pixels = 300;
        double[] amplitude = [40, 20, 8, 3, 1, 0.5, 0.25, 0.1];
        var flux = new float[256 * pixels];
        for (var i = 0; i < 256; i++)
        {
            for (var p = 0; p < pixels; p++)
            {
                var value = 5.0;
                for (var k = 0; k < 8; k++)
                {
                    value +=
                        (((i >> k) & 1) == 0 ? -1 : 1)
                        * amplitude[k]
                        * Math.Sqrt(2.0 / pixels)
                        * Math.Cos(Math.PI * (k + 1) * (p + 0.5) / pixels);
                }
                flux[(i * pixels) + p] = (float)value;
            }
        }
        var rows = Enumerable.Range(0, 256).ToArray();
        var baseline = PrincipalComponents.Measure(flux, pixels, rows, 1);
        for (var k = 0; k < 8; k++)
        {
            // float32 rounding of fluxes up to 12 adds noise of about 1e-6 per pixel.
            Assert.Equal(amplitude[k] * amplitude[k], baseline.Eigenvalues[k], 1e-4);
        }
        Assert.Equal(amplitude.Sum(a => a * a), baseline.TotalVariance, 1e-3);
        Assert.Equal(amplitude[3..].Sum(a => a * a), baseline.SquaredError(3), 1e-3);
        Assert.Equal(baseline.Eigenvalues, PrincipalComponents.Measure(flux, pixels, rows, 1).Eigenvalues);
    }

    [Fact]
    public void Rows_that_judge_are_measured_about_the_mean_and_along_the_directions_of_the_others()
    {
        // All sign combinations of 4 orthogonal components; in the second half the first is twice and the third half as large, and a
        // constant of 3 in a direction of its own is added.
        const int width = 64;
        double[] amplitude = [40, 20, 8, 3];
        double[] factor = [2, 1, 0.5, 1];
        double Wave(int k, int p) => Math.Sqrt(2.0 / width) * Math.Cos(Math.PI * (k + 1) * (p + 0.5) / width);
        var values = new float[32 * width];
        for (var i = 0; i < 32; i++)
        {
            for (var p = 0; p < width; p++)
            {
                var row = 5.0 + (i < 16 ? 0 : 3 * Wave(10, p));
                for (var k = 0; k < 4; k++)
                {
                    row += (((i >> k) & 1) == 0 ? -1 : 1) * amplitude[k] * (i < 16 ? 1 : factor[k]) * Wave(k, p);
                }
                values[(i * width) + p] = (float)row;
            }
        }
        var components = PrincipalComponents.Measure(
            (rows, to) =>
            {
                for (var i = 0; i < rows.Length; i++)
                {
                    values.AsSpan(rows[i] * width, width).CopyTo(to[(i * width)..]);
                }
            },
            width,
            [.. Enumerable.Range(0, 16)],
            1,
            judging: [.. Enumerable.Range(16, 16)]
        );
        for (var k = 0; k < 4; k++)
        {
            Assert.Equal(amplitude[k] * amplitude[k], components.Eigenvalues[k], 1e-3);
            Assert.Equal(Math.Pow(amplitude[k] * factor[k], 2), components.JudgedSquares[k], 1e-2);
        }
        Assert.Equal(9 + amplitude.Zip(factor, (a, f) => a * a * f * f).Sum(), components.JudgedTotal, 1e-2);
        // 9 of 7,200: the fluxes are float32 near 12, 5e-7 each.
        Assert.Equal(9, components.SquaredError(4), 2e-5);
    }

    [Fact]
    public void Fewer_spectra_than_directions_have_as_many_eigenvalues()
    {
        var baseline = PrincipalComponents.Measure([1, 2, 3, 4, 3, 2, 1, 0, 0, 0, 1, 1], 4, [0, 1, 2], 1);
        Assert.Equal(3, baseline.Eigenvalues.Length);
        // The products are of float32: 6e-8 of a sum of 6 for each of three rows.
        Assert.Equal(baseline.TotalVariance, baseline.Eigenvalues.Sum(), 2e-6);
        // Three points span a plane: the third eigenvalue is 0.
        Assert.Equal(0, baseline.Eigenvalues[2], 1e-9);
        Assert.Equal([14.0 / 9, 8.0 / 9, 8.0 / 9, 26.0 / 9], baseline.Variance.Select(v => Math.Round(v, 12)).ToArray(), (a, b) =>
            Math.Abs(a - b) < 1e-9
        );
    }

    [Fact]
    public void Jacobi_finds_the_eigenvalues_of_the_second_difference()
    {
        // Tridiagonal (-1, 2, -1) of order n: 2 - 2 cos(k pi / (n+1)).
        const int n = 20;
        var matrix = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            matrix[(i * n) + i] = 2;
            if (i > 0)
            {
                matrix[(i * n) + i - 1] = matrix[((i - 1) * n) + i] = -1;
            }
        }
        var values = SymmetricEigenvalues.Of(matrix, n);
        for (var k = 0; k < n; k++)
        {
            Assert.Equal(2 - (2 * Math.Cos((n - k) * Math.PI / (n + 1))), values[k], 1e-13);
        }
    }

    [Fact]
    public void Jacobi_refuses_NaN() =>
        Assert.Throws<ArithmeticException>(() => SymmetricEigenvalues.Of([1, double.NaN, double.NaN, 1], 2));
}
