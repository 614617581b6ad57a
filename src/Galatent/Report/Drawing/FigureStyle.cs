using Galatent.Exports.Explorer;
using ScottPlot;
using ScottPlot.Rendering.RenderActions;

namespace Galatent.Report.Drawing;

/// <summary>The common style of all panels. Sizes are pixels on a page 1000 pixels wide (14 px are 7.2 points on a 7.1-inch text
/// width).</summary>
internal static class FigureStyle
{
    public const float LabelSize = 15;
    public const float TickSize = 13;
    public const float AnnotationSize = 12;
    public const float LineWidth = 1.3f;

    public const string WavelengthLabel = ExplorerAxes.WavelengthLabel;
    public const string FluxLabel = "Normalised fν";

    /// <summary>An empty plot: thin dark frame, ticks inside the margin, no grid.</summary>
    public static Plot NewPlot()
    {
        FigureFonts.Register();
        var plot = new Plot();
        plot.Font.Set(FigureFonts.Family);
        // Panels share one page, so no panel may clear the others. A transparent background would replace what is below it.
        plot.RenderManager.Remove<ClearCanvas>();
        plot.RenderManager.Remove<RenderFigureBackground>();
        plot.RenderManager.Remove<RenderDataBackground>();
        plot.HideGrid();
        plot.Axes.Title.IsVisible = false;
        foreach (var axis in plot.Axes.GetAxes())
        {
            axis.FrameLineStyle.Width = 1;
            axis.FrameLineStyle.Color = FigurePalette.Ink;
            axis.MajorTickStyle.Color = axis.MinorTickStyle.Color = FigurePalette.Ink;
            axis.TickLabelStyle.FontSize = TickSize;
            axis.TickLabelStyle.ForeColor = FigurePalette.Ink;
        }
        plot.Axes.Left.TickLabelStyle.OffsetY = 2;
        foreach (var label in new[] { plot.Axes.Bottom.Label, plot.Axes.Left.Label, plot.Axes.Right.Label, plot.Axes.Top.Label })
        {
            label.FontSize = LabelSize;
            label.Bold = false;
            label.ForeColor = FigurePalette.Ink;
        }
        return plot;
    }

    /// <summary>Adds a line to a panel.</summary>
    public static void AddLine(
        this Plot plot,
        double[] xs,
        double[] ys,
        Color color,
        string name = "",
        float width = LineWidth,
        params float[] dashes
    ) =>
        plot.PlottableList.Add(
            new Polyline(xs, ys)
            {
                Color = color,
                Name = name,
                Width = width,
                Dashes = dashes,
                Axes = { XAxis = plot.Axes.Bottom, YAxis = plot.Axes.Left },
            }
        );

    /// <summary>Shows the names of the lines inside the panel.</summary>
    public static void AddLegend(this Plot plot, Alignment alignment)
    {
        plot.ShowLegend(alignment);
        plot.Legend.FontName = FigureFonts.Family;
        plot.Legend.FontSize = TickSize;
        plot.Legend.FontColor = FigurePalette.Ink;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.BackgroundColor = Colors.White.WithAlpha(.85);
    }

    /// <summary>log10 of positive values. Other values become NaN, which leaves a gap in the line.</summary>
    public static double[] Log10(IReadOnlyList<double> values) => [.. values.Select(v => v > 0 ? Math.Log10(v) : double.NaN)];

    /// <summary>Decades that contain the flux, with a little room. Deep ultraviolet fluxes below 1e-4 are left out.</summary>
    public static (double Low, double High) FluxLimits(double[] flux)
    {
        flux = Array.FindAll(flux, double.IsFinite);
        if (flux.Length == 0 || !(flux.Max() > 0))
        {
            return (-1, 1);
        }
        var low = Math.Max(-4, Math.Log10(Math.Max(1e-9, flux.Min())));
        return (Math.Floor(low * 5) / 5, Math.Ceiling((Math.Log10(flux.Max()) + 0.05) * 5) / 5);
    }
}
