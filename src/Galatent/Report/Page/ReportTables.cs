using Galatent.Latents;
using Galatent.Latents.Reconstructions;
using Galatent.Networks;
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
                "Squared error",
                "KL [nat]",
                "Loss",
                "Best linear VAE: loss",
                "… dimensions",
                "PCA, as many in use: squared error",
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
                        m.History?.Best.PrincipalErrorActive is { } error ? Wording.Number(error) : "–",
                        m.IsWeighted ? "–" : SideOfLinear(m.Analysis.Loss),
                    ]
            ),
            "numbers"
        );

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
                Figures.InformationCells.Estimate(matrix[d, c], matrix.Deviation(d, c))
                + (matrix.QValue[(d * matrix.Columns.Length) + c] > FalseAlarms ? " *" : "")
        );
        var neighbours = Table(
            (d, c) =>
                matrix.NearestNeighbourNat[(d * matrix.Columns.Length) + c] is var nat && double.IsNaN(nat)
                    ? "–"
                    : FigureAxes.Number(nat, 3)
        );
        return "<p>Mutual information with standard errors, nat; * stands where the q-value is above "
            + $"{FigureAxes.Number(FalseAlarms, 2)}, so that the pair may as well be independent.</p>{estimates}"
            + $"<p>The same by nearest neighbours, without a mixture.</p>{neighbours}";
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
