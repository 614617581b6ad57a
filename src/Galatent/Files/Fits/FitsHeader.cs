using System.Globalization;
using System.Text;
using Galatent.Numerics;

namespace Galatent.Files.Fits;

/// <summary>The header of one HDU: keywords with their values (FITS standard 4.0, section 4). Long strings (CONTINUE) are joined.</summary>
public sealed class FitsHeader
{
    internal const int CardLength = 80;
    internal const int BlockLength = 2880;

    private readonly string _file;
    private readonly Dictionary<string, string> _values = [];

    private FitsHeader(string file) => _file = file;

    /// <summary>All keywords.</summary>
    public IReadOnlyCollection<string> Keywords => _values.Keys;

    /// <summary>Whether a keyword is there.</summary>
    public bool Has(string keyword) => _values.ContainsKey(keyword);

    /// <summary>A text value without its quotes; empty when the keyword is absent.</summary>
    public string Text(string keyword) => _values.GetValueOrDefault(keyword, "");

    /// <summary>A number; <paramref name="otherwise"/> when the keyword is absent.</summary>
    /// <exception cref="InputException">It is absent and there is no default, or it is not a number.</exception>
    public double Number(string keyword, double otherwise = double.NaN)
    {
        if (!_values.TryGetValue(keyword, out var text))
        {
            return double.IsNaN(otherwise)
                ? throw new InputException($"'{_file}': a FITS header lacks {keyword}; the file is damaged or of another kind.")
                : otherwise;
        }
        // Fortran writes exponents with D.
        return double.TryParse(text.Replace('D', 'E'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InputException($"'{_file}': the FITS keyword {keyword} is '{text}', which is not a number.");
    }

    /// <summary>A whole number from 0 to 2^31 - 1; parameters as in <see cref="Number"/>.</summary>
    public int Count(string keyword, double otherwise = double.NaN) =>
        Number(keyword, otherwise) is var value && value >= 0 && value <= int.MaxValue && value == Math.Floor(value)
            ? (int)value
            : throw new InputException($"'{_file}': the FITS keyword {keyword} is {Text(keyword)}, which is not a count.");

    /// <summary>Reads a header; null at the end of the file.</summary>
    internal static FitsHeader? Read(Stream stream, string file)
    {
        var header = new FitsHeader(file);
        var block = new byte[BlockLength];
        var last = "";
        for (var first = true; ; first = false)
        {
            var length = stream.ReadAtLeast(block, BlockLength, throwOnEndOfStream: false);
            if (length == 0 && first)
            {
                return null;
            }
            if (length < BlockLength)
            {
                throw new InputException($"'{file}' ends inside a FITS header; it is damaged, copy it again.");
            }
            for (var card = 0; card < BlockLength; card += CardLength)
            {
                var text = Encoding.ASCII.GetString(block, card, CardLength);
                if (text.TrimEnd() == "END")
                {
                    return header;
                }
                last = header.Add(text, last);
            }
        }
    }

    private string Add(string card, string last)
    {
        var keyword = card[..8].TrimEnd();
        var field = card[8..].TrimStart();
        if (keyword == "CONTINUE" && _values.TryGetValue(last, out var begun) && begun.EndsWith('&'))
        {
            _values[last] = begun[..^1] + Value(field);
            return last;
        }
        if (keyword.Length > 0 && card[8] == '=')
        {
            _values[keyword] = Value(card[9..].Trim());
        }
        return keyword;
    }

    // A quoted string, where two quotes stand for one, or else everything up to the remark.
    private static string Value(string field)
    {
        if (!field.StartsWith('\''))
        {
            return field.Split('/')[0].Trim();
        }
        var text = new StringBuilder();
        for (var i = 1; i < field.Length; i++)
        {
            if (field[i] == '\'' && !(i + 1 < field.Length && field[i + 1] == '\''))
            {
                break;
            }
            i += field[i] == '\'' ? 1 : 0;
            text.Append(field[i]);
        }
        return text.ToString().TrimEnd();
    }
}
