using Galatent.Calibration;
using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Information;

public class GroupInformationTests
{
    private static readonly MutualInformationOptions _options = new() { Permutations = 99, Replicas = 20 };

    [Fact]
    public void Given_the_common_cause_nothing_is_left()
    {
        // x = z + e1, y = z + e2: I(x; y) = -ln(1 - 1/4) / 2, I(x; y | z) = 0, and I(x, y; z) = ln(1 + 2) / 2.
        var (x, y, z) = CommonCause(3000, 1);
        var cancel = TestContext.Current.CancellationToken;
        var pair = ConditionalInformation.Estimate([x], [y], [], _options, 1, 1, cancel);
        var conditional = ConditionalInformation.Estimate([x], [y], [z], _options, 1, 2, cancel);
        var joint = ConditionalInformation.Estimate([x, y], [z], [], _options, 1, 1, cancel);
        Assert.Equal(-0.5 * Math.Log(0.75), pair.Mi, 3 * pair.Std);
        Assert.Equal(0, conditional.Mi, 0.01);
        Assert.Equal(0.5 * Math.Log(3), joint.Mi, 3 * joint.Std);
        // Nearest neighbours of 3,000 rows scatter by 0.02.
        Assert.Equal(-0.5 * Math.Log(0.75), pair.Ksg!.Value, 0.06);
        Assert.Equal(0, conditional.Ksg!.Value, 0.06);
        Assert.Equal(0.5 * Math.Log(3), joint.Ksg!.Value, 0.06);
    }

    [Fact]
    public void Conditioning_can_create_dependence()
    {
        // u, v independent, s = u + v + 0.5 e: I(u; v | s) = ln(1.25^2 / (0.25 * 2.25)) / 2 from the partial correlation.
        var (u, v) = KnownDependence.Gaussian(0).Sample(3000, 5);
        var random = new RandomStream(9, "noise");
        var s = u.Zip(v, (a, b) => a + b + 0.5 * random.NextNormal()).ToArray();
        var estimate = ConditionalInformation.Estimate(
            [new("u", u)],
            [new("v", v)],
            [new("s", s)],
            _options,
            1,
            1,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(0.5 * Math.Log(1.25 * 1.25 / (0.25 * 2.25)), estimate.Mi, 3 * estimate.Std);
    }

    [Fact]
    public void Classes_with_shifted_normal_values_give_the_quadrature()
    {
        var family = KnownDependence.TwoClasses(2);
        var (classes, values) = family.Sample(4000, 3);
        var estimate = OfClasses(values, [.. classes.Select(c => c == 0 ? "spiral" : "elliptical")]);
        Assert.Equal(family.Truth, estimate.Mi, 3 * estimate.Std);
        Assert.InRange(estimate.High, 0, Math.Log(2) + 0.05);
    }

    [Fact]
    public void Class_frequencies_are_the_empirical_ones()
    {
        // A value that tells the classes apart carries their entropy, which for 1 : 9 is far below ln 2.
        var random = new RandomStream(2, "values");
        var values = new double[2000];
        var classes = new string[2000];
        for (var i = 0; i < values.Length; i++)
        {
            classes[i] = i % 10 == 0 ? "rare" : "common";
            values[i] = random.NextNormal() + (i % 10 == 0 ? 20 : 0);
        }
        var estimate = OfClasses(values, classes);
        Assert.Equal(-0.1 * Math.Log(0.1) - 0.9 * Math.Log(0.9), estimate.Mi, 0.01);
    }

    [Fact]
    public void One_class_tells_nothing_and_says_so_in_numbers()
    {
        var (values, _) = KnownDependence.Gaussian(0).Sample(100, 1);
        var estimate = OfClasses(values, [.. values.Select(_ => "galaxy")]);
        Assert.Equal(0, estimate.Mi);
        Assert.InRange(estimate.High, 0, 0.1);
    }

    [Fact]
    public void Classes_of_a_row_or_two_are_refused_by_name()
    {
        var (values, _) = KnownDependence.Gaussian(0).Sample(100, 1);
        var fault = Assert.Throws<InputException>(() => OfClasses(values, [.. values.Select((_, i) => $"galaxy {i}")]));
        Assert.Contains("'type' has 100 classes", fault.Message, StringComparison.Ordinal);
        Assert.Contains("100 of 100 rows", fault.Message, StringComparison.Ordinal);
        var pair = Assert.Throws<InputException>(() =>
            MutualInformationEstimator.Estimate(
                NamedColumn.OfClasses("a", [.. values.Select((_, i) => $"{i}")]),
                NamedColumn.OfClasses("b", [.. values.Select((_, i) => $"{i % 2}")]),
                _options,
                1,
                1,
                TestContext.Current.CancellationToken
            )
        );
        Assert.Contains("100 and 2 classes, 100 combinations in 100 rows", pair.Message, StringComparison.Ordinal);
    }

    private static MutualInformationEstimate OfClasses(double[] values, string[] classes) =>
        MutualInformationEstimator.Estimate(
            new("v", values),
            NamedColumn.OfClasses("type", classes),
            _options,
            1,
            1,
            TestContext.Current.CancellationToken
        );

    private static (NamedColumn X, NamedColumn Y, NamedColumn Z) CommonCause(int n, ulong seed)
    {
        var random = new RandomStream(seed, "common cause");
        var x = new double[n];
        var y = new double[n];
        var z = new double[n];
        for (var i = 0; i < n; i++)
        {
            z[i] = random.NextNormal();
            (x[i], y[i]) = (z[i] + random.NextNormal(), z[i] + random.NextNormal());
        }
        return (new("x", x), new("y", y), new("z", z));
    }
}
