using Galatent.Files;
using Galatent.Latents;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using Galatent.Spectra.Quantities;
using ScottPlot;

namespace Galatent.Report.Figures;

/// <summary>What the dimensions in use tell about the parameters at every beta, by samples z: what reaches the decoder.</summary>
internal static class SampleInformationFigure
{
    private const float Left = 110;
    private const float CellHeight = 30;
    private const float Gap = 58;
    private const float Top = 34;

    private sealed record Table(ModelResults Model, MutualInformationMatrix Matrix);

    public static Figure? Make(RunResults run)
    {
        Table[] tables =
        [
            .. run
                .Models.Where(m => m.Analysis is { ParametersOfSamples: not null, ParametersInUse: not null })
                .Select(m => new Table(m, Compared(run, m.Analysis.ParametersInUse!)))
                .Where(t => t.Matrix.Columns.Length > 0),
        ];
        return tables.Length > 0
            ? new Figure("mi-parameters-samples", Title(run), Caption(run, tables), () => Draw(tables))
            {
                Chapter = Chapter.Physics,
                Data = () => Data(tables),
            }
            : null;
    }

    private static string Title(RunResults run) =>
        $"Mutual information of samples with the {(run.IsObserved ? "known" : "physical")} parameters";

    private static MutualInformationMatrix Compared(RunResults run, MutualInformationMatrix matrix) =>
        matrix.Select([.. Enumerable.Range(0, matrix.Rows.Length)], InformationCells.ParametersOf(run, matrix));

    private static FigureSheet Draw(Table[] tables)
    {
        var heights = tables.Select(t => CellHeight * t.Matrix.Columns.Length).ToArray();
        var width = InformationCells.Width(tables.Max(t => t.Matrix.Rows.Length), Left);
        var sheet = new FigureSheet(
            (int)(Left + width + InformationCells.RoomForScale),
            (int)(Top + heights.Sum() + (Gap * tables.Length))
        );
        var maximum = InformationCells.Maximum(tables.SelectMany(t => t.Matrix.Nat));
        var top = Top;
        for (var i = 0; i < tables.Length; i++)
        {
            var matrix = tables[i].Matrix;
            var place = new PixelRect(Left, Left + width, top + heights[i], top);
            string[] symbols = [.. matrix.Columns.Select(GalaxyQuantities.SymbolOf)];
            var panel = InformationCells.AddCells(sheet, Transposed(matrix), symbols, matrix.Rows, place, maximum);
            sheet.AddText(tables[i].Model.Label, Left, top - 9, bold: true, align: SkiaSharp.SKTextAlign.Left);
            if (i == tables.Length - 1)
            {
                sheet.LabelX(panel, "Latent dimension");
            }
            top += heights[i] + Gap;
        }
        InformationCells.AddScale(sheet, maximum, new PixelRect(Left + width + 16, Left + width + 32, Top + heights[0], Top));
        return sheet;
    }

    private static ResultTable Data(Table[] tables) =>
        new(
            ["beta", .. tables[0].Matrix.ToTable().Header],
            [.. tables.SelectMany(t => t.Matrix.ToTable().Rows.Select(row => (string[])[ResultTable.Text(t.Model.Beta), .. row]))]
        );

    // Parameters are the rows of the figure and dimensions its columns; in the matrix it is the other way round.
    private static double[] Transposed(MutualInformationMatrix matrix) =>
        [.. Enumerable.Range(0, matrix.Columns.Length).SelectMany(c => Enumerable.Range(0, matrix.Rows.Length).Select(r => matrix[r, c]))];

    private static string Caption(RunResults run, Table[] tables)
    {
        var parts = tables.Select(t =>
        {
            var (row, column, nat) = t.Matrix.Largest();
            return $"{t.Model.Label}: {t.Matrix.Rows[row]} with {GalaxyQuantities.WordsOf(t.Matrix.Columns[column])}, "
                + $"{Wording.Estimate(nat, t.Matrix.Deviation(row, column))} nat";
        });
        return $"Mutual information of the dimensions in use (KL above 0.1 nat) with the parameters, nat, for samples z: what reaches the "
            + $"decoder. Posterior means can tell more, because they leave out the noise of the samples; a sample cannot tell more than "
            + $"the KL of its dimension. One scale for all, "
            + $"{InformationCells.From(run, tables[0].Matrix)}. Largest: "
            + $"{string.Join("; ", parts)}."
            + InformationCells.Errors(tables.Select(t => t.Matrix));
    }
}
