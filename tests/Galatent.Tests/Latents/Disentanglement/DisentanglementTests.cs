using Galatent.Latents.Disentanglement;
using Galatent.Latents.Information;
using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Disentanglement;

/// <summary>MIG, SAP and DCI against closed forms.</summary>
public class DisentanglementTests
{
    private const double Exact = 1e-6;
    private const double Table = 1e-4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static GaussianCopula Known => GaussianCopula.Exact(7, ToyFactors.Correlation);

    [Fact]
    public void Information_gap_of_correlated_factors()
    {
        var information = Information();
        Assert.Equal(1.151293, information[0], Exact);
        Assert.Equal(0.195781, information[3], Exact);
        var joint = Known.Information([0, 1, 2, 3], [4], []);
        Assert.Equal(1.174700, joint, Exact);
        var gap = InformationGap.Of(information, 4, 3)[0];
        Assert.Equal((0, 1), (gap.First, gap.Second));
        Assert.Equal(0.813409, gap.Gap / joint, Exact);
        // Given the other parameters, z2 knows nothing of θ1.
        Assert.Equal(0.955511, Known.Information([0], [4], [5, 6]), Exact);
        Assert.Equal(0, Known.Information([1], [4], [5, 6]), Exact);
    }

    [Fact]
    public void SAP_of_correlated_factors()
    {
        double[] expected = [0.576, 0.576, 0.9];
        foreach (var (gap, value) in InformationGap.OfR2(Information(), 4, 3).Zip(expected))
        {
            Assert.Equal(value, gap.Gap, Exact);
        }
    }

    [Fact]
    public void Mixtures_find_the_same_information()
    {
        var columns = ToyFactors.Columns(20_000, 3);
        var options = new MutualInformationOptions
        {
            Replicas = 10,
            Permutations = 99,
            Neighbours = 0,
            Fit = new MixtureFitOptions { MaxComponents = 4 },
        };
        double Estimate(int i, int j) => MutualInformationEstimator.Estimate(columns[i], columns[j], options, 1, 2, Cancellation).Mi;
        Assert.Equal(1.151293, Estimate(0, 4), 0.03);
        Assert.Equal(0.195781, Estimate(1, 4), 0.03);
    }

    [Fact]
    public void Shares_of_R2_divide_what_correlated_dimensions_have_in_common()
    {
        var moments = Moments();
        int[] masks = [1, 2, 4, 8];
        var r2 = SubsetRegression.HeldOutR2(moments, moments, masks, 4, 2, Cancellation);
        AssertEqual([0.7403, 0.1643, 0, 0], ShapleyValues.Of(4, s => r2[0][s]));
        // What a dimension adds to all others, and what it knows alone.
        Assert.Equal(0.5806, r2[0][15] - r2[0][14], Table);
        Assert.Equal(0.0046, r2[0][15] - r2[0][13], Table);
        Assert.Equal(0.9, r2[0][1], Table);
        double[] importance = new double[12];
        for (var k = 0; k < 3; k++)
        {
            var shares = ShapleyValues.Of(4, s => r2[k][s]);
            for (var i = 0; i < 4; i++)
            {
                importance[(i * 3) + k] = shares[i];
            }
            Assert.Equal(r2[k][^1], shares.Sum(), 1e-12);
        }
        var scores = ImportanceScores.Of(importance, 4, 3);
        Assert.Equal(0.71198, scores.Disentanglement, Table);
        Assert.Equal(0.77175, scores.Completeness, Table);
    }

    [Fact]
    public void Scores_of_given_matrices()
    {
        double[] importance = [0.8, 0.1, 0, 0.1, 0.6, 0.1, 0, 0, 0.3, 0, 0, 0];
        var scores = ImportanceScores.Of(importance, 4, 3);
        Assert.Equal(0.589279, scores.Disentanglement, Exact);
        Assert.Equal(0.702096, scores.Completeness, Exact);
        // A parameter that nothing predicts must not weigh as much as the others.
        Assert.Equal(0.945233, ImportanceScores.Of([0.9, 0, 0.01, 0, 0.9, 0.01, 0, 0, 0.01], 3, 3).Disentanglement, Exact);
        double[] normalised = [1, 0, 1 / 3.0, 0, 1, 1 / 3.0, 0, 0, 1 / 3.0];
        Assert.Equal(0.545014, ImportanceScores.Of(normalised, 3, 3).Disentanglement, Exact);
        Assert.Equal(0, ImportanceScores.Of(new double[6], 2, 3).Disentanglement);
    }

