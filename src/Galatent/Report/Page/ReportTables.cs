using Galatent.Latents;
using Galatent.Networks;
using Galatent.Report.Drawing;
using Galatent.Report.Runs;
using Galatent.Spectra.Quantities;

namespace Galatent.Report.Page;

/// <summary>The tables of the report.</summary>
internal static class ReportTables
{
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
                        Wording.Number(m.Analysis.Loss.SquaredErrorOfSample),
                        Wording.Number(m.Analysis.Loss.KlNat),
                        Wording.Number(m.Analysis.Loss.Loss),
                        Wording.Number(m.Analysis.Loss.Linear.Loss),
                        $"{m.Analysis.Loss.Linear.ActiveDimensions}",
                        m.History?.Best.PrincipalErrorActive is { } error ? Wording.Number(error) : "–",
                        m.IsWeighted ? "–"
                        : m.Analysis.Loss.Loss < m.Analysis.Loss.Linear.Loss ? "below linear"
                        : "above linear",
                    ]
            ),
            "numbers"
        );

    /// <summary>Mutual information of the informative dimensions with every compared parameter, with errors and an independent
    /// estimate.</summary>
    public static string Information(RunResults run, MutualInformationMatrix matrix)
    {
        var columns = Figures.InformationCells.ParametersOf(run, matrix);
        return Html.Table(
            ["Parameter", "Dimension", "Mutual information [nat]", "Standard error [nat]", "q-value", "Nearest neighbours [nat]"],
            from c in columns
            from d in run.Chosen.Analysis.Shown
            let i = (d * matrix.Columns.Length) + c
            select (string[])
                [
                    GalaxyQuantities.WordsOf(matrix.Columns[c]),
                    matrix.Rows[d],
                    FigureAxes.Number(matrix.Nat[i], 3),
                    FigureAxes.Number(matrix.StandardDeviationNat[i], 3),
                    Wording.Number(matrix.QValue[i], 2),
                    double.IsNaN(matrix.NearestNeighbourNat[i]) ? "–" : FigureAxes.Number(matrix.NearestNeighbourNat[i], 3),
                ],
            "numbers"
        );
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
