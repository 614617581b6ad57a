using Galatent.Files;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using ScottPlot;
using SkiaSharp;

namespace Galatent.Report.Figures.Comparisons;

/// <summary>The models of a comparison in groups of one recipe, population and number of spectra, side by side at every beta.</summary>
internal sealed class ComparedModels
{
    /// <summary>Width of the page, left edge and width of the panels, pixels.</summary>
    public const int Page = FigureSheet.ColumnWidth;
    public const float Left = 74;
    public const float PanelWidth = 408;

    // Half of the width of a beta's place, without the gap to its neighbour.
    private const double HalfPlace = 0.4;
    private const int NameHeight = 18;

    private static readonly MarkerShape[] Shapes =
    [
        MarkerShape.FilledCircle,
        MarkerShape.FilledSquare,
        MarkerShape.FilledTriangleUp,
        MarkerShape.FilledDiamond,
    ];

    private readonly ResultTable _models;
    private readonly double[] _betas;
    private readonly int[] _groups;

    public ComparedModels(ComparisonResults comparison)
    {
        _models = comparison.Models;
        _betas = _models.Doubles("beta");
        Betas = [.. _betas.Distinct().Order()];
        string[] columns = ["recipe", "population", "spectra"];
        string[][] keys = [.. _models.Rows.Select(row => Array.ConvertAll(columns, c => row[_models.Require(c)]))];
        string[] names = [.. keys.Select(k => string.Join('\n', k)).Distinct()];
        _groups = [.. keys.Select(k => Array.IndexOf(names, string.Join('\n', k)))];
        // A group is called by what differs between groups.
        int[] telling = [.. Enumerable.Range(0, columns.Length).Where(c => keys.Select(k => k[c]).Distinct().Skip(1).Any())];
        Groups = [.. names.Select(n => n.Split('\n')).Select(k => string.Join(", ", telling.Select(c => Words(columns[c], k[c]))))];
    }

    /// <summary>The values of beta, ascending.</summary>
    public double[] Betas { get; }

    /// <summary>Names of the groups; one empty name when there is only one.</summary>
    public string[] Groups { get; }

    /// <summary>Draws one quantity: a mark for each model, and mean and standard deviation of each group.</summary>
    public void Draw(Plot panel, double[] values)
    {
        FigureAxes.Categories(panel.Axes.Bottom, [.. Betas.Select(Wording.Beta)]);
        for (var b = 1; b < Betas.Length; b++)
        {
            panel.AddLine([b - 0.5, b - 0.5], [-1e9, 1e9], FigurePalette.Faint, width: 0.6f);
        }
        for (var b = 0; b < Betas.Length; b++)
        {
            for (var g = 0; g < Groups.Length; g++)
            {
                int[] rows =
                [
                    .. Enumerable
                        .Range(0, values.Length)
                        .Where(r => _betas[r] == Betas[b] && _groups[r] == g && double.IsFinite(values[r])),
                ];
                DrawGroup(panel, g, b, [.. rows.Select(r => values[r])]);
            }
        }
    }

    /// <summary>Height of the names of the groups, pixels; 0 for one group, which needs no name.</summary>
    public float NamesHeight => Groups.Length < 2 ? 0 : (NameHeight * Groups.Length) + 10;

    /// <summary>Names of the groups above the panels, in their colours; nothing for one group.</summary>
    /// <returns>Height that they take, pixels.</returns>
    public float AddNames(FigureSheet sheet, float top)
    {
        if (Groups.Length < 2)
        {
            return 0;
        }
        for (var g = 0; g < Groups.Length; g++)
        {
            sheet.AddText(Groups[g], Left, top + 14 + (NameHeight * g), FigureStyle.TickSize, true, Color(g), SKTextAlign.Left);
        }
        return NamesHeight;
    }

    private void DrawGroup(Plot panel, int group, int beta, double[] values)
    {
        if (values.Length == 0)
        {
            return;
        }
        var half = HalfPlace / Groups.Length;
        var center = beta - HalfPlace + (half * ((2 * group) + 1));
        double Place(int i) => values.Length == 1 ? center : center + (half * 0.7 * ((2.0 * i / (values.Length - 1)) - 1));
        if (values.Length > 1)
        {
            var mean = Numerics.SampleMoments.Mean(values);
            var deviation = Numerics.SampleMoments.Deviation(values);
            var band = panel.Add.Rectangle(center - (half * 0.85), center + (half * 0.85), mean - deviation, mean + deviation);
            band.FillColor = Color(group).WithAlpha(.18);
            band.LineWidth = 0;
            panel.AddLine([center - (half * 0.85), center + (half * 0.85)], [mean, mean], Color(group), width: 1.4f);
        }
        double[] xs = [.. values.Select((_, i) => Place(i))];
        panel.Add.Markers(xs, values, Shapes[group % Shapes.Length], 7, Color(group));
    }

    private static Color Color(int group) =>
        (group % 4) switch
        {
            0 => FigurePalette.Blue,
            1 => FigurePalette.Vermillion,
            2 => FigurePalette.Green,
            _ => FigurePalette.Purple,
        };

    private static string Words(string column, string value) =>
        (column, value) switch
        {
            (_, "") => $"no {column}",
            ("spectra", _) => $"{value} spectra",
            _ => value,
        };
}
