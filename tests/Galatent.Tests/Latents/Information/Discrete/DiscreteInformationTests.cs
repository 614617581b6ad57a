using Galatent.Calibration;
using Galatent.Latents.Information;
using Galatent.Latents.Information.Discrete;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Information.Discrete;

public class DiscreteInformationTests
{
    private static readonly MutualInformationOptions _options = new() { Permutations = 199, Replicas = 30 };

    public static TheoryData<string, int, InformationMethod> Families =>
        new()
        {
            { "coin", 200, InformationMethod.Table },
            { "coin", 1000, InformationMethod.Table },
            { "independent", 1000, InformationMethod.Table },
            { "common", 2000, InformationMethod.Table },
            { "rounded 1", 2000, InformationMethod.Table },
            { "rounded 2", 2000, InformationMethod.Table },
            { "rounded 5", 2000, InformationMethod.Table },
            { "rounded 5", 200, InformationMethod.Mixture },
            { "zeros and counts", 1000, InformationMethod.Table },
            { "count and noise", 1000, InformationMethod.ClassMixtures },
            { "rounded and normal", 2000, InformationMethod.ClassMixtures },
            { "classes", 1000, InformationMethod.ClassMixtures },
            { "zeros", 1000, InformationMethod.ChainRule },
            { "censored", 1000, InformationMethod.ChainRule },
            { "both censored", 1000, InformationMethod.ChainRule },
            { "twice", 1000, InformationMethod.Mixture },
            { "five times", 2000, InformationMethod.Mixture },
            { "some twice", 1000, InformationMethod.Mixture },
            { "zeros twice", 2000, InformationMethod.ChainRule },
        };

    // Ten samples each: the mean within three standard errors of it, or 0.01 nat, or 2 %; and of 190 intervals of 95 % none may be missing
    // in more than three of ten.
    [Theory]
    [MemberData(nameof(Families))]
    public void Sums_and_integrals_are_met_and_intervals_hold_them(string name, int count, InformationMethod method)
    {
        var family = Family(name);
        var estimates = Enumerable
            .Range(0, 10)
            .Select(seed =>
            {
                var (x, y) = family.Sample(count, 100 + (ulong)seed);
                return MutualInformationEstimator.Estimate(x, y, _options, (ulong)seed, 1, TestContext.Current.CancellationToken);
            })
            .ToArray();
        Assert.All(estimates, e => Assert.Equal(method, e.Method));
        var allowed = Math.Max(3 * estimates.Average(e => e.Std) / Math.Sqrt(10), family.Truth > 0.5 ? 0.02 * family.Truth : 0.01);
        Assert.Equal(family.Truth, estimates.Average(e => e.Mi), allowed);
        Assert.InRange(estimates.Count(e => e.Low <= family.Truth && family.Truth <= e.High), 7, 10);
        Assert.All(estimates, e => Assert.InRange(e.Mi, e.Low, e.High));
        Assert.Equal(family.Truth > 0, estimates.Count(e => e.PValue <= 0.05) > 5);
    }

    [Fact]
    public void Truths_of_the_families_are_those_of_independent_sums()
    {
        // H(x + coin) - ln 2 with the entropy of 0.5 p(k) + 0.5 p(k - 1), written out for a mean of 3.
        double P(int k) => k < 0 ? 0 : Math.Exp(-3 + (k * Math.Log(3)) - Enumerable.Range(1, k).Sum(j => Math.Log(j)));
        var entropy = Enumerable.Range(0, 40).Select(k => 0.5 * (P(k) + P(k - 1))).Sum(p => -p * Math.Log(p));
        Assert.Equal(entropy - Math.Log(2), DiscreteDependence.PoissonAndCoin(3).Truth, 1e-9);
        Assert.Equal(1.289, DiscreteDependence.PoissonAndCoin(3).Truth, 5e-4);
        // Signs of a normal pair: P(equal) = 1/2 + asin(rho) / pi. Rounding finer and finer tends to the normal pair.
        Assert.Equal(-0.5 * Math.Log(1 - 0.36), DiscreteDependence.RoundedGaussian(0.6, 20).Truth, 5e-4);
        Assert.Equal(-0.5 * Math.Log(1 - 0.36), MixedDependence.RoundedAndNormal(0.6, 20).Truth, 5e-4);
        // Two classes of equal frequency, two standard deviations apart: the same as the family of the continuous estimator.
        Assert.Equal(KnownDependence.TwoClasses(2).Truth, MixedDependence.Classes([0.5, 0.5], [0, 2]).Truth, 1e-4);
        // All of a censored pair is censored or detected: without correlation there is nothing to tell.
        Assert.Equal(0, MixedDependence.Censored(0).Truth, 1e-9);
        Assert.Equal(0, MixedDependence.BothCensored(0).Truth, 1e-9);
    }

    [Fact]
    public void Scale_and_order_of_rows_change_nothing_and_the_order_of_columns_nothing_that_matters()
    {
        var (x, y) = MixedDependence.Censored(0.8).Sample(500, 1);
        var plain = Estimate(x, y);
        var scaled = Estimate(Array.ConvertAll(x, v => 1000 * v), [.. y]);
        Assert.Equal(plain.Mi, scaled.Mi, 1e-9);
        Assert.Equal(plain, Estimate([.. x.Reverse()], [.. y.Reverse()]));
        Assert.Equal(plain.Mi, Estimate(y, x).Mi, 0.01);
    }

