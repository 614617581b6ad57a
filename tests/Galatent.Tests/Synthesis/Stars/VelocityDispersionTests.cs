using Galatent.Spectra;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.Stars;
using Galatent.Tests.Synthesis.Ssp;

namespace Galatent.Tests.Synthesis.Stars;

public class VelocityDispersionTests
{
    [Fact]
    public void A_narrow_line_becomes_the_Gaussian_of_the_dispersion()
    {
        // Uneven steps of 0.3 to 0.7 Å; one triangular line at 5000 Å.
        var wavelengths = Enumerable.Range(0, 4000).Select(i => 4000 + (0.5 * i) + (0.1 * (i % 3))).ToArray();
        var line = Array.FindIndex(wavelengths, w => w >= 5000);
        var table = Table(wavelengths, i => i == line ? 1 : 0);
        var broad = Broaden(table, 200);
        var sigma = wavelengths[line] * 200 / 299792.458;
        var area = 0.5 * (wavelengths[line + 1] - wavelengths[line - 1]);
        for (var i = line - 50; i <= line + 50; i++)
        {
            var x = (wavelengths[i] - wavelengths[line]) / sigma;
            Assert.Equal(Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI) * area / sigma, broad.Lnu[i], 0.02 * area / sigma * 0.4);
        }
    }

    [Fact]
    public void A_flat_spectrum_and_a_slope_stay_as_they_are()
    {
        var wavelengths = Enumerable.Range(0, 500).Select(i => 3000.0 + (2 * i)).ToArray();
        Assert.All(Broaden(Table(wavelengths, _ => 7), 300).Lnu, f => Assert.Equal(7, f, 1e-5));
        var slope = Broaden(Table(wavelengths, i => Math.Log(wavelengths[i])), 300).Lnu;
        for (var i = 50; i < 450; i++)
        {
            Assert.Equal(Math.Log(wavelengths[i]), slope[i], 1e-5);
        }
    }

    [Fact]
    public void Two_dispersions_add_in_squares()
    {
        var wavelengths = Enumerable.Range(0, 3000).Select(i => 5000 + (0.4 * i)).ToArray();
        var table = Table(wavelengths, i => 2 + Math.Sin(i * 0.05) + (i % 400 == 200 ? 5 : 0));
        var twice = Broaden(Broaden(table, 150), 200);
        var once = Broaden(table, 250);
        for (var i = 200; i < 2800; i++)
        {
            Assert.Equal(once.Lnu[i], twice.Lnu[i], 0.01); // linear interpolation between steps of half a sigma, done twice
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(300)]
    public void Broadening_on_a_grid_is_broadening_and_then_averaging(double kmPerS)
    {
        var wavelengths = Enumerable.Range(0, 3000).Select(i => 5000 + (0.4 * i) + (0.1 * (i % 2))).ToArray();
        var table = Table(wavelengths, i => 2 + Math.Sin(i * 0.05) + (i % 400 == 200 ? 5 : 0));
        // Cells narrower and wider than the steps; the first ones are so near the end that the kernel is cut there.
        var grid = new WavelengthGrid([.. Enumerable.Range(0, 300).Select(i => 5001 + (0.01 * i * i))]);
        var expected = Broaden(table, kmPerS).OnGrid(grid).Lnu;
        var actual = VelocityDispersion.BroadenOnGrid(table, kmPerS, grid);
        Assert.Equal(grid.WavelengthAngstrom, actual.WavelengthAngstrom);
        Assert.All(expected.Zip(actual.Lnu), pair => Assert.Equal(pair.First, pair.Second, 2e-6));
    }

    [Fact]
    public void No_dispersion_is_the_table_itself()
    {
        var table = InventedSsp.Table();
        Assert.Same(table, Broaden(table, 0));
    }

    private static SspTable Broaden(SspTable table, double kmPerS) =>
        VelocityDispersion.BroadenOnGrid(table, kmPerS, new WavelengthGrid(table.WavelengthAngstrom));

    private static SspTable Table(double[] wavelengths, Func<int, double> flux) =>
        InventedSsp.Table() with
        {
            LogZ = [0],
            LogAgeYr = [6],
            WavelengthAngstrom = wavelengths,
            Lnu = [.. Enumerable.Range(0, wavelengths.Length).Select(i => (float)flux(i))],
        };
}
