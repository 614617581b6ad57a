using Galatent.Calibration;
using Galatent.Latents.Information;
using Galatent.Latents.Information.Discrete;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Information;

public class EntropyAndDivergenceTests
{
    private static readonly MutualInformationOptions _options = new() { Replicas = 20 };

    private static double[] Draw(string kind, int n, ulong seed)
    {
        var random = new RandomStream(seed, kind);
        var values = new double[n];
        for (var i = 0; i < n; i++)
        {
            values[i] = kind switch
            {
                "uniform" => random.NextDouble(),
                "exponential" => -Math.Log(random.NextDouble()),
                "cauchy" => random.NextNormal() / random.NextNormal(),
                _ => random.NextNormal(),
            };
        }
        return values;
    }

    [Theory]
    [InlineData("normal", 1.4189385332046727)]
    [InlineData("uniform", 0)]
    [InlineData("exponential", 1)]
    [InlineData("cauchy", 2.5310242469692907)]
    public void Entropies_have_their_closed_forms_on_average_and_intervals_hold_them(string kind, double truth)
    {
        var estimates = Enumerable
            .Range(0, 100)
            .Select(s =>
                ColumnEntropy.Estimate([new(kind, Draw(kind, 1000, (ulong)s))], _options, 1, 1, TestContext.Current.CancellationToken)
            )
            .ToArray();
        // The neighbours bring about 0.01 of their own; the mean of 100 samples is known to a tenth of a standard error.
        Assert.Equal(truth, estimates.Average(e => e.Entropy), (3 * estimates[0].Std / 10) + 0.012);
        var covered = estimates.Count(e => e.Low <= truth && truth <= e.High);
        // Uniform: -ln p is constant, and its spread over the windows is not independent from row to row, which makes the interval narrow.
        Assert.InRange(covered, kind == "uniform" ? 50 : 85, 100);
    }

