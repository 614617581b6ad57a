using Galatent.Files;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;

namespace Galatent.Report.Figures.Analyses;

/// <summary>Which parameters a step along a dimension changes: Shapley shares, with what no parameter explains.</summary>
internal static class AttributionFigure
{
    public static Figure? Make(RunResults run) =>
        run.Chosen.FindTable("attribution") is { Rows.Count: > 0 } table
            ? new Figure("attribution", "Which parameters a dimension changes", Caption(run, table), () => Draw(table))
            {
                Chapter = Chapter.Traversal,
                IsColumnWide = true,
                Data = () => table,
            }
            : null;

    private static string[] Weights(ResultTable table) => [.. table.Texts("weight").Distinct()];

    private static ResultTable Weighted(ResultTable table, string weight)
    {
        var column = table.Require("weight");
        return table with { Rows = [.. table.Rows.Where(r => r[column] == weight)] };
    }

    private static FigureSheet Draw(ResultTable table)
    {
        var weights = Weights(table);
        string[] dimensions = [.. table.Texts("dimension").Distinct()];
        string[] parameters = [.. table.Texts("parameter").Distinct()];
        var height = weights.Length * AnalysisPanels.HeightOfCells(parameters.Length, false);
        var sheet = new FigureSheet(AnalysisPanels.Page, (int)(8 + height + 44));
        var top = 4f;
        for (var w = 0; w < weights.Length; w++)
        {
            var share = AnalysisPanels.Lookup(Weighted(table, weights[w]), "dimension", "parameter", "shapley_share");
            top = AnalysisPanels.AddCells(
                sheet,
                top,
                weights[w] == "1" ? "Share of the squared change" : "The same with pixels weighted by 1/variance",
                parameters,
                dimensions,
                (row, column) => share(column, row),
                w == weights.Length - 1
            );
        }
        sheet.AddText("Latent dimension", AnalysisPanels.Left + (AnalysisPanels.Width / 2), top + 14);
        return sheet;
    }

    private static string Remark(ResultTable table) =>
        Weights(table).Length > 1 ? ". That is without weights; with 1/variance bright lines count less, and the shares are others" : "";

    private static string Caption(RunResults run, ResultTable table)
    {
        var first = Weighted(table, Weights(table)[0]);
        var shares = first.Doubles("shapley_share");
        var low = first.Doubles("shapley_share_16");
        var high = first.Doubles("shapley_share_84");
        var inflation = first.Doubles("variance_inflation", mayBeUndefined: true);
        var names = first.Texts("parameter");
        var clear = first
            .Texts("dimension")
            .Select((d, r) => (Dimension: d, Row: r))
            .GroupBy(p => p.Dimension)
            .Select(g => (Dimension: g.Key, Rows: g.Select(p => p.Row).OrderByDescending(r => shares[r]).ToArray()))
            .Where(d => d.Rows.Length > 1 && low[d.Rows[0]] > high[d.Rows[1]])
            .Select(d =>
                $"{d.Dimension} {AnalysisPanels.Words(names[d.Rows[0]])} {FigureAxes.Number(shares[d.Rows[0]], 2)} "
                + $"({FigureAxes.Number(low[d.Rows[0]], 2)} to {FigureAxes.Number(high[d.Rows[0]], 2)})"
            )
            .ToArray();
        var found =
            clear.Length == 0
                ? "In no dimension does one parameter stand clear of the next (16 to 84 % of galaxies)"
                : $"One parameter stands clear of the next (16 to 84 % of galaxies) in {string.Join("; ", clear)}; in the others none does";
        string[] inseparable = [.. names.Where((_, r) => inflation[r] > 10).Distinct().Select(AnalysisPanels.Words)];
        return $"A step along each dimension at {run.Chosen.Label} changes the decoded spectrum; least squares explain the change by "
            + "derivative spectra of the parameters. Cells: Shapley shares of its square, medians over galaxies, with what no parameter "
            + $"explains; each panel has its own scale. {found}{Remark(table)}. Not separable from the others (variance inflation "
            + $"above 10): {Wording.List(inseparable)}.";
    }
}
