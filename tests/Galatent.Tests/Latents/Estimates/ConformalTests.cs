using Galatent.Latents.Estimates;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Estimates;

public class ConformalTests
{
    [Theory]
    [InlineData(100, .1, 91)]
    [InlineData(9, .1, 9)]
    [InlineData(8, .1, null)]
    [InlineData(19, .05, 19)]
    [InlineData(1000, .32, 681)]
    public void The_rank_of_the_score(int count, double miss, int? rank) => Assert.Equal(rank, ConformalInterval.Rank(count, miss));

    [Fact]
    public void Coverage_and_its_spread_are_those_of_the_beta_distribution()
    {
        var (mean, deviation) = ConformalInterval.Coverage(1000, .32);
        Assert.Equal(681 / 1001.0, mean, 1e-12);
        Assert.Equal(.014733, deviation, 1e-6);
        Assert.Equal((1.0, 0.0), ConformalInterval.Coverage(8, .1));
    }

    [Fact]
    public void Too_few_scores_give_an_infinite_interval()
    {
        double[] nine = [9, 1, 8, 2, 7, 3, 6, 4, 5];
        Assert.Equal(9, ConformalInterval.Threshold(nine, .1));
        Assert.Equal(5, ConformalInterval.Threshold(nine, .5));
        Assert.Equal(double.PositiveInfinity, ConformalInterval.Threshold(nine.AsSpan(1), .1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConformalInterval.Rank(9, 0));
    }

    [Fact]
    public void Quantiles_are_sorted_and_empty_intervals_are_their_midpoint()
    {
        Assert.Equal(1, ConformalInterval.QuantileScore(5, 2, 6));
        Assert.Equal(-1, ConformalInterval.QuantileScore(2, 5, 3));
        Assert.Equal((1.0, 6.0), ConformalInterval.Widen(5, 2, 1));
        Assert.Equal((3.5, 3.5), ConformalInterval.Widen(2, 5, -2));
        Assert.Equal((3.0, 4.0), ConformalInterval.Widen(2, 5, -1));
    }

    // 400 trials of 50 calibration rows and one test row; k = 46 of 51 = 0.902, and the spread of 400 trials is 0.015.
    [Fact]
    public void Intervals_cover_as_often_as_promised()
    {
        var random = new RandomStream(1, "coverage");
        var covered = 0;
        for (var trial = 0; trial < 400; trial++)
        {
            var scores = new double[50];
            for (var i = 0; i < 50; i++)
            {
                scores[i] = Math.Abs(random.NextNormal());
            }
            covered += Math.Abs(random.NextNormal()) <= ConformalInterval.Threshold(scores, .1) ? 1 : 0;
        }
        Assert.Equal(46 / 51.0, covered / 400.0, .045);
    }
}
