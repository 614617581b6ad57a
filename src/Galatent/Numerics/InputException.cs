using System.Text.RegularExpressions;

namespace Galatent.Numerics;

/// <summary>
/// Something the user gave cannot be used. The message is one sentence that names the file, the field, the value and the remedy;
/// the app prints it as it stands, without a stack trace, and exits with a code other than 0.
/// </summary>
/// <param name="message">The whole sentence, ready to print. What a damaged file put into it is brought to one line of readable
/// length.</param>
/// <param name="inner">The failure underneath, when there is one.</param>
public sealed partial class InputException(string message, Exception? inner = null) : Exception(Readable(message), inner)
{
    // Longer than any sentence of this program, shorter than a field of a damaged file.
    private const int Longest = 1200;

    private static string Readable(string message)
    {
        var line = Unprintable().Replace(message, " ").Trim();
        return line.Length <= Longest ? line : $"{line.AsSpan(0, Longest / 2)} ... {line.AsSpan(line.Length - (Longest / 3))}";
    }

    [GeneratedRegex(@"[\p{Cc}\p{Cs}\u2028\u2029]+")]
    private static partial Regex Unprintable();
}
