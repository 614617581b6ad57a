using Galatent.Calibration;
using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Information;

public class DependenceTestTests
{
    private static readonly MutualInformationOptions _options = new() { Permutations = 199 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void P_values_without_dependence_are_uniform(bool conditional)
    {
        // Conditional: x and y are different curves of z with noise that grows with z, so that they depend on each other strongly, but only
        // through z.
        var p = new double[300];
        Parallel.For(0, p.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, s =>
        {
            var random = new RandomStream((ulong)s, "null");
            var x = new double[400];
            var y = new double[400];
            var z = new double[400];
            for (var i = 0; i < x.Length; i++)
            {
                z[i] = random.NextNormal();
                x[i] = (conditional ? Math.Sin(2 * z[i]) : 0) + ((0.3 + (0.2 * Math.Abs(z[i]))) * random.NextNormal());
                y[i] = (conditional ? z[i] * z[i] : 0) + ((0.3 + (0.2 * Math.Abs(z[i]))) * random.NextNormal());
            }
            p[s] = PValue(x, y, conditional ? z : null, (ulong)s);
        });
        Array.Sort(p);
        // Kolmogorov's distance: 1.95 / sqrt(m) is exceeded with probability 0.001; p-values come in steps of 1/200.
        var distance = p.Select((v, i) => Math.Abs(v - (i + 0.5) / p.Length)).Max();
        Assert.True(distance < (1.95 / Math.Sqrt(p.Length)) + 0.005, $"{distance}; {p.Count(v => v <= 0.05)} of {p.Length} at most 0.05");
    }

    [Fact]
    public void Dependence_that_changes_its_sign_with_the_given_column_is_seen()
    {
        var random = new RandomStream(1, "sign");
        var x = new double[1500];
        var y = new double[1500];
        var z = new double[1500];
        for (var i = 0; i < x.Length; i++)
        {
            (x[i], z[i]) = (random.NextNormal(), random.NextNormal());
            y[i] = (x[i] * Math.Tanh(2 * z[i])) + random.NextNormal();
        }
        Assert.Equal(1.0 / 200, PValue(x, y, z, 1), 12);
    }

    [Fact]
    public void Two_columns_that_only_together_tell_about_a_third_are_seen()
    {
        // The continuous form of the exclusive or: pairwise independent.
        var random = new RandomStream(1, "xor");
        var columns = new double[3][];
        Array.Fill(columns, []);
        columns = [.. columns.Select(_ => new double[1000])];
        for (var i = 0; i < 1000; i++)
        {
            (columns[0][i], columns[1][i]) = (random.NextNormal(), random.NextNormal());
            columns[2][i] = (Math.Sign(columns[0][i] * columns[1][i]) * Math.Abs(random.NextNormal())) + (0.1 * random.NextNormal());
        }
        var table = RankedColumns.Of([.. columns.Select((c, i) => new NamedColumn($"{i}", c))], 1);
        double Test(double[][] x) =>
            DependenceTest.PValue(
                CosineFeature.Of(x, 4),
                CosineFeature.Of([table.Scores[2]], 4),
                [],
                _options,
                1,
                1,
                TestContext.Current.CancellationToken
            );
        Assert.Equal(1.0 / 200, Test([table.Scores[0], table.Scores[1]]), 12);
        Assert.InRange(Test([table.Scores[0]]), 0.01, 1);
    }

    [Fact]
    public void Threads_change_nothing()
    {
        var (x, y) = KnownDependence.Gaussian(0.05).Sample(500, 1);
        var table = RankedColumns.Of([new("x", x), new("y", y), new("z", KnownDependence.Gaussian(0).Sample(500, 2).X)], 1);
        double Test(int threads, double[][] z) =>
            DependenceTest.PValue(
                CosineFeature.Of([table.Scores[0]], 4),
                CosineFeature.Of([table.Scores[1]], 4),
                z,
                _options,
                1,
                threads,
                TestContext.Current.CancellationToken
            );
        Assert.Equal(Test(1, []), Test(4, []));
        Assert.Equal(Test(1, [table.Scores[2]]), Test(4, [table.Scores[2]]));
    }

    private static double PValue(double[] x, double[] y, double[]? z, ulong seed)
    {
        NamedColumn[] columns = z is null ? [new("x", x), new("y", y)] : [new("x", x), new("y", y), new("z", z)];
        var table = RankedColumns.Of(columns, seed);
        return DependenceTest.PValue(
            CosineFeature.Of([table.Scores[0]], 4),
            CosineFeature.Of([table.Scores[1]], 4),
            table.Scores[2..],
            _options,
            seed,
            1,
            TestContext.Current.CancellationToken
        );
    }
}
