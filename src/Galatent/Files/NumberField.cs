using System.Globalization;

namespace Galatent.Files;

/// <summary>
/// Numbers as people and programs write them, read in one strict way whatever the language of the machine: digits, one decimal sign, an
/// exponent after E or D (Fortran), <c>inf</c> and <c>nan</c>. Thousands separators, blanks inside and units are no numbers, because
/// 1,234 means 1.234 to one reader and 1234 to another.
/// </summary>
internal static class NumberField
{
    /// <summary>The mathematical minus (U+2212), which some programs write.</summary>
    private const char Minus = '\u2212';

    // Longer than any number that a program writes; a longer one goes through a string.
    private const int UsualLength = 64;

    /// <summary>Reads a number; blanks around it are allowed.</summary>
    /// <param name="text">What is written.</param>
    /// <param name="value">The number; infinite where it is written so or too large for 64 bits, NaN for <c>nan</c>.</param>
    /// <param name="decimalSign">The decimal sign: a point or a comma.</param>
    /// <returns>Whether it is a number.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out double value, char decimalSign = '.')
    {
        value = double.NaN;
        text = text.Trim();
        if (!IsPlain(text, decimalSign))
        {
            return IsWord(text, out value);
        }
        var buffer = text.Length <= UsualLength ? stackalloc char[UsualLength] : new char[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            buffer[i] = text[i] switch
            {
                Minus => '-',
                'd' or 'D' => 'E',
                var c => c == decimalSign ? '.' : c,
            };
        }
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(buffer[..text.Length], Style, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether a number is written as a whole one: digits only, with or without a sign.</summary>
    public static bool IsWhole(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        text = text is ['+' or '-' or Minus, ..] ? text[1..] : text;
        return text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>
    /// Whether a field is a number, or was one before somebody wrote it for people: with a decimal comma, with thousands separators, with
    /// a long dash for a minus, or with a sign of percent, money or punctuation at an end.
    /// </summary>
    public static bool LooksLike(string text)
    {
        var bare = text.AsSpan().Trim().Trim("'\",;:|%$€£()[]").Trim();
        return TryParse(bare, out _)
            || TryParse(bare, out _, ',')
            || IsGrouped(bare)
            || (bare is ['\u2012' or '\u2013' or '\u2014' or '\uFE63' or '\uFF0D', _, ..] && LooksLike(bare[1..].ToString()));
    }

    /// <summary>Whether a field stands for no value: empty, or one of the marks of common programs.</summary>
    public static bool IsMissing(string text) =>
        text.Length == 0
        || text is "NA" or "N/A" or "n/a" or "<NA>" or "#N/A" or "null" or "NULL" or "None" or "--" or "---" or "\\N"
        || (text.Length <= 10 && TryParse(text, out var value) && double.IsNaN(value));

    /// <summary>Whether digits stand in groups of three with separators between, such as 93,982.00 or 1.234,5 or 1 234.</summary>
    public static bool IsGrouped(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        text = text is ['+' or '-' or Minus, ..] ? text[1..] : text;
        var head = text.IndexOfAnyExceptInRange('0', '9');
        if (head is < 1 or > 3 || text[0] == '0' || !IsGroupSign(text[head]))
        {
            return false;
        }
        var sign = text[head];
        var rest = text[head..];
        while (rest.Length >= 4 && rest[0] == sign && !rest[1..4].ContainsAnyExceptInRange('0', '9'))
        {
            rest = rest[4..];
        }
        return rest.Length < text.Length - head
            && (rest.Length == 0 || (rest[0] is '.' or ',' && rest[0] != sign && !rest[1..].ContainsAnyExceptInRange('0', '9')));
    }

    private static bool IsGroupSign(char c) => c is ',' or '.' or '\'' or '\u2019' or '_' || char.IsWhiteSpace(c);

    // [sign] digits [decimal sign digits] [E or D, sign, digits]
    private static bool IsPlain(ReadOnlySpan<char> text, char decimalSign)
    {
        var i = 0;
        Sign(text, ref i);
        var digits = Digits(text, ref i);
        if (i < text.Length && text[i] == decimalSign)
        {
            i++;
            digits += Digits(text, ref i);
        }
        if (digits == 0)
        {
            return false;
        }
        if (i < text.Length && text[i] is 'e' or 'E' or 'd' or 'D')
        {
            i++;
            Sign(text, ref i);
            digits = Digits(text, ref i);
        }
        return digits > 0 && i == text.Length;
    }

    private static void Sign(ReadOnlySpan<char> text, ref int i) => i += i < text.Length && text[i] is '+' or '-' or Minus ? 1 : 0;

    private static int Digits(ReadOnlySpan<char> text, ref int i)
    {
        var first = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
        {
            i++;
        }
        return i - first;
    }

    // C prints -nan and nan(ind), Python inf, .NET Infinity and its sign.
    private static bool IsWord(ReadOnlySpan<char> text, out double value)
    {
        value = double.NaN;
        if (text.Length is < 1 or > 12)
        {
            return false;
        }
        var isNegative = text[0] is '-' or Minus;
        var word = text[(text[0] is '+' or '-' or Minus ? 1 : 0)..];
        if (
            word.Equals("nan", StringComparison.OrdinalIgnoreCase)
            || word.Equals("nan(ind)", StringComparison.OrdinalIgnoreCase)
            || word.Equals("nan(snan)", StringComparison.OrdinalIgnoreCase)
        )
        {
            return true;
        }
        value = isNegative ? double.NegativeInfinity : double.PositiveInfinity;
        return word is "\u221E"
            || word.Equals("inf", StringComparison.OrdinalIgnoreCase)
            || word.Equals("infinity", StringComparison.OrdinalIgnoreCase);
    }
}
