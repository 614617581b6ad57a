using CsCheck;
using Galatent.Networks.Objectives;
using Galatent.Torch;
using static TorchSharp.torch;

namespace Galatent.Tests.Networks.Objectives;

/// <summary>Hand-written derivatives of the latent terms against libtorch's autograd in double precision, on the papers' formulas written
/// out with whole tensors.</summary>
public class LatentTermTests
{
    private const float Beta = 0.7f;

    public static TheoryData<string> Terms =>
        [
            "capacity above",
            "capacity below",
            "tc",
            "tc of one",
            "info",
            "mmd only",
            "consistency",
            "consistency in the prior",
            "consistency and tc",
        ];

    [Theory]
    [MemberData(nameof(Terms))]
    public void Value_and_derivatives_are_those_of_autograd(string name) =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 5], Gen.Int[0, 1000])
            .Sample((count, dimensions, seed) => Check(name, count, dimensions, seed), iter: 25);

    [Fact]
    public void Total_correlation_of_one_dimension_is_nothing_and_of_copies_is_large()
    {
        // Dimensions that repeat each other: TC = ln M for narrow, well separated posteriors (each draw fits one of M in each dimension,
        // but the product counts M-1 too few).
        const int count = 8;
        var mu = Enumerable.Range(0, count).SelectMany(i => new[] { 10f * i, 10f * i }).ToArray();
        var narrow = Enumerable.Repeat(-4f, mu.Length).ToArray();
        Assert.Equal(Math.Log(count), TotalCorrelation(2, mu, narrow, mu), 1e-9);
        Assert.Equal(0, TotalCorrelation(1, mu, narrow, mu), 1e-12);
        // The full factorial of two independent dimensions: q(z) is the product of its marginals.
        float[] grid = [0, 0, 0, 10, 10, 0, 10, 10];
        Assert.Equal(0, TotalCorrelation(2, grid, [.. grid.Select(_ => -4f)], grid), 1e-9);
    }

    [Fact]
    public void Discrepancy_is_the_expectation_over_the_prior_and_vanishes_for_its_draws()
    {
        // One point at the origin, d = 1, h² = 1: 1 - 2 sqrt(1/2) + sqrt(1/3).
        Assert.Equal(1 - Math.Sqrt(2) + (1 / Math.Sqrt(3)), Discrepancy(1, [0]), 1e-12);
        // For n draws of the prior the expectation of MMD² is (1 - E E k) / n.
        const int count = 800;
        const int dimensions = 4;
        var draws = TinyNetwork.Normals("prior", count * dimensions);
        var expected = (1 - Math.Pow(dimensions / (dimensions + 2.0), 0.5 * dimensions)) / count;
        Assert.InRange(Discrepancy(dimensions, draws), 0.3 * expected, 3 * expected);
        Assert.True(Discrepancy(dimensions, [.. draws.Select(z => 2 * z)]) > 30 * expected);
    }

    [Fact]
    public void Discrepancy_is_never_negative() =>
        Gen.Float[-30, 30].Array[3, 30].Sample(z => Discrepancy(3, z[..(z.Length / 3 * 3)]) >= -1e-12);

    [Fact]
    public void Capacity_and_beta_rise_linearly()
    {
        Assert.Equal(
            [0f, 5f, 10f, 20f, 20f],
            new double[] { 0, 1, 2, 4, 9 }.Select(t =>
                new CapacityObjective { CapacityNat = 20, RisingEpochs = 4 }
                    .At(1, t, 1)
                    .CapacityNat
            )
        );
        Assert.Equal(1, LinearRise.Share(0, 0));
        var annealed = PreparedObjective.Create(new AnnealedObjective { RisingEpochs = 2 }, 0.8, Galatent.Spectra.WavelengthGrid.Study);
        Assert.Equal([0f, 0.4f, 0.8f], new[] { 0, 1, double.PositiveInfinity }.Select(t => annealed.At(t, 1).Beta));
    }

    private static void Check(string name, int count, int dimensions, int seed)
    {
        using var scope = NewDisposeScope();
        var length = count * dimensions;
        float[] Draw(string what, float scale) => [.. TinyNetwork.Normals($"{what} {seed}", length).Select(v => scale * v)];
        var mu = Draw("mu", 1.5f);
        var logVariance = Draw("log variance", 0.7f);
        var epsilon = Draw("epsilon", 1);
        float[] z = [.. Enumerable.Range(0, length).Select(i => mu[i] + (MathF.Exp(0.5f * logVariance[i]) * epsilon[i]))];
        Tensor[] leaves =
        [
            .. new[] { mu, logVariance, z }.Select(v => tensor(v, [count, dimensions], dtype: ScalarType.Float64).requires_grad_(true)),
        ];
        var (term, capacity, expected) = Formula(name, leaves[0], leaves[1], leaves[2]);
        expected.backward();
        var g1 = new float[length];
        var g2 = new float[length];
        var g3 = new float[length];
        var value = term.Evaluate(
            new LatentBatch(dimensions, mu, logVariance, z),
            new ObjectiveWeights(Beta, capacity),
            new LatentGradient(g1, g2, g3)
        );
        Assert.Equal(expected.Number(), value, 1e-6 * (1 + Math.Abs(value)));
        foreach (var (leaf, ours) in leaves.Zip(new[] { g1, g2, g3 }))
        {
            var theirs = leaf.grad is { } gradient ? gradient.data<double>().ToArray() : new double[length];
            var scale = 1e-6 * (1 + theirs.Max(Math.Abs));
            for (var i = 0; i < length; i++)
            {
                Assert.Equal(theirs[i], ours[i], scale);
            }
        }
    }

    private static (ILatentTerm Term, float Capacity, Tensor Value) Formula(string name, Tensor mu, Tensor logVariance, Tensor z)
    {
        var count = mu.shape[0];
        var kl = (mu.Square().Plus(logVariance.exp()) - logVariance).Plus(-1).sum().Times(0.5 / count);
        switch (name)
        {
            case "capacity above":
                return (new CapacityObjective { CapacityWeight = 12 }.CreateTerm(), 1e-3f, kl.Plus(-(double)1e-3f).abs().Times(12));
            case "capacity below":
                return (new CapacityObjective { CapacityWeight = 12 }.CreateTerm(), 1e3f, kl.Plus(-1e3).abs().Times(12));
            case "tc":
                return (new TotalCorrelationTerm(4), 0, kl.Plus(Correlation(mu, logVariance, z), 3).Times(Beta));
            case "tc of one":
                return (new TotalCorrelationTerm(1), 0, kl.Times(Beta));
            case "info":
                return (new MaximumMeanDiscrepancyTerm(0.25, 50), 0, kl.Times(0.75).Plus(PriorDiscrepancy(z), 49.25).Times(Beta));
            case "consistency":
                return (new ConsistencyTerm(null, 7, ConsistencyUnit.Posterior), 0, kl.Times(Beta).Plus(Consistency(mu, logVariance), 7));
            case "consistency in the prior":
                return (new ConsistencyTerm(null, 7, ConsistencyUnit.Prior), 0, kl.Times(Beta).Plus(ConsistencyInPrior(mu), 7));
            case "consistency and tc":
                return (
                    new ConsistencyTerm(new TotalCorrelationTerm(4), 7, ConsistencyUnit.Posterior),
                    0,
                    kl.Plus(Correlation(mu, logVariance, z), 3).Times(Beta).Plus(Consistency(mu, logVariance), 7)
                );
            default:
                return (new MaximumMeanDiscrepancyTerm(1, 30), 0, kl.Times(0).Plus(PriorDiscrepancy(z), Beta * 30));
        }
    }

    private static Tensor Correlation(Tensor mu, Tensor logVariance, Tensor z)
    {
        var count = mu.shape[0];
        var distance = z.unsqueeze(1) - mu.unsqueeze(0); // [i, j, d]
        var log = (distance.Square() / logVariance.exp().unsqueeze(0))
            .Plus(logVariance.unsqueeze(0))
            .Plus(Math.Log(2 * Math.PI))
            .Times(-0.5);
        var joint = log.sum(2).logsumexp(1).Plus(-Math.Log(count));
        var marginals = log.logsumexp(1).Plus(-Math.Log(count)).sum(1);
        return (joint - marginals).mean();
    }

    // Rows 2i and 2i + 1; a last one without a partner does not count.
    private static Tensor Consistency(Tensor mu, Tensor logVariance)
    {
        var (pairs, d) = (mu.shape[0] / 2, mu.shape[1]);
        if (pairs == 0)
        {
            return mu.sum().Times(0);
        }
        Tensor Side(Tensor t, int side) => t.narrow(0, 0, 2 * pairs).view(pairs, 2, d).select(1, side);
        var spread = Side(logVariance, 0).exp().Plus(Side(logVariance, 1).exp());
        var q = ((Side(mu, 0) - Side(mu, 1)).Square() / spread).sum(1).Times(1.0 / d);
        return q.sigmoid().Plus(-0.5).mean();
    }

    private static Tensor ConsistencyInPrior(Tensor mu)
    {
        var (pairs, d) = (mu.shape[0] / 2, mu.shape[1]);
        var sides = mu.narrow(0, 0, 2 * pairs).view(pairs, 2, d);
        return (sides.select(1, 0) - sides.select(1, 1)).Square().sum().Times(1.0 / Math.Max(1, pairs));
    }

    private static Tensor PriorDiscrepancy(Tensor z)
    {
        var d = z.shape[1];
        var pairs = (z.unsqueeze(1) - z.unsqueeze(0)).Square().sum(2).Times(-0.5 / d).exp().mean();
        var prior = z.Square().sum(1).Times(-0.5 / (1 + d)).exp().mean().Times(Math.Pow(d / (1.0 + d), 0.5 * d));
        return pairs.Plus(prior, -2).Plus(Math.Pow(d / (2.0 + d), 0.5 * d));
    }

    private static double TotalCorrelation(int dimensions, float[] mu, float[] logVariance, float[] z)
    {
        var scratch = new float[mu.Length];
        return TotalCorrelationTerm.TotalCorrelation(
            new LatentBatch(dimensions, mu, logVariance, z),
            0,
            new LatentGradient(scratch, scratch, scratch)
        );
    }

    private static double Discrepancy(int dimensions, float[] z) =>
        MaximumMeanDiscrepancyTerm.Discrepancy(new LatentBatch(dimensions, z, z, z), 0, new float[z.Length]);
}