    [Fact]
    public void Whole_numbers_stored_as_floating_point_or_far_from_zero_are_counts_all_the_same()
    {
        var (x, y) = DiscreteDependence.PoissonAndCoin(3).Sample(1000, 1);
        var plain = Estimate(x, y);
        Assert.Equal(plain.Mi, Estimate(Array.ConvertAll(x, v => 1e15 + v), Array.ConvertAll(y, v => (v / 10) + 0.05)).Mi, 1e-12);
    }

    [Fact]
    public void A_count_tells_all_about_itself_and_a_copy_of_a_continuous_column_is_said_to_be_one()
    {
        var (x, _) = DiscreteDependence.PoissonAndCoin(3).Sample(2000, 1);
        var entropy = Enumerable.Range(0, 40).Select(k => DiscreteDependence.Poisson(k, 3)).Sum(p => -p * Math.Log(p));
        var copy = Estimate(x, [.. x]);
        Assert.Equal(entropy, copy.Mi, 3 * copy.Std);
        Assert.False(copy.IsFunction);
        var (z, w) = KnownDependence.Gaussian(0.9).Sample(200, 1);
        Assert.True(Estimate(z, Array.ConvertAll(z, v => -Math.Exp(v))).IsFunction);
        Assert.False(Estimate(z, w).IsFunction);
    }

    [Fact]
    public void A_class_of_one_row_leaves_nothing_but_the_upper_end()
    {
        var (y, _) = KnownDependence.Gaussian(0).Sample(1000, 1);
        var flag = new double[1000];
        flag[7] = 1;
        var estimate = Estimate(flag, y);
        Assert.Equal(0, estimate.Mi);
        // The entropy of one row in a thousand is 0.0079.
        Assert.InRange(estimate.High, 0.0079, 0.02);
    }

    [Fact]
    public void A_rare_class_is_estimated()
    {
        var family = MixedDependence.Classes([0.98, 0.02], [0, 2]);
        var estimates = Enumerable.Range(0, 20).Select(s => family.Sample(1000, (ulong)s)).Select(p => Estimate(p.X, p.Y)).ToArray();
        Assert.Equal(family.Truth, estimates.Average(e => e.Mi), 0.006);
        Assert.InRange(estimates.Count(e => e.Low <= family.Truth && family.Truth <= e.High), 16, 20);
    }

    [Fact]
    public void P_values_of_independent_columns_are_uniform()
    {
        var small = 0;
        var tiny = 0;
        const int Samples = 1000;
        for (ulong s = 0; s < Samples; s++)
        {
            var random = new RandomStream(s, "null");
            int[] a = [.. Enumerable.Range(0, 100).Select(_ => random.NextInt(4))];
            double[] scores = [.. Enumerable.Range(0, 100).Select(_ => random.NextNormal())];
            var p =
                s % 2 == 0
                    ? ClassTest.OfTable(a, [.. Enumerable.Range(0, 100).Select(_ => random.NextInt(3))], _options, s, new ParallelOptions())
                    : ClassTest.OfScores(a, scores, _options with { Permutations = 9999 }, s, new ParallelOptions());
            small += p <= 0.05 ? 1 : 0;
            tiny += p <= 0.01 ? 1 : 0;
        }
        // Binomial(1000, 0.05) and (1000, 0.01): beyond these limits with a probability of 0.002 each.
        Assert.InRange(small, 29, 72);
        Assert.InRange(tiny, 2, 21);
    }

    private static MutualInformationEstimate Estimate(double[] x, double[] y) =>
        MutualInformationEstimator.Estimate(x, y, _options, 1, 1, TestContext.Current.CancellationToken);

    private static KnownDependence Family(string name) =>
        name switch
        {
            "coin" => DiscreteDependence.PoissonAndCoin(3),
            "independent" => DiscreteDependence.IndependentPoisson(3),
            "common" => DiscreteDependence.CommonPoisson(3),
            "rounded 1" => DiscreteDependence.RoundedGaussian(0.6, 1),
            "rounded 2" => DiscreteDependence.RoundedGaussian(0.6, 2),
            "rounded 5" => DiscreteDependence.RoundedGaussian(0.6, 5),
            "zeros and counts" => DiscreteDependence.ZeroInflatedPoisson(0.5, 3),
            "count and noise" => MixedDependence.PoissonAndNormal(3, 0.5),
            "rounded and normal" => MixedDependence.RoundedAndNormal(0.9, 2),
            "classes" => MixedDependence.Classes([0.5, 0.3, 0.15, 0.05], [0, 2, -1.5, 1]),
            "zeros" => MixedDependence.ZeroInflated(0.3, 0.6),
            "censored" => MixedDependence.Censored(0.8),
            "both censored" => MixedDependence.BothCensored(0.7),
            "twice" => MixedDependence.Repeated(KnownDependence.Gaussian(0.6), 2),
            "five times" => MixedDependence.Repeated(KnownDependence.Gaussian(0.8), 5),
            "some twice" => MixedDependence.Repeated(KnownDependence.Gaussian(0.6), 1.3),
            _ => MixedDependence.Repeated(MixedDependence.ZeroInflated(0.3, 0.6), 2),
        };
}
