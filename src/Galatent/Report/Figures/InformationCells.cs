using Galatent.Latents;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using ScottPlot;

namespace Galatent.Report.Figures;

/// <summary>Mutual information as cells with their numbers, used by several figures.</summary>
internal static class InformationCells
{
    private const float Top = 20;

    /// <summary>Mutual information of the dimensions with known parameters; null when the run has no such parameters or no informative
    /// dimension.</summary>
    public static MutualInformationMatrix? WithParameters(RunResults run) =>
        run.Chosen.Analysis is { Parameters: { } parameters, Informative.Length: > 0 } && ParametersOf(run, parameters).Length > 0
            ? parameters
            : null;

    /// <summary>Room for the colour bar and its label on the right, pixels.</summary>
    public const float RoomForScale = 92;

    /// <summary>Columns of the matrix that belong to the compared parameters.</summary>
    public static int[] ParametersOf(RunResults run, MutualInformationMatrix matrix) =>
        [.. ComparedParameters.Of(run.Parameters).Select(p => Array.IndexOf(matrix.Columns, p.Name)).Where(c => c >= 0)];

    /// <summary>Width of some columns, pixels: one column of a journal page where its cells have room for a number, else the whole width
    /// of the page.</summary>
    /// <param name="columns">Number of columns.</param>
    /// <param name="left">Room on the left.</param>
    /// <param name="leastCell">The narrowest cell.</param>
    public static float Width(int columns, float left, float leastCell = 34) =>
        (FigureSheet.ColumnWidth - left - RoomForScale) / columns is var narrow && narrow >= leastCell
            ? Math.Min(narrow, 60) * columns
            : Math.Max(leastCell, Math.Clamp(760f / columns, 34, 84)) * columns;

    /// <summary>A table as cells with their numbers.</summary>
    public static FigureSheet Draw(
        double[] values,
        string[] rows,
        string[] columns,
        float left,
        float leastCell = 34,
        string labelX = "Latent dimension"
    )
    {
        var width = Width(columns.Length, left, leastCell);
        var cell = width / columns.Length;
        var tall = Math.Min(cell, 52) * rows.Length;
        var sheet = new FigureSheet((int)(left + width + RoomForScale), (int)(Top + tall + 60));
        var maximum = Maximum(values);
        var panel = AddCells(sheet, values, rows, columns, new PixelRect(left, left + width, Top + tall, Top), maximum);
        sheet.LabelX(panel, labelX);
        AddScale(sheet, maximum, new PixelRect(left + width + 16, left + width + 32, Top + tall, Top));
        return sheet;
    }

    /// <summary>The value of the darkest shade: the largest of the table, at least 0.05 nat.</summary>
    public static double Maximum(IEnumerable<double> values) => Math.Max(0.05, values.Where(double.IsFinite).DefaultIfEmpty(0.1).Max());

    /// <summary>Adds a table to a page.</summary>
    public static Plot AddCells(FigureSheet sheet, double[] values, string[] rows, string[] columns, PixelRect place, double maximum)
    {
        var panel = sheet.AddPanel(place.Left, place.Top, place.Width, place.Height);
        FigureAxes.Categories(panel.Axes.Bottom, columns);
        FigureAxes.Categories(panel.Axes.Left, [.. rows.Reverse()]);
        panel.PlottableList.Add(
            new CellGrid(values, columns.Length, Shades, maximum) { Axes = { XAxis = panel.Axes.Bottom, YAxis = panel.Axes.Left } }
        );
        return panel;
    }

    /// <summary>Adds the colour bar of one or more tables.</summary>
    public static void AddScale(FigureSheet sheet, double maximum, PixelRect place) =>
        // The whole label needs 190 pixels; the title says what is shown.
        ColorScale.Add(sheet, Shades, 0, maximum, place.Height < 190 ? "nat" : "Mutual information [nat]", place);

    private static IColormap Shades => FigurePalette.Shades(FigurePalette.Blue);

    /// <summary>How many spectra the estimates are made from, e.g. "from 5 000 of 20 000 spectra".</summary>
    public static string From(RunResults run, MutualInformationMatrix matrix) =>
        matrix.RowCount == 0 ? "from a part of the spectra that is not recorded"
        : matrix.RowCount == run.SpectrumCount ? $"from all {Wording.Count(run.SpectrumCount)} spectra"
        : $"from {Wording.Count(matrix.RowCount)} of {Wording.Count(run.SpectrumCount)} spectra";

    /// <summary>How large the standard errors of some cells are, over spectra.</summary>
    public static string Errors(MutualInformationMatrix matrix, IEnumerable<int> rows, IEnumerable<int> columns) =>
        Errors(rows.SelectMany(r => columns.Select(c => matrix.Deviation(r, c))));

    /// <summary>How large the standard errors of all cells of some tables are, over spectra.</summary>
    public static string Errors(IEnumerable<MutualInformationMatrix> tables) =>
        Errors(
            tables.SelectMany(t =>
                Enumerable.Range(0, t.Rows.Length).SelectMany(r => Enumerable.Range(0, t.Columns.Length).Select(c => t.Deviation(r, c)))
            )
        );

    private static string Errors(IEnumerable<double> deviations)
    {
        double[] errors = [.. deviations.Where(e => e > 0)];
        return errors.Length == 0 ? "" : $" Standard errors over spectra: at most {Wording.Number(errors.Max(), 2)} nat.";
    }
}
