using Galatent.Latents;
using Galatent.Latents.Reconstructions;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Report.Drawing;
using Galatent.Report.Runs;
using Galatent.Spectra.Quantities;

namespace Galatent.Report.Page;

/// <summary>The tables of the report.</summary>
internal static class ReportTables
{
    private const double FalseAlarms = 0.05;

    /// <summary>One row per model: its results, compared with those of a linear model.</summary>
    public static string Models(RunResults run) =>
        Html.Table(
            [
                "",
                "Informative (eq. 11)",
                $"In use (KL > {ActiveDimensions.Threshold})",
                "Squared error of samples",
                "KL [nat]",
                "Loss",
                "Best linear VAE: loss",
                "… dimensions",
                "Posterior means, held-out: squared error",
                "… PCA of as many",
                "Verdict",
            ],
            run.Models.Select(m =>
                (string[])
                    [
                        m.Label,
                        $"{m.Analysis.Informative.Length}",
                        $"{m.Analysis.Informativeness.ByKl.Length}",
                        Wording.Estimate(m.Analysis.Loss.SquaredErrorOfSample, m.Analysis.Loss.Errors?.SquaredError),
                        Wording.Estimate(m.Analysis.Loss.KlNat, m.Analysis.Loss.Errors?.KlNat),
                        Wording.Estimate(m.Analysis.Loss.Loss, m.Analysis.Loss.Errors?.Loss),
                        Wording.Number(m.Analysis.Loss.Linear.Loss),
                        $"{m.Analysis.Loss.Linear.ActiveDimensions}",
                        HeldOut(m, "network"),
                        HeldOut(m, "principal_components"),
                        m.IsWeighted ? "–" : SideOfLinear(m.Analysis.Loss),
                    ]
            ),
            "numbers"
        );

    private static string HeldOut(ModelResults model, string of) =>
        ReconstructionText.HeldOut(model, "squared_error", of) is var error && double.IsFinite(error) ? Wording.Number(error) : "–";

    private static string SideOfLinear(LossSummary loss)
    {
        var by = loss.Errors is { } errors ? $" by {Wording.Estimate(Math.Abs(loss.BelowLinear), errors.BelowLinear)}" : "";
        return loss.SideOfLinear switch
        {
            > 0 => "below linear" + by,
            < 0 => "above linear" + by,
            _ => "within two standard errors of linear",
        };
    }

    /// <summary>Mutual information of the informative dimensions with every compared parameter: estimates with standard errors, then an
    /// independent estimate.</summary>
    public static string Information(RunResults run, MutualInformationMatrix matrix)
    {
        var columns = Figures.InformationCells.ParametersOf(run, matrix);
        string[] header = ["", .. columns.Select(c => GalaxyQuantities.SymbolOf(matrix.Columns[c]))];
        string Table(Func<int, int, string> cell) =>
            Html.Table(
                header,
                run.Chosen.Analysis.Shown.Select(d => (string[])[matrix.Rows[d], .. columns.Select(c => cell(d, c))]),
                "numbers"
            );
        var estimates = Table(
            (d, c) =>
                Wording.Estimate(matrix[d, c], matrix.Deviation(d, c))
                + (matrix.QValue[(d * matrix.Columns.Length) + c] > FalseAlarms ? " *" : "")
        );
        var neighbours = Table(
            (d, c) =>
                matrix.NearestNeighbourNat[(d * matrix.Columns.Length) + c] is var nat && double.IsNaN(nat)
                    ? "–"
                    : FigureAxes.Number(nat, 3)
        );
        return "<p>Mutual information with standard errors over spectra, nat; * stands where the q-value of a permutation test is above "
            + $"{FigureAxes.Number(FalseAlarms, 2)}, so that the pair may as well be independent.</p>{estimates}"
            + $"<p>The same by nearest neighbours, without a mixture{Scatter(run, matrix, columns)}.</p>{neighbours}";
    }

    // What an error over spectra does not hold: another estimator.
    private static string Scatter(RunResults run, MutualInformationMatrix matrix, int[] columns)
    {
        double[] differences =
        [
            .. run
                .Chosen.Analysis.Shown.SelectMany(d =>
                    columns.Select(c => matrix.NearestNeighbourNat[(d * matrix.Columns.Length) + c] - matrix[d, c])
                )
                .Where(double.IsFinite),
        ];
        return differences.Length < 2
            ? ""
            : $"; it has no error of its own, and differs from the first by {Wording.Number(SampleMoments.Mean(differences), 2)} nat on "
                + $"average and {Wording.Number(SampleMoments.Deviation(differences), 2)} nat of scatter, which no standard error "
                + $"above holds";
    }

    /// <summary>Where the spectra come from, and every entry of the manifest.</summary>
    public static string Provenance(RunResults run)
    {
        var p = run.Provenance;
        var window = double.IsNaN(p.NormalizationLowAngstrom)
            ? "–"
            : $"median of {p.NormalizationLowAngstrom:0}–{p.NormalizationHighAngstrom:0} Å";
        string[][] spectra =
        [
            ["Spectra made by", p.Generator],
            ["Stellar populations or survey", p.Source],
            ["Population", p.Population],
            ["Seed of the spectra", p.Seed < 0 ? "none" : $"{p.Seed}"],
            ["Flux unit before normalisation", p.FluxUnit],
            ["Normalisation", window],
        ];
        return Html.Table(["", "Value"], spectra)
            + (
                run.Manifest is { } manifest
                    ? "<h3>Manifest (run.json)</h3>"
                        + Html.Table(["Entry", "Value"], manifest.Rows().Select(m => (string[])[m.Name, m.Value]))
                    : ""
            );
    }
}
