using Galatent.Latents.Information;
using Galatent.Latents.Information.Discrete;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Information.Discrete;

public class ChainRuleTests
{
    private static readonly MutualInformationOptions _options = new()
    {
        Permutations = 199,
        Replicas = 20,
        Neighbours = 0,
    };

    private const int Rows = 2000;

    [Fact]
    public void Two_coins_and_whether_they_agree()
    {
        var a = Draw("a", r => r.NextInt(2));
        var b = Draw("b", r => r.NextInt(2));
        var c = new NamedColumn("c", [.. a.Values.Zip(b.Values, (p, q) => p == q ? 1.0 : 0)]);
        Meets(0, Estimate([a], [b], []));
        Meets(Math.Log(2), Estimate([a], [b], [c]));
        Meets(Math.Log(2), Estimate([a, b], [c], []));
    }

    [Fact]
    public void Given_the_class_nothing_is_left_of_a_common_cause_and_given_a_class_of_its_own_all_is()
    {
        // x = k + e, y = k + f with a coin k: given k nothing; x = u + e, y = u + f with normal u: given a coin all, -ln(1 - 1/4) / 2.
        var k = Draw("k", r => r.NextInt(2));
        var x = Sum(k, Draw("e", r => 0.5 * r.NextNormal()));
        var y = Sum(k, Draw("f", r => 0.5 * r.NextNormal()));
        var conditional = Estimate([x], [y], [k]);
        Meets(0, conditional);
        Assert.True(conditional.PValue > 0.01);
        Assert.True(Estimate([x], [y], []).Mi > 0.1);
        var u = Draw("u", r => r.NextNormal());
        var shared = Estimate([Sum(u, Draw("g", r => r.NextNormal()))], [Sum(u, Draw("h", r => r.NextNormal()))], [k]);
        Meets(-0.5 * Math.Log(0.75), shared);
        Assert.Equal(0.005, shared.PValue!.Value, 1e-9);
    }

    [Fact]
    public void A_class_and_a_number_given_a_number_that_explains_both()
    {
        // A flag that is drawn with probability Phi(z), and y = z + noise: given z they are independent.
        var z = Draw("z", r => r.NextNormal());
        var random = new RandomStream(4, "flag");
        var flag = new NamedColumn("flag", Array.ConvertAll(z.Values, v => random.NextDouble() < NormalDistribution.Cdf(v) ? 1.0 : 0));
        var y = Sum(z, Draw("noise", r => r.NextNormal()));
        var plain = Estimate([flag], [y], []);
        Assert.True(plain.Low > 0.03);
        var given = Estimate([flag], [y], [z]);
        Meets(0, given);
        Assert.True(given.PValue > 0.01);
    }

    [Fact]
    public void A_group_of_a_flag_and_a_number_tells_what_both_tell()
    {
        // t = u + 2 flag + noise of variance 1/2: I(u, flag; t) = h(t) - h(noise), with h(t) of two normals of variance 3/2 and distance 2
        // by quadrature.
        var u = Draw("u", r => r.NextNormal());
        var flag = Draw("flag", r => r.NextInt(2));
        var t = Sum(Sum(u, new("", Array.ConvertAll(flag.Values, v => 2 * v))), Draw("noise", r => Math.Sqrt(0.5) * r.NextNormal()));
        double Density(double v) => 0.5 * (Math.Exp(-v * v / 3) + Math.Exp(-(v - 2) * (v - 2) / 3)) / Math.Sqrt(3 * Math.PI);
        var entropy = Enumerable.Range(0, 4000).Select(i => -9 + (i * 0.005)).Sum(v => -Density(v) * Math.Log(Density(v)) * 0.005);
        var truth = entropy - (0.5 * Math.Log(Math.PI * Math.E));
        var estimate = Estimate([u, flag], [t], []);
        Meets(truth, estimate);
        Assert.Equal(InformationMethod.ChainRule, estimate.Method);
        Meets(truth, Estimate([t], [flag, u], []));
    }

    [Fact]
    public void A_column_with_many_zeros_is_taken_apart_in_groups_too()
    {
        // Zeros by chance in three of ten rows, else a normal pair of correlation 0.8; a coin beside it tells nothing.
        var u = Draw("u", r => r.NextNormal());
        var v = new NamedColumn("v", [.. u.Values.Zip(Draw("v", r => r.NextNormal()).Values, (p, q) => (0.8 * p) + (0.6 * q))]);
        var zero = Draw("zero", r => r.NextInt(10) < 3 ? 0 : 1);
        var x = new NamedColumn("x", [.. u.Values.Zip(zero.Values, (p, q) => p * q)]);
        var coin = Draw("coin", r => r.NextInt(2));
        Meets(-0.35 * Math.Log(1 - 0.64), Estimate([x, coin], [v], []));
        Meets(-0.35 * Math.Log(1 - 0.64), Estimate([x], [v], [coin]));
    }

    [Fact]
    public void Too_many_combinations_are_refused_by_name()
    {
        NamedColumn Digits(string name) => Draw(name, r => r.NextInt(20));
        var fault = Assert.Throws<InputException>(() => Estimate([Digits("a"), Digits("b")], [Digits("c")], []));
        Assert.Contains("'a', 'b', 'c'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("too many to be counted", fault.Message, StringComparison.Ordinal);
    }

    private static void Meets(double truth, InformationEstimate estimate)
    {
        Assert.Equal(truth, estimate.Mi, Math.Max(3 * estimate.Std, 0.012));
        Assert.InRange(estimate.Mi, estimate.Low, estimate.High);
    }

    private static InformationEstimate Estimate(NamedColumn[] x, NamedColumn[] y, NamedColumn[] given) =>
        ConditionalInformation.Estimate(x, y, given, _options, 1, 1, TestContext.Current.CancellationToken);

    private static NamedColumn Sum(NamedColumn a, NamedColumn b) => new($"{a.Name}+{b.Name}", [.. a.Values.Zip(b.Values, (p, q) => p + q)]);

    private static NamedColumn Draw(string name, Func<RandomStreamBox, double> draw)
    {
        var box = new RandomStreamBox(name);
        return new NamedColumn(name, [.. Enumerable.Range(0, Rows).Select(_ => draw(box))]);
    }

    // A stream is a struct; lambdas need one that stays.
    private sealed class RandomStreamBox(string name)
    {
        private RandomStream _random = new(7, name);

        public double NextNormal() => _random.NextNormal();

        public int NextInt(int most) => _random.NextInt(most);
    }
}
