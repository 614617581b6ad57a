using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Galatent.Report.Drawing;

/// <summary>Completes Skia's SVG output: makes it scalable, adds a title and embeds the typeface (63 kB), so that it looks the same
/// everywhere.</summary>
internal static partial class FigureSvg
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
            <style>@font-face{"{"}font-family:"DejaVu Sans Condensed";src:url(data:font/ttf;base64,{font}){"}"}</style>{Renumbered(
                svg[(end + 1)..]
            )}
            """;
    }

    // Skia numbers clips throughout the process. The numbers are replaced, so that a figure does not depend on those drawn before it.
    private static string Renumbered(string svg)
    {
        var numbers = new Dictionary<string, string>();
        return ClipName()
            .Replace(svg, clip =>
            {
                if (!numbers.TryGetValue(clip.Value, out var number))
                {
                    number = string.Create(CultureInfo.InvariantCulture, $"cl_{numbers.Count + 1}");
                    numbers.Add(clip.Value, number);
                }
                return number;
            });
    }

    [GeneratedRegex(@"\bcl_[0-9a-f]+\b")]
    private static partial Regex ClipName();
}
