using Galatent.Latents;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using Galatent.Spectra.Quantities;

namespace Galatent.Report.Figures;

/// <summary>The study's figure 12: mutual information of the informative dimensions with the known parameters.</summary>
internal static class ParameterInformationFigure
{
    public static Figure? Make(RunResults run)
    {
        if (InformationCells.WithParameters(run) is not { } matrix)
        {
            return null;
        }
        var informative = matrix.Select(run.Chosen.Analysis.Shown, InformationCells.ParametersOf(run, matrix));
        string[] symbols = [.. informative.Columns.Select(GalaxyQuantities.SymbolOf)];
        var transposed = Transpose(informative.Nat, informative.Columns.Length);
        return new Figure(
            "mi-parameters",
            $"Mutual information with the {(run.IsObserved ? "known" : "physical")} parameters",
            Caption(run, matrix),
            () => InformationCells.Draw(transposed, symbols, informative.Rows, 110)
        )
        {
            Chapter = Chapter.Physics,
            StudyFigure = 12,
            Data = informative.ToTable,
        };
    }

    private static double[] Transpose(double[] values, int columns)
    {
        var rows = values.Length / columns;
        return [.. Enumerable.Range(0, values.Length).Select(i => values[((i % rows) * columns) + (i / rows)])];
    }

    private static string Caption(RunResults run, MutualInformationMatrix matrix)
    {
        var columns = InformationCells.ParametersOf(run, matrix);
        var informative = run.Chosen.Analysis.Informative;
        var best = columns.Select(c =>
        {
            var row = informative.MaxBy(d => matrix[d, c]);
            var estimate = Wording.Estimate(matrix[row, c], matrix.Deviation(row, c));
            return $"{GalaxyQuantities.WordsOf(matrix.Columns[c])} {estimate} ({matrix.Rows[row]})";
        });
        var others = Enumerable
            .Range(0, matrix.Rows.Length)
            .Except(informative)
            .SelectMany(d => columns.Select(c => (Row: d, Column: c)))
            .Where(p => double.IsFinite(matrix[p.Row, p.Column]))
            .OrderByDescending(p => matrix[p.Row, p.Column])
            .Select(p =>
                $" The largest among all other dimensions is "
                + $"{Wording.Estimate(matrix[p.Row, p.Column], matrix.Deviation(p.Row, p.Column))} "
                + $"nat ({matrix.Rows[p.Row]} with {GalaxyQuantities.WordsOf(matrix.Columns[p.Column])})."
            )
            .FirstOrDefault("");
        return $"Mutual information of the informative dimensions at {run.Chosen.Label} (posterior "
            + $"means{DensityPanels.Only(run)}; {InformationCells.From(run, matrix)}) with "
            + $"{(run.IsObserved ? "what the surveys tell of the galaxies" : "the parameters that the spectra were made from")}, nat; the "
            + $"network never saw these. Largest per parameter: "
            + $"{string.Join(", ", best)}.{others}{InformationCells.Errors(matrix, informative, columns)}"
            + DensityPanels.LeftOut(run);
    }
}
