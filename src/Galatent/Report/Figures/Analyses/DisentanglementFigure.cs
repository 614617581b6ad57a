using Galatent.Files;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;

namespace Galatent.Report.Figures.Analyses;

/// <summary>Dimensions against parameters in four ways: plain and conditional information, shares of R², and parameters drawn
/// anew.</summary>
internal static class DisentanglementFigure
{
    private const string Pairs = "disentanglement-pairs";

    public static Figure? Make(RunResults run) =>
        run.Chosen.FindTable(Pairs) is { Rows.Count: > 0 } pairs
            ? new Figure("disentanglement", "Which parameters a dimension serves", Caption(run, pairs), () =>
                Draw(pairs, run.Chosen.FindTable("interventions"))
            )
            {
                Chapter = Chapter.Physics,
                IsColumnWide = true,
                Data = () =>
                    run.Chosen.FindTable("interventions") is { } redrawn
                        ? FigureTables.Together("table", (Pairs, pairs), ("interventions", redrawn))
                        : pairs,
            }
            : null;

    private static FigureSheet Draw(ResultTable pairs, ResultTable? interventions)
    {
        string[] dimensions = [.. pairs.Texts("dimension").Distinct()];
        string[] parameters = [.. pairs.Texts("parameter").Distinct()];
        string[] redrawn = interventions is null ? [] : [.. interventions.Texts("parameter").Distinct()];
        (string Heading, string Column)[] cells =
        [
            ("I(z; θ) [nat]", "information_nat"),
            ("I(z; θ given the others) [nat]", "conditional_information_gaussian_nat"),
            ("Share of R² (Shapley)", "r2_share"),
        ];
        var height =
            (cells.Length * AnalysisPanels.HeightOfCells(parameters.Length, false))
            + (redrawn.Length > 0 ? AnalysisPanels.HeightOfCells(redrawn.Length, false) : 0);
        var sheet = new FigureSheet(AnalysisPanels.Page, (int)(8 + height + 44));
        var top = 4f;
        for (var i = 0; i < cells.Length; i++)
        {
            top = AnalysisPanels.AddCells(
                sheet,
                top,
                cells[i].Heading,
                parameters,
                dimensions,
                Transposed(AnalysisPanels.Lookup(pairs, "dimension", "parameter", cells[i].Column)),
                i == cells.Length - 1 && redrawn.Length == 0
            );
        }
        if (interventions is not null && redrawn.Length > 0)
        {
            top = AnalysisPanels.AddCells(
                sheet,
                top,
                "Total effect of θ drawn anew",
                redrawn,
                dimensions,
                Transposed(AnalysisPanels.Lookup(interventions, "dimension", "parameter", "total_effect")),
                true
            );
        }
        sheet.AddText("Latent dimension", AnalysisPanels.Left + (AnalysisPanels.Width / 2), top + 14);
        return sheet;
    }

    private static Func<string, string, double> Transposed(Func<string, string, double> value) => (row, column) => value(column, row);

    private static string Caption(RunResults run, ResultTable pairs)
    {
        var plain = pairs.Doubles("information_nat", mayBeUndefined: true);
        var given = pairs.Doubles("conditional_information_gaussian_nat", mayBeUndefined: true);
        // Related, but only through another parameter.
        var indirect = plain.Where((p, i) => p > DensityPanels.ThresholdNat && given[i] < DensityPanels.ThresholdNat / 2).Count();
        var related = plain.Count(p => p > DensityPanels.ThresholdNat);
        var scores = run.Chosen.FindTable("disentanglement");
        return $"Samples z of the dimensions in use at {run.Chosen.Label} against parameters. Mutual information; the same given all other "
            + "parameters (normal scores); shares of the held-out R² of each parameter; and, where galaxies could be simulated again, "
            + "mean (z − z′)² / 2 Var z when one parameter is drawn anew (mass and rate cannot be drawn alone"
            + $"{Rare(run)}). Each panel has its own scale; the shares of one parameter add up to its R². "
            + $"{related} pairs share more than {DensityPanels.ThresholdNat} nat; {indirect} of them keep less than half of that threshold "
            + $"given the other parameters. The conditional estimate is Gaussian, on normal scores: it sees rising or falling relations, "
            + $"not others.{Scores(scores)}";
    }

    // Galaxies that the population hardly has: the network has not seen their like.
    private static string Rare(RunResults run) =>
        run.Chosen.FindTable("interventions") is { Rows.Count: > 0 } table && table.IndexOf("rare_galaxies") >= 0
            ? $"; {Wording.Number(100 * table.Doubles("rare_galaxies").Max(), 2)} % of the redrawn galaxies at most lie where 1 % of "
                + $"the population does"
            : "";

    private static string Scores(ResultTable? scores)
    {
        if (scores is null)
        {
            return "";
        }
        var names = scores.Texts("score");
        string Score(string name)
        {
            var row = Array.IndexOf(names, name);
            string Number(string column) =>
                scores.Number(row, scores.Require(column), mayBeUndefined: true) is var v && double.IsNaN(v) ? "–" : Wording.Number(v, 2);
            string Estimate(int of) =>
                Wording.Estimate(
                    scores.Number(of, scores.Require("value"), mayBeUndefined: true),
                    scores.Number(of, scores.Require("standard_error"), mayBeUndefined: true)
                );
            double Value(string column) => scores.Number(row, scores.Require(column), mayBeUndefined: true);
            var verdict =
                row < 0 || !double.IsFinite(Value("rotated_95_percent")) ? ""
                : Value("value") > Value("rotated_95_percent") ? " So these axes are better than turned ones."
                : " So these axes are no better than turned ones.";
            return row < 0
                ? ""
                : $" {char.ToUpperInvariant(name[0])}{name[1..]} {Estimate(row)} (axes turned at random: "
                    + $"{Number("rotated_mean")}, 95 % below {Number("rotated_95_percent")}).{verdict}";
        }
        return Score("disentanglement") + Score("completeness");
    }
}
