using Galatent.Networks;
using Galatent.Report.Drawing;
using Galatent.Report.Runs;
using ScottPlot;
using SkiaSharp;

namespace Galatent.Report.Figures.Schematics;

/// <summary>The study's figure 5: what a convolution does, by a short layer of the run's own network.</summary>
internal static class ConvolutionSchematic
{
    // Longer layers have no room for their vectors.
    private const int MostVectors = 20;
    private const int ShownChannels = 4;
    private const float Left = 30;
    private const float Room = 790;
    private const float Cell = 15;
    private const float InputTop = 44;
    private const float OutputTop = 168;

    public static Figure? Make(RunResults run) =>
        SchematicParts.Of(run) is { } parts && Layer(parts) is var index && index >= 0
            ? new Figure("schematic-convolution", "A convolution", Caption(parts, index), () =>
                Draw(parts.Layout.Plan.EncoderLayers[index])
            )
            {
                Chapter = Chapter.Methods,
                StudyFigure = 5,
                Data = () => NetworkLayers.Table(parts.Layout) is var all ? all with { Rows = [all.Rows[index]] } : null!,
            }
            : null;

    private static int Layer(SchematicParts parts) =>
        parts.Layout.Plan.Layers.Index().Where(l => l.Item.InputLength <= MostVectors).Select(l => l.Index).DefaultIfEmpty(-1).First();

    private static FigureSheet Draw(ConvolutionShape layer)
    {
        var sheet = new FigureSheet(1000, 252);
        var pitch = Math.Min(60, Room / layer.InputLength);
        // The second vector of the output, where there is one, has neighbours on both sides.
        var chosen = Math.Min(1, layer.OutputLength - 1);
        var first = chosen * NetworkLayers.Stride;
        float InputX(int i) => Left + (i * pitch);
        float OutputX(int j) => InputX(j * NetworkLayers.Stride) + ((layer.Kernel - 1) * pitch / 2);
        for (var i = 0; i < layer.InputLength; i++)
        {
            AddVector(sheet, InputX(i), InputTop, layer.InputChannels, i >= first && i < first + layer.Kernel, SchematicParts.EncoderFill);
        }
        for (var j = 0; j < layer.OutputLength; j++)
        {
            AddVector(sheet, OutputX(j), OutputTop, layer.OutputChannels, j == chosen, SchematicParts.EncoderFill);
        }
        var bottom = InputTop + (Cell * ShownChannels) + 8;
        sheet.AddLine(InputX(first), bottom, OutputX(chosen), OutputTop - 4, FigurePalette.Vermillion);
        sheet.AddLine(InputX(first + layer.Kernel - 1) + Cell, bottom, OutputX(chosen) + Cell, OutputTop - 4, FigurePalette.Vermillion);
        var x = Left + (layer.InputLength * pitch) + 24;
        void Say(string text, float y) => sheet.AddText(text, x, y, FigureStyle.TickSize, align: SKTextAlign.Left);
        Say($"{layer.InputLength} vectors of {layer.InputChannels}", InputTop + 34);
        Say($"kernel {layer.Kernel}, stride {NetworkLayers.Stride}", (bottom + OutputTop) / 2);
        Say($"{layer.OutputLength} vectors of {layer.OutputChannels}", OutputTop + 34);
        sheet.AddText("Input", Left, 24, bold: true, align: SKTextAlign.Left);
        sheet.AddText("Output", Left, OutputTop - 12, bold: true, align: SKTextAlign.Left);
        return sheet;
    }

    // Of many channels the first ones and the last one are drawn, with dots between.
    private static void AddVector(FigureSheet sheet, float left, float top, int channels, bool isChosen, Color fill)
    {
        var inside = isChosen ? FigurePalette.Vermillion.WithAlpha(.45) : fill;
        for (var c = 0; c < Math.Min(channels, ShownChannels); c++)
        {
            if (c == ShownChannels - 2 && channels > ShownChannels)
            {
                for (var dot = 0; dot < 3; dot++)
                {
                    sheet.AddBox(left + (Cell / 2) - 1, top + (c * Cell) + 2 + (dot * 5), 2, 2, FigurePalette.Ink, FigurePalette.Ink);
                }
                continue;
            }
            sheet.AddBox(left, top + (c * Cell), Cell, Cell, inside, FigurePalette.Ink);
        }
    }

    private static string Caption(SchematicParts parts, int index)
    {
        var layer = parts.Layout.Plan.EncoderLayers[index];
        var weights = layer.OutputChannels * layer.InputChannels * layer.Kernel;
        return $"A convolution, by layer {index + 1} of this run's encoder: {layer.InputLength} vectors of "
            + $"{layer.InputChannels} numbers (channels) become {layer.OutputLength} of {layer.OutputChannels}. A kernel of "
            + $"{layer.Kernel} steps on by {NetworkLayers.Stride}: the marked output depends on the {layer.Kernel} marked inputs only, by "
            + $"{Page.Wording.Count(weights)} weights that are the same at every place.";
    }
}
