using CsCheck;
using Galatent.Latents;
using Galatent.Numerics;

namespace Galatent.Tests.Latents;

public class LinearBaselineTests
{
    // Eigenvalues of 20,000 simulated spectra and what the closed form gives for them, computed independently in double precision.
    private static readonly double[] Spectra = [5856, 495, 104, 43.6, 29.1, 6.8, 2.3, 1.2, .42, .24, .18, .10];

    [Theory]
    [InlineData(0.3, 11, 1.93, 23.3, 8.9)]
    [InlineData(0.9, 8, 4.73, 18.0, 21.0)]
    [InlineData(0.1, 12, 0.77, 29.7, 3.7)]
    public void Linear_VAE_of_simulated_spectra(double beta, int active, double error, double kl, double loss)
    {
        // With k = 11 components 0.28 is left, so that the trace is the sum of the first eleven + 0.28.
        var best = LinearVae.Best(beta, Spectra, Spectra[..11].Sum() + 0.28, 32);
        Assert.Equal(active, best.ActiveDimensions);
        // The eigenvalues are rounded to two or three digits; the smallest, 0.10, alone can shift the error by 0.01.
        Assert.Equal(error, best.SquaredError, 0.03);
        Assert.Equal(kl, best.KlNat, 0.1);
        // Those two tolerances added, with beta times the second, and half a digit of the loss itself.
        Assert.Equal(loss, best.Loss, 0.03 + (0.1 * beta) + 0.05);
    }

    // A linear VAE x = W z + mean with posterior variances v has, per dimension of eigenvalue lambda, error lambda (1-g)² + w² v and KL as in eq. 7;
    // no choice of gain and variance may beat the closed form.
    [Fact]
    public void No_linear_encoder_and_decoder_does_better() => Gen.Select(Gen.Double[0.05, 20], Gen.Double[0.05, 2], Gen.Double[0.01, 1], Gen.Double[-1.5, 1.5], Gen.Double[0.01, 4]).Sample((lambda, beta, v, encoder, decoder) =>
    {
        var error = (lambda * Math.Pow(1 - (encoder * decoder), 2)) + (decoder * decoder * v);
        var kl = 0.5 * ((encoder * encoder * lambda) + v - Math.Log(v) - 1);
        Assert.True(error + (beta * kl) >= LinearVae.Best(beta, [lambda], lambda, 1).Loss - 1e-9);
    }, iter: 2000);

    [Fact]
    public void Nothing_is_active_when_information_is_too_dear()
    {
        var best = LinearVae.Best(100, Spectra.AsSpan(3), 80, 32);
        Assert.Equal((0, 80.0, 0.0), (best.ActiveDimensions, best.SquaredError, best.KlNat));
    }

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
                    value += (((i >> k) & 1) == 0 ? -1 : 1) * amplitude[k] * Math.Sqrt(2.0 / pixels) * Math.Cos(Math.PI * (k + 1) * (p + 0.5) / pixels);
                }
                flux[(i * pixels) + p] = (float)value;
            }
        }
        var rows = Enumerable.Range(0, 256).ToArray();
        var baseline = LinearBaseline.Measure(flux, pixels, rows, 1);
        for (var k = 0; k < 8; k++)
        {
            // float32 rounding of fluxes up to 12 adds noise of about 1e-6 per pixel.
            Assert.Equal(amplitude[k] * amplitude[k], baseline.Eigenvalues[k], 1e-4);
        }
        Assert.Equal(amplitude.Sum(a => a * a), baseline.TotalVariance, 1e-3);
        Assert.Equal(amplitude[3..].Sum(a => a * a), baseline.SquaredError(3), 1e-3);
        Assert.Equal(baseline.Eigenvalues, LinearBaseline.Measure(flux, pixels, rows, 1).Eigenvalues);
    }

    [Fact]
    public void Fewer_spectra_than_directions_have_as_many_eigenvalues()
    {
        var baseline = LinearBaseline.Measure([1, 2, 3, 4, 3, 2, 1, 0, 0, 0, 1, 1], 4, [0, 1, 2], 1);
        Assert.Equal(3, baseline.Eigenvalues.Length);
        Assert.Equal(baseline.TotalVariance, baseline.Eigenvalues.Sum(), 1e-9);
        // Three points span a plane: the third eigenvalue is 0.
        Assert.Equal(0, baseline.Eigenvalues[2], 1e-9);
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
    public void Jacobi_refuses_NaN() => Assert.Throws<ArithmeticException>(() => SymmetricEigenvalues.Of([1, double.NaN, double.NaN, 1], 2));
}
