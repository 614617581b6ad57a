namespace Galatent.Files;

/// <summary>How a text is cut into fields and how its numbers are written.</summary>
/// <param name="Separator">What stands between fields; null for any run of blanks and tabs.</param>
/// <param name="HasOuterSeparators">Whether records also begin and end with a separator, as in | 1 | 2 |.</param>
/// <param name="DecimalSign">A point or a comma.</param>
internal sealed record TextLayout(char? Separator, bool HasOuterSeparators, char DecimalSign)
{
    /// <summary>The separators that are tried, the surest first: a semicolon seldom stands in a name, a blank often.</summary>
    public static IReadOnlyList<char?> Separators { get; } = ['\t', ';', '|', ',', null];

    /// <summary>The separator in words.</summary>
    public string SeparatorName =>
        Separator switch
        {
            null => "blanks",
            '\t' => "tab",
            ',' => "comma",
            ';' => "semicolon",
            { } other => $"'{other}'",
        };

    /// <summary>The decimal sign in words.</summary>
    public string DecimalName => DecimalSign == ',' ? "comma" : "point";

    /// <summary>Opens a text with this layout.</summary>
    public DelimitedText Open(TextReader reader, string source) => new(reader, Separator, source, HasOuterSeparators);

    /// <summary>Reads a number; blanks around it are allowed.</summary>
    public bool TryNumber(string field, out double value) => NumberField.TryParse(field, out value, DecimalSign);
}
