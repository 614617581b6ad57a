using CsCheck;
using Galatent.Calibration;
using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Information;

public class NormalScoresTests
{
    [Fact]
    public void Rank_scores_rise_and_have_unit_variance()
    {
        var scores = NormalScores.OfRanks(2001);
        Assert.Equal(0, scores[1000]);
        Assert.Equal(scores.Order(), scores);
        Assert.Equal(1, scores.Average(s => s * s), 0.01);
    }

    [Fact]
    public void Scores_of_any_column_are_finite_rise_and_end_at_the_ranks() =>
        Gen
            .Double.Where(double.IsFinite)
            .Array[10, 200]
            .Sample(
                values =>
                {
                    Array.Sort(values);
                    var scores = NormalScores.Map(NormalScores.SpreadTies(values));
                    var ranks = NormalScores.OfRanks(values.Length);
                    Assert.Equal((ranks[0], ranks[^1]), (scores[0], scores[^1]));
                    for (var i = 1; i < scores.Length; i++)
                    {
                        Assert.True(scores[i] >= scores[i - 1], $"{i}: {scores[i - 1]} then {scores[i]}");
                    }
                },
                iter: 2000
            );

    [Fact]
    public void Scores_stay_within_chance_of_the_ranks() =>
        Gen.Select(Gen.Int[50, 400], Gen.Int[0, 7], Gen.ULong)
            .Sample(
                (n, kind, seed) =>
                {
                    var random = new RandomStream(seed, "awkward");
                    var values = AwkwardData.Column(n, kind, ref random);
                    Array.Sort(values);
                    var scores = NormalScores.Map(NormalScores.SpreadTies(values));
                    var ranks = NormalScores.OfRanks(n);
                    // The density of a normal distribution changes at most threefold over the largest permitted distance, hence the margin
                    // over 1.36 / sqrt(n).
                    Assert.All(scores.Zip(ranks), p =>
                        Assert.InRange(
                            Math.Abs(NormalDistribution.Cdf(p.First) - NormalDistribution.Cdf(p.Second)),
                            0,
                            3 * 1.36 / Math.Sqrt(n)
                        )
                    );
                }
            );

    [Fact]
    public void Units_play_no_part()
    {
        var values = KnownDependence.GammaExponential(1).Sample(1000, 3).X.Order().ToArray();
        var scores = NormalScores.Of(values);
        var others = NormalScores.Of(Array.ConvertAll(values, v => 3e7 * v - 1e5));
        Assert.All(scores.Zip(others), p => Assert.Equal(p.First, p.Second, 1e-6));
    }

    [Fact]
    public void A_normal_column_stays_a_straight_line_where_its_ranks_jitter()
    {
        var values = KnownDependence.Gaussian(0).Sample(5000, 1).X.Order().ToArray();
        // Departure from the best line, of neighbours 50 ranks apart: the jitter that blurs narrow relations.
        double Roughness(double[] scores) =>
            Math.Sqrt(Enumerable.Range(500, 4000).Average(i => Math.Pow(scores[i + 50] - scores[i] - (values[i + 50] - values[i]), 2)));
        Assert.True(Roughness(NormalScores.Of(values)) < 0.5 * Roughness(NormalScores.OfRanks(5000)));
    }

    [Fact]
    public void Tied_values_are_spread_without_overtaking_their_neighbours()
    {
        double[] values = [0, 1, 1, 1, 1, 2, 3, 3, 4, 5];
        var scores = NormalScores.Of(values);
        Assert.Equal(scores.Distinct().Order(), scores);
    }

    [Fact]
    public void Clusters_are_kept_apart_and_tails_are_not_clusters()
    {
        var values = KnownDependence.Gaussian(0).Sample(1000, 1).X.Select((v, i) => v + (i < 300 ? 0 : 40)).Order().ToArray();
        var scores = NormalScores.Of(values);
        Assert.True(scores[300] - scores[299] >= NormalScores.Gap);
        foreach (var kind in new[] { 0, 4, 5 })
        {
            var random = new RandomStream(2, "tails");
            var column = AwkwardData.Column(1000, kind, ref random);
            Array.Sort(column);
            Assert.InRange(NormalScores.Of(column)[^1], 0, 3.5);
        }
    }
}
