using Galatent.Files;
using Galatent.Latents;
using Galatent.Latents.TwoSamples;

namespace Galatent.Report.Figures.Comparisons;

/// <summary>Tables of a comparison of real spectra with mocks.</summary>
public static class GapTables
{
    /// <summary>All tables with their names.</summary>
    public static IReadOnlyList<(string Name, ResultTable Table)> Of(DomainGap gap) =>
        [("gap-measures", Measures(gap)), ("gap-dimensions", Dimensions(gap)), ("gap-lines", Lines(gap))];

    internal static ResultTable Measures(DomainGap gap) =>
        new(
            ["measure", "value", "p_value", "chance_deviation", "shift_sigma"],
            [
                .. gap.Measures.Select(m =>
                    (string[])
                        [
                            $"classifier by {m.Name}: area under the curve",
                            ResultTable.Text(m.Test.Area, "G4"),
                            ResultTable.Text(m.Test.PValue, "G3"),
                            ResultTable.Text(m.Test.ChanceDeviation, "G3"),
                            ResultTable.Text(m.Test.Shift, "G3"),
                        ]
                ),
                ["real spectra below the mocks' lowest percent of latent density", ResultTable.Text(gap.LowDensityShare, "G4"), "", "", ""],
            ]
        );

    internal static ResultTable Dimensions(DomainGap gap) =>
        new(
            [
                "dimension",
                "shift_sigma",
                "shift_error",
                "spread_ratio",
                "log_spread_error",
                "area",
                "p_value",
                "spread_p_value",
                "q_value",
                "outside_98_share",
                "verdict",
            ],
            [
                .. gap.Dimensions.Select(d =>
                    (string[])
                        [
                            AnalysisResults.DimensionName(d.Dimension),
                            ResultTable.Text(d.Shift, "G4"),
                            ResultTable.Text(d.ShiftError, "G3"),
                            ResultTable.Text(d.SpreadRatio, "G3"),
                            ResultTable.Text(d.SpreadError, "G3"),
                            ResultTable.Text(d.Area, "G4"),
                            ResultTable.Text(d.PValue, "G3"),
                            ResultTable.Text(d.SpreadPValue, "G3"),
                            ResultTable.Text(d.QValue, "G3"),
                            ResultTable.Text(d.OutsideShare, "G3"),
                            VerdictOf(d),
                        ]
                ),
            ]
        );

    internal static ResultTable Lines(DomainGap gap) =>
        new(
            ["line", "real_spectra", "real_mean_t", "mock_mean_t", "difference_sigma", "real_beyond_5", "mock_share_beyond_5"],
            [
                .. gap.Lines.Select(l =>
                    (string[])
                        [
                            l.Line,
                            ResultTable.Text(l.RealSpectra),
                            ResultTable.Text(l.RealMean, "G3"),
                            ResultTable.Text(l.MockMean, "G3"),
                            ResultTable.Text(l.Difference, "G3"),
                            ResultTable.Text(l.RealStrong),
                            ResultTable.Text(l.MockStrongShare, "G3"),
                        ]
                ),
            ]
        );

    internal static string VerdictOf(DimensionGap dimension) =>
        dimension.Verdict switch
        {
            GapVerdict.Agrees => "agrees",
            GapVerdict.Differs => "differs",
            _ => "undecided",
        };
}
