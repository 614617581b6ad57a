using System.Text;
using Galatent.Files;
using SkiaSharp;

namespace Galatent.Report.Drawing;

/// <summary>A figure as a recipe: its name, its caption, and how to draw it.</summary>
/// <param name="Id">File name without extension, e.g. <c>reconstructions</c>.</param>
/// <param name="Title">Title of a few words.</param>
/// <param name="Caption">What the figure shows, with the numbers of this run; plain text.</param>
/// <param name="Draw">Draws the page. The caller disposes it.</param>
public sealed record Figure(string Id, string Title, string Caption, Func<FigureSheet> Draw)
{
    /// <summary>The chapter of the report with this figure; null when the figure belongs to no report.</summary>
    public Chapter? Chapter { get; init; }

    /// <summary>Pixels of the PNG file per unit of the page. A text width of 2000 pixels prints at 280 dots per inch.</summary>
    public const int PngScale = 2;

    /// <summary>Writes <c>ID.png</c> and <c>ID.svg</c>. Each file appears only when it is complete.</summary>
    public void Save(string folder)
    {
        using var sheet = Draw();
        AtomicFile.Write(Path.Combine(folder, Id + ".png"), temporary => File.WriteAllBytes(temporary, Png(sheet)));
        AtomicFile.Write(Path.Combine(folder, Id + ".svg"), temporary => File.WriteAllText(temporary, Svg(sheet, Title)));
    }

    private static byte[] Png(FigureSheet sheet)
    {
        using var surface = SKSurface.Create(new SKImageInfo(sheet.Width * PngScale, sheet.Height * PngScale));
        surface.Canvas.Scale(PngScale);
        sheet.Render(surface.Canvas);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static string Svg(FigureSheet sheet, string title)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, sheet.Width, sheet.Height), stream))
        {
            sheet.Render(canvas);
        }
        return FigureSvg.Finish(Encoding.UTF8.GetString(stream.ToArray()), sheet.Width, sheet.Height, title);
    }
}