    [Fact]
    public void The_basis_finds_what_a_line_cannot()
    {
        const int n = 20_000;
        var stream = new RandomStream(9, "hermite");
        double[] z1 = Normals(ref stream, n);
        double[] z2 = Normals(ref stream, n);
        double[] noise = Normals(ref stream, n);
        double[] target = [.. z1.Select((z, i) => (0.8 * ((z * z) - 1) / Math.Sqrt(2)) + (0.6 * noise[i]))];
        int[] fitted = [.. Enumerable.Range(0, n / 2)];
        int[] judged = [.. Enumerable.Range(n / 2, n / 2)];
        double HeldOut(double[][] columns, int[] masks) =>
            SubsetRegression.HeldOutR2(
                RegressionMoments.Of(columns, [target], fitted, fitted),
                RegressionMoments.Of(columns, [target], judged, fitted),
                masks,
                2,
                2,
                Cancellation
            )[0][^1];
        var basis = HermiteBasis.Of([z1, z2]);
        Assert.Equal(0.64, HeldOut(basis.Columns, basis.Masks), 0.02);
        Assert.Equal(0, HeldOut([z1, z2], [1, 2]), 0.02);
        // A dimension that is off has no functions, and no share.
        Assert.Equal(4, HermiteBasis.Of([z1, new double[n], z2]).Masks.Count(m => (m & 5) == 5 || m == 1));
    }

    [Fact]
    public void Redrawn_parameters_move_a_dimension_by_their_own_share()
    {
        const int n = 100_000;
        var stream = new RandomStream(11, "redraw");
        double[][] parameters = [Normals(ref stream, n), Normals(ref stream, n), Normals(ref stream, n)];
        double[] weights = [3, 2, 1];
        double Z(double[] theta) => theta.Zip(weights, (t, w) => t * w).Sum() / Math.Sqrt(14);
        double[] before = [.. Enumerable.Range(0, n).Select(i => Z([.. parameters.Select(p => p[i])]))];
        double[] expected = [0.642857, 0.285714, 0.071429];
        for (var k = 0; k < 3; k++)
        {
            var redrawn = Normals(ref stream, n);
            double[] after = [.. Enumerable.Range(0, n).Select(i => Z([.. parameters.Select((p, j) => j == k ? redrawn[i] : p[i])]))];
            var effect = InterventionEffect.Of(before, after);
            Assert.Equal(expected[k], effect.Value, 0.02);
            Assert.Equal(expected[k], effect.Value, 4 * effect.StandardError);
        }
        Assert.Equal((0.0, 0.0), InterventionEffect.Of([1, 1], [1, 2]));
    }

    private static double[] Normals(ref RandomStream stream, int n)
    {
        var values = new double[n];
        for (var i = 0; i < n; i++)
        {
            values[i] = stream.NextNormal();
        }
        return values;
    }

    private static double[] Information() =>
        [.. Enumerable.Range(0, 4).SelectMany(i => Enumerable.Range(4, 3).Select(k => Known.Information([i], [k], [])))];

    private static RegressionMoments Moments()
    {
        double At(int i, int j) => ToyFactors.Correlation[(i * 7) + j];
        return new RegressionMoments(
            [.. Enumerable.Range(0, 4).SelectMany(i => Enumerable.Range(0, 4).Select(j => At(i, j)))],
            [.. Enumerable.Range(0, 4).SelectMany(i => Enumerable.Range(4, 3).Select(k => At(i, k)))],
            [1, 1, 1]
        );
    }

    private static void AssertEqual(double[] expected, double[] actual)
    {
        foreach (var (e, a) in expected.Zip(actual))
        {
            Assert.Equal(e, a, Table);
        }
    }
}
