using Galatent.Spectra;

namespace Galatent.Tests.Spectra;

public class WavelengthGridTests
{
    [Fact]
    public void Study_grid_is_the_FSPS_MILES_grid_between_1000_and_10000_angstrom()
    {
        var grid = WavelengthGrid.Study;
        Assert.Equal(4582, grid.Count);
        Assert.Equal(1005.0, grid.WavelengthAngstrom[0]);
        Assert.Equal(9990.0, grid.WavelengthAngstrom[^1]);
        Assert.Equal(4222, grid.WavelengthAngstrom.Count(w => w is > 3601.8 and < 7401.8));
        var (first, end) = grid.Range(5000, 5500);
        Assert.Equal(555, end - first);
    }

    [Fact]
    public void Whole_grid_has_5994_points_and_the_cut_keeps_its_cells()
    {
        var whole = WavelengthGrid.FspsMiles(0, 1e9);
        Assert.Equal(5994, whole.Count);
        Assert.Equal(whole.CellEdgeAngstrom[131..(131 + 4583)], WavelengthGrid.Study.CellEdgeAngstrom);
    }

    [Fact]
    public void Nearest_finds_the_nearest()
    {
        var grid = WavelengthGrid.Study;
        foreach (var x in new[] { 900.0, 1215.67, 5008.24, 6564.6, 9990.0, 12000.0 })
        {
            var expected = Enumerable.Range(0, grid.Count).MinBy(i => Math.Abs(grid.WavelengthAngstrom[i] - x));
            Assert.Equal(expected, grid.Nearest(x));
        }
    }
}
