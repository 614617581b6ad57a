using Galatent.Networks.Objectives;
using Galatent.Numerics;
using Galatent.Spectra.Gaps;
using Galatent.Tests.Latents.Activity;

namespace Galatent.Tests.Spectra.Gaps;

public class GapTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_gap_is_filled_with_the_mean_of_the_posterior()
    {
        var half = Math.Sqrt(0.5);
        var components = new GapComponents([0, 0], [half, half], [2], [], 0, true);
        // NaN in a gap is never read.
        float[] flux = [1, float.NaN];
        float[] weight = [4, 0];
        Assert.All(components.Fill(flux, weight), x => Assert.Equal(0.8, x, 1e-9));
        Assert.Equal(0.4, components.Coefficients(flux, weight).Covariance[0], 1e-9);
        // Without any pixel: the prior.
        Assert.Equal(2, components.Coefficients(flux, [0, 0]).Covariance[0], 1e-9);
    }

    [Fact]
    public void Gaps_of_an_exact_product_come_back()
    {
        double[] c = [1, 2, 3, 4];
        double[] v = [2, -1, 0.5];
        float[] flux = [.. c.SelectMany(a => v.Select(b => (float)(a * b)))];
        var weight = Enumerable.Repeat(1f, 12).ToArray();
        (int Row, int Pixel, double Value)[] holes = [(0, 2, 0.5), (1, 0, 4), (3, 1, -4)];
        foreach (var (row, pixel, _) in holes)
        {
            (flux[(row * 3) + pixel], weight[(row * 3) + pixel]) = (float.NaN, 0);
        }
        var options = new GapComponentsOptions
        {
            HasPrior = false,
            HasMean = false,
            Tolerance = 1e-13,
            MaxIterations = 5000,
        };
        var found = GapComponentsFit.Of(flux, weight, 3, 1, 1, options, Cancellation);
        Assert.True(found.Converged);
        // The fit has no prior; a wide one stands for none.
        var wide = found with { SignalVariance = [1e12] };
        foreach (var (row, pixel, value) in holes)
        {
            Assert.Equal(value, wide.Fill(flux.AsSpan(row * 3, 3), weight.AsSpan(row * 3, 3))[pixel], 1e-8);
        }
    }

    [Fact]
    public void Signal_variance_is_found_below_noise_and_gaps()
    {
        const int n = 4000;
        const int pixels = 12;
        const double noise = 0.3;
        double[] variances = [9, 2];
        var stream = new RandomStream(3, "gaps");
        var flux = new float[n * pixels];
        var weight = new float[n * pixels];
        double Direction(int k, int j) => Math.Sqrt(2.0 / pixels) * Math.Cos(Math.PI * (j + 0.5) * (k + 1) / pixels);
        for (var i = 0; i < n; i++)
        {
            double[] c = [.. variances.Select(v => Math.Sqrt(v) * stream.NextNormal())];
            for (var j = 0; j < pixels; j++)
            {
                var place = (i * pixels) + j;
                // Pixel 5 is empty everywhere.
                var isGap = j == 5 || stream.NextDouble() < 0.3;
                flux[place] = isGap
                    ? float.NaN
                    : (float)(j + (c[0] * Direction(0, j)) + (c[1] * Direction(1, j)) + (noise * stream.NextNormal()));
                weight[place] = isGap ? 0 : (float)(1 / (noise * noise));
            }
        }
        var found = GapComponentsFit.Of(flux, weight, pixels, 2, 1, new GapComponentsOptions(), Cancellation);
        Assert.Equal([5], found.EmptyPixels);
        // Directions without pixel 5, and a variance of which 4,000 rows know 2 % (times what pixel 5 held).
        for (var k = 0; k < 2; k++)
        {
            var seen = 1 - (Direction(k, 5) * Direction(k, 5));
            Assert.Equal(1, found.SignalVariance[k] / (variances[k] * seen), 0.12);
        }
        Assert.All(Enumerable.Range(0, pixels).Where(j => j != 5), j => Assert.Equal(j, found.Mean[j], 0.15));
    }

    [Fact]
    public void Equal_weights_change_the_eigenvalues_of_the_closed_form()
    {
        double Covariance(int i, int j) =>
            Enumerable.Range(0, 4).Sum(k => ToyLinearVae.Eigenvalues[k] * ToyLinearVae.Sign(i, k) * ToyLinearVae.Sign(j, k) / 4.0);
        double[] covariance = [.. Enumerable.Range(0, 16).Select(i => Covariance(i / 4, i % 4))];
        var eigenvalues = GapBound.Eigenvalues(covariance, [1, 1, 4, 4]);
        double[] expected = [10.14773, 2.59591, 0.25227, 0.15409];
        foreach (var (e, a) in expected.Zip(eigenvalues))
        {
            Assert.Equal(e, a, 1e-5);
        }
        Assert.Equal(1.741829, LinearVae.Best(ToyLinearVae.Beta, eigenvalues, eigenvalues.Sum(), 4).Loss, 1e-5);
    }

    [Fact]
    public void Bound_of_a_spectrum_with_gaps()
    {
        double[] decoder =
        [
            .. Enumerable
                .Range(0, 4)
                .SelectMany(j =>
                    Enumerable
                        .Range(0, 3)
                        .Select(k => Math.Sqrt(ToyLinearVae.Eigenvalues[k] - ToyLinearVae.S) * ToyLinearVae.Sign(j, k) / 2.0)
                ),
        ];
        var (bound, gap) = GapBound.OfSpectrum(ToyLinearVae.Beta, decoder, 3, [1, 2, double.NaN, double.NaN], [1, 1, 0, 0]);
        Assert.Equal(1.050937, bound, 1e-6);
        Assert.Equal(0.004557, gap, 1e-6);
        // Whole spectra: the loss of the closed form, and no gap, because the posterior is diagonal.
        var own = Enumerable
            .Range(0, ToyLinearVae.Rows)
            .Select(n =>
                GapBound.OfSpectrum(
                    ToyLinearVae.Beta,
                    decoder,
                    3,
                    [.. ToyLinearVae.Flux.AsSpan(n * 4, 4).ToArray().Select(f => (double)f)],
                    [1, 1, 1, 1]
                )
            )
            .ToArray();
        Assert.Equal(1.336761, own.Average(o => o.Bound), 1e-6);
        Assert.All(own, o => Assert.Equal(0, o.DiagonalGap, 1e-9));
    }
}
