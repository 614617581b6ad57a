using CsCheck;
using Galatent.Spectra;
using Galatent.Surveys;
using Galatent.Surveys.Preparation;

namespace Galatent.Tests.Surveys.Preparation;

/// <summary>Means over cells against numbers by hand, and what they must conserve.</summary>
public class CellMeansTests
{
    private static readonly double[] Centres = [10, 11, 12, 13];
    private static readonly double[] Flux = [1, 2, 4, 8];
    private static readonly double[] Ivar = [1, 4, 4, 1];
    private static readonly double[] Edges = [10, 11.5, 12, 13.25];

    [Fact]
    public void Four_pixels_in_three_cells()
    {
        var means = Of(new PixelMask[4]);
        Near([1.666667, 4, 6.4], means.Flux);
        Near([1 / 4.5, 1 / 4.0, 1 / 2.5], means.Variance);
        // 1/V is 4.5, 4, 2.5 and the share of information 4.5, 2, 2.75.
        Near([4.5, 2, 2.5], means.InverseVariance);
    }

    [Fact]
    public void A_bad_pixel_leaves_a_cell_without_value()
    {
        var means = Of([PixelMask.None, PixelMask.None, PixelMask.BadInSurvey, PixelMask.None]);
        Near([1.666667, 0, 8], means.Flux);
        Near([4.5, 0, .75], means.InverseVariance);
        Assert.Equal([PixelMask.None, PixelMask.BadInSurvey, PixelMask.None], means.Mask);
    }

    [Fact]
    public void Values_of_bad_pixels_have_no_influence() =>
        Gen.Select(Gen.Double[-1e30, 1e30], Gen.Double[0, 1e30], Gen.Int[0, 3])
            .Sample(
                (f, w, bad) =>
                {
                    var mask = new PixelMask[4];
                    mask[bad] = PixelMask.SkyLine;
                    var flux = (double[])Flux.Clone();
                    var ivar = (double[])Ivar.Clone();
                    (flux[bad], ivar[bad]) = (f, w);
                    var (low, high) = PixelEdges.Of(Centres);
                    var other = CellMeans.Of(low, high, flux, ivar, mask, Edges);
                    Assert.Equal(Of(mask).Flux, other.Flux);
                    Assert.Equal(Of(mask).InverseVariance, other.InverseVariance);
                }
            );

    [Fact]
    public void The_integral_and_the_information_are_conserved() =>
        Gen.Select(
                Gen.Double[0.2, 3].Array[5, 60],
                Gen.Double[0.2, 3].Array[5, 60],
                Gen.Double[-5, 50].Array[60],
                Gen.Double[0.1, 9].Array[60]
            )
            .Sample(
                (pixelSteps, cellSteps, flux, ivar) =>
                {
                    var n = pixelSteps.Length;
                    // Pixel edges and cell edges over one range.
                    var edges = Cumulated(pixelSteps);
                    var cells = Cumulated(cellSteps);
                    var stretch = edges[^1] / cells[^1];
                    cells = Array.ConvertAll(cells, c => c * stretch);
                    cells[^1] = edges[^1];
                    var means = CellMeans.Of(edges[..^1], edges[1..], flux[..n], ivar[..n], new PixelMask[n], cells);
                    var integral = Enumerable.Range(0, n).Sum(i => flux[i] * pixelSteps[i]);
                    var resampled = Enumerable.Range(0, cellSteps.Length).Sum(j => means.Flux[j] * (cells[j + 1] - cells[j]));
                    Assert.Equal(integral, resampled, 1e-9 * flux[..n].Sum(Math.Abs) * 3);
                    // Never more information than the pixels hold.
                    Assert.True(means.InverseVariance.Sum() <= ivar[..n].Sum() * (1 + 1e-12));
                }
            );

    [Fact]
    public void Nothing_is_interpolated_over_a_gap()
    {
        var (low, high) = PixelEdges.Of([1, 2, 3, 10, 11, 12]);
        Assert.Equal([0.5, 1.5, 2.5, 9.5, 10.5, 11.5], low);
        Assert.Equal([1.5, 2.5, 3.5, 10.5, 11.5, 12.5], high);
    }

    [Theory]
    [InlineData(3600, 4.2185)]
    [InlineData(4000, 3.8860)]
    [InlineData(5000, 3.0621)]
    [InlineData(5250, 2.8542)]
    [InlineData(7000, 1.8791)]
    [InlineData(9000, 1.2357)]
    public void Extinction_of_our_galaxy(double angstrom, double perEbv) => Assert.Equal(perEbv, ForegroundDust.PerEbv(angstrom), 5e-5);

    [Theory]
    [InlineData(4861.333, 4862.69100)]
    [InlineData(6562.8, 6564.61289)]
    [InlineData(5800.29980, 5801.90814)]
    public void Air_to_vacuum(double air, double vacuum) => Assert.Equal(vacuum, AirWavelength.ToVacuum(air), 1e-5);

    private static double[] Cumulated(double[] steps)
    {
        var edges = new double[steps.Length + 1];
        for (var i = 0; i < steps.Length; i++)
        {
            edges[i + 1] = edges[i] + steps[i];
        }
        return edges;
    }

    private static CellMeans Of(PixelMask[] mask)
    {
        var (low, high) = PixelEdges.Of(Centres);
        return CellMeans.Of(low, high, Flux, Ivar, mask, Edges);
    }

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-6);
        }
    }
}
