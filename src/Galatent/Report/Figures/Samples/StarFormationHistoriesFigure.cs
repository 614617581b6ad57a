using Galatent.Report.Drawing;
using Galatent.Spectra.Quantities;
using Galatent.Synthesis.StarFormation;
using ScottPlot;

namespace Galatent.Report.Figures.Samples;

/// <summary>Star-formation histories of a simulated sample at one cosmic time.</summary>
internal static class StarFormationHistoriesFigure
{
    private const double LowRedshift = 0.8;
    private const double HighRedshift = 1.2;

    public static Figure Make(SimulatedSample sample) =>
        new(
            "simulated-histories",
            "Star-formation histories of the simulated galaxies",
            "Rate of star formation per mass formed, by lookback time, of simulated galaxies of z = 0.8 to 1.2: median and central "
                + "68 % of star-forming (blue) and quiescent ones (orange).",
            () => Draw(sample)
        );

    private static FigureSheet Draw(SimulatedSample sample)
    {
        var sheet = new FigureSheet(1000, 500);
        var panel = sheet.AddPanel(84, 24, 880, 400);
        var edges = StarFormationHistory.BinEdgesGyr(Cosmology.AgeGyr(1));
        // The youngest bin begins at 0, which has no logarithm.
        double[] logEdges = [-2.3, .. edges.Skip(1).Select(Math.Log10)];
        FigureAxes.Log(panel.Axes.Bottom, logEdges[0], logEdges[^1]);
        FigureAxes.Log(panel.Axes.Left, -13.5, -7.5);
        panel.XLabel("Lookback time [Gyr]");
        sheet.LabelY(panel, "SFR / mass formed [1/yr]");
        var redshift = sample.Spectra.Parameter(GalaxyQuantities.Redshift.Name).Values;
        var quiescent = sample.Spectra.Parameter(GalaxyQuantities.Quiescent.Name).Values;
        foreach (
            var (isQuiescent, color, name) in new[]
            {
                (false, FigurePalette.Blue, "star-forming"),
                (true, FigurePalette.Orange, "quiescent"),
            }
        )
        {
            var rates = Enumerable
                .Range(0, redshift.Length)
                .Where(i => redshift[i] is > LowRedshift and < HighRedshift && quiescent[i] == 1 == isQuiescent)
                .Select(i => LogRates(sample, i, redshift[i]))
                .ToArray();
            if (rates.Length >= 3)
            {
                AddSteps(panel, logEdges, rates, 0.5, color, $"{name} ({rates.Length})", 2);
                AddSteps(panel, logEdges, rates, 0.16, color, "", 0.8f);
                AddSteps(panel, logEdges, rates, 0.84, color, "", 0.8f);
            }
        }
        panel.AddLegend(Alignment.LowerRight);
        return sheet;
    }

    // log10 of SFR over mass formed in the seven bins, from the columns of the file.
    private static double[] LogRates(SimulatedSample sample, int i, double redshift)
    {
        var ratios = GalaxyQuantities.LogSfrRatios.Select(ratio => sample.Spectra.Parameter(ratio.Name).Values[i]).ToArray();
        return Array.ConvertAll(StarFormationHistory.FromLogSfrRatios(ratios, Cosmology.AgeGyr(redshift), 1).SfrMsunPerYr, Math.Log10);
    }

    private static void AddSteps(Plot panel, double[] logEdges, double[][] rates, double quantile, Color color, string name, float width)
    {
        var xs = new List<double>();
        var ys = new List<double>();
        for (var bin = 0; bin < StarFormationHistory.BinCount; bin++)
        {
            var values = rates.Select(r => r[bin]).Order().ToArray();
            var value = values[(int)(quantile * (values.Length - 1))];
            xs.AddRange([logEdges[bin], logEdges[bin + 1]]);
            ys.AddRange([value, value]);
        }
        panel.AddLine([.. xs], [.. ys], color, name, width);
    }
}
