using Galatent.Calibration;
using Galatent.Latents.Information;
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
        var estimate = ColumnEntropy.OfClasses([.. Enumerable.Range(0, 1000).Select(i => i % 4 == 0 ? "a" : "b")]);
        Assert.Equal(-(0.25 * Math.Log(0.25)) - (0.75 * Math.Log(0.75)), estimate.Entropy, 0.001);
    }

    [Fact]
    public void A_column_of_few_values_has_no_differential_entropy_and_says_so() =>
        Assert.Contains(
            "has no differential entropy",
            Assert
                .Throws<InputException>(() =>
                    ColumnEntropy.Estimate(
                        [new("flag", [.. Enumerable.Range(0, 100).Select(i => (double)(i % 2))])],
                        _options,
                        1,
                        1,
                        TestContext.Current.CancellationToken
                    )
                )
                .Message,
            StringComparison.Ordinal
        );

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
    public void Information_of_classes_is_that_of_their_table_and_its_p_value_is_calibrated()
    {
        // P(a = b) = 3/4 with two equally frequent classes: ln 2 - H(1/4).
        var truth = Math.Log(2) + (0.75 * Math.Log(0.75)) + (0.25 * Math.Log(0.25));
        var random = new RandomStream(1, "classes");
        string[] a = [.. Enumerable.Range(0, 4000).Select(_ => random.NextInt(2) == 0 ? "u" : "v")];
        string[] b = [.. a.Select(c => random.NextInt(4) == 0 ? (c == "u" ? "v" : "u") : c)];
        var estimate = ClassInformation.Estimate(a, b, _options, 1, 1, TestContext.Current.CancellationToken);
        Assert.Equal(truth, estimate.Mi, 3 * estimate.Std);
        Assert.Equal(0.001, estimate.PValue!.Value, 12);
        var rejected = 0;
        for (ulong s = 0; s < 200; s++)
        {
            var stream = new RandomStream(s, "null");
            string[] Column() => [.. Enumerable.Range(0, 60).Select(_ => $"{stream.NextInt(3)}")];
            rejected +=
                ClassInformation
                    .Estimate(Column(), Column(), _options with { Permutations = 199 }, s, 1, TestContext.Current.CancellationToken)
                    .PValue <= 0.05
                    ? 1
                    : 0;
        }
        // Binomial(200, 0.05): 10, above 20 with probability 0.001.
        Assert.InRange(rejected, 0, 20);
    }
}
