using Galatent.App.Terminal;
using Galatent.Training;

namespace Galatent.Tests.App.Terminal;

public class LossPlotTests
{
    [Fact]
    public void Falls_from_the_top_to_the_line_of_the_linear_model()
    {
        // A factor of ten for each epoch: on a logarithmic axis of 13 rows from 1000 to 1 one epoch is four rows.
        var rows = LossPlot.Draw([Epoch(1, 1000, 1), Epoch(2, 100, 1), Epoch(3, 10, 1), Epoch(4, 1, 1)], 60, 13);
        Assert.Equal(15, rows.Count);
        Assert.Equal([0, 4, 8, 12], Enumerable.Range(0, 13).Where(r => rows[r].Contains('o', StringComparison.Ordinal)));
        Assert.Equal([10, 14, 18, 22], new[] { 0, 4, 8, 12 }.Select(r => rows[r].IndexOf('o', StringComparison.Ordinal)));
        Assert.Contains("---", rows[12], StringComparison.Ordinal);
        Assert.Equal("1E+03 |o", rows[0].Trim());
        Assert.Contains("best linear VAE 1", rows[^1], StringComparison.Ordinal);
        Assert.EndsWith("epoch 4", rows[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void Negative_losses_and_many_epochs_stay_inside()
    {
        var rows = LossPlot.Draw([.. Enumerable.Range(1, 500).Select(e => Epoch(e, 300 - e, null))], 50, 8);
        Assert.All(rows.SkipLast(1), row => Assert.InRange(row.Length, 0, 50));
        Assert.Contains(rows, row => row.TrimStart().StartsWith('-'));
        Assert.DoesNotContain("linear", rows[^1], StringComparison.Ordinal);
        Assert.Equal(10, LossPlot.Draw([Epoch(1, 5, 5)], 40, 8).Count);
    }

    private static EpochRecord Epoch(int number, double loss, double? linear) =>
        new(number, 1e-3, loss, loss, loss, 1, 1, null, 1, 1) { LinearLoss = linear };
}
