using System.Globalization;
using Galatent.Numerics;

namespace Galatent.Files.Fits;

/// <summary>The header of one HDU: keywords with their values (FITS standard 4.0, section 4). Long strings (CONTINUE) are joined; of a
/// keyword that repeats, the first counts.</summary>
public sealed class FitsHeader
{
    internal const int BlockLength = 2880;

    // Longer than any header that was ever met; damage can hide the END.
    private const int MostBytes = 1 << 22;

    private readonly string _file;
    private readonly Dictionary<string, string> _values = [];
    private readonly List<string> _keywords = [];

    private FitsHeader(string file) => _file = file;

    /// <summary>All keywords, in the order of the file.</summary>
    public IReadOnlyCollection<string> Keywords => _keywords;

    /// <summary>Bytes that the header takes, its fill included.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Whether a keyword is there.</summary>
    public bool Has(string keyword) => _values.ContainsKey(keyword);

    /// <summary>A text value without its quotes; empty when the keyword is absent.</summary>
    public string Text(string keyword) => _values.GetValueOrDefault(keyword, "");

    /// <summary>A number; <paramref name="otherwise"/> when the keyword is absent. A number in quotes counts as one.</summary>
    /// <exception cref="InputException">It is absent and there is no default, or it is not a number.</exception>
    public double Number(string keyword, double otherwise = double.NaN)
    {
        if (!_values.TryGetValue(keyword, out var text))
        {
            return double.IsNaN(otherwise)
                ? throw new InputException($"'{_file}': a FITS header lacks {keyword}; the file is damaged or of another kind.")
                : otherwise;
        }
        return TryParse(text, out var value)
            ? value
            : throw new InputException($"'{_file}': the FITS keyword {keyword} is '{text}', which is not a number.");
    }

    /// <summary>A number where one is stated; NaN where the keyword is absent or holds something else.</summary>
    internal double Stated(string keyword) =>
        _values.TryGetValue(keyword, out var text) && TryParse(text, out var value) ? value : double.NaN;

    /// <summary>Whether a keyword is true (T).</summary>
    internal bool IsTrue(string keyword) => Text(keyword).Trim().ToUpperInvariant() is "T" or "TRUE" or "1";

    /// <summary>A whole number from 0 to 2^31 - 1; parameters as in <see cref="Number"/>.</summary>
    public int Count(string keyword, double otherwise = double.NaN) =>
        LongCount(keyword, otherwise) is var value && value <= int.MaxValue ? (int)value : throw NoCount(keyword);

    /// <summary>A whole number from 0 to 2^53; parameters as in <see cref="Number"/>.</summary>
    internal long LongCount(string keyword, double otherwise = double.NaN) =>
        Number(keyword, otherwise) is var value && value >= 0 && value <= 1L << 53 && value == Math.Floor(value)
            ? (long)value
            : throw NoCount(keyword);

    /// <summary>Reads the header that begins at a place.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="InputException">It has no END.</exception>
    internal static FitsHeader Read(FitsBytes file, long start, string path)
    {
        var header = new FitsHeader(path);
        var block = new byte[BlockLength];
        var last = "";
        for (var at = start; at - start < MostBytes && at < file.Length; at += BlockLength)
        {
            var length = (int)Math.Min(BlockLength, file.Length - at);
            file.Read(at, block.AsSpan(0, length));
            // The last block may lack its fill.
            for (var card = 0; card < length; card += FitsCard.Length)
            {
                var bytes = block.AsSpan(card, Math.Min(FitsCard.Length, length - card));
                if (IsEnd(bytes))
                {
                    header.Bytes = at + BlockLength - start;
                    return header;
                }
                last = header.Add(FitsCard.Parse(bytes), last);
            }
        }
        throw new InputException($"'{path}' ends inside a FITS header (no END is found); it is damaged or cut short, copy it again.");
    }

    private static bool IsEnd(ReadOnlySpan<byte> card) =>
        card.Length >= 3 && card[..3].SequenceEqual("END"u8) && card[3..Math.Min(8, card.Length)].IndexOfAnyExcept((byte)' ', (byte)0) < 0;

    private static bool TryParse(string text, out double value)
    {
        var plain = text.Trim();
        // Fortran writes exponents with D.
        return double.TryParse(
                plain.Replace('D', 'E').Replace('d', 'e'),
                NumberStyles.Float & ~NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture,
                out value
            ) && (plain.Length == 0 || char.IsAsciiDigit(plain[^1]) || plain[^1] == '.');
    }

    private InputException NoCount(string keyword) =>
        new($"'{_file}': the FITS keyword {keyword} is '{Text(keyword)}', which is not a count; the file is damaged, copy it again.");

    private string Add(FitsCard card, string last)
    {
        if (card.Keyword == "CONTINUE")
        {
            if (_values.TryGetValue(last, out var begun) && begun.EndsWith('&'))
            {
                _values[last] = begun[..^1] + card.Value;
            }
            return last;
        }
        if (card.Value is null)
        {
            return "";
        }
        if (!_values.TryAdd(card.Keyword, card.Value))
        {
            return "";
        }
        _keywords.Add(card.Keyword);
        return card.Keyword;
    }
}
