using Galatent.Latents;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;

namespace Galatent.Report.Figures;

/// <summary>The study's figure 10: mutual information between informative dimensions.</summary>
internal static class LatentInformationFigure
{
    public static Figure? Make(RunResults run) =>
        run.Chosen.Analysis.Latents is { Rows.Length: > 1 } matrix
            ? new Figure("mi-latents", "Mutual information between informative dimensions", Caption(run, matrix), () => Draw(run, matrix))
            {
                Chapter = Chapter.Dimensions,
                StudyFigure = 10,
                Data = () => matrix.Between(run.Chosen.Analysis.Shown).ToTable(),
            }
            : null;

    private static FigureSheet Draw(RunResults run, MutualInformationMatrix matrix)
    {
        var shown = matrix.Between(run.Chosen.Analysis.Shown);
        // The first row and the last column of a lower triangle have no cells.
        var n = shown.Columns.Length;
        var cells = Lower(shown).Where((_, i) => i / n > 0 && i % n < n - 1).ToArray();
        return InformationCells.Draw(cells, shown.Rows[1..], shown.Columns[..^1], 96);
    }

    private static double[] Lower(MutualInformationMatrix matrix) =>
        [.. matrix.Nat.Select((nat, i) => i / matrix.Columns.Length > i % matrix.Columns.Length ? nat : double.NaN)];

    private static string Caption(RunResults run, MutualInformationMatrix matrix)
    {
        var (row, column, nat) = matrix.Largest();
        var pairs = Lower(matrix).Where(double.IsFinite).Order().ToArray();
        return $"Mutual information between the informative dimensions at {run.Chosen.Label} (posterior "
            + $"means, Gaussian mixtures{DensityPanels.Only(run)}; {InformationCells.From(run, matrix)}), nat. The most dependent pair is "
            + $"{matrix.Rows[row]} and {matrix.Columns[column]} with "
            + $"{Wording.Estimate(nat, matrix.Deviation(row, column))} nat; "
            + $"{pairs.Count(p => p > DensityPanels.ThresholdNat)} of "
            + $"{pairs.Length} pairs exceed {DensityPanels.ThresholdNat} nat and the median is "
            + $"{Wording.Number(pairs.Length > 0 ? pairs[pairs.Length / 2] : double.NaN, 2)} nat. Zero would mean independent "
            + $"dimensions; a pair far above the others was not disentangled."
            + InformationCells.Errors([matrix])
            + DensityPanels.LeftOut(run);
    }
}
