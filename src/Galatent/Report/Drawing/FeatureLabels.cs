using Galatent.Spectra;
using ScottPlot;
using SkiaSharp;

namespace Galatent.Report.Drawing;

/// <summary>Vertical names of spectral features above a panel, each with a line to its wavelength. Names are moved sideways just enough not
/// to touch.</summary>
internal static class FeatureLabels
{
    private const float Spacing = 14;
    private const float LeaderHeight = 14;

    /// <summary>Labels features above the panel with the given data area. The limits of the x axis must already be set.</summary>
    /// <param name="sheet">The page.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="features">The features.</param>
    /// <param name="left">Left edge of its data area.</param>
    /// <param name="top">Where the leaders to the names begin: its upper edge, or below it.</param>
    /// <param name="dataWidth">Width of its data area.</param>
    /// <param name="shift">1 + redshift where the x axis is observed; names keep the wavelengths at rest.</param>
    /// <param name="highest">Where the marks of the wavelengths end, in units of the y axis.</param>
    public static void Add(
        FigureSheet sheet,
        Plot panel,
        IReadOnlyList<SpectralFeature> features,
        float left,
        float top,
        float dataWidth,
        double shift = 1,
        double highest = double.PositiveInfinity
    )
    {
        var range = panel.Axes.Bottom.Range;
        var lines = features
            .Where(f => f.CenterAngstrom * shift > range.Min && f.CenterAngstrom * shift < range.Max)
            .OrderBy(f => f.CenterAngstrom)
            .ToArray();
        float[] wanted =
        [
            .. lines.Select(f => left + (float)(((f.CenterAngstrom * shift) - range.Min) / (range.Max - range.Min) * dataWidth)),
        ];
        var places = Spread(wanted, left + 6, left + dataWidth - 6);
        for (var i = 0; i < lines.Length; i++)
        {
            var mark = panel.Add.VerticalLine(lines[i].CenterAngstrom * shift, 0.7f, FigurePalette.Faint);
            mark.Maximum = highest;
            panel.MoveToBack(mark);
            sheet.AddLine(wanted[i], top, places[i], top - LeaderHeight, FigurePalette.Faint);
            sheet.AddText(
                SpectralLines.Label(lines[i]),
                places[i] + 4,
                top - LeaderHeight - 3,
                FigureStyle.AnnotationSize,
                align: SKTextAlign.Left,
                rotation: -90
            );
        }
    }

    /// <summary>The nearest positions (least squares) that keep order and minimum distance: pool adjacent violators on the shifted
    /// positions.</summary>
    internal static float[] Spread(ReadOnlySpan<float> wanted, float low, float high)
    {
        var blocks = new List<(double Sum, int Count)>();
        for (var i = 0; i < wanted.Length; i++)
        {
            blocks.Add((wanted[i] - (i * Spacing), 1));
            while (blocks.Count > 1 && blocks[^2].Sum / blocks[^2].Count >= blocks[^1].Sum / blocks[^1].Count)
            {
                blocks[^2] = (blocks[^2].Sum + blocks[^1].Sum, blocks[^2].Count + blocks[^1].Count);
                blocks.RemoveAt(blocks.Count - 1);
            }
        }
        var places = new float[wanted.Length];
        var next = 0;
        foreach (var (sum, count) in blocks)
        {
            for (var k = 0; k < count; k++, next++)
            {
                var room = high - ((wanted.Length - 1) * Spacing);
                places[next] = (float)Math.Clamp(sum / count, low, Math.Max(low, room)) + (next * Spacing);
            }
        }
        return places;
    }
}
