using System.Buffers.Binary;
using System.Text;
using Galatent.Exports.Explorer;
using Galatent.Report.Drawing;

namespace Galatent.Report.Page;

/// <summary>Small pieces of HTML. All text passed in is encoded here.</summary>
internal static class Html
{
    /// <summary>Text that is safe inside elements and quoted attributes. Letters are not changed: the page is UTF-8.</summary>
    public static string Text(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal);

    /// <summary>A table with a header row. Cells are plain text; the first cell of a row is its name.</summary>
    public static string Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows, string cssClass = "")
    {
        var html = new StringBuilder($"<div class=\"scroll\"><table class=\"{cssClass}\"><thead><tr>");
        foreach (var cell in header)
        {
            html.Append($"<th scope=\"col\">{Text(cell)}</th>");
        }
        html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Append($"<tr><th scope=\"row\">{Text(row[0])}</th>");
            html.AppendJoin("", row.Skip(1).Select(cell => $"<td>{Breakable(Text(cell))}</td>"));
            html.Append("</tr>");
        }
        return html.Append("</tbody></table></div>").ToString();
    }

    // Paper has no scroll bar: where the typeface is wide, an error goes below its number. On the screen the style sheet forbids it.
    private static string Breakable(string cell) => cell.Replace("\u00a0±", " ±", StringComparison.Ordinal);

    /// <summary>A whole page that needs no other file and no script.</summary>
    /// <param name="kicker">A line above the title.</param>
    /// <param name="title">The title.</param>
    /// <param name="summary">HTML below it.</param>
    /// <param name="sections">HTML of the sections.</param>
    public static string Page(string kicker, string title, string summary, string sections)
    {
        var style = ReportStyle.Css.ReplaceLineEndings("\n");
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            {ExplorerPart.ContentPolicy([style], [])}
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(title)}</title>
            <style>{style}</style>
            </head>
            <body>
            <header>
            <p class="kicker">{Text(kicker)}</p>
            <h1>{Text(title)}</h1>
            <div class="summary">{summary}</div>
            </header>
            <main>
            {sections}</main>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    /// <summary>Sentences as a list.</summary>
    public static string List(IEnumerable<string> sentences) => $"<ul>{string.Concat(sentences.Select(s => $"<li>{Text(s)}</li>"))}</ul>";

    /// <summary>A section with a heading. The table of contents links to it.</summary>
    public static string Section(string id, string heading, string body) =>
        $"<section id=\"{id}\"><h2>{Text(heading)}</h2>{body}</section>\n";

    /// <summary>Figures one after the other. Two neighbours of column width stand side by side.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="before">Figures of the page before these, from which the numbers go on.</param>
    /// <param name="png">Gives the picture of a figure by its id.</param>
    public static string Figures(IReadOnlyList<Figure> figures, int before, Func<string, byte[]> png)
    {
        Placed[] placed = [.. figures.Select((f, i) => new Placed(f, before + i + 1, png(f.Id)))];
        var html = new StringBuilder();
        for (var i = 0; i < placed.Length; i++)
        {
            if (i + 1 < placed.Length && placed[i].IsColumnWide && placed[i + 1].IsColumnWide)
            {
                html.Append("<div class=\"pair\">").Append(Figure(placed[i])).Append(Figure(placed[i + 1])).Append("</div>\n");
                i++;
                continue;
            }
            html.Append(Figure(placed[i]));
        }
        return html.ToString();
    }

    // A figure, with its picture embedded in the page.
    private static string Figure(Placed placed)
    {
        var figure = placed.Figure;
        var picture = Convert.ToBase64String(placed.Png);
        var study = figure.StudyFigure is { } repeated ? $" (Figure {repeated} of the study.)" : "";
        var data = figure.Data is null ? "" : $" <span class=\"data\">Numbers: {Text(figure.Id)}.csv.</span>";
        return $"""
            <figure id="figure-{figure.Id}"{placed.Classes}>
            <img src="data:image/png;base64,{picture}" alt="{Text(figure.Title)}">
            <figcaption><b>Figure {placed.Number}. {Text(figure.Title)}.</b> {Text(figure.Caption)}{study}{data}</figcaption>
            </figure>

            """;
    }

    private const double PageWidth = 1000;

    // A figure with its number and picture. Where pictures shrink and grow with the page, letters of narrow ones would be larger.
    private sealed record Placed(Figure Figure, int Number, byte[] Png)
    {
        // The width stands in the first chunk of a PNG file.
        public double Width { get; } =
            Png.Length < 20 ? PageWidth : BinaryPrimitives.ReadInt32BigEndian(Png.AsSpan(16)) / (double)Drawing.Figure.PngScale;

        private double Height { get; } =
            Png.Length < 24 ? 0 : BinaryPrimitives.ReadInt32BigEndian(Png.AsSpan(20)) / (double)Drawing.Figure.PngScale;

        /// <summary>Its classes: one column of a page, or as high as wide, which fills a page of paper alone; and the percent of the text's
        /// width that it was made for, in steps of five. The policy of the page forbids styles of single elements.</summary>
        public string Classes
        {
            get
            {
                var shape =
                    IsColumnWide ? "column"
                    : Height > 0.8 * Width && Height < 1.2 * Width ? "square"
                    : "";
                var percent = 5 * (int)Math.Ceiling(Width / PageWidth * 20);
                var share = percent is >= ReportStyle.LeastPercent and < 100 ? $"w{percent}" : "";
                var classes = string.Join(' ', new[] { shape, share }.Where(c => c.Length > 0));
                return classes.Length > 0 ? $" class=\"{classes}\"" : "";
            }
        }

        public bool IsColumnWide => Figure.IsColumnWide || Width <= FigureSheet.ColumnWidth;
    }
}
