using System.Globalization;
using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>Reads a text table as columns.</summary>
internal static class TextColumns
{
    /// <summary>
    /// Reads all columns. The first row is a header when none of its fields is a number; without one, a remark just above the first row
    /// with as many words as the row has fields names the columns (as TOPCAT and numpy.savetxt write them), and else they are c1, c2, ... A
    /// nameless column of a header is named likewise.
    /// </summary>
    /// <exception cref="InputException">Empty, or rows of different lengths.</exception>
    public static IReadOnlyList<FileColumn> Read(string path)
    {
        var separator = DelimitedText.SeparatorOf(FirstRecord(path));
        string[] names = [];
        List<double>[] numbers = [];
        string?[] firstTexts = [];
        bool[] isBeyondDouble = [];
        ForEachRow(
            path,
            separator,
            header =>
            {
                (names, numbers) = (header, [.. header.Select(_ => new List<double>())]);
                (firstTexts, isBeyondDouble) = (new string?[header.Length], new bool[header.Length]);
            },
            (fields, line) =>
            {
                for (var c = 0; c < names.Length; c++)
                {
                    if (firstTexts[c] is null && TryNumber(fields[c], out var value))
                    {
                        numbers[c].Add(value);
                        isBeyondDouble[c] |= Math.Abs(value) >= WholeNumbers.LargestExact;
                    }
                    else
                    {
                        firstTexts[c] ??= $"line {line}: '{fields[c]}'";
                    }
                }
            }
        );
        // Texts are read in a second pass, and only where there are any: a column of a million numbers costs 8 MB and not 30.
        var texts = names.Select((_, c) => firstTexts[c] is null && !isBeyondDouble[c] ? null : new List<string>()).ToArray();
        if (texts.Any(t => t is not null))
        {
            ForEachRow(
                path,
                separator,
                _ => { },
                (fields, _) =>
                {
                    for (var c = 0; c < texts.Length; c++)
                    {
                        texts[c]?.Add(fields[c]);
                    }
                }
            );
        }
        return
        [
            .. names.Select(
                (name, c) =>
                    firstTexts[c] is { } first ? new FileColumn(name, [], [.. texts[c]!], FirstText: first)
                    : texts[c] is { } t && WholeNumbers.Parse(t, IsMissing) is { } whole ? FileColumn.OfWhole(name, whole)
                    : new FileColumn(name, [.. numbers[c]])
            ),
        ];
    }

    /// <summary>Reads a number; missing values are NaN. Python's inf is understood beside the invariant culture's own words, and Fortran's
    /// exponent (1.5D+03).</summary>
    public static bool TryNumber(string text, out double value)
    {
        var exponent = text.AsSpan().IndexOfAny('D', 'd');
        if (
            exponent > 0
            && char.IsAsciiDigit(text[^1])
            && double.TryParse(
                string.Concat(text.AsSpan(0, exponent), "E", text.AsSpan(exponent + 1)),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out value
            )
        )
        {
            return true;
        }
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) || IsMissing(text))
        {
            value = IsMissing(text) ? double.NaN : value;
            return true;
        }
        var isInfinite = text.TrimStart('+', '-').Equals("inf", StringComparison.OrdinalIgnoreCase);
        value = isInfinite && text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        return isInfinite;
    }

    /// <summary>Whether a field is a number, be it one with a decimal comma, which is not read as one.</summary>
    public static bool LooksLikeNumber(string text) =>
        text.Length > 0 && (TryNumber(text, out _) || (text.Count(c => c == ',') == 1 && TryNumber(text.Replace(',', '.'), out _)));

    /// <summary>Whether a field stands for no value.</summary>
    public static bool IsMissing(string text) =>
        text.Length == 0
        || text is "NA" or "N/A" or "n/a" or "null" or "NULL" or "None" or "--"
        || text.Equals("nan", StringComparison.OrdinalIgnoreCase);

    private static string FirstRecord(string path) =>
        File.ReadLines(path).FirstOrDefault(DelimitedText.IsRecord)
        ?? throw new InputException($"'{path}' is empty; give a table with one row per line.");

    private static string[] Names(List<string> found, int width) =>
        [
            .. Enumerable
                .Range(0, width)
                .Select(c =>
                    found.Count == width && found[c].Length > 0 ? found[c] : string.Create(CultureInfo.InvariantCulture, $"c{c + 1}")
                ),
        ];

    private static void ForEachRow(string path, char? separator, Action<string[]> named, Action<List<string>, int> row)
    {
        using var reader = File.OpenText(path);
        var text = new DelimitedText(reader, separator);
        var fields = new List<string>();
        text.Next(fields);
        var width = fields.Count;
        var isHeader = fields.Exists(f => f.Length > 0) && fields.TrueForAll(f => f.Length == 0 || !TryNumber(f, out _));
        named(
            Names(
                isHeader ? fields : [.. (text.RemarkBefore ?? "").Split([' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries)],
                width
            )
        );
        if (!isHeader)
        {
            row(fields, text.Line);
        }
        while (text.Next(fields))
        {
            if (fields.Count != width)
            {
                throw new InputException(
                    $"'{path}', line {text.Line}: {fields.Count} field{(fields.Count == 1 ? "" : "s")} where "
                        + $"{(isHeader ? "the header names" : "the first row has")} {width}; repair or remove that line."
                );
            }
            row(fields, text.Line);
        }
    }
}
