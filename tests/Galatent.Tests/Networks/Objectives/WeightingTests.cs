using Galatent.Networks.Objectives;
using Galatent.Networks.Weighting;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Tests.Networks.Objectives;

public class WeightingTests
{
    [Fact]
    public void Widths_integrate_over_wavelength()
    {
        var grid = WavelengthGrid.Study;
        var widths = PixelWidths.Of(grid);
        Assert.Equal(grid.CellEdgeAngstrom[^1] - grid.CellEdgeAngstrom[0], widths.Sum(w => (double)w), 0.01);
        // The study's pixels between 3602 and 7402 Å are 0.9 Å wide: 92 % of the pixels and 42 % of the range.
        var (first, end) = grid.Range(3610, 7390);
        Assert.All(widths[first..end], w => Assert.Equal(0.9, w, 0.01));
    }

    [Fact]
    public void A_finer_grid_has_the_same_weighted_error_and_noise()
    {
        static (double Error, double Weight) Measure(int pixels)
        {
            var grid = new WavelengthGrid([.. Enumerable.Range(0, pixels).Select(i => 4000 + (1000.0 * (i + 0.5) / pixels))]);
            var widths = PixelWidths.Of(grid);
            // x - x' = sin: its square integrates to half the range, 500.
            var error = grid.WavelengthAngstrom.Select((w, i) => widths[i] * Math.Pow(Math.Sin(2 * Math.PI * (w - 4000) / 100), 2)).Sum();
            return (error, widths.Sum(w => (double)w));
        }
        foreach (var pixels in new[] { 200, 400, 5000 })
        {
            var (error, weight) = Measure(pixels);
            Assert.Equal(500, error, 0.01);
            Assert.Equal(0.5, error / weight, 1e-5);
        }
    }

    [Fact]
    public void Masked_pixels_have_no_weight_and_nonsense_is_named()
    {
        Assert.Equal([4f, 0f, 0f, 1f], ObservedWeights.Of([4, 2, 0, 1], [0, 1, 0, 0], 2));
        Assert.Equal([1f, 0f], ObservedWeights.Of([], [0, 8], 2));
        Assert.Contains(
            "spectrum 1, pixel 0 is -1",
            Assert.Throws<InputException>(() => ObservedWeights.Of([1, 1, -1, 1], [], 2)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is NaN",
            Assert.Throws<InputException>(() => ObservedWeights.Of([float.NaN], [], 1)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Spectrum 1 has no good pixel",
            Assert.Throws<InputException>(() => ObservedWeights.Of([], [0, 1, 1, 1], 2)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Learnt_noise_minimises_the_bound()
    {
        // For given reconstructions the bound W/2 ln 2 pi s + E/2s is least at s = E/W.
        const double error = 37;
        const double weight = 450;
        const double kl = 5;
        double Bound(double s) => new SigmaVaeObjective().Value(error + (SigmaVaeObjective.EffectiveBeta(s, 1.5) * kl), s, weight);
        var best = new SigmaVaeObjective().LearnNoise(123, error, weight, 1);
        Assert.Equal(error / weight, best, 1e-12);
        Assert.True(Bound(best) < Bound(0.99 * best) && Bound(best) < Bound(1.01 * best));
        // By hand: 225 ln(2 pi 37/450) + 225 + 1.5 x 5.
        Assert.Equal((225 * Math.Log(2 * Math.PI * 37 / 450)) + 225 + 7.5, Bound(best), 1e-9);
    }

    [Fact]
    public void Learnt_noise_is_a_mean_over_batches_and_then_forgets()
    {
        var s = 99.0;
        foreach (var (update, error) in new[] { (1, 2.0), (2, 4.0), (3, 6.0) })
        {
            s = new SigmaVaeObjective().LearnNoise(s, error, 1, update);
        }
        Assert.Equal(4, s, 1e-12);
        Assert.Equal(4 + (0.01 * 100), new SigmaVaeObjective().LearnNoise(4, 104, 1, 5000), 1e-12);
    }

    [Fact]
    public void Names_are_read_back()
    {
        Assert.All(ObjectiveList.All, o => Assert.Same(o, ObjectiveList.Named(o.Name)));
        Assert.Contains(
            "choose beta-vae",
            Assert.Throws<InputException>(() => ObjectiveList.Named("vae")).Message,
            StringComparison.Ordinal
        );
    }
}
