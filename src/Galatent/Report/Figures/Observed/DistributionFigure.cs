using System.Globalization;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Report.Drawing;
using Galatent.Report.Page;

namespace Galatent.Report.Figures.Observed;

/// <summary>Histograms of redshift and signal-to-noise.</summary>
internal static class DistributionFigure
{
    private const float Left = 62;
    private const float Top = 20;
    private const float Width = 182;
    private const float Height = 210;
    private const float Gap = 60;
    private const int MostBins = 40;

    public static Figure Make(ObservedSample sample) =>
        new("observed-distributions", "Redshift and signal-to-noise", Caption(sample), () => Draw(sample))
        {
            Data = () => Table(sample),
            IsColumnWide = true,
        };

    private static FigureSheet Draw(ObservedSample sample)
    {
        var sheet = new FigureSheet(FigureSheet.ColumnWidth, 292);
        var panels = Histograms(sample);
        for (var i = 0; i < panels.Length; i++)
        {
            var (_, label, edges, counts) = panels[i];
            var panel = sheet.AddPanel(Left + (i * (Width + Gap)), Top, Width, Height);
            sheet.LabelX(panel, label, 42);
            if (i == 0)
            {
                sheet.LabelY(panel, "Spectra", 46);
            }
            if (counts.Length == 0)
            {
                FigureAxes.None(panel.Axes.Bottom, 0, 1);
                FigureAxes.None(panel.Axes.Left, 0, 1);
                sheet.AddText("not known", Left + (i * (Width + Gap)) + (Width / 2), Top + (Height / 2));
                continue;
            }
            double[] xs = [.. counts.SelectMany((_, b) => new[] { edges[b], edges[b + 1] })];
            double[] ys = [.. counts.SelectMany(c => new double[] { c, c })];
            panel.AddBand(xs, new double[ys.Length], ys, FigurePalette.Blue.WithAlpha(.35));
            panel.AddLine([edges[0], .. xs, edges[^1]], [0, .. ys, 0], FigurePalette.Blue);
            var margin = 0.03 * (edges[^1] - edges[0]);
            if (i == 0)
            {
                FigureAxes.Few(panel.Axes.Bottom, edges[0] - margin, edges[^1] + margin);
            }
            else
            {
                FigureAxes.Log(panel.Axes.Bottom, edges[0] - margin, edges[^1] + margin);
            }
            FigureAxes.Linear(panel.Axes.Left, 0, 1.1 * counts.Max(), counts.Max() < 5 ? 1 : 0);
        }
        return sheet;
    }

    private static (string Name, string Label, double[] Edges, int[] Counts)[] Histograms(ObservedSample sample)
    {
        var redshift = Histogram(sample.Column("redshift"));
        var signal = Histogram(Array.ConvertAll(sample.Column("sn_median"), v => v > 0 ? Math.Log10(v) : double.NaN));
        return
        [
            ("redshift", "Redshift", redshift.Edges, redshift.Counts),
            ("log10_sn_median", "Signal-to-noise per Å", signal.Edges, signal.Counts),
        ];
    }

    // Bins by the cube root of the number (twice it, as Rice's rule), all of one width.
    private static (double[] Edges, int[] Counts) Histogram(double[] values)
    {
        var known = Array.FindAll(values, double.IsFinite);
        if (known.Length == 0)
        {
            return ([], []);
        }
        var bins = Math.Clamp((int)Math.Ceiling(2 * Math.Cbrt(known.Length)), 3, MostBins);
        var low = known.Min();
        var high = known.Max();
        if (!(high > low))
        {
            var half = Math.Max(0.1 * Math.Abs(low), 1e-3);
            (low, high) = (low - half, high + half);
        }
        var counts = new int[bins];
        foreach (var value in known)
        {
            counts[Math.Min(bins - 1, (int)((value - low) / (high - low) * bins))]++;
        }
        return ([.. Enumerable.Range(0, bins + 1).Select(b => low + ((high - low) * b / bins))], counts);
    }

    private static string Caption(ObservedSample sample)
    {
        string Part(string words, double[] values)
        {
            var known = Array.FindAll(values, double.IsFinite);
            return known.Length == 0
                ? $"the {words} is not known"
                : $"{words} {Wording.Number(known.Min())} to {Wording.Number(known.Max())}, median "
                    + Wording.Number(SampleMoments.Median(known));
        }
        return $"Redshift, and median signal-to-noise for each observed ångström (logarithmic), of {Wording.Count(sample.Count)} "
            + $"imported spectra: {Part("redshift", sample.Column("redshift"))}; "
            + $"{Part("signal-to-noise", sample.Column("sn_median"))}.";
    }

    private static ResultTable Table(ObservedSample sample) =>
        new(
            ["quantity", "low", "high", "spectra"],
            [
                .. Histograms(sample)
                    .SelectMany(h =>
                        h.Counts.Select(
                            (c, b) =>
                                (string[])
                                    [
                                        h.Name,
                                        ResultTable.Text(h.Edges[b], "G9"),
                                        ResultTable.Text(h.Edges[b + 1], "G9"),
                                        c.ToString(CultureInfo.InvariantCulture),
                                    ]
                        )
                    ),
            ]
        );
}
