using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>One way to read a text, and how well its first records agree with it.</summary>
/// <param name="Layout">How it is cut.</param>
/// <param name="Sample">The records so cut.</param>
/// <param name="Header">What the first rows are.</param>
/// <param name="Fit">3: records and header have one width; 2: one column of numbers, or rows with names of their own; 1: most records have
/// one width; 0: one column of words; -1: quotes forbid it.</param>
/// <param name="LikeNumbers">Share of the fields that are numbers, be they damaged; of those that hold something.</param>
/// <param name="Numbers">Share of the fields that are numbers.</param>
internal sealed record LayoutGuess(TextLayout Layout, TextSample Sample, HeaderReading Header, int Fit, double LikeNumbers, double Numbers)
{
    private const double Tie = 1e-9;

    /// <summary>All ways to read a text, the best first.</summary>
    /// <param name="head">The beginning of the text.</param>
    /// <param name="isWhole">Whether the beginning is all.</param>
    /// <param name="options">What the user knows already.</param>
    /// <param name="source">The file's name, for messages.</param>
    /// <exception cref="InputException">The text has no records.</exception>
    public static IReadOnlyList<LayoutGuess> All(string head, bool isWhole, TableOptions options, string source)
    {
        var guesses = new List<LayoutGuess>();
        var separators = options.Separator is { } stated ? [stated == ' ' ? null : stated] : TextLayout.Separators;
        foreach (var separator in separators)
        {
            var layout = new TextLayout(separator, HasOuterSeparators: false, '.');
            if (separator == '|' && TextSample.Cut(head, isWhole, layout, source) is { } bars)
            {
                layout = layout with { HasOuterSeparators = bars.Rows[0] is [{ Length: 0 }, _, .., { Length: 0 }] };
            }
            if (TextSample.Cut(head, isWhole, layout, source) is { } sample)
            {
                char[] signs = options.DecimalSign is { } sign ? [sign] : ['.', ','];
                guesses.AddRange(signs.Select(s => Judge(layout with { DecimalSign = s }, sample, options)));
            }
        }
        return guesses.Count == 0
            ? throw Empty(head, source)
            // Stable: among equals the surer separator and the decimal point win.
            :
            [
                .. guesses
                    .OrderByDescending(g => g.Fit)
                    .ThenByDescending(g => Math.Round(g.LikeNumbers, 9))
                    .ThenByDescending(g => Math.Round(g.Numbers, 9)),
            ];
    }

    /// <summary>Whether nothing in the first records speaks for this one rather than another.</summary>
    public bool IsAsGoodAs(LayoutGuess other) =>
        Fit == other.Fit && Math.Abs(LikeNumbers - other.LikeNumbers) < Tie && Math.Abs(Numbers - other.Numbers) < Tie;

    /// <summary>Whether the fields hold another separator or the other decimal sign, so that they could be cut otherwise.</summary>
    public bool HasChoice =>
        Layout.DecimalSign == ','
        || Sample.Rows.Zip(Sample.Quoted).Any(row => row.First.Where((_, c) => !row.Second[c]).Any(f => f.AsSpan().ContainsAny(",;|\t")));

