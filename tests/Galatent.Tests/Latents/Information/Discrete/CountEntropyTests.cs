using CsCheck;
using Galatent.Latents.Information.Discrete;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Information.Discrete;

public class CountEntropyTests
{
    [Fact]
    public void One_class_has_no_entropy()
    {
        foreach (var n in new[] { 2, 3, 10, 1001, 100_000 })
        {
            Assert.Equal(0, new CountEntropy(n).Of([n]), 1e-12);
        }
    }

    // The jackknife by leaving out every row, then twice it minus its mean over all halves, written out.
    [Theory]
    [InlineData(3, 2, 1)]
    [InlineData(1, 1, 1, 1, 4)]
    [InlineData(5, 5)]
    public void It_is_the_jackknife_extrapolated_from_all_halves(params int[] counts)
    {
        int[] rows = [.. counts.SelectMany((c, k) => Enumerable.Repeat(k, c))];
        var halves = new List<double>();
        for (var mask = 0; mask < 1 << rows.Length; mask++)
        {
            int[] half = [.. rows.Where((_, i) => (mask >> i & 1) == 1)];
            if (half.Length == rows.Length / 2)
            {
                halves.Add(Jackknife(half));
            }
        }
        Assert.Equal((2 * Jackknife(rows)) - halves.Average(), new CountEntropy(rows.Length).Of(counts), 1e-12);
    }

    [Fact]
    public void Many_classes_with_few_rows_each_come_out_right_on_average()
    {
        // 100 classes with frequencies 1 : 2 : ... : 100, and 250 rows: the plug-in entropy is low by 0.17, Miller's by 0.04.
        double[] p = [.. Enumerable.Range(1, 100).Select(k => k / 5050.0)];
        var truth = p.Sum(q => -q * Math.Log(q));
        var sum = 0.0;
        var cumulative = Array.ConvertAll(p, q => sum += q);
        var random = new RandomStream(1, "classes");
        double corrected = 0;
        double plain = 0;
        const int Samples = 400;
        for (var s = 0; s < Samples; s++)
        {
            var counts = new int[100];
            for (var i = 0; i < 250; i++)
            {
                var u = random.NextDouble();
                counts[Array.FindIndex(cumulative, c => c > u)]++;
            }
            corrected += new CountEntropy(250).Of(counts) / Samples;
            plain += counts.Sum(c => c > 0 ? -c / 250.0 * Math.Log(c / 250.0) : 0) / Samples;
        }
        Assert.True(truth - plain > 0.1, $"{truth} {plain}");
        Assert.Equal(truth, corrected, (truth - plain) / 5);
    }

    [Fact]
    public void Information_of_a_table_does_not_depend_on_the_order_of_rows_or_which_variable_comes_first() =>
        Gen.Int[0, 4]
            .Select(Gen.Int[0, 3])
            .Array[10, 60]
            .Sample(pairs =>
            {
                int[] a = [.. pairs.Select(p => p.Item1)];
                int[] b = [.. pairs.Select(p => p.Item2)];
                var value = CountTable.Of(a, b).Information();
                Assert.Equal(value, CountTable.Of(b, a).Information(), 1e-12);
                Assert.Equal(value, CountTable.Of([.. a.Reverse()], [.. b.Reverse()]).Information(), 15);
                // A variable tells about itself what there is to tell.
                var counts = a.GroupBy(v => v).Select(g => g.Count());
                Assert.Equal(new CountEntropy(a.Length).Of(counts), CountTable.Of(a, a).Information(), 1e-12);
            });

    private static double Jackknife(int[] rows)
    {
        var n = rows.Length;
        var without = Enumerable.Range(0, n).Average(left => PlugIn([.. rows.Where((_, i) => i != left)]));
        return (n * PlugIn(rows)) - ((n - 1) * without);
    }

    private static double PlugIn(int[] rows) =>
        rows.GroupBy(r => r).Sum(g => -g.Count() / (double)rows.Length * Math.Log(g.Count() / (double)rows.Length));
}
