using Galatent.Latents;
using Galatent.Latents.Information;
using Galatent.Report.Drawing;
using ScottPlot;

namespace Galatent.Report.Figures;

/// <summary>Figures of any table of mutual information: the numbers as a heat map, and the columns themselves as density maps.</summary>
public static class ColumnFigures
{
    /// <summary>Largest number of pairs on the page of density maps. The strongest pairs are shown.</summary>
    public const int MostPairs = 12;

    private const float Left = 80;
    private const float Top = 34;
    private const float Side = 190;
    private const float GapX = 76;
    private const float GapY = 86;

    /// <summary>The table as cells with their numbers, nat. File name <c>mi-table</c>.</summary>
    public static Figure HeatMap(MutualInformationMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var (row, column, nat) = matrix.Largest();
        var caption = $"Mutual information, nat. Largest: {matrix.Rows[row]} and {matrix.Columns[column]}, {FigureAxes.Number(nat, 3)}.";
        // A letter takes 7.6 pixels at the size of the labels.
        var widest = 7.6f * matrix.Columns.Max(c => c.Length);
        var tallest = 7.6f * matrix.Rows.Max(r => r.Length);
        return new Figure("mi-table", "Mutual information", caption, () =>
            InformationCells.Draw(matrix.Nat, matrix.Rows, matrix.Columns, tallest + 40, widest + 8, "")
        );
    }

    /// <summary>The strongest pairs as density maps, with logarithmic shades and the central 99 % of each column. File name
    /// <c>mi-pairs</c>.</summary>
    /// <param name="pairs">The columns of every pair and their mutual information, nat.</param>
    public static Figure Densities(IReadOnlyList<(NamedColumn X, NamedColumn Y, double Nat)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var shown = pairs.OrderByDescending(p => p.Nat).Take(MostPairs).ToArray();
        var caption =
            $"Density of the rows in the planes of "
            + $"{(shown.Length == pairs.Count ? "all" : $"the {shown.Length} strongest of {pairs.Count}")} pairs; logarithmic shades, "
            + $"central 99 % of each column; mutual information above each.";
        return new Figure("mi-pairs", "Density of pairs", caption, () => Draw(shown));
    }

    private static FigureSheet Draw((NamedColumn X, NamedColumn Y, double Nat)[] pairs)
    {
        var across = Math.Min(pairs.Length, 4);
        var down = (pairs.Length + across - 1) / across;
        var sheet = new FigureSheet((int)(Left + (across * (Side + GapX)) - 40), (int)(Top + (down * (Side + GapY)) - 16));
        for (var i = 0; i < pairs.Length; i++)
        {
            var (x, y, nat) = pairs[i];
            var left = Left + (i % across * (Side + GapX));
            var top = Top + (i / across * (Side + GapY));
            var panel = sheet.AddPanel(left, top, Side, Side);
            int[] rows = [.. Enumerable.Range(0, x.Values.Length).Where(r => double.IsFinite(x.Values[r]) && double.IsFinite(y.Values[r]))];
            var xs = Array.ConvertAll(rows, r => x.Values[r]);
            var ys = Array.ConvertAll(rows, r => y.Values[r]);
            var rangeX = DensityMap.Range(xs);
            var rangeY = DensityMap.Range(ys);
            FigureAxes.Few(panel.Axes.Bottom, rangeX.Min, rangeX.Max);
            FigureAxes.Few(panel.Axes.Left, rangeY.Min, rangeY.Max);
            var extent = new CoordinateRect(rangeX.Min, rangeX.Max, rangeY.Min, rangeY.Max);
            panel.PlottableList.Add(
                new DensityMap(xs, ys, extent, FigurePalette.Shades(FigurePalette.Blue))
                {
                    Axes = { XAxis = panel.Axes.Bottom, YAxis = panel.Axes.Left },
                }
            );
            sheet.LabelX(panel, x.Name, 36);
            sheet.LabelY(panel, y.Name, 46);
            sheet.AddText($"{FigureAxes.Number(nat, 3)} nat", left + (Side / 2), top - 10);
        }
        return sheet;
    }
}
