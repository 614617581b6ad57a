using System.Text;
using Galatent.Files;
using Galatent.Numerics;
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

    /// <summary>Number of the figure of the study (Marziano 2024) that it repeats; null for none.</summary>
    public int? StudyFigure { get; init; }

    /// <summary>The numbers that are drawn, as a table beside the figure; null for none.</summary>
    public Func<ResultTable>? Data { get; init; }

    /// <summary>Whether it is made for one column of a journal page, 88 mm: then its letters are as large there as those of other figures
    /// on the whole width.</summary>
    public bool IsColumnWide { get; init; }

    /// <summary>Pixels of the PNG file per unit of the page. A text width of 2000 pixels prints at 280 dots per inch.</summary>
    public const int PngScale = 2;

    // 1000 units are a text width of 180 mm.
    private const float PointsPerUnit = 0.51f;

    /// <summary>Endings of the files that <see cref="Save(string)"/> and <see cref="SaveAs"/> write.</summary>
    public static IReadOnlyList<string> Formats { get; } = [".png", ".svg", ".pdf"];

    /// <summary>Writes a file of each of <see cref="Formats"/>, and <c>ID.csv</c> if it has <see cref="Data"/>. Each file appears only when
    /// it is complete.</summary>
    public void Save(string folder) => Save(folder, _ => { });

    /// <summary>The same, and shows the page to <paramref name="look"/> before it goes.</summary>
    internal void Save(string folder, Action<FigureSheet> look)
    {
        using var sheet = Draw();
        look(sheet);
        foreach (var ending in Formats)
        {
            AtomicFile.Write(Path.Combine(folder, Id + ending), temporary => File.WriteAllBytes(temporary, Bytes(sheet, ending)));
        }
        Data?.Invoke().Write(Path.Combine(folder, Id + ".csv"));
    }

    /// <summary>Writes one file in the format of its ending.</summary>
    /// <param name="path">A path that ends with one of <see cref="Formats"/>, in any case.</param>
    /// <exception cref="InputException">Another ending, or the file cannot be written.</exception>
    public void SaveAs(string path)
    {
        RequireFormat(path);
        using var sheet = Draw();
        AtomicFile.Write(path, temporary => File.WriteAllBytes(temporary, Bytes(sheet, Path.GetExtension(path))));
    }

    /// <summary>Makes sure that a path has one of the endings of <see cref="Formats"/>.</summary>
    /// <exception cref="InputException">It has another.</exception>
    public static void RequireFormat(string path)
    {
        if (!Formats.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
        {
            throw new InputException($"'{path}' does not end with {string.Join(", ", Formats)}; give a figure a path that does.");
        }
    }

    private byte[] Bytes(FigureSheet sheet, string ending) =>
        ending.ToUpperInvariant() switch
        {
            ".SVG" => Encoding.UTF8.GetBytes(Svg(sheet, Title)),
            ".PDF" => Pdf(sheet, Title),
            _ => Png(sheet),
        };

    private static byte[] Png(FigureSheet sheet)
    {
        using var surface = SKSurface.Create(new SKImageInfo(sheet.Width * PngScale, sheet.Height * PngScale));
        surface.Canvas.Scale(PngScale);
        sheet.Render(surface.Canvas);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static byte[] Pdf(FigureSheet sheet, string title)
    {
        using var stream = new MemoryStream();
        // No dates, so that the same figure has the same bytes.
        using (var document = SKDocument.CreatePdf(stream, new SKDocumentPdfMetadata { Title = title, RasterDpi = 300 }))
        {
            var canvas = document.BeginPage(sheet.Width * PointsPerUnit, sheet.Height * PointsPerUnit);
            canvas.Scale(PointsPerUnit);
            sheet.Render(canvas);
            document.EndPage();
            document.Close();
        }
        return stream.ToArray();
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
