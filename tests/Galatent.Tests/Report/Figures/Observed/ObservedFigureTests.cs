using System.Globalization;
using Galatent.Files;
using Galatent.Report.Figures.Observed;
using SkiaSharp;

namespace Galatent.Tests.Report.Figures.Observed;

/// <summary>Figures of imported spectra: drawn for one, for some and for many, with tables that hold what was planted.</summary>
public sealed class ObservedFigureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(40)]
    public void Every_figure_is_drawn_with_its_table(int count)
    {
        using var sample = Open(count);
        var figures = ObservedFigures.All(sample);
        Assert.Equal(ObservedFigures.Ids, figures.Select(f => f.Id));
        foreach (var figure in figures)
        {
            figure.Save(_folder.Path);
            using var bitmap = SKBitmap.Decode(_folder.File(figure.Id + ".png"));
            var pixels = bitmap.Pixels;
            Assert.InRange(pixels.Count(p => p != SKColors.White) / (double)pixels.Length, 0.005, 0.9);
            Assert.Contains(pixels, p => Math.Max(p.Red, Math.Max(p.Green, p.Blue)) - Math.Min(p.Red, Math.Min(p.Green, p.Blue)) > 80);
            for (var y = 0; y < bitmap.Height; y++)
            {
                Assert.Equal(SKColors.White, bitmap.GetPixel(0, y));
                Assert.Equal(SKColors.White, bitmap.GetPixel(bitmap.Width - 1, y));
            }
            Assert.DoesNotContain("NaN", figure.Caption, StringComparison.Ordinal);
            var table = ResultTable.Read(_folder.File(figure.Id + ".csv"));
            Assert.NotEmpty(table.Header);
            Assert.All(table.Rows.SelectMany(r => r), field => Assert.NotEqual("NaN", field));
        }
    }

    [Fact]
    public void Coverage_counts_good_pixels_and_reasons()
    {
        using var sample = Open(20);
        var table = ObservedFigures.All(sample).Single(f => f.Id == "observed-coverage").Data!();
        var good = table.Doubles("good");
        // Spectrum i begins at pixel i mod 10; pixels 100 and 101 are bad in all, the last five are covered by none.
        Assert.Equal([2, 4, 6], good[..3]);
        Assert.Equal([20, 0, 0, 20], good[99..103]);
        Assert.Equal([0, 20, 20, 0], table.Doubles("bad_in_survey")[99..103]);
        Assert.All(good[^5..], g => Assert.Equal(0, g));
        // What lies outside the range of a spectrum is no fault of it.
        Assert.All(table.Doubles("not_covered"), n => Assert.Equal(0, n));
    }

    [Fact]
    public void Each_score_finds_the_fault_that_was_planted()
    {
        using var sample = Open(30);
        var table = ObservedFigures.All(sample).Single(f => f.Id == "observed-worst").Data!();
        var score = table.Require("score");
        var row = table.Require("row");
        string Worst(string name) => table.Rows.First(r => r[score] == name)[row];
        Assert.Equal($"{InventedDataset.LowSignal}", Worst("low_signal"));
        Assert.Equal($"{InventedDataset.Gaps}", Worst("gaps"));
        Assert.Equal($"{InventedDataset.Negative}", Worst("negative"));
        Assert.Equal($"{InventedDataset.Unlike}", Worst("unlike"));
        Assert.All(table.Rows.GroupBy(r => r[score]), g => Assert.InRange(g.Count(), 1, 12));
        Assert.Equal(table.Rows.Select(r => $"id{r[row]}"), table.Texts("object_id"));
    }

    [Fact]
    public void Mean_and_spread_are_those_of_the_good_pixels()
    {
        using var sample = Open(25);
        var table = ObservedFigures.All(sample).Single(f => f.Id == "observed-mean").Data!();
        const int pixel = 4;
        double[] values =
        [
            .. Enumerable.Range(0, 25).Select(sample.Read).Where(s => s.Mask[pixel] == 0).Select(s => (double)s.Flux[pixel]).Order(),
        ];
        Assert.Equal(values.Average(), table.Doubles("mean", mayBeUndefined: true)[pixel], 1e-12);
        Assert.InRange(table.Doubles("quantile_05", mayBeUndefined: true)[pixel], values[0], values[1]);
        Assert.InRange(table.Doubles("quantile_95", mayBeUndefined: true)[pixel], values[^2], values[^1]);
    }

    [Fact]
    public void The_spread_of_many_spectra_comes_from_evenly_spaced_ones()
    {
        const int count = 5 * PixelStatistics.MostForSpread;
        var statistics = new PixelStatistics(1, count);
        for (var i = 0; i < count; i++)
        {
            statistics.Add(new ObservedRow(i, [i], [1], [0]));
        }
        Assert.Equal(PixelStatistics.MostForSpread, statistics.SpreadCount);
        Assert.Equal((count - 1) / 2.0, statistics.Mean()[0], 1e-9);
        // Every fifth number, so the quantile of all is met within a step.
        Assert.Equal(0.05 * count, statistics.Quantile(0.05)[0], 5.0);
        Assert.Equal(0.95 * count, statistics.Quantile(0.95)[0], 5.0);
    }

    [Fact]
    public void Of_simulated_spectra_each_is_most_like_itself()
    {
        using var sample = Open(1);
        var grid = InventedDataset.Grid;
        var first = sample.Simulated.Nearest(sample.Read(0));
        var ivar = new float[grid.Count];
        Array.Fill(ivar, 1e4f);
        var mask = new byte[grid.Count];
        // What stands in bad pixels must not matter.
        var changed = (float[])first.Clone();
        (mask[40], changed[40]) = (2, 1e6f);
        Assert.Equal(first, sample.Simulated.Nearest(new ObservedRow(0, changed, ivar, mask)));
    }

    [Fact]
    public void Random_spectra_are_different_ascending_and_the_same_again()
    {
        var rows = RandomSpectra.Rows(1000, 12);
        Assert.Equal(12, rows.Distinct().Count());
        Assert.Equal(rows.Order(), rows);
        Assert.Equal(rows, RandomSpectra.Rows(1000, 12));
        Assert.Equal([0, 1, 2], RandomSpectra.Rows(3, 12));
    }

    private ObservedSample Open(int count)
    {
        var path = InventedDataset.Write(_folder.File(count.ToString(CultureInfo.InvariantCulture) + ".h5"), count);
        return ObservedSample.Open(path, _folder.Path, 1, TestContext.Current.CancellationToken);
    }
}
