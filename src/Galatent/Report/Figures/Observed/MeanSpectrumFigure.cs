using Galatent.Files;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using ScottPlot;

namespace Galatent.Report.Figures.Observed;

/// <summary>Mean and spread of the imported spectra beside those of simulated ones.</summary>
internal static class MeanSpectrumFigure
{
    private const float Left = 70;
    private const float Top = 44;
    private const float Width = 412;
    private const float Height = 330;
    private const double MostDecades = 3.5;

    public static Figure Make(ObservedSample sample)
    {
        // Once for figure, caption and table.
        var curves = new Lazy<Curves>(() => Curves.Of(sample));
        return new Figure("observed-mean", "Imported spectra beside simulated ones", Caption(sample), () => Draw(sample, curves.Value))
        {
            Data = () => Table(sample, curves.Value),
            IsColumnWide = true,
        };
    }

    private static FigureSheet Draw(ObservedSample sample, Curves c)
    {
        var sheet = new FigureSheet(FigureSheet.ColumnWidth, 436);
        var panel = sheet.AddPanel(Left, Top, Width, Height);
        var (low, high) = sample.CoveredRange();
        FigureAxes.Linear(panel.Axes.Bottom, low, high);
        var (first, end) = sample.Grid.Range(low, high);
        var (bottom, top) = Limits([c.Mean, c.Low, c.High, sample.Simulated.Mean, sample.Simulated.Low, sample.Simulated.High], first, end);
        FigureAxes.Log(panel.Axes.Left, bottom, top);
        sheet.LabelX(panel, "Rest wavelength [Å], vacuum", 44);
        sheet.LabelY(panel, FigureStyle.FluxLabel);
        var wavelength = sample.Grid.WavelengthAngstrom;
        // Below the panel, where flux has no logarithm, the band goes down to its edge.
        double[] Floored(double[] values) =>
            [
                .. values.Select(v =>
                    v > 0 ? Math.Log10(v)
                    : v <= 0 ? bottom - 1
                    : double.NaN
                ),
            ];
        void Add(double[] mean, double[] lower, double[] upper, Color color)
        {
            panel.AddBand(wavelength, Floored(lower), Floored(upper), color.WithAlpha(.25));
            panel.AddLine(wavelength, FigureStyle.Log10(mean), color, width: 1.4f);
        }
        Add(sample.Simulated.Mean, sample.Simulated.Low, sample.Simulated.High, FigurePalette.Orange);
        Add(c.Mean, c.Low, c.High, FigurePalette.Blue);
        sheet.AddNames(
            Left,
            24,
            [
                ($"{sample.Count} imported", FigurePalette.Blue),
                ($"{SimulatedPopulation.Count} simulated", FigurePalette.Orange),
                ("line: mean; band: 5–95 %", FigurePalette.Ink),
            ]
        );
        return sheet;
    }

    private static (double Low, double High) Limits(double[][] curves, int first, int end)
    {
        double[] positive = [.. curves.SelectMany(c => c[first..end]).Where(v => v > 0 && double.IsFinite(v)).Order()];
        if (positive.Length == 0)
        {
            return (-1, 1);
        }
        var high = Math.Log10(positive[^1]) + 0.1;
        var low = Math.Max(high - MostDecades, Math.Log10(positive[positive.Length / 100]) - 0.1);
        return (Math.Floor(low * 5) / 5, Math.Ceiling(high * 5) / 5);
    }

    private static string Caption(ObservedSample sample)
    {
        var spread =
            sample.Pixels.SpreadCount < sample.Count
                ? $" (of {Wording.Count(sample.Pixels.SpreadCount)} spectra, evenly spaced in the file)"
                : "";
        return $"Mean of the good pixels and their 5–95 % range{spread}, of {Wording.Count(sample.Count)} imported spectra (blue) and of "
            + $"{Wording.Count(SimulatedPopulation.Count)} galaxies of the simulated reference population (orange), without noise. The "
            + "simulated galaxies are selected in their own way (brighter than 25 mag in r), so that the two need not agree; what no "
            + "simulated spectrum has is worth a look.";
    }

    private static ResultTable Table(ObservedSample sample, Curves c) =>
        ResultTable.Of(
            ("wavelength_angstrom", sample.Grid.WavelengthAngstrom),
            ("mean", c.Mean),
            ("quantile_05", c.Low),
            ("quantile_95", c.High),
            ("simulated_mean", sample.Simulated.Mean),
            ("simulated_quantile_05", sample.Simulated.Low),
            ("simulated_quantile_95", sample.Simulated.High)
        );

    private sealed record Curves(double[] Mean, double[] Low, double[] High)
    {
        public static Curves Of(ObservedSample sample) =>
            new(sample.Pixels.Mean(), sample.Pixels.Quantile(0.05), sample.Pixels.Quantile(0.95));
    }
}
