using Galatent.Networks;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using SkiaSharp;

namespace Galatent.Report.Figures.Schematics;

/// <summary>The study's figure 6: every layer of the run's network, with its lengths, channels and kernels.</summary>
internal static class NetworkSchematic
{
    private const float Left = 40;
    private const float Right = 790;
    private const float Encoder = 116;
    private const float Decoder = 322;
    private const float MostHeight = 104;
    private const float MostPitch = 110;
    private const float Latent = 850;
    private const float Middle = (Encoder + Decoder) / 2;

    public static Figure? Make(RunResults run) =>
        SchematicParts.Of(run) is { } parts
            ? new Figure("schematic-network", "The network of this run", Caption(parts), () => Draw(parts))
            {
                Chapter = Chapter.Methods,
                StudyFigure = 6,
                Data = () => NetworkLayers.Table(parts.Layout),
            }
            : null;

    private static FigureSheet Draw(SchematicParts parts)
    {
        var sheet = new FigureSheet(1000, 466);
        var options = parts.Layout.Options;
        var layers = parts.Layout.Plan.Layers;
        sheet.AddText("Encoder", Left - 20, 22, bold: true, align: SKTextAlign.Left);
        sheet.AddText("Decoder", Left - 20, Middle + 20, bold: true, align: SKTextAlign.Left);
        AddRow(sheet, parts.Layout.Plan.EncoderLayers, Encoder, isEncoder: true);
        AddRow(sheet, layers, Decoder, isEncoder: false);
        sheet.AddText(options.SubtractMean ? "x − mean" : "x", Left, Encoder + 92, FigureStyle.TickSize, bold: true);
        sheet.AddText(options.SubtractMean ? "x′ − mean" : "x′", Left, Decoder + 92, FigureStyle.TickSize, bold: true);
        AddLatents(sheet, parts);
        if (options.LinearPath)
        {
            AddLinearPath(sheet);
        }
        return sheet;
    }

    // Blocks are as high as the logarithm of the length and as wide as that of the channels.
    private static void AddRow(FigureSheet sheet, IReadOnlyList<ConvolutionShape> layers, float middle, bool isEncoder)
    {
        var pitch = Math.Min(MostPitch, (Right - Left) / layers.Count);
        var longest = Math.Log2(layers[0].InputLength + 1.0);
        float Height(int length) => (float)(MostHeight * Math.Log2(length + 1.0) / longest);
        static float BlockWidth(int channels) => 4 + (3.6f * (float)Math.Log2(channels));
        for (var i = 0; i <= layers.Count; i++)
        {
            var (length, channels) =
                i == 0 ? (layers[0].InputLength, layers[0].InputChannels) : (layers[i - 1].OutputLength, layers[i - 1].OutputChannels);
            var x = Left + (i * pitch);
            var (width, height) = (BlockWidth(channels), Height(length));
            sheet.AddBox(
                x - (width / 2),
                middle - (height / 2),
                width,
                height,
                isEncoder ? SchematicParts.EncoderFill : SchematicParts.DecoderFill,
                FigurePalette.Ink
            );
            sheet.AddText($"{length}×{channels}", x, middle + (MostHeight / 2) + 20, FigureStyle.AnnotationSize);
            if (i > 0)
            {
                var from = x - pitch + (BlockWidth(layers[i - 1].InputChannels) / 2) + 3;
                var to = x - (width / 2) - 3;
                sheet.AddArrow(FigurePalette.Ink, false, isEncoder ? [(from, middle), (to, middle)] : [(to, middle), (from, middle)]);
                sheet.AddText(
                    $"{layers[i - 1].Kernel}",
                    (from + to) / 2,
                    middle - 6,
                    FigureStyle.TickSize,
                    bold: true,
                    color: FigurePalette.Vermillion
                );
            }
        }
    }

    private static void AddLatents(FigureSheet sheet, SchematicParts parts)
    {
        var layers = parts.Layout.Plan.Layers;
        var end = Left + (layers.Count * Math.Min(MostPitch, (Right - Left) / layers.Count)) + 18;
        void Box(string text, float y)
        {
            sheet.AddBox(Latent, y - 16, 124, 32, FigurePalette.Purple.WithAlpha(.12), FigurePalette.Ink);
            sheet.AddText(text, Latent + 62, y + 5, FigureStyle.TickSize);
        }
        Box($"μ: {parts.Latent}", Encoder - 22);
        Box($"ln σ²: {parts.Latent}", Encoder + 22);
        Box($"z = μ + σ ⊙ ε: {parts.Latent}", Middle + 8);
        sheet.AddArrow(FigurePalette.Ink, false, (end, Encoder), (Latent - 3, Encoder - 22));
        sheet.AddArrow(FigurePalette.Ink, false, (end, Encoder), (Latent - 3, Encoder + 22));
        sheet.AddArrow(FigurePalette.Ink, false, (Latent + 62, Encoder + 39), (Latent + 62, Middle - 11));
        sheet.AddArrow(FigurePalette.Ink, false, (Latent + 62, Middle + 25), (Latent + 62, Decoder), (end, Decoder));
        sheet.AddText("linear", Latent + 58, Decoder - 8, FigureStyle.AnnotationSize, align: SKTextAlign.Right);
    }

    private static void AddLinearPath(FigureSheet sheet)
    {
        const float above = 40;
        const float below = Decoder + 118;
        sheet.AddArrow(
            FigurePalette.Purple,
            true,
            (Left, Encoder - (MostHeight / 2) - 4),
            (Left, above),
            (Latent + 62, above),
            (Latent + 62, Encoder - 41)
        );
        sheet.AddText("fixed linear path: added to μ", (Left + Latent) / 2, above - 6, FigureStyle.TickSize, color: FigurePalette.Purple);
        sheet.AddArrow(FigurePalette.Purple, true, (Latent + 110, Middle + 25), (Latent + 110, below), (Left, below), (Left, Decoder + 98));
        const float middle = (Left + Latent) / 2;
        sheet.AddText("fixed linear path: added to x′", middle, below + 16, FigureStyle.TickSize, color: FigurePalette.Purple);
    }

    private static string Caption(SchematicParts parts)
    {
        var options = parts.Layout.Options;
        var layers = parts.Layout.Plan.Layers;
        var mean = options.SubtractMean ? " The mean training spectrum is subtracted before and added after." : "";
        var path = options.LinearPath
            ? " Dashed: the best linear VAE of the training spectra, fixed, adds to μ and to x′; the convolutions learn what it leaves."
            : "";
        var output = options.OutputCalibration ? " Last, every pixel has a gain and an offset, fitted after every epoch." : "";
        return $"The network at {parts.Run.Chosen.Label}: {layers.Count} convolutions take "
            + $"{parts.Pixels}×1 (points × channels) to {layers[^1].OutputLength}×{layers[^1].OutputChannels}, two linear layers "
            + $"give μ and ln σ² of {parts.Latent} dimensions, and transposed convolutions mirror the way back. Red numbers: kernels; "
            + $"every stride is {NetworkLayers.Stride}, without padding, and a {NetworkLayers.Activation(options)} follows every "
            + $"convolution but the last.{mean}{path}{output} Blocks are "
            + $"as high as the logarithm of the length, as wide as that of the channels. {Wording.Count(parts.Layout.Count)} weights and "
            + "biases are trained.";
    }
}
