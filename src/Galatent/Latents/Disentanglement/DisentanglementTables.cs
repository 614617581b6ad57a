using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Numerics;

namespace Galatent.Latents.Disentanglement;

/// <summary>The tables of the disentanglement analysis.</summary>
/// <param name="Table">Dimensions, parameters, rows.</param>
/// <param name="Shares">Shares of R² and the scores.</param>
/// <param name="Replicas">Their numbers over the bootstrap.</param>
/// <param name="Chance">Their numbers over the permutations.</param>
/// <param name="Rotated">Their numbers with the axes of z turned at random.</param>
/// <param name="Conditional">I(z_i; θ_k given the others), (G).</param>
/// <param name="Plain">I(z_i; θ_k).</param>
/// <param name="JointNat">I(z; θ_k), (G), for each parameter.</param>
internal sealed record DisentanglementTables(
    FactorTable Table,
    ExplainedShares Shares,
    IReadOnlyList<double[]> Replicas,
    IReadOnlyList<double[]> Chance,
    IReadOnlyList<double[]> Rotated,
    ConditionalMatrix Conditional,
    PlainInformation Plain,
    double[] JointNat
)
{
    private int Dimensions => Table.Z.Length;

    private int Parameters => Table.Theta.Length;

    private string Conditions =>
        $"{Table.Rows} spectra (mutual information: as many as its own table says), samples z of {Dimensions} dimensions in use "
        + $"(KL above 0.1 nat); R2 fitted to {Table.Fitted.Length} and judged on {Table.Judged.Length}";

    /// <summary>All tables.</summary>
    public AnalysisTable[] Of(string name) =>
        [
            new AnalysisTable(name, Scores()),
            new AnalysisTable(name + "-parameters", OfParameters()),
            new AnalysisTable(name + "-dimensions", OfDimensions()),
            new AnalysisTable(name + "-pairs", OfPairs()),
        ];

    // Permuted parameters are predicted by nothing, so the scores of their shares are those of noise, which are high. The null of the two
    // scores is a rotation: the same space, other axes.
    private ResultTable Scores()
    {
        var first = (Dimensions * Parameters) + Parameters;
        string[] names = ["disentanglement", "completeness", "mean_r2"];
        return Say(
            new ResultTable(
                [
                    "score",
                    "value",
                    "standard_error",
                    "rotated_mean",
                    "rotated_95_percent",
                    "rotated_p_value",
                    "permuted_95_percent",
                    "permuted_p_value",
                ],
                [
                    .. names.Select(
                        (n, i) =>
                            new[]
                            {
                                n,
                                Text(Shares.Numbers[first + i]),
                                Text(Error(first + i)),
                                Text(SampleMoments.Mean([.. Rotated.Select(r => r[first + i])])),
                                Text(Upper(Rotated, first + i)),
                                Text(PValue(Rotated, first + i)),
                                Text(Upper(Chance, first + i)),
                                Text(PValue(Chance, first + i)),
                            }
                    ),
                ]
            )
        );
    }

    private ResultTable OfParameters()
    {
        var gaps = InformationGap.Of(Plain.Nat, Dimensions, Parameters);
        var sap = InformationGap.OfR2(Plain.Nat, Dimensions, Parameters);
        string[] Row(int k)
        {
            var gap = gaps[k];
            var first = Plain.StandardError[(gap.First * Parameters) + k];
            var second = gap.Second < 0 ? 0 : Plain.StandardError[(gap.Second * Parameters) + k];
            var error = Math.Sqrt((first * first) + (second * second));
            // Three lower limits of what all dimensions know together: their normal copula, what the best one knows alone, and the
            // regression, whose residual a normal score of R² cannot have with less information.
            double[] limits =
            [
                JointNat[k],
                Plain.Nat[(gap.First * Parameters) + k],
                -0.5 * Math.Log(1 - Math.Clamp(Shares.R2[k], 0, 1 - 1e-12)),
            ];
            var joint = limits.Max();
            var r2 = (Dimensions * Parameters) + k;
            return
            [
                Table.Parameters[k],
                AnalysisResults.DimensionName(Table.Dimensions[gap.First]),
                gap.Second < 0 ? "" : AnalysisResults.DimensionName(Table.Dimensions[gap.Second]),
                Text(gap.Gap),
                Text(error),
                Text(InformationGap.OfChance * error / Math.Sqrt(2)),
                Text(joint),
                Text(joint > 0 ? gap.Gap / joint : 0),
                Text(sap[k].Gap),
                Text(Shares.R2[k]),
                Text(Error(r2)),
                Text(PValue(Chance, r2)),
                Text(Shares.Scores.OfParameters[k]),
            ];
        }
        return Say(
            new ResultTable(
                [
                    "parameter",
                    "first_dimension",
                    "second_dimension",
                    "gap_nat",
                    "gap_standard_error_nat",
                    "gap_of_chance_nat",
                    "joint_information_at_least_nat",
                    "gap_share_at_most",
                    "sap",
                    "r2",
                    "r2_standard_error",
                    "r2_p_value",
                    "completeness",
                ],
                [.. Enumerable.Range(0, Parameters).Select(Row)]
            )
        );
    }

    private ResultTable OfDimensions() =>
        Say(
            new ResultTable(
                ["dimension", "disentanglement", "importance"],
                [
                    .. Table.Dimensions.Select(
                        (d, i) =>
                            new[]
                            {
                                AnalysisResults.DimensionName(d),
                                Text(Shares.Scores.OfDimensions[i]),
                                Text(Enumerable.Range(0, Parameters).Sum(k => Math.Max(0, Shares.Share[(i * Parameters) + k]))),
                            }
                    ),
                ]
            )
        );

    private ResultTable OfPairs() =>
        Say(
            new ResultTable(
                [
                    "dimension",
                    "parameter",
                    "information_nat",
                    "information_standard_error_nat",
                    "conditional_information_gaussian_nat",
                    "conditional_information_standard_error_nat",
                    "r2_share",
                    "r2_share_standard_error",
                    "r2_share_p_value",
                    "r2_alone",
                    "r2_unique",
                ],
                [
                    .. Enumerable
                        .Range(0, Dimensions * Parameters)
                        .Select(i =>
                            new[]
                            {
                                AnalysisResults.DimensionName(Table.Dimensions[i / Parameters]),
                                Table.Parameters[i % Parameters],
                                Text(Plain.Nat[i]),
                                Text(Plain.StandardError[i]),
                                Text(Conditional.Nat[i]),
                                Text(Conditional.StandardError[i]),
                                Text(Shares.Share[i]),
                                Text(Error(i)),
                                Text(PValue(Chance, i)),
                                Text(Shares.Alone[i]),
                                Text(Shares.Unique[i]),
                            }
                        ),
                ]
            )
        );

    private ResultTable Say(ResultTable table) => table with { Remarks = [Conditions] };

    private double Error(int number) => SampleMoments.Deviation([.. Replicas.Select(r => r[number])]);

    private static double Upper(IReadOnlyList<double[]> draws, int number) =>
        SampleMoments.Quantile([.. draws.Select(r => r[number])], 0.95);

    // Never 0: the data themselves are one of the orders.
    private double PValue(IReadOnlyList<double[]> draws, int number) =>
        (1.0 + draws.Count(r => r[number] >= Shares.Numbers[number])) / (1.0 + draws.Count);

    private static string Text(double value) => ResultTable.Text(value);
}
