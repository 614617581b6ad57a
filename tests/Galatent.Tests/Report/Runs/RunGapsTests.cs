using Galatent.Report.Runs;
using Galatent.Tests.Report.Figures.Observed;

namespace Galatent.Tests.Report.Runs;

/// <summary>Bad pixels of a run's spectra, against those that were planted.</summary>
public sealed class RunGapsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Shares_and_masks_are_those_of_the_file()
    {
        var grid = InventedDataset.Grid;
        var path = InventedDataset.Write(_folder.File("d.h5"), 4);
        var gaps = RunGaps.Read(path, grid, 4, [2], _folder.Path)!;
        // Spectrum i begins at pixel i; two pixels are bad in all, five at the end as well.
        Assert.Equal((0 + 1 + 2 + 3 + (4 * 7)) / (4.0 * grid.Count), gaps.BadShare, 1e-12);
        Assert.Equal([0.25, 0.5, 0.75, 1], gaps.GoodShare[..4]);
        Assert.Equal([false, true, true, true], Enumerable.Range(0, 4).Select(gaps.IsCovered));
        Assert.False(gaps.IsCovered(100));
        double[] flux = [.. Enumerable.Range(0, grid.Count).Select(j => (double)j)];
        var shown = gaps.Good(2, flux);
        Assert.Equal([double.NaN, double.NaN, 2, 3], shown[..4]);
        Assert.Equal([99, double.NaN, double.NaN, 102], shown[99..103]);
        // Only masks of spectra that are shown are kept.
        Assert.Equal([2], gaps.Masks.Keys);
    }
}
