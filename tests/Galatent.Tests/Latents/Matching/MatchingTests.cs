using CsCheck;
using Galatent.Latents.Matching;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Matching;

/// <summary>Matching of two models against published and closed values.</summary>
public class MatchingTests
{
    private const double Exact = 1e-6;

    [Fact]
    public void Assignment_is_not_greedy()
    {
        double[] worth = [0.9, 0.8, 0.85, 0.1];
        Assert.Equal([1, 0], LinearAssignment.Best(worth, 2, 2));
        Assert.Equal(1.65 / 2, DimensionMatching.OfCorrelation(worth, 2, 2).Mean, Exact);
        // Signs do not matter for the pairing, and are kept.
        var signed = DimensionMatching.OfCorrelation([0.9, -0.8, 0.85, 0.1], 2, 2);
        Assert.Equal(-0.8, signed[0]);
    }

    [Fact]
    public void Assignment_equals_the_best_of_all_orders() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5])
            .SelectMany(size => Gen.Double[-3, 3].Array[size.Item1 * size.Item2].Select(worth => (size, worth)))
            .Sample(given =>
            {
                var ((rows, columns), worth) = given;
                var partner = LinearAssignment.Best(worth, rows, columns);
                var pairs = partner.Select((c, r) => (r, c)).Where(p => p.c >= 0).ToArray();
                Assert.Equal(Math.Min(rows, columns), pairs.Length);
                Assert.Equal(pairs.Length, pairs.Select(p => p.c).Distinct().Count());
                Assert.Equal(BestSum(worth, rows, columns, 0, 0), pairs.Sum(p => worth[(p.r * columns) + p.c]), 1e-12);
            });

    [Theory]
    [InlineData(0.8, 0.785939)]
    [InlineData(0.70710678118654752, 0.690160)]
    public void Rank_correlation_of_normal_columns(double rho, double expected)
    {
        Assert.Equal(expected, RankCorrelation.OfNormal(rho), Exact);
        const int n = 40_000;
        var stream = new RandomStream(4, "spearman");
        var x = new double[n];
        var y = new double[n];
        for (var i = 0; i < n; i++)
        {
            x[i] = stream.NextNormal();
            y[i] = (rho * x[i]) + (Math.Sqrt(1 - (rho * rho)) * stream.NextNormal());
        }
        Assert.Equal(expected, RankCorrelation.Of(x, y), 4 / Math.Sqrt(n));
        Assert.Equal(-RankCorrelation.Of(x, y), RankCorrelation.Of(x, Array.ConvertAll(y, v => -Math.Exp(v))), 1e-12);
    }

    // By hand: ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4.
    [Fact]
    public void Equal_values_share_their_rank()
    {
        Assert.Equal(4.5 / Math.Sqrt(4.5 * 5), RankCorrelation.Of([1, 7, 7, 9], [1, 2, 3, 4]), 1e-12);
        Assert.Equal(0, RankCorrelation.Of([5, 5, 5], [1, 2, 3]));
    }

    [Fact]
    public void Ranking_of_given_matrices()
    {
        var half = Math.Sqrt(0.5);
        Assert.Equal(0.353553, DisentanglementRanking.Of([half, half, half, half], 2, 2), Exact);
        Assert.Equal(0.567514, DisentanglementRanking.Of([0.9, 0.1, 0, 0.2, 0.6, 0.5], 2, 3), Exact);
        Assert.Equal(1, DisentanglementRanking.Of([1, 0, 0, 1], 2, 2), Exact);
    }

    [Fact]
    public void Alignment_weighs_by_variance_and_canonical_correlations_do_not()
    {
        double[] covariance = [9, 0, 3, 0, 0, 1, 0, 3, 3, 0, 1, 0, 0, 3, 0, 9];
        var agreement = SubspaceAgreement.OfCovariance(covariance, 2, 2);
        Assert.Equal(0.219512, agreement.Alignment, Exact);
        // Correlations of exactly 1 make the whole covariance singular, but not its blocks.
        Assert.All(agreement.CanonicalCorrelations, r => Assert.Equal(1, r, Exact));
        Assert.Equal(1, agreement.MeanSquaredCorrelation, Exact);
    }

    [Fact]
    public void Axes_turned_in_one_subspace_keep_it_and_lose_the_match()
    {
        const int n = 4000;
        var stream = new RandomStream(6, "turned");
        double[][] x = [new double[n], new double[n]];
        double[][] y = [new double[n], new double[n]];
        for (var i = 0; i < n; i++)
        {
            (x[0][i], x[1][i]) = (stream.NextNormal(), stream.NextNormal());
            (y[0][i], y[1][i]) = ((x[0][i] - x[1][i]) * Math.Sqrt(0.5), (x[0][i] + x[1][i]) * Math.Sqrt(0.5));
        }
        var agreement = SubspaceAgreement.Of(x, y);
        Assert.Equal(1, agreement.MeanSquaredCorrelation, 1e-9);
        Assert.Equal(1, agreement.Alignment, 0.01);
        Assert.Equal(0.690160, DimensionMatching.Of(x, y).Mean, 0.03);
        int[] rows = [.. Enumerable.Range(0, n)];
        var both = ModelAgreement.Of(x, y, rows[..(n / 2)], rows[(n / 2)..], 2, TestContext.Current.CancellationToken);
        Assert.Equal(1, both.FirstFromSecond, 0.01);
        Assert.Equal(1, both.SecondFromFirst, 0.01);
        Assert.Equal(1, DimensionMatching.Of(x, x).Mean, 1e-12);
        // A dimension without a partner counts as 0, on either side.
        Assert.Equal(0.5, DimensionMatching.Of(x, [x[1]]).Mean, 1e-12);
        Assert.Equal(0.5, DimensionMatching.Of([x[1]], x).Mean, 1e-12);
    }

    // 60 rows of six unrelated columns: the plain alignment is about 6 / 59, the debiased one about 0.
    [Fact]
    public void Alignment_of_few_rows_is_debiased()
    {
        var stream = new RandomStream(7, "few rows");
        double[][] Columns() => [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, 60).Select(_ => stream.NextNormal()).ToArray())];
        var plain = new double[40];
        var debiased = new double[40];
        for (var i = 0; i < plain.Length; i++)
        {
            var x = Columns();
            var y = Columns();
            plain[i] = SubspaceAgreement.Of(x, y).Alignment;
            debiased[i] = SubspaceAgreement.DebiasedAlignment(x, y);
            Assert.Equal(1, SubspaceAgreement.DebiasedAlignment(x, x), 1e-12);
        }
        var error = SampleMoments.Deviation(debiased) / Math.Sqrt(debiased.Length);
        Assert.Equal(0, SampleMoments.Mean(debiased), 3 * error);
        Assert.InRange(SampleMoments.Mean(plain), 0.07, 0.14);
    }

    [Theory]
    [InlineData(2, 0.900, 0.999)]
    [InlineData(4, 0.772, 0.889)]
    [InlineData(6, 0.693, 0.786)]
    [InlineData(12, 0.560, 0.610)]
    public void Random_rotations_match_by_chance(int dimensions, double mean, double upper)
    {
        var chance = RotationNull.Of(dimensions, 1);
        Assert.Equal(mean, chance.Mean, 0.004);
        Assert.Equal(upper, chance.Upper, 0.006);
    }

    // y = x² has no rank correlation with x, and nearly all information.
    [Fact]
    public void A_folded_dimension_matches_by_information_only()
    {
        var stream = new RandomStream(9, "folded");
        double[] x = [.. Enumerable.Range(0, 2000).Select(_ => stream.NextNormal())];
        double[] y = [.. x.Select(v => (v * v) + (0.1 * stream.NextNormal()))];
        double[] unrelated = [.. x.Select(_ => stream.NextNormal())];
        var cancellation = TestContext.Current.CancellationToken;
        Assert.InRange(DimensionMatching.Of([x], [y]).Mean, 0, 0.1);
        Assert.InRange(DimensionMatching.OfInformation([x], [y], 1, 2, cancellation).Mean, 0.9, 1);
        Assert.InRange(DimensionMatching.OfInformation([x], [unrelated], 1, 2, cancellation).Mean, 0, 0.1);
    }

    // One axis of two dimensions against one that is turned: the larger of |cos| and |sin|, on average 2√2/π; the other counts as 0.
    [Fact]
    public void A_dimension_without_a_partner_counts_as_nothing_by_chance_too() =>
        Assert.Equal(Math.Sqrt(2) / Math.PI, RotationNull.Of(2, 1, 1).Mean, 0.004);

    private static double BestSum(double[] worth, int rows, int columns, int row, int used)
    {
        if (row == rows)
        {
            return int.PopCount(used) == Math.Min(rows, columns) ? 0 : double.NegativeInfinity;
        }
        var best = rows > columns ? BestSum(worth, rows, columns, row + 1, used) : double.NegativeInfinity;
        for (var c = 0; c < columns; c++)
        {
            if ((used & (1 << c)) == 0)
            {
                best = Math.Max(best, worth[(row * columns) + c] + BestSum(worth, rows, columns, row + 1, used | (1 << c)));
            }
        }
        return best;
    }
}