    [Fact]
    public void Joint_entropy_of_a_normal_pair_is_the_closed_form_and_unit_changes_add_their_logarithm()
    {
        var (x, y) = KnownDependence.Gaussian(0.8).Sample(4000, 1);
        var joint = ColumnEntropy.Estimate([new("x", x), new("y", y)], _options, 1, 1, TestContext.Current.CancellationToken);
        Assert.Equal((2 * 1.4189385332046727) + (0.5 * Math.Log(1 - 0.64)), joint.Entropy, 3 * joint.Std);
        var scaled = ColumnEntropy.Estimate(
            [new("x", Array.ConvertAll(x, v => 1000 * v)), new("y", y)],
            _options,
            1,
            1,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(joint.Entropy + Math.Log(1000), scaled.Entropy, 1e-6);
    }

    [Fact]
    public void Entropy_of_classes_is_that_of_their_frequencies()
    {
        var estimate = Entropy(NamedColumn.OfClasses("c", [.. Enumerable.Range(0, 1000).Select(i => i % 4 == 0 ? "a" : "b")]));
        Assert.Equal(-(0.25 * Math.Log(0.25)) - (0.75 * Math.Log(0.75)), estimate.Entropy, 0.001);
    }

    [Fact]
    public void Entropy_of_counts_is_the_sum_and_intervals_hold_it()
    {
        var truth = Enumerable.Range(0, 40).Select(k => DiscreteDependence.Poisson(k, 3)).Sum(p => -p * Math.Log(p));
        var estimates = Enumerable
            .Range(0, 60)
            .Select(s => Entropy(new NamedColumn("n", DiscreteDependence.PoissonAndCoin(3).Sample(300, (ulong)s).X)))
            .ToArray();
        Assert.Equal(truth, estimates.Average(e => e.Entropy), 3 * estimates[0].Std / Math.Sqrt(60));
        Assert.InRange(estimates.Count(e => e.Low <= truth && truth <= e.High), 52, 60);
        // Of both together: x, and the coin that makes the other.
        var (x, y) = DiscreteDependence.PoissonAndCoin(3).Sample(4000, 1);
        var joint = Entropy(new NamedColumn("x", x), new("y", y));
        Assert.Equal(ColumnKind.Discrete, joint.Kind);
        Assert.Equal(truth + Math.Log(2), joint.Entropy, 3 * joint.Std);
    }

    [Fact]
    public void Rounding_and_repeated_rows_leave_the_entropy_of_a_normal_column()
    {
        var values = Draw("normal", 3000, 1);
        var rounded = Entropy(new NamedColumn("x", Array.ConvertAll(values, v => Math.Round(v, 2))));
        Assert.Equal(ColumnKind.Rounded, rounded.Kind);
        Assert.Equal(1.4189385332046727, rounded.Entropy, 3.5 * rounded.Std);
        var repeated = Entropy(new NamedColumn("x", [.. values[..500].SelectMany(v => Enumerable.Repeat(v, 6))]));
        Assert.Equal((3000, 2500), (repeated.Count, repeated.Repeated));
        Assert.Equal(Entropy(new NamedColumn("x", values[..500])).Entropy, repeated.Entropy, 1e-9);
    }

    [Fact]
    public void What_has_no_density_says_so()
    {
        double[] zeros = [.. Draw("normal", 600, 1), .. new double[400]];
        Assert.Contains("has no differential entropy", Fault(() => Entropy(new NamedColumn("flux", zeros))), StringComparison.Ordinal);
        double[] flags = [.. Enumerable.Range(0, 100).Select(i => (double)(i % 2))];
        Assert.Contains(
            "takes 2 values in 100 rows",
            Fault(() => ColumnEntropy.FromStandardNormal(new("flag", flags))),
            StringComparison.Ordinal
        );
        Assert.Contains("no finite divergence", Fault(() => Divergence(flags, Draw("normal", 100, 1))), StringComparison.Ordinal);
        Assert.Contains(
            "no joint differential entropy",
            Fault(() => Entropy(new("flag", flags), new("x", Draw("normal", 100, 1)))),
            StringComparison.Ordinal
        );
        static string Fault(Func<object> estimate) => Assert.Throws<InputException>(estimate).Message;
    }

    [Fact]
    public void Divergence_of_counts_is_the_sum_and_the_interval_holds_it()
    {
        // KL(Poisson(2) || Poisson(3)) = 2 ln(2 / 3) + 1.
        var truth = (2 * Math.Log(2 / 3.0)) + 1;
        var estimates = Enumerable
            .Range(0, 60)
            .Select(s =>
                Divergence(
                    DiscreteDependence.IndependentPoisson(2).Sample(500, (ulong)s).X,
                    DiscreteDependence.IndependentPoisson(3).Sample(800, (ulong)s + 500).X
                )
            )
            .ToArray();
        Assert.Equal(truth, estimates.Average(e => e.Mi), 3 * estimates[0].Std / Math.Sqrt(60));
        Assert.InRange(estimates.Count(e => e.Low <= truth && truth <= e.High), 51, 60);
        Assert.All(estimates, e => Assert.Equal(InformationMethod.Table, e.Method));
        // Values that the second column never takes are told.
        Assert.Equal(
            1,
            Divergence([.. Enumerable.Range(0, 90).Select(i => i % 3.0)], [.. Enumerable.Range(0, 90).Select(i => i % 2.0)]).Unseen
        );
    }

    private static EntropyEstimate Entropy(params NamedColumn[] columns) =>
        ColumnEntropy.Estimate(columns, _options, 1, 1, TestContext.Current.CancellationToken);

    private static InformationEstimate Divergence(double[] p, double[] q) =>
        MarginalDivergence.Estimate(new("p", p), new("q", q), _options, 1, 1, TestContext.Current.CancellationToken);

    [Fact]
    public void Divergence_of_shifted_normals_is_the_closed_form_and_the_interval_holds_it()
    {
        // KL(N(1, 1) || N(0, 2^2)) = ln 2 + (1 + 1) / 8 - 1/2.
        var truth = Math.Log(2) + 0.25 - 0.5;
        var covered = 0;
        for (ulong s = 0; s < 60; s++)
        {
            var estimate = MarginalDivergence.Estimate(
                new("p", Array.ConvertAll(Draw("normal", 800, s), v => v + 1)),
                new("q", Array.ConvertAll(Draw("normal", 1200, s + 1000), v => 2 * v)),
                _options,
                s,
                1,
                TestContext.Current.CancellationToken
            );
            covered += estimate.Low <= truth && truth <= estimate.High ? 1 : 0;
        }
        Assert.InRange(covered, 51, 60);
    }

    [Fact]
    public void Divergence_of_equal_distributions_is_next_to_nothing_and_common_maps_change_nothing_beyond_the_error()
    {
        var p = Draw("normal", 2000, 1);
        var q = Draw("normal", 2000, 2);
        var same = MarginalDivergence.Estimate(new("p", p), new("q", q), _options, 1, 1, TestContext.Current.CancellationToken);
        Assert.InRange(same.Mi, 0, 0.005);
        Assert.Equal(0, same.Low, 0.001);
        var other = Array.ConvertAll(q, v => v + 0.5);
        var plain = MarginalDivergence.Estimate(new("p", p), new("q", other), _options, 1, 1, TestContext.Current.CancellationToken);
        var mapped = MarginalDivergence.Estimate(
            new("p", Array.ConvertAll(p, Math.Exp)),
            new("q", Array.ConvertAll(other, Math.Exp)),
            _options,
            1,
            1,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(0.125, plain.Mi, 3 * plain.Std);
        Assert.Equal(plain.Mi, mapped.Mi, plain.Std);
    }

    [Fact]
    public void Distance_from_the_prior_is_the_closed_form()
    {
        var estimate = ColumnEntropy.FromStandardNormal(new("z", Array.ConvertAll(Draw("normal", 4000, 1), v => 0.5 * v)));
        Assert.Equal(Math.Log(2) + 0.125 - 0.5, estimate.Entropy, 3.5 * estimate.Std);
    }

    [Fact]
    public void Information_of_classes_is_that_of_their_table()
    {
        // P(a = b) = 3/4 with two equally frequent classes: ln 2 - H(1/4).
        var truth = Math.Log(2) + (0.75 * Math.Log(0.75)) + (0.25 * Math.Log(0.25));
        var random = new RandomStream(1, "classes");
        string[] a = [.. Enumerable.Range(0, 4000).Select(_ => random.NextInt(2) == 0 ? "u" : "v")];
        string[] b = [.. a.Select(c => random.NextInt(4) == 0 ? (c == "u" ? "v" : "u") : c)];
        var estimate = MutualInformationEstimator.Estimate(
            NamedColumn.OfClasses("a", a),
            NamedColumn.OfClasses("b", b),
            _options,
            1,
            1,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(truth, estimate.Mi, 3 * estimate.Std);
        Assert.Equal(1e-4, estimate.PValue, 12);
    }
}
