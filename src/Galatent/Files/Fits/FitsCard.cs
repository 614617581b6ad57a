using System.Text;

namespace Galatent.Files.Fits;

/// <summary>One line of a header (FITS standard 4.0, section 4.1): 80 characters with a keyword and perhaps a value.</summary>
/// <param name="Keyword">In capitals; for HIERARCH its words, joined by blanks; empty for remarks.</param>
/// <param name="Value">The value without its quotes and remark; null where there is none.</param>
/// <param name="IsText">Whether it stands in quotes.</param>
internal readonly record struct FitsCard(string Keyword, string? Value, bool IsText)
{
    /// <summary>Length of a card, bytes.</summary>
    public const int Length = 80;

    /// <summary>Reads a card. Whatever stands in it gives some card: a damaged one gives an odd value.</summary>
    public static FitsCard Parse(ReadOnlySpan<byte> bytes)
    {
        Span<char> line = stackalloc char[Length];
        for (var i = 0; i < Length; i++)
        {
            // Latin-1, with control characters as blanks.
            line[i] = i < bytes.Length && bytes[i] >= 32 ? (char)bytes[i] : ' ';
        }
        var keyword = line[..8].TrimEnd().ToString().ToUpperInvariant();
        if (keyword == "CONTINUE")
        {
            var (text, isText) = ValueOf(line[8..]);
            return new FitsCard(keyword, text, isText);
        }
        if (keyword == "HIERARCH" && line.IndexOf('=') is var equals and > 8)
        {
            var words = line[8..equals].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var (text, isText) = ValueOf(line[(equals + 1)..]);
            return new FitsCard(string.Join(' ', words).ToUpperInvariant(), text, isText);
        }
        if (line[8] != '=' || keyword is "COMMENT" or "HISTORY" or "")
        {
            return new FitsCard(keyword, null, false);
        }
        var (value, quoted) = ValueOf(line[9..]);
        return new FitsCard(keyword, value, quoted);
    }

    // A quoted text, where two quotes stand for one, or else everything up to the remark.
    private static (string Value, bool IsText) ValueOf(ReadOnlySpan<char> field)
    {
        field = field.TrimStart();
        if (field is not ['\'', ..])
        {
            var slash = field.IndexOf('/');
            return ((slash < 0 ? field : field[..slash]).Trim().ToString(), false);
        }
        var text = new StringBuilder();
        for (var i = 1; i < field.Length; i++)
        {
            var isPair = field[i] == '\'' && i + 1 < field.Length && field[i + 1] == '\'';
            if (field[i] == '\'' && !isPair)
            {
                break;
            }
            i += isPair ? 1 : 0;
            text.Append(field[i]);
        }
        return (text.ToString().TrimEnd(), true);
    }
}
