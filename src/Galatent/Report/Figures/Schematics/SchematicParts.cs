using Galatent.Latents.Reconstructions;
using Galatent.Networks;
using Galatent.Report.Drawing;
using Galatent.Report.Runs;
using ScottPlot;

namespace Galatent.Report.Figures.Schematics;

/// <summary>What the schematics of a run show: its network, and the first example spectrum on its way through it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Layout">The layers of the chosen model.</param>
/// <param name="Example">A spectrum and its reconstruction.</param>
internal sealed record SchematicParts(RunResults Run, ParameterLayout Layout, Reconstruction Example)
{
    /// <summary>Fills of the encoder and of the decoder.</summary>
    public static Color EncoderFill { get; } = FigurePalette.Sky.WithAlpha(.3);

    public static Color DecoderFill { get; } = FigurePalette.Orange.WithAlpha(.3);

    /// <summary>The parts; null where the description of the model has gone.</summary>
    public static SchematicParts? Of(RunResults run) =>
        run.Chosen is { Network: { } network, Analysis.Examples: [var example, ..] }
            ? new SchematicParts(run, new ParameterLayout(network, run.Grid.Count), example)
            : null;

    /// <summary>Pixels of a spectrum.</summary>
    public int Pixels => Layout.Plan.Pixels;

    /// <summary>Latent dimensions.</summary>
    public int Latent => Layout.Options.LatentDimensions;

    /// <summary>Posterior mean, standard deviation, noise and sample of the example, one number for each dimension.</summary>
    public (double[] Mu, double[] Sigma, double[] Noise, double[] Z) Posterior()
    {
        var latents = Run.Chosen.Latents;
        var from = Example.Spectrum * latents.Dimensions;
        int[] places = [.. Enumerable.Range(from, latents.Dimensions)];
        double[] mu = Array.ConvertAll(places, p => (double)latents.Mu[p]);
        double[] sigma = Array.ConvertAll(places, p => Math.Exp(latents.LogVariance[p] / 2.0));
        double[] z = Array.ConvertAll(places, p => (double)latents.Z[p]);
        return (mu, sigma, [.. z.Select((v, d) => (v - mu[d]) / sigma[d])], z);
    }

    /// <summary>A small panel with a spectrum, its name above and what it is below.</summary>
    public void AddSpectrum(FigureSheet sheet, double[] flux, float left, float top, float width, float height, string name, string below)
    {
        var panel = sheet.AddPanel(left, top, width, height);
        var (low, high) = FigureStyle.FluxLimits(flux);
        FigureAxes.None(panel.Axes.Bottom, Run.ShownRange.LowAngstrom, Run.ShownRange.HighAngstrom);
        FigureAxes.None(panel.Axes.Left, low, high);
        panel.AddLine(Run.Grid.WavelengthAngstrom, FigureStyle.Log10(flux), FigurePalette.Ink, width: 0.9f);
        sheet.AddText(name, left + (width / 2), top - 8, bold: true);
        sheet.AddText(below, left + (width / 2), top + height + 17, FigureStyle.AnnotationSize);
    }

    /// <summary>A trapezoid that narrows to the right (encoder) or widens (decoder).</summary>
    public static void AddFunnel(FigureSheet sheet, float left, float middle, float width, bool isEncoder)
    {
        const float wide = 62;
        const float narrow = 24;
        var (first, last) = isEncoder ? (wide, narrow) : (narrow, wide);
        sheet.AddPolygon(
            isEncoder ? EncoderFill : DecoderFill,
            FigurePalette.Ink,
            (left, middle - first),
            (left + width, middle - last),
            (left + width, middle + last),
            (left, middle + first)
        );
        sheet.AddText(isEncoder ? "encoder" : "decoder", left + (width / 2), middle + 5, FigureStyle.TickSize);
    }
}
