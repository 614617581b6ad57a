using Galatent.Networks.Objectives;
using Galatent.Networks.Weighting;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Spectra.Gaps;
using Galatent.Tests.Latents.Activity;
using Galatent.Training;

namespace Galatent.Tests.Training;

/// <summary>The linear yardstick of weighted spectra against closed forms where there are some, and against the truth where not.</summary>
public class WeightedLinearVaeTests
{
    // 1.336761 and 1.741829: the closed forms for the eigenvalues of W^½ C W^½ (LinearVaeTests, GapTests).
    [Theory]
    [InlineData(new[] { 1f, 1f, 1f, 1f }, 1.336761)]
    [InlineData(new[] { 1f, 1f, 4f, 4f }, 1.741829)]
    public void Equal_weights_in_all_spectra_give_the_closed_form(float[] weights, double expected)
    {
        var model = Fit(ToyLinearVae.Flux, [.. Enumerable.Range(0, 8).SelectMany(_ => weights)], 4, ToyLinearVae.Beta, 8, exact: true);
        Assert.Equal(expected, model.Loss, 1e-4);
        // A fit on the spectra that judge cannot be below the best.
        Assert.True(model.Loss > expected - 1e-6);
    }

    [Fact]
    public void Gaps_and_unequal_noise_are_what_the_fit_makes_of_them()
    {
        const int pixels = 30;
        const int count = 600;
        const double beta = 2;
        var (flux, weights) = Noisy(count, pixels);
        var model = Fit(flux, weights, pixels, beta, 500);
        // With the true decoder, the best that can be expected.
        var truth = Enumerable.Range(0, 2).SelectMany(k => Enumerable.Range(0, pixels).Select(j => Amplitude(k, j))).ToArray();
        var best = Enumerable
            .Range(500, 100)
            .Average(i =>
                GapBound.OfPrefixes(
                    beta,
                    truth,
                    2,
                    flux.AsSpan(i * pixels, pixels),
                    weights.AsSpan(i * pixels, pixels),
                    [.. Enumerable.Repeat(1.0, pixels)]
                )[2]
            );
        // Three fitted numbers a pixel of 350 values each cost about 1 %; of 16 components that were fitted, noise is left out.
        Assert.Equal(best, model.Loss, 0.04 * best);
        Assert.Equal(2, model.Components);
        var path = model.Path(3);
        Assert.Equal(2, path.Used);
        // The path is a linear VAE: what it decodes comes back, less the share that the prior takes.
        for (var a = 0; a < 2; a++)
        {
            var product = Enumerable.Range(0, pixels).Sum(j => (double)path.Encoder[(a * pixels) + j] * path.Decoder[(a * pixels) + j]);
            Assert.Equal(1 - path.Variance(a), product, 1e-6);
            Assert.InRange(product, 0.8, 1);
        }
        // And its directions are those of the truth.
        for (var k = 0; k < 2; k++)
        {
            var along = Enumerable
                .Range(0, 2)
                .Select(a => Enumerable.Range(0, pixels).Sum(j => path.Encoder[(a * pixels) + j] * Amplitude(k, j)))
                .ToArray();
            var back = Enumerable.Range(0, pixels).Sum(j => Math.Pow(along[0] * path.Decoder[j] + along[1] * path.Decoder[pixels + j], 2));
            Assert.Equal(1, Math.Sqrt(back / Enumerable.Range(0, pixels).Sum(j => Math.Pow(Amplitude(k, j), 2))), 0.1);
        }
    }

    [Fact]
    public void Threads_do_not_change_it()
    {
        var (flux, weights) = Noisy(300, 30);
        Assert.Equal(Fit(flux, weights, 30, 2, 250, 1).Loss, Fit(flux, weights, 30, 2, 250, 3).Loss);
    }

    private static double Amplitude(int k, int j) => (k == 0 ? 1 : 0.4) * Math.Cos(Math.PI * (j + 0.5) * (k + 1) / 30);

    private static (float[] Flux, float[] Weights) Noisy(int count, int pixels)
    {
        var stream = new RandomStream(3, "weighted linear");
        var flux = new float[count * pixels];
        var weights = new float[count * pixels];
        for (var i = 0; i < count; i++)
        {
            double[] c = [stream.NextNormal(), stream.NextNormal()];
            for (var j = 0; j < pixels; j++)
            {
                var at = (i * pixels) + j;
                var sigma = 0.05 + (0.15 * stream.NextDouble());
                var isGap = stream.NextDouble() < 0.3;
                weights[at] = isGap ? 0 : (float)(1 / (sigma * sigma));
                var value = 1 + (c[0] * Amplitude(0, j)) + (c[1] * Amplitude(1, j)) + (sigma * stream.NextNormal());
                flux[at] = isGap ? 1e6f : (float)value;
            }
        }
        return (flux, weights);
    }

    private static WeightedLinearVae Fit(
        float[] flux,
        float[] weights,
        int pixels,
        double beta,
        int training,
        int threads = 2,
        bool exact = false
    )
    {
        var grid = new WavelengthGrid([.. Enumerable.Range(0, pixels).Select(i => 5000.0 + (10 * i))]);
        var count = flux.Length / pixels;
        var spectra = new SpectrumSet(grid, flux, new double[count], [], new SpectrumProvenance("test", 1, "", 5000, 5500, "", ""));
        var options = new TrainingOptions
        {
            Beta = beta,
            Objective = new BetaVaeObjective { PixelWeighting = PixelWeighting.InverseVariance },
        };
        using var source = new PixelWeightSource(weights, pixels);
        int[] rows = [.. Enumerable.Range(0, count)];
        return WeightedLinearVae.Fit(
            spectra.Read,
            pixels,
            rows.AsSpan(0, training),
            training == count ? rows : rows.AsSpan(training),
            new ObjectiveRun(options, spectra, source),
            beta,
            pixels,
            1,
            threads,
            exact ? 20_000 : 30,
            exact ? 1e-10 : 1e-3
        );
    }
}
