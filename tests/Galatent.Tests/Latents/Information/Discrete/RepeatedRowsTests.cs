using Galatent.Calibration;
using Galatent.Latents.Information;
using Galatent.Latents.Information.Discrete;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Information.Discrete;

public class RepeatedRowsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(20)]
    public void Each_row_several_times_is_counted_once(int copies)
    {
        var (x, y) = KnownDependence.Gaussian(0.6).Sample(200, 1);
        var kept = RepeatedRows.Distinct([new("x", Copies(x, copies)), new("y", Copies(y, copies))])!;
        Assert.Equal(Enumerable.Range(0, 200).Select(i => i * copies), kept);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Rounded_rows_five_times_are_seen_too(int perSigma)
    {
        var (x, y) = DiscreteDependence.RoundedGaussian(0.6, perSigma).Sample(200, 1);
        var kept = RepeatedRows.Distinct([new("x", Copies(x, 5)), new("y", Copies(y, 5))])!;
        Assert.Equal(200, kept.Length);
    }

    [Fact]
    public void A_resampled_table_keeps_its_different_rows()
    {
        var (x, y) = KnownDependence.Gaussian(0.6).Sample(1000, 1);
        var random = new RandomStream(3, "resample");
        int[] rows = [.. Enumerable.Range(0, 1000).Select(_ => random.NextInt(1000))];
        var kept = RepeatedRows.Distinct([new("x", [.. rows.Select(r => x[r])]), new("y", [.. rows.Select(r => y[r])])])!;
        Assert.Equal(rows.Distinct().Count(), kept.Length);
    }

    [Fact]
    public void Zeros_in_both_columns_are_thinned_as_the_others_are()
    {
        // 300 rows of zeros and 300 different others, each twice.
        var (x, y) = KnownDependence.Gaussian(0.6).Sample(300, 1);
        var kept = RepeatedRows.Distinct([
            new("x", Copies([.. new double[300], .. x], 2)),
            new("y", Copies([.. new double[300], .. y], 2)),
        ])!;
        Assert.Equal(600, kept.Length);
        var once = RepeatedRows.Distinct([new("x", [.. new double[300], .. x]), new("y", [.. new double[300], .. y])]);
        Assert.Null(once);
    }

    public static TheoryData<string> NotRepeated =>
        ["poisson", "coin", "copy", "rounded", "narrow", "classes", "design", "flag", "normal", "few"];

    [Theory]
    [MemberData(nameof(NotRepeated))]
    public void Rows_of_discrete_columns_are_equal_without_repeating(string name)
    {
        for (ulong seed = 0; seed < 5; seed++)
        {
            var (x, y) = name switch
            {
                "poisson" => DiscreteDependence.IndependentPoisson(3).Sample(1000, seed),
                "coin" => DiscreteDependence.PoissonAndCoin(10).Sample(500, seed),
                "copy" => Both(DiscreteDependence.RoundedGaussian(0, 5).Sample(2000, seed).X),
                "rounded" => DiscreteDependence.RoundedGaussian(0.9, 5).Sample(1000, seed),
                "narrow" => DiscreteDependence.RoundedGaussian(0.999, 5).Sample(2000, seed),
                "classes" => Both([.. Enumerable.Range(0, 1000).Select(i => Math.Pow(i % 20, 2))]),
                "design" => (
                    [.. Enumerable.Range(0, 1000).Select(i => i % 10.0)],
                    [.. Enumerable.Range(0, 1000).Select(i => Math.Floor(i / 100.0))]
                ),
                "flag" => Both([.. Enumerable.Range(0, 100).Select(i => i % 2.0)]),
                "few" => Both([.. Enumerable.Range(0, 12).Select(i => i % 2.0)]),
                _ => KnownDependence.Gaussian(0.99).Sample(1000, seed),
            };
            Assert.Null(RepeatedRows.Distinct([new("x", x), new("y", y)]));
        }
    }

    [Fact]
    public void Pairs_of_flags_in_a_table_whose_rows_repeat_count_the_different_rows_only()
    {
        var (x, y) = KnownDependence.Gaussian(0.6).Sample(300, 2);
        NamedColumn[] columns =
        [
            new("x", Copies(x, 4)),
            new("flag", Copies(Array.ConvertAll(x, v => v > 0 ? 1.0 : 0), 4)),
            new("other", Copies(Array.ConvertAll(y, v => v > 0 ? 1.0 : 0), 4)),
        ];
        var options = new MutualInformationOptions
        {
            Permutations = 99,
            Replicas = 20,
            Neighbours = 0,
        };
        var table = MutualInformationTable.Compute(columns, null, options, 1, 1, cancel: TestContext.Current.CancellationToken);
        var single = MutualInformationTable.Compute(
            [.. columns.Select(c => c.Take([.. Enumerable.Range(0, 300).Select(i => 4 * i)]))],
            null,
            options,
            1,
            1,
            cancel: TestContext.Current.CancellationToken
        );
        Assert.All(table.Estimates.Zip(single.Estimates).Where(e => e.First is not null), e =>
        {
            Assert.Equal((1200, 900), (e.First!.Count, e.First.Repeated));
            Assert.Equal((e.Second!.Mi, e.Second.Std, e.Second.PValue), (e.First.Mi, e.First.Std, e.First.PValue));
        });
    }

    private static (double[] X, double[] Y) Both(double[] values) => (values, Array.ConvertAll(values, v => (2 * v) + 1));

    private static double[] Copies(double[] values, int copies) => [.. values.SelectMany(v => Enumerable.Repeat(v, copies))];
}
