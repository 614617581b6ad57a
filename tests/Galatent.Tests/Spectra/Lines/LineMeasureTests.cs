using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Spectra.Lines;

namespace Galatent.Tests.Spectra.Lines;

public class LineMeasureTests
{
    private static readonly WavelengthGrid Fine = new([.. Enumerable.Range(0, 44_000).Select(i => 3000.05 + (.1 * i))]);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1.038461)]
    [InlineData(2, 1.078396)]
    public void The_break_of_a_power_law(int power, double value) =>
        Assert.Equal(value, BreakStrength.Of(Fine, Flux(w => Math.Pow(w / 4000, power))).Value, 1e-6);

    [Theory]
    [InlineData(10, -25.06627)]
    [InlineData(6, -24.99861)]
    public void A_line_of_emission_has_a_negative_width(double reach, double width)
    {
        var flux = Flux(w => 1 + (5 * Math.Exp(-.5 * Math.Pow((w - 5000) / 2, 2))));
        Assert.Equal(width, EquivalentWidth.Of(Fine, flux, Window(reach)).Value, 1e-4);
    }

    [Fact]
    public void The_continuum_may_be_tilted()
    {
        // A tilted continuum with a notch of constant depth: 20 Å at 30 % depth.
        var flux = Flux(w => (1 + (.001 * (w - 5000))) * (Math.Abs(w - 5000) < 10 ? .7 : 1));
        Assert.Equal(.3 * 20, EquivalentWidth.Of(Fine, flux, Window(15)).Value, .05);
    }

    [Fact]
    public void A_colour_of_a_power_law() =>
        Assert.Equal(.882302, new BandColour("c", 3200, 3800, 5000, 5500).Of(Fine, Flux(w => w / 4000 * (w / 4000))), 1e-6);

    // Every pixel independent with the same variance: 2,000 noisy spectra scatter by the stated error.
    [Fact]
    public void Errors_are_the_scatter_of_noisy_spectra()
    {
        var grid = new WavelengthGrid([.. Enumerable.Range(0, 400).Select(i => 3800 + i)]);
        var variance = Enumerable.Repeat(.0025, 400).ToArray();
        var random = new RandomStream(1, "noise");
        var breaks = new double[2000];
        var widths = new double[2000];
        for (var trial = 0; trial < 2000; trial++)
        {
            var flux = new float[400];
            for (var i = 0; i < 400; i++)
            {
                flux[i] = (float)(1 + (.05 * random.NextNormal()) + (i > 200 ? .5 : 0));
            }
            breaks[trial] = BreakStrength.Of(grid, flux).Value;
            widths[trial] = EquivalentWidth.Of(grid, flux, Near(3900)).Value;
        }
        var clean = Enumerable.Range(0, 400).Select(i => (float)(i > 200 ? 1.5 : 1)).ToArray();
        // The spread of 2,000 draws is known to 1.6 %.
        Assert.Equal(1, SampleMoments.Deviation(breaks) / BreakStrength.Of(grid, clean, variance).StandardError, .05);
        Assert.Equal(1, SampleMoments.Deviation(widths) / EquivalentWidth.Of(grid, clean, Near(3900), variance).StandardError, .05);
    }

    [Fact]
    public void What_is_not_covered_or_not_positive_has_no_value()
    {
        var coarse = new WavelengthGrid([4000, 4100, 4200]);
        Assert.False(BreakStrength.Of(coarse, [1, 1, 1]).IsDefined);
        Assert.False(EquivalentWidth.Of(coarse, [1, 1, 1], LineWindow.HydrogenBeta).IsDefined);
        Assert.True(double.IsNaN(BandColour.All[0].Of(coarse, [1, 1, 1])));
        Assert.False(BreakStrength.Of(Fine, Flux(w => w < 4000 ? -1 : 1)).IsDefined);
        Assert.False(EquivalentWidth.Of(Fine, Flux(_ => -1), LineWindow.HydrogenBeta).IsDefined);
        // Beyond 7402 Å pixels are 20 Å wide.
        Assert.False(new LineWindow("ha", "Hα", 7300, 7320, 7280, 7300, 7320, 7410).IsInside(Fine));
        Assert.All(LineWindow.All, w => Assert.True(w.IsInside(WavelengthGrid.Study)));
        Assert.All(BandColour.All, c => Assert.True(c.IsInside(WavelengthGrid.Study)));
    }

    private static LineWindow Window(double reach) => new("line", "line", 5000 - reach, 5000 + reach, 4940, 4960, 5040, 5060);

    private static LineWindow Near(double center) =>
        new("line", "line", center - 10, center + 10, center - 30, center - 15, center + 15, center + 30);

    private static float[] Flux(Func<double, double> of) => Array.ConvertAll(Fine.WavelengthAngstrom, w => (float)of(w));
}
