using Galatent.Surveys;
using Galatent.Surveys.Preparation;

namespace Galatent.Tests.Surveys.Preparation;

/// <summary>Convolution to a common resolution: variances of Gaussians add, flux and information stay, and nothing is made
/// sharper.</summary>
public sealed class CommonResolutionTests
{
    private const int Count = 400;
    private const int Line = 200;

    // Pixels of 1 Å, lines of sigma 1.2 Å; targets that need kernels of less and of more than 0.6 pixels.
    [Theory]
    [InlineData(1.25)]
    [InlineData(1.3)]
    [InlineData(1.5)]
    [InlineData(4)]
    public void A_line_gets_the_width_that_is_asked_for(double target)
    {
        const double own = 1.2;
        var (rest, flux, ivar, mask) = Spectrum(i => Math.Exp(-0.5 * Math.Pow((i - Line) / own, 2)));
        var sigma = new double[Count];
        Array.Fill(sigma, own);
        var information = ivar.Sum();
        var before = flux.Sum();
        Assert.Null(CommonResolution.Apply(rest, ref sigma, target * CommonResolution.FwhmPerSigma, mask, ref flux, ref ivar));
        Assert.Equal(target, Math.Sqrt(rest.Select((l, i) => flux[i] * Math.Pow(l - rest[Line], 2)).Sum() / flux.Sum()), 2e-3 * target);
        Assert.Equal(before, flux.Sum(), 1e-9 * before);
        Assert.All(sigma, s => Assert.Equal(target, s, 1e-12));
        Assert.Equal(information, ivar.Sum(), 1e-9 * information);
        Assert.All(mask, m => Assert.Equal(PixelMask.None, m));
    }

    [Fact]
    public void Bad_pixels_have_no_influence_and_stay_bad()
    {
        var (rest, flux, ivar, mask) = Spectrum(_ => 3);
        (flux[Line], ivar[Line], mask[Line]) = (1e30, 0, PixelMask.BadInSurvey);
        var sigma = new double[Count];
        Array.Fill(sigma, 1.0);
        Assert.Null(CommonResolution.Apply(rest, ref sigma, 6, mask, ref flux, ref ivar));
        Assert.All(Enumerable.Range(0, Count).Where(i => i != Line), i => Assert.Equal(3, flux[i], 1e-12));
        Assert.Equal([Line], Enumerable.Range(0, Count).Where(i => mask[i] != PixelMask.None));
    }

    [Fact]
    public void Coarser_pixels_are_bad_and_coarser_spectra_left_out()
    {
        var (rest, flux, ivar, mask) = Spectrum(_ => 3);
        double[] sigma = [.. Enumerable.Range(0, Count).Select(i => i < 300 ? 1.0 : 4.0)];
        Assert.Null(CommonResolution.Apply(rest, ref sigma, 6, mask, ref flux, ref ivar));
        Assert.Equal(300, mask.Count(m => m == PixelMask.None));
        (rest, flux, ivar, mask) = Spectrum(_ => 3);
        sigma = [.. Enumerable.Range(0, Count).Select(i => i < 100 ? 1.0 : 4.0)];
        var refusal = CommonResolution.Apply(rest, ref sigma, 6, mask, ref flux, ref ivar);
        Assert.Equal((Reason.TooCoarse, "full width up to 9.42 Å at rest"), refusal);
        sigma = [];
        Assert.Equal(Reason.NoResolution, CommonResolution.Apply(rest, ref sigma, 6, mask, ref flux, ref ivar)?.Reason);
    }

    private static (double[] Wavelength, double[] Flux, double[] Ivar, PixelMask[] Mask) Spectrum(Func<int, double> flux) =>
        (
            [.. Enumerable.Range(0, Count).Select(i => 5000.0 + i)],
            [.. Enumerable.Range(0, Count).Select(flux)],
            [.. Enumerable.Range(0, Count).Select(_ => 4.0)],
            new PixelMask[Count]
        );
}
