using Galatent.Latents.Reconstructions;
using Galatent.Spectra;

namespace Galatent.Tests.Latents.Reconstructions;

public class ReconstructionErrorTests
{
    [Fact]
    public void Errors_variances_and_R2_of_numbers_done_by_hand()
    {
        var sum = new ReconstructionErrorSum(2);
        sum.Add([1, 5, 3, 5], [1, 5, 2, 5]);
        sum.Add([5, 5], [5, 7]);
        var error = sum.Result();
        Assert.Equal([0, 1, 4], error.SquaredErrorPerSpectrum);
        Assert.Equal([1.0 / 3, 4.0 / 3], error.MeanSquaredError);
        Assert.Equal(8.0 / 3, error.Variance[0], 1e-12);
        Assert.Equal(0, error.Variance[1]);
        Assert.Equal(1 - (1.0 / 8), error.R2(0), 1e-12);
        Assert.True(double.IsNaN(error.R2(1)));
        Assert.Equal(5.0 / 3, error.MeanSquaredErrorPerSpectrum, 1e-12);
    }

    [Fact]
    public void The_sum_over_pixels_is_the_mean_over_spectra()
    {
        var sum = new ReconstructionErrorSum(5);
        var flux = Enumerable.Range(0, 200).Select(i => MathF.Sin(i)).ToArray();
        var reconstruction = flux.Select((f, i) => f + (0.1f * MathF.Cos(3 * i))).ToArray();
        sum.Add(flux, reconstruction);
        Assert.Equal(sum.Result().MeanSquaredError.Sum(), sum.Result().MeanSquaredErrorPerSpectrum, 1e-12);
    }

    [Fact]
    public void A_small_variance_on_a_bright_pixel_is_not_lost()
    {
        var sum = new ReconstructionErrorSum(1);
        float[] flux = [100_000, 100_000.5f, 100_001];
        sum.Add(flux, flux);
        Assert.Equal(1.0 / 6, sum.Result().Variance[0], 1e-9);
    }

    [Fact]
    public void A_reconstruction_that_is_not_finite_is_named()
    {
        var sum = new ReconstructionErrorSum(2);
        sum.Add([1, 2], [1, 2]);
        Assert.Contains(
            "spectrum 1",
            Assert.Throws<ArgumentException>(() => sum.Add([1, 2], [1, float.NaN])).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Lines_are_read_at_their_nearest_pixel()
    {
        var grid = WavelengthGrid.Study;
        var mse = new double[grid.Count];
        var variance = Enumerable.Repeat(1.0, grid.Count).ToArray();
        mse[grid.Nearest(6564.6)] = 0.25;
        var lines = LineR2.At(grid, new ReconstructionError(mse, variance, [0]));
        // Where all pixels vary alike the brightest lines are the first of the list; the judged ones come with them, none twice.
        Assert.Equal(lines.Length, lines.Select(l => l.WavelengthAngstrom).Distinct().Count());
        Assert.InRange(lines.Length, LineR2.BrightCount, LineR2.BrightCount + SpectralLines.Judged.Count);
        Assert.All(SpectralLines.Judged, judged =>
            Assert.Contains(lines, l =>
                Math.Abs(l.WavelengthAngstrom - judged.CenterAngstrom) < 12 && l.Label.StartsWith(judged.Name, StringComparison.Ordinal)
            )
        );
        Assert.Equal(0.75, lines.Single(l => l.Label == "Hα").R2);
        Assert.All(lines.Where(l => l.Label != "Hα"), l => Assert.Equal(1, l.R2));
        Assert.All(lines, l => Assert.InRange(l.WavelengthAngstrom, 1000, 10000));
    }
}
