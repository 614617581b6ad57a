using Galatent.Latents.Conditional;
using Galatent.Latents.Information;
using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Conditional;

public class ConditionalTests
{
    // T12: mass M; star formation S = .7 M + rest; redshift r = .5 M + .4 S + rest; latent z = .6 S + .3 M + rest, all of variance 1. z
    // knows the redshift only through mass and star formation.
    private const double MS = .7;
    private const double MR = .5 + (.4 * MS);
    private const double SR = .4 + (.5 * MS);
    private const double MZ = .3 + (.6 * MS);
    private const double SZ = .6 + (.3 * MS);
    private const double RZ = (.6 * SR) + (.3 * MR);

    // Order: z, r, S, M.
    private static readonly double[] Chain = [1, RZ, SZ, MZ, RZ, 1, SR, MR, SZ, SR, 1, MS, MZ, MR, MS, 1];

    private static readonly MutualInformationOptions Options = new()
    {
        Permutations = 99,
        Neighbours = 0,
        Replicas = 30,
    };

    [Fact]
    public void The_chain_has_its_informations()
    {
        var copula = GaussianCopula.Exact(4, Chain);
        Assert.Equal(.315421, copula.Information([0], [1], []), 1e-6);
        Assert.Equal(0, copula.Information([0], [1], [2, 3]), 1e-6);
        Assert.Equal(.605331, copula.Information([0], [2, 3], []), 1e-6);
        Assert.Equal(.533702, copula.Information([0], [2], []), 1e-6);
    }

    [Fact]
    public void Estimates_of_the_chain_agree_within_three_errors()
    {
        var (z, r, s, m) = Sample(4000);
        Check(.315421, [r], []);
        Check(0, [r], [s, m]);
        Check(.605331, [s, m], []);
        Check(.533702, [s], []);

        void Check(double truth, NamedColumn[] about, NamedColumn[] given)
        {
            var gaussian = GaussianInformation.Estimate([z], about, given, 50, 1);
            var mixture = ConditionalInformation.Estimate([z], about, given, Options, 1, 2, TestContext.Current.CancellationToken);
            // Near 0 the error of an information is not its spread: 0.002 nat is the largest of 95 % of samples of 4,000.
            Assert.InRange(gaussian.Nat, truth - (3 * gaussian.StandardErrorNat), truth + Math.Max(.002, 3 * gaussian.StandardErrorNat));
            Assert.InRange(mixture.Mi, truth - (3 * mixture.Std), truth + Math.Max(.002, 3 * mixture.Std));
        }
    }

    // T12: z = a + b + noise of variance 0.1. Given b, z knows far more of a: synergy.
    [Fact]
    public void A_sum_is_synergy_and_keeps_the_chain_rule()
    {
        var root = Math.Sqrt(2.1);
        var exact = GaussianCopula.Exact(3, [1, 1 / root, 1 / root, 1 / root, 1, 0, 1 / root, 0, 1]);
        Assert.Equal(.323314, exact.Information([0], [1], []), 1e-6);
        Assert.Equal(1.198948, exact.Information([0], [1], [2]), 1e-6);
        Assert.Equal(1.522261, exact.Information([0], [1, 2], []), 1e-6);

        var a = Noise(3000, 0);
        var b = Noise(3000, 1);
        var e = Noise(3000, 2);
        var z = new NamedColumn("z", [.. a.Values.Select((v, i) => v + b.Values[i] + (Math.Sqrt(.1) * e.Values[i]))]);
        var pair = PairInformation.Estimate(z, a, b, Options, 1, 2, TestContext.Current.CancellationToken);
        Assert.Equal(.323314, pair.First.Mi, 3 * pair.First.Std);
        Assert.Equal(1.198948, pair.FirstGivenSecond.Mi, 3 * pair.FirstGivenSecond.Std);
        Assert.Equal(1.522261, pair.Joint.Mi, 3 * pair.Joint.Std);
        Assert.Equal(1.198948 - .323314, pair.InteractionNat, 3 * pair.InteractionErrorNat);
        Assert.True(pair.ChainHolds());
    }

    [Fact]
    public void A_copy_is_redundancy()
    {
        var a = Noise(2000, 0);
        var e = Noise(2000, 1);
        var f = Noise(2000, 2);
        var b = new NamedColumn("b", [.. a.Values.Select((v, i) => v + (.3 * e.Values[i]))]);
        var z = new NamedColumn("z", [.. a.Values.Select((v, i) => v + (.5 * f.Values[i]))]);
        var pair = PairInformation.Estimate(
            z,
            a,
            b,
            Options with
            {
                Fit = new MixtureFitOptions { MaxComponents = 2 },
            },
            1,
            2,
            TestContext.Current.CancellationToken
        );
        Assert.True(pair.InteractionNat < -3 * pair.InteractionErrorNat);
        Assert.True(pair.ChainHolds());
    }

    private static (NamedColumn Z, NamedColumn R, NamedColumn S, NamedColumn M) Sample(int n)
    {
        double[][] noise = [.. Enumerable.Range(0, 4).Select(c => Noise(n, c).Values)];
        var m = noise[0];
        double[] s = [.. m.Select((v, i) => (MS * v) + (Math.Sqrt(1 - (MS * MS)) * noise[1][i]))];
        // The rest of each variable brings its variance to 1.
        var restR = Math.Sqrt(1 - ((.5 * MR) + (.4 * SR)));
        var restZ = Math.Sqrt(1 - ((.3 * MZ) + (.6 * SZ)));
        double[] r = [.. m.Select((v, i) => (.5 * v) + (.4 * s[i]) + (restR * noise[2][i]))];
        double[] z = [.. m.Select((v, i) => (.3 * v) + (.6 * s[i]) + (restZ * noise[3][i]))];
        return (new("z", z), new("r", r), new("s", s), new("m", m));
    }

    private static NamedColumn Noise(int n, int column)
    {
        var random = new RandomStream(5, "conditional", (ulong)column);
        var values = new double[n];
        for (var i = 0; i < n; i++)
        {
            values[i] = random.NextNormal();
        }
        return new NamedColumn($"c{column}", values);
    }
}
