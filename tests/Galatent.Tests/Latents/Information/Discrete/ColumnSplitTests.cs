using Galatent.Latents.Information;
using Galatent.Latents.Information.Discrete;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Information.Discrete;

public class ColumnSplitTests
{
    public static TheoryData<string, int, ColumnKind> Columns =>
        new()
        {
            { "normal", 1000, ColumnKind.Continuous },
            { "float32", 20_000, ColumnKind.Continuous },
            { "three decimals", 1000, ColumnKind.Continuous },
            { "two decimals", 5000, ColumnKind.Rounded },
            { "one decimal", 200, ColumnKind.Rounded },
            { "one decimal", 2000, ColumnKind.Discrete },
            { "flag", 10_000, ColumnKind.Discrete },
            { "flag", 12, ColumnKind.Discrete },
            { "rare flag", 1000, ColumnKind.Discrete },
            { "count", 200, ColumnKind.Discrete },
            { "rare count", 2000, ColumnKind.Discrete },
            { "levels", 300, ColumnKind.Discrete },
            { "zeros and counts", 1000, ColumnKind.Discrete },
            { "zeros", 1000, ColumnKind.Spiked },
            { "limits", 1000, ColumnKind.Spiked },
        };

    [Theory]
    [MemberData(nameof(Columns))]
    public void A_column_is_taken_for_what_it_is(string name, int count, ColumnKind kind)
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            Assert.Equal(kind, ColumnDescription.Of(new(name, Draw(name, count, seed))).Kind);
        }
    }

    [Fact]
    public void Spikes_are_named_with_their_rows()
    {
        double[] values = [.. Draw("normal", 700, 1), .. new double[300]];
        var description = ColumnDescription.Of(new("flux", values));
        Assert.Equal([(0.0, 300)], description.Spikes);
        Assert.Equal("flux (0 in 300 of 1000 rows)", description.ToString());
        var split = ColumnSplit.Of(new("flux", values));
        Assert.Equal(700, split.Classes.Count(c => c == split.ContinuousClass));
        Assert.True(split.IsSpike(700));
    }

    [Fact]
    public void Classes_are_counted_however_many_there_are()
    {
        var column = NamedColumn.OfClasses("type", ["b", null, "a", "b", "c"]);
        Assert.Equal([1, double.NaN, 0, 1, 2], column.Values);
        Assert.Equal(ColumnKind.Discrete, ColumnSplit.Of(column.Take([0, 2, 3, 4])).Kind);
    }

    [Fact]
    public void Rare_classes_join_their_neighbours()
    {
        Assert.Equal([0, 0, 0, 0, 1, 1, 1], RareClasses.Join([0, 0, 1, 1, 2, 2, 2], 3));
        Assert.Equal([0, 0, 0, 1, 1, 1, 1], RareClasses.Join([0, 0, 0, 1, 1, 1, 2], 3));
        Assert.Equal([0, 0, 0], RareClasses.Join([0, 1, 2], 5));
    }

    private static double[] Draw(string name, int count, ulong seed)
    {
        var random = new RandomStream(seed, name);
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            var z = random.NextNormal();
            var n = Math.Floor(-2 * Math.Log(random.NextDouble()));
            values[i] = name switch
            {
                "float32" => (float)z,
                "three decimals" => Math.Round(z, 3),
                "two decimals" => Math.Round(z, 2),
                "one decimal" => Math.Round(2 * z, 1) / 2,
                "flag" => i % 2,
                "rare flag" => i == 5 ? 1 : 0,
                "count" => n,
                "rare count" => z > 1 ? n : 0,
                "levels" => new[] { 0.0001, 0.0004, 0.004, 0.02, 0.05 }[random.NextInt(5)],
                "zeros and counts" => z > 0 ? n : 0,
                "zeros" => Math.Max(0, z),
                "limits" => Math.Clamp(z, -1, 1),
                _ => z,
            };
        }
        return values;
    }
}
