using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Latents.Disentanglement;
using Galatent.Tests.Latents.Analyses;

namespace Galatent.Tests.Latents.Disentanglement;

/// <summary>The tables of aligned dimensions of correlated parameters, from rows.</summary>
public class DisentanglementAnalysisTests
{
    private const int Rows = 6000;

    private static readonly AnalysisOutput Output = Run(2);

    private static AnalysisOutput Run(int threads)
    {
        var columns = ToyFactors.Columns(Rows, 8);
        var input = TestInput.OfColumns(
            columns[..ToyFactors.Dimensions],
            [
                .. columns[ToyFactors.Dimensions..].Select((c, k) => new ParameterColumn($"theta{k + 1}", "", "", c)),
                new ParameterColumn("constant", "", "", new double[Rows]),
            ],
            threads
        );
        return new DisentanglementAnalysis().Run(input, null, CancellationToken.None);
    }

    private static ResultTable Table(string name) => Output.Tables.Single(t => t.Name == name).Table;

    [Fact]
    public void Scores_are_those_of_the_closed_form()
    {
        var value = Table("disentanglement").Doubles("value");
        var error = Table("disentanglement").Doubles("standard_error");
        Assert.Equal(0.71198, value[0], 4 * error[0]);
        Assert.Equal(0.77175, value[1], 4 * error[1]);
        Assert.InRange(error[0], 0.001, 0.02);
        // R² of θ1 and θ2 is 1 - exp(-2 x 1.174700), of θ3 0.9.
        Assert.Equal(((2 * 0.90458) + 0.9) / 3, value[2], 4 * error[2]);
        // Aligned axes: turned ones are worse. (Few rotations nearly keep the axes.)
        Assert.True(value[0] > Table("disentanglement").Doubles("rotated_mean")[0] + 0.2);
    }

    [Fact]
    public void Pairs_show_alignment_where_plain_information_does_not()
    {
        var pairs = Table("disentanglement-pairs");
        double[] Of(string dimension, string parameter, params string[] columns)
        {
            var row = Array.FindIndex([.. pairs.Rows], r => r[0] == dimension && r[1] == parameter);
            return [.. columns.Select(c => pairs.Doubles(c)[row])];
        }
        Assert.Equal(0.195781, Of("z01", "theta1", "information_nat")[0], 0.03);
        var conditional = Of("z01", "theta1", "conditional_information_gaussian_nat", "conditional_information_standard_error_nat");
        Assert.Equal(0, conditional[0], Math.Max(1e-3, 4 * conditional[1]));
        var share = Of("z00", "theta1", "r2_share", "r2_share_standard_error", "r2_share_p_value");
        Assert.Equal(0.7403, share[0], 4 * share[1]);
        // One in 200: no permutation of 199 reaches it.
        Assert.Equal(0.005, share[2], 1e-9);
        var none = Of("z03", "theta1", "r2_share", "r2_share_standard_error");
        Assert.Equal(0, none[0], 4 * none[1]);
    }

    [Fact]
    public void What_is_left_out_is_said() =>
        Assert.Contains(Output.Remarks, r => r.Contains("constant: constant", StringComparison.Ordinal));

    [Fact]
    public void Threads_do_not_change_a_byte() =>
        Assert.Equal(
            Output.Tables.SelectMany(t => t.Table.Rows.SelectMany(r => r)),
            Run(1).Tables.SelectMany(t => t.Table.Rows.SelectMany(r => r))
        );
}
