using Galatent.Latents.Dimensionality;
using Galatent.Latents.Information;
using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Dimensionality;

public class SharedInformationTests
{
    private static readonly double[] Equal = [1, .5, .5, .5, 1, .5, .5, .5, 1];
    private static readonly double[] Fork = [1, 0, .6, 0, 1, .6, .6, .6, 1];

    [Theory]
    [InlineData(true, 0.346574, 0.261624)]
    [InlineData(false, 0.636483, 0.826679)]
    public void Total_and_dual_correlation_of_known_correlations(bool isEqual, double total, double dual)
    {
        var copula = GaussianCopula.Exact(3, isEqual ? Equal : Fork);
        Assert.Equal(total, copula.TotalCorrelation(), 1e-6);
        Assert.Equal(dual, copula.DualTotalCorrelation(), 1e-6);
    }

    // 5,000 rows: the standard errors are about 0.01 nat.
    [Fact]
    public void Samples_give_the_same_by_correlations_and_by_a_mixture()
    {
        var columns = Sample(5000, 1);
        var gaussian = SharedInformation.Gaussian(columns, 50, 1);
        var mixture = SharedInformation.Mixture(columns, new MixtureFitOptions(), 1, 2, TestContext.Current.CancellationToken);
        Assert.InRange(Math.Abs(gaussian.TotalNat - 0.636483), 0, 3 * gaussian.TotalErrorNat);
        Assert.InRange(Math.Abs(gaussian.DualNat - 0.826679), 0, 3 * gaussian.DualErrorNat);
        Assert.InRange(Math.Abs(mixture.TotalNat - 0.636483), 0, 3 * mixture.TotalErrorNat);
        Assert.InRange(Math.Abs(mixture.DualNat - 0.826679), 0, 3 * mixture.DualErrorNat);
        Assert.InRange(gaussian.TotalErrorNat, 0.005, 0.02);
    }

    // Without its correction the mean would be 5 × 4 / (4 × 200) = 0.025; 40 samples know it to 0.002.
    [Fact]
    public void Independent_columns_share_nothing_on_average()
    {
        var shared = Enumerable
            .Range(0, 40)
            .Select(s => GaussianCopula.Of([.. Enumerable.Range(0, 5).Select(c => Noise(200, (ulong)s, c))]))
            .ToArray();
        Assert.Equal(0, shared.Average(c => c.TotalCorrelation()), 0.006);
        Assert.Equal(0, shared.Average(c => c.DualTotalCorrelation()), 0.006);
    }

    [Fact]
    public void What_cannot_be_used_is_said()
    {
        var column = Noise(100, 1, 0);
        Assert.Contains("at least 2 columns", Refusal([column]));
        Assert.Contains("determine one another", Refusal([column, column with { Name = "twin" }]));
        Assert.Contains("'bad', row 3, is NaN", Refusal([column, new NamedColumn("bad", With(column.Values, 3, double.NaN))]));
        Assert.Contains("has 99 rows", Refusal([column, Noise(99, 1, 1)]));
        // A constant column shares nothing.
        Assert.Equal(0, SharedInformation.Gaussian([column, new NamedColumn("c", new double[100])], 10, 1).TotalNat, 0.01);
    }

    private static string Refusal(NamedColumn[] columns) =>
        Assert.Throws<InputException>(() => SharedInformation.Gaussian(columns, 10, 1)).Message;

    private static double[] With(double[] values, int at, double value)
    {
        var copy = (double[])values.Clone();
        copy[at] = value;
        return copy;
    }

    private static NamedColumn Noise(int n, ulong seed, int column)
    {
        var random = new RandomStream(seed, "noise", (ulong)column);
        var values = new double[n];
        for (var i = 0; i < n; i++)
        {
            values[i] = random.NextNormal();
        }
        return new NamedColumn($"c{column}", values);
    }

    // Correlations of Fork: the third column is .6 of either plus the rest.
    private static NamedColumn[] Sample(int n, ulong seed)
    {
        var a = Noise(n, seed, 0);
        var b = Noise(n, seed, 1);
        var rest = Noise(n, seed, 2);
        var c = a.Values.Select((v, i) => (.6 * v) + (.6 * b.Values[i]) + (Math.Sqrt(.28) * rest.Values[i])).ToArray();
        return [a, b, new NamedColumn("c", c)];
    }
}
