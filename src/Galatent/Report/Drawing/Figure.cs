using System.Text;
using Galatent.Files;
using SkiaSharp;

namespace Galatent.Report.Drawing;

/// <summary>A figure as a recipe: what it is called, what it says, and how to draw it.</summary>
/// <param name="Id">File name without extension, e.g. <c>reconstructions</c>.</param>
/// <param name="Title">A few words.</param>
/// <param name="Caption">What is seen, with this run's numbers; plain text.</param>
/// <param name="Draw">Makes the page; the caller disposes it.</param>
public sealed record Figure(string Id, string Title, string Caption, Func<FigureSheet> Draw)
{
    /// <summary>The chapter of the report that shows it; null for a figure that no report holds.</summary>
    public Chapter? Chapter { get; init; }

    /// <summary>Pixels of the PNG file per unit of the page: 2000 pixels across the text width print at 280 dots per inch.</summary>
    public const int PngScale = 2;

    /// <summary>Writes <c>ID.png</c> and <c>ID.svg</c>, each whole or not at all.</summary>
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
