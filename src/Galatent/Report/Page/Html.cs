using System.Text;
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
            html.AppendJoin("", row.Skip(1).Select(cell => $"<td>{Text(cell)}</td>"));
            html.Append("</tr>");
        }
        return html.Append("</tbody></table></div>").ToString();
    }

    /// <summary>A section with a heading. The table of contents links to it.</summary>
    public static string Section(string id, string heading, string body) =>
        $"<section id=\"{id}\"><h2>{Text(heading)}</h2>{body}</section>\n";

    /// <summary>A figure, with its picture embedded in the page.</summary>
    public static string Figure(Figure figure, int number, byte[] png)
    {
        var picture = Convert.ToBase64String(png);
        return $"""
            <figure id="figure-{figure.Id}">
            <img{(figure.IsColumnWide ? " class=\"column\"" : "")} src="data:image/png;base64,{picture}" alt="{Text(figure.Title)}">
            <figcaption><b>Figure {number}. {Text(figure.Title)}.</b> {Text(figure.Caption)}</figcaption>
            </figure>

            """;
    }
}
