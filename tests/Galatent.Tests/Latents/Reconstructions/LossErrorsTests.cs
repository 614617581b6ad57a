using Galatent.Latents.Reconstructions;
using Galatent.Networks.Objectives;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Tests.Latents.Reconstructions;

/// <summary>Errors of the loss over spectra, and the loss of the linear VAE spectrum by spectrum.</summary>
public class LossErrorsTests
{
    private const int Width = 24;
    private const int Rows = 900;
    private const double Beta = 0.3;

    [Fact]
    public void A_standard_error_is_the_spread_over_the_root_of_the_number()
    {
        // Deviation of 1, 2, 3, 4 with divisor 3: √(5/3).
        var errors = LossErrors.Of(0.5, [1, 2, 3, 4], [4, 6, 8, 10], [5, 5, 5, 5]);
        var one = Math.Sqrt(5.0 / 3) / 2;
        Assert.Equal(one, errors.SquaredError, 12);
        Assert.Equal(2 * one, errors.KlNat, 12);
        // error + 0.5 kl = 3, 5, 7, 9.
        Assert.Equal(2 * one, errors.Loss, 12);
        Assert.Equal(2 * one, errors.BelowLinear, 12);
    }

    [Fact]
    public void Where_both_lose_on_the_same_spectra_the_difference_is_sure()
    {
        double[] odd = [1, 1, 1, 500];
        var errors = LossErrors.Of(0, odd, [0, 0, 0, 0], [.. odd.Select(e => e + 2)]);
        Assert.True(errors.Loss > 100);
        Assert.Equal(0, errors.BelowLinear, 9);
    }

    [Fact]
    public void The_losses_of_the_linear_VAE_have_its_loss_as_their_mean()
    {
        var stream = new RandomStream(7, "loss errors");
        float[] values = new float[Rows * Width];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(stream.NextNormal() * Math.Pow(0.6, i % Width) * 3);
        }
        int[] rows = [.. Enumerable.Range(0, Rows)];
        var split = new DataSplit(rows[..600], rows[600..]);
        void Read(ReadOnlySpan<int> chosen, Span<float> to)
        {
            for (var i = 0; i < chosen.Length; i++)
            {
                values.AsSpan(chosen[i] * Width, Width).CopyTo(to[(i * Width)..]);
            }
        }
        var data = new LinearData(LinearData.Measure(Read, Width, split, 1, 8, [], 1), 8, Width);
        var losses = data.LossesOfJudged(Beta);
        Assert.Equal(300, losses.Length);
        Assert.Equal(data.Best(Beta).Loss, losses.Average(), 1e-9);
        // Columns are independent, so the closed form of one spectrum can be written down from its numbers alone: what a dimension not
        // in use loses is its square.
        var few = data.Best(1e6);
        Assert.Equal(0, few.ActiveDimensions);
        var mean = Enumerable.Range(0, Width).Select(j => rows[..600].Average(r => (double)values[(r * Width) + j])).ToArray();
        var first = Enumerable.Range(0, Width).Sum(j => Math.Pow(values[(600 * Width) + j] - mean[j], 2));
        Assert.Equal(first, data.LossesOfJudged(1e6)[0], 1e-4 * first);
    }

    [Theory]
    [InlineData(9.0, 0.4, 1)]
    [InlineData(9.0, 0.6, 0)]
    [InlineData(7.0, 0.4, -1)]
    [InlineData(7.0, 0.6, 0)]
    public void Two_standard_errors_decide_on_which_side_of_the_linear_VAE_a_loss_lies(double linear, double error, int side)
    {
        var loss = new LossSummary(0, 10, 10, 8, 8, 0, 100, new LinearVae(0, 1, linear, 0)) { Errors = new LossErrors(1, 1, 1, error) };
        Assert.Equal(side, loss.SideOfLinear);
        Assert.Equal(linear > 8 ? 1 : -1, (loss with { Errors = null }).SideOfLinear);
    }

    [Fact]
    public void Errors_are_written_and_read_and_older_files_have_none()
    {
        var loss = new LossSummary(0.3, 10, 5, 1, 2, 3, 100, new LinearVae(0.3, 1, 4, 5)) { Errors = new LossErrors(.1, .2, .3, .4) };
        var table = LossSummary.Columns.Quantities(loss);
        Assert.Equal(loss, LossSummary.Columns.Row(table));
        var older = table with { Rows = [.. table.Rows.Where(r => !r[0].Contains("standard_error", StringComparison.Ordinal))] };
        Assert.Equal(loss with { Errors = null }, LossSummary.Columns.Row(older));
    }
}
