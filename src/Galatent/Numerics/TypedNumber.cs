using System.Globalization;

namespace Galatent.Numerics;

/// <summary>
/// Reads a number that somebody typed: an option, a setting, a step of a grid. Only digits, a sign, a decimal point and an exponent are
/// accepted, so that <c>0,3</c> is never 3: many countries write 0.3 so, and others use the comma between thousands. Neither blanks nor
/// NaN nor infinity are numbers here.
/// </summary>
public static class TypedNumber
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a finite number.</summary>
    /// <param name="text">What was typed, e.g. <c>-1.5e3</c>.</param>
    /// <param name="value">The number; 0 where there is none.</param>
    /// <returns>Whether the text is a plain number that a double can hold.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        if (IsPlain(text, ".eE") && double.TryParse(text, Style, CultureInfo.InvariantCulture, out value) && double.IsFinite(value))
        {
            return true;
        }
        value = 0;
        return false;
    }

    /// <summary>Reads a whole number.</summary>
    /// <param name="text">What was typed, e.g. <c>20000</c>.</param>
    /// <param name="value">The number; 0 where there is none.</param>
    /// <returns>Whether the text is a whole number of at most 64 bits.</returns>
    public static bool TryParseWhole(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        return IsPlain(text, "") && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    // The runtime also reads its words for infinity and NaN, and zero bytes at the end.
    private static bool IsPlain(ReadOnlySpan<char> text, string others)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c) && c is not ('+' or '-') && !others.Contains(c))
            {
                return false;
            }
        }
        return true;
    }
}
