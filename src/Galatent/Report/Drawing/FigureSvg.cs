using System.Net;

namespace Galatent.Report.Drawing;

/// <summary>Makes Skia's SVG output stand on its own: scalable, titled, and carrying its typeface (63 kB), so that it looks alike
/// everywhere.</summary>
internal static class FigureSvg
{
    public static string Finish(string svg, int width, int height, string title)
    {
        var start = svg.IndexOf("<svg", StringComparison.Ordinal);
        var end = svg.IndexOf('>', start);
        var font = Convert.ToBase64String(FigureFonts.RegularBytes());
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
            width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">
            <title>{WebUtility.HtmlEncode(title)}</title>
            <style>@font-face{"{"}font-family:"DejaVu Sans Condensed";src:url(data:font/ttf;base64,{font}){"}"}</style>{svg[(end + 1)..]}
            """;
    }
}