    /// <summary>
    /// Refuses what people read in two ways and no evidence decides: 9,3982 as one number with a decimal comma or as two, and 1,234 as
    /// 1.234 or as 1234.
    /// </summary>
    /// <exception cref="InputException">The table is such a one.</exception>
    public void RequireClear(TableOptions options, string source)
    {
        if (options.DecimalSign is not null)
        {
            return;
        }
        var first = Header.HasHeader ? 1 : 0;
        var rows = Sample.Rows.Skip(first).ToArray();
        if (Layout.DecimalSign == ',')
        {
            var commas = rows.SelectMany(r => r)
                .Where(f => f.Contains(',', StringComparison.Ordinal) && Layout.TryNumber(f, out _))
                .ToArray();
            if (commas.Length > 0 && commas.All(f => NumberField.IsGrouped(f)))
            {
                throw new InputException(
                    $"'{source}': is '{commas[0]}' (line {LineOf(commas[0])}) {commas[0].Replace(',', '.')} with a decimal comma, or "
                        + $"{commas[0].Replace(",", "", StringComparison.Ordinal)} with a thousands separator? Nothing in the file "
                        + $"tells; state the decimal sign (decimal comma), or write numbers without thousands separators."
                );
            }
        }
        else if (Layout.Separator == ',' && options.Separator is null && !Header.HasHeader && HalvesLookLikeDecimals(rows))
        {
            throw new InputException(
                $"'{source}', line {Sample.Lines[0]}: is '{rows[0][0]},{rows[0][1]}' one number with a decimal comma, or two numbers? "
                    + $"Nothing in the file tells; state the separator (comma, or blank and decimal comma), or write decimal points."
            );
        }
    }

    // Every second field has no sign, and beginning zeros somewhere: digits after a decimal comma.
    private bool HalvesLookLikeDecimals(string[][] rows)
    {
        var width = Sample.Width;
        if (width % 2 != 0 || rows.Any(r => r.Length != width || !Array.TrueForAll(r, f => NumberField.IsWhole(f))))
        {
            return false;
        }
        return Enumerable
            .Range(0, width / 2)
            .Select(h => (2 * h) + 1)
            .All(c => rows.All(r => char.IsAsciiDigit(r[c][0])) && rows.Any(r => r[c] is ['0', _, ..]));
    }

    // No layout has a record: there is none, or the first one cannot be cut, and the reader says where.
    private static InputException Empty(string head, string source)
    {
        try
        {
            new TextLayout(',', HasOuterSeparators: false, '.').Open(new StringReader(head), source).Next([]);
        }
        catch (InputException e)
        {
            return e;
        }
        return new InputException($"'{source}' is empty; give a table with one row per line.");
    }

    private int LineOf(string field) => Sample.Lines[Sample.Rows.TakeWhile(r => !r.Contains(field)).Count()];

    private static LayoutGuess Judge(TextLayout layout, TextSample sample, TableOptions options)
    {
        var header = HeaderGuess.Of(sample, layout, options);
        var like = 0;
        var numbers = 0;
        var filled = 0;
        var missing = 0;
        foreach (var row in sample.Rows.Skip((header.HasHeader ? 1 : 0) + (header.HasUnits ? 1 : 0)))
        {
            foreach (var field in row)
            {
                if (NumberField.IsMissing(field))
                {
                    missing++;
                    continue;
                }
                filled++;
                var isNumber = layout.TryNumber(field, out _);
                numbers += isNumber ? 1 : 0;
                like += isNumber || NumberField.LooksLike(field) ? 1 : 0;
            }
        }
        // Nothing but missing values is a table of numbers as well: "NaN, NaN" has two columns, and no word "NaN,".
        var ofNone = missing > 0 ? 1.0 : 0;
        var likeShare = filled == 0 ? ofNone : like / (double)filled;
        var share = filled == 0 ? ofNone : numbers / (double)filled;
        return new LayoutGuess(layout, sample, header, FitOf(sample, header, share), likeShare, share);
    }

    private static int FitOf(TextSample sample, HeaderReading header, double numbers)
    {
        if (sample.IsBroken)
        {
            return -1;
        }
        var isEven = sample.Consistency == 1;
        if (sample.Width == 1)
        {
            var isOneName = !header.HasHeader || !sample.Rows[0][0].AsSpan().ContainsAny(",;|\t");
            return isEven && numbers == 1 && sample.Rows[0].Length == 1 && isOneName ? 2 : 0;
        }
        return isEven && (sample.Rows[0].Length == sample.Width || header.Extra == ExtraField.EmptyAtEnd) ? 3
            : isEven && header.Extra == ExtraField.RowNames ? 2
            : sample.Consistency >= 0.5 ? 1
            : 0;
    }
}
