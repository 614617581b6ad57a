using Galatent.Latents.Maps;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Maps;

public class SelfOrganizingMapTests
{
    [Fact]
    public void One_pass_by_hand()
    {
        var map = SelfOrganizingMap.Of(3, 1, [-1, 0, 1]);
        map.Step([-1, 0, 1], 1, 1, TestContext.Current.CancellationToken);
        Assert.Equal(-.496401, map[0][0], 1e-6);
        Assert.Equal(0, map[1][0], 1e-12);
        Assert.Equal(.496401, map[2][0], 1e-6);
    }

    // A rectangle, because a square has two equal principal components.
    [Fact]
    public void A_rectangle_is_laid_out_flat()
    {
        var points = Rectangle();
        var map = SelfOrganizingMap.Train(points, 2, new SelfOrganizingMapOptions(), 2, TestContext.Current.CancellationToken);
        var places = map.Place(points, 2, TestContext.Current.CancellationToken);
        Assert.Equal(.024635, places.QuantizationError, 2e-4);
        Assert.Equal(0, places.TopographicError);
        Assert.Equal(.968, map.ChanceOfApart(), 5e-4);
        Assert.Equal(.04903, map[0][0], 2e-4);
        Assert.Equal(.04670, map[0][1], 2e-4);
        Assert.Equal(.5, map[(7 * 15) + 7][0], 2e-4);
        Assert.Equal(.45, map[(7 * 15) + 7][1], 2e-4);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var points = Rectangle();
        var options = new SelfOrganizingMapOptions { Passes = 5 };
        var one = SelfOrganizingMap.Train(points, 2, options, 1, TestContext.Current.CancellationToken);
        var three = SelfOrganizingMap.Train(points, 2, options, 3, TestContext.Current.CancellationToken);
        Assert.Equal(one.Weights, three.Weights);
    }

    [Fact]
    public void Ties_go_to_the_lowest_unit()
    {
        var map = SelfOrganizingMap.Of(1, 3, [1, 1, 1]);
        Assert.Equal((0, 1), (map.Nearest([2]).First, map.Nearest([2]).Second));
        Assert.Equal(1, map.Nearest([2]).Distance);
    }

    [Fact]
    public void Medians_need_five_points_and_chance_explains_little()
    {
        var places = new MapPlaces([0, 0, 0, 0, 0, 1, 1], 0, 0);
        Assert.Equal([3, double.NaN, double.NaN], places.Medians([1, 2, 3, 4, 9, 0, 0], 3));
        Assert.Equal([5, 2, 0], places.Counts(3));
        Assert.Equal(1, places.ExplainedVariance([1, 1, 1, 1, 1, 2, 2], 3), 1e-12);
        Assert.Equal(0, places.ExplainedVariance([1, 1, 1, 1, 1, 1, 1], 3));
        Assert.Equal(1.0 / 6, places.ExpectedByChance(3), 1e-12);

        // 200 units, 4,000 points, an unrelated quantity: 199 / 3,999 on average, with a spread of 0.005.
        var random = new RandomStream(1, "map");
        var units = new int[4000];
        var values = new double[4000];
        for (var i = 0; i < 4000; i++)
        {
            units[i] = random.NextInt(200);
            values[i] = random.NextNormal();
        }
        var chance = new MapPlaces(units, 0, 0);
        Assert.Equal(199 / 3999.0, chance.ExpectedByChance(200), 1e-12);
        Assert.Equal(chance.ExpectedByChance(200), chance.ExplainedVariance(values, 200), .015);
    }

    [Fact]
    public void The_error_of_a_share_is_that_of_a_bootstrap()
    {
        // 1,500 points of 12 units: a quantity that lies partly between units, with a long tail.
        var random = new RandomStream(2, "map");
        var units = new int[1500];
        var values = new double[1500];
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = random.NextInt(12);
            values[i] = Math.Exp((0.1 * units[i]) + (0.5 * random.NextNormal()));
        }
        var shares = new double[400];
        for (var draw = 0; draw < shares.Length; draw++)
        {
            int[] rows = [.. units.Select(_ => random.NextInt(units.Length))];
            shares[draw] = new MapPlaces([.. rows.Select(r => units[r])], 0, 0).ExplainedVariance([.. rows.Select(r => values[r])], 12);
        }
        // 400 draws know a deviation to 3.5 %.
        Assert.Equal(1, new MapPlaces(units, 0, 0).ExplainedVarianceError(values, 12) / SampleMoments.Deviation(shares), 0.12);
        Assert.Equal(0, new MapPlaces(units, 0, 0).ExplainedVarianceError(new double[1500], 12));
    }

    private static double[] Rectangle() =>
        [.. from i in Enumerable.Range(0, 60) from j in Enumerable.Range(0, 54) from x in new[] { (i + .5) / 60, (j + .5) / 60 } select x];
}
