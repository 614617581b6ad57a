using Galatent.Files;
using Galatent.Latents;
using Galatent.Latents.TwoSamples;
using Galatent.Report.Drawing;
using ScottPlot;

namespace Galatent.Report.Figures.Comparisons;

/// <summary>Each latent dimension of real spectra beside the mocks: median, central 68 and 98 %, and the real ones one by one.</summary>
internal static class GapLatentFigure
{
    private const float Left = 84;
    private const float Width = 884;

    // Beyond it a linear axis would press the mocks, and most real spectra, into a line.
    private const double MostLinear = 12;

    // More points hide each other.
    private const int MostPoints = 400;

    public static Figure Make(DomainGap gap) =>
        new(
            "gap-latents",
            "Latents of real spectra and mocks",
            "Posterior means of each dimension in use, in units of the mocks' standard deviation about their mean"
                + $"{(Most(gap) > MostLinear ? "; the axis is linear near 0 and logarithmic beyond 1 (asinh)" : "")}. Bars: central "
                + $"68 % (thick) and 98 % (thin) of {gap.MockCount} mocks. Points: "
                + $"real spectra{(gap.RealCount > MostPoints ? $", the first {MostPoints}" : "")}.",
            () => Draw(gap)
        )
        {
            Data = () => Table(gap),
        };

    private static double Most(DomainGap gap) =>
        1.05 * gap.Real.Zip(gap.Mock, Scaled).SelectMany(s => s.Real.Take(MostPoints)).Select(Math.Abs).Append(3.5).Max();

    private static FigureSheet Draw(DomainGap gap)
    {
        var sheet = new FigureSheet(1000, 420);
        var panel = sheet.AddPanel(Left, 50, Width, 300);
        var scaled = gap.Dimensions.Select((_, k) => Scaled(gap.Real[k], gap.Mock[k])).ToArray();
        var most = Most(gap);
        FigureAxes.Categories(panel.Axes.Bottom, [.. gap.Dimensions.Select(d => AnalysisResults.DimensionName(d.Dimension))]);
        var isLinear = most <= MostLinear;
        double Place(double deviations) => isLinear ? deviations : Math.Asinh(deviations);
        if (isLinear)
        {
            FigureAxes.Linear(panel.Axes.Left, -most, most);
        }
        else
        {
            FigureAxes.SymmetricLog(panel.Axes.Left, most * 1.2);
        }
        for (var k = 0; k < scaled.Length; k++)
        {
            double[] mock = [.. scaled[k].Mock.Order()];
            double Quantile(double share) => mock[(int)Math.Round(share * (mock.Length - 1))];
            void Bar(double low, double high, float width) =>
                panel.AddLine([k - 0.12, k - 0.12], [Place(Quantile(low)), Place(Quantile(high))], FigurePalette.Orange, width: width);
            Bar(0.01, 0.99, 1.5f);
            Bar(0.16, 0.84, 6);
            double[] real = [.. scaled[k].Real.Take(MostPoints)];
            panel.Add.Markers(
                [.. real.Select((_, i) => k + 0.02 + (0.22 * i / Math.Max(1, real.Length)))],
                Array.ConvertAll(real, Place),
                MarkerShape.FilledCircle,
                5,
                FigurePalette.Blue
            );
        }
        sheet.LabelX(panel, "Latent dimension");
        sheet.LabelY(panel, "Deviations of the mocks", 58);
        sheet.AddNames(Left, 30, [($"{gap.RealCount} real", FigurePalette.Blue), ($"{gap.MockCount} mocks", FigurePalette.Orange)]);
        return sheet;
    }

    private static (double[] Real, double[] Mock) Scaled(double[] real, double[] mock)
    {
        var mean = mock.Average();
        var deviation = Math.Sqrt(mock.Average(v => (v - mean) * (v - mean)));
        double[] Of(double[] values) => [.. values.Select(v => (v - mean) / deviation)];
        return (Of(real), Of(mock));
    }

    // What is drawn: the points, and the mocks whose percentiles are the bars. What was measured stands in gap-dimensions.csv.
    private static ResultTable Table(DomainGap gap)
    {
        var rows = new List<string[]>();
        foreach (var (dimension, (real, mock)) in gap.Dimensions.Zip(gap.Real.Zip(gap.Mock, Scaled)))
        {
            var name = AnalysisResults.DimensionName(dimension.Dimension);
            rows.AddRange(real.Take(MostPoints).Select(v => (string[])[name, "real", ResultTable.Text(v, "G5")]));
            rows.AddRange(mock.Select(v => (string[])[name, "mock", ResultTable.Text(v, "G5")]));
        }
        return new(["dimension", "spectra", "deviations"], rows);
    }
}
