using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>Texts that look like tables of columns and follow rules of their own.</summary>
internal static class ForeignText
{
    private const string Remedy = "write its columns as CSV, HDF5 or Parquet (astropy and TOPCAT do)";

    /// <summary>Refuses, by name, formats that are not read.</summary>
    /// <param name="path">The file's name.</param>
    /// <param name="head">The beginning of the text.</param>
    /// <exception cref="InputException">It is one of them.</exception>
    public static void Refuse(string path, string head)
    {
        if (Name(head.AsSpan(0, Math.Min(head.Length, 1 << 16))) is { } name)
        {
            throw new InputException($"'{path}' is {name}, which is not read; {Remedy}.");
        }
    }

    /// <summary>Whether a text is ECSV (astropy): remarks with a description in YAML, then a header and rows.</summary>
    public static bool IsEcsv(string head) => head.TrimStart().StartsWith("# %ECSV", StringComparison.Ordinal);

    /// <summary>The separator that a first line sep=; states, as Excel writes and reads it; null without one.</summary>
    public static char? StatedSeparator(string head) =>
        head.StartsWith("sep=", StringComparison.OrdinalIgnoreCase)
        && head.Length > 4
        && !char.IsLetterOrDigit(head[4])
        && (head.Length == 5 || head[5] is '\n' or '\r')
            ? head[4]
            : null;

    private static string? Name(ReadOnlySpan<char> head)
    {
        var text = head.TrimStart();
        var line = text[..Math.Max(0, text.IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length)];
        return text.StartsWith("<VOTABLE", StringComparison.OrdinalIgnoreCase)
            || (text.StartsWith("<?xml") && text.Contains("<VOTABLE", StringComparison.OrdinalIgnoreCase))
                ? "a VOTable (XML)"
            : text is ['<', '?' or '!' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'), ..] ? "XML or HTML"
            : text is ['{', ..] || IsJsonList(text) ? "JSON"
            : text is ['\\', ..] && !text.StartsWith("\\begin") && line.Contains('=') || HasIpacHeader(text) ? "an IPAC table"
            : text.Contains("\\begin{tab", StringComparison.Ordinal)
            || text.Contains("\\begin{deluxetable", StringComparison.Ordinal)
            || line.TrimEnd().EndsWith("\\\\") && line.Contains('&')
                ? "a LaTeX table"
            : text.Contains("Byte-by-byte Description", StringComparison.OrdinalIgnoreCase)
                ? "a table of fixed-width columns (CDS or machine-readable table)"
            : text.StartsWith("@relation", StringComparison.OrdinalIgnoreCase) ? "an ARFF file"
            : text.StartsWith("{\\rtf") || text.StartsWith("%PDF") ? "a document of a word processor"
            : null;
    }

    private static bool IsJsonList(ReadOnlySpan<char> text) =>
        text is ['[', ..] && text[1..].TrimStart() is ['{' or '[' or '"' or '-' or (>= '0' and <= '9'), ..];

    // |  ra  |  dec  |, then perhaps types and units in the same way, and rows without bars.
    private static bool HasIpacHeader(ReadOnlySpan<char> text)
    {
        if (text is not ['|', ..])
        {
            return false;
        }
        var bars = 0;
        foreach (var line in text.EnumerateLines())
        {
            if (line.TrimStart() is not ['|', ..])
            {
                return bars > 0 && !line.Contains('|') && line.Trim().Length > 0;
            }
            bars++;
        }
        return false;
    }
}
