using Galatent.Report.Drawing;
using ScottPlot;

namespace Galatent.Report.Figures.Observed;

/// <summary>Panels used by several figures of observed spectra.</summary>
internal static class ObservedPanels
{
    /// <summary>Adds an area between two curves.</summary>
    public static void AddBand(this Plot plot, double[] xs, double[] low, double[] high, Color color) =>
        plot.PlottableList.Add(new Band(xs, low, high) { Color = color, Axes = { XAxis = plot.Axes.Bottom, YAxis = plot.Axes.Left } });

    /// <summary>Adds the bad stretches of a spectrum.</summary>
    public static void AddStretches(this Plot plot, IReadOnlyList<(double Low, double High, Color Color)> stretches) =>
        plot.PlottableList.Add(new Stretches(stretches) { Axes = { XAxis = plot.Axes.Bottom, YAxis = plot.Axes.Left } });

    /// <summary>Limits that show the central part of values, with some room; strong lines may reach beyond.</summary>
    /// <param name="values">The values; NaN does not count.</param>
    /// <param name="beyond">Share of the values that may lie outside on each side.</param>
    public static (double Low, double High) Limits(IEnumerable<double> values, double beyond = 0.005)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
        {
            return (0, 1);
        }
        var low = sorted[(int)(beyond * (sorted.Length - 1))];
        var high = sorted[(int)Math.Ceiling((1 - beyond) * (sorted.Length - 1))];
        var room = high > low ? 0.12 * (high - low) : Math.Max(0.1 * Math.Abs(high), 1e-3);
        // Zero is worth seeing where it is near.
        low = low > 0 && low < 0.5 * (high - low) ? 0 : low - room;
        return (low, high + room);
    }
}
