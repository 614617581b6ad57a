using System.Text;
using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>
/// Reads a text table as columns. Separator (comma, semicolon, tab, |, blanks), decimal sign (point, comma), header and units are seen from
/// many lines: the reading wins that gives all records one width and most fields as numbers, and it must hold for all lines. Without a
/// header a remark just above the first row with as many words as the row has fields names the columns (as TOPCAT and numpy.savetxt write
/// them), and else they are c1, c2, ... A nameless column of a header is named likewise.
/// </summary>
internal static class TextColumns
{
    /// <summary>Reads all columns.</summary>
    /// <param name="input">The file.</param>
    /// <param name="options">What the user knows already.</param>
    /// <exception cref="InputException">Empty, rows of different lengths, or open to two readings.</exception>
    public static ColumnTable Read(TableInput input, TableOptions options)
    {
        var encoding = input.DetectEncoding();
        var (head, isWhole) = TableInput.Guard(input.Path, () =>
        {
            using var reader = input.Text(encoding);
            return TextSample.Head(reader);
        });
        ForeignText.Refuse(input.Path, head);
        if (ForeignText.IsEcsv(head))
        {
            options = options with { HasHeader = options.HasHeader ?? true, DecimalSign = options.DecimalSign ?? '.' };
        }
        var stated = ForeignText.StatedSeparator(head);
        options = options with { Separator = options.Separator ?? stated };
        var guesses = LayoutGuess.All(head, isWhole, options, input.Path);
        guesses[0].RequireClear(options, input.Path);
        var (guess, table) = Best(input, () => input.Text(encoding), guesses, options);
        var (columns, missing) = table.Columns();
        string[] first = stated is null ? [] : [$"'{input.Path}': its first line, sep={stated}, states the separator and is no row."];
        string[] remarks =
        [
            .. EncodingRemark(input.Path, encoding),
            .. first,
            .. LayoutRemarks(input.Path, guess, guesses, table),
            .. missing,
        ];
        return new ColumnTable(columns, remarks, []);
    }

    /// <summary>Reads a number with a decimal point; missing values are NaN.</summary>
    public static bool TryNumber(string text, out double value)
    {
        if (NumberField.IsMissing(text))
        {
            value = double.NaN;
            return true;
        }
        return NumberField.TryParse(text, out value);
    }

    // Where the first records leave several equal, the whole text decides: the first one that holds for all lines.
    private static (LayoutGuess Guess, TextTable Table) Best(
        TableInput input,
        TextTable.TextReaderOf open,
        IReadOnlyList<LayoutGuess> guesses,
        TableOptions options
    )
    {
        InputException? failure = null;
        (LayoutGuess Guess, TextTable Table)? best = null;
        foreach (var guess in guesses.Where(g => g.IsAsGoodAs(guesses[0])))
        {
            try
            {
                var table = TextTable.Read(input, open, guess, options);
                if (best is null || table.DamagedColumns < best.Value.Table.DamagedColumns)
                {
                    best = (guess, table);
                }
                if (table.DamagedColumns == 0)
                {
                    break;
                }
            }
            catch (InputException e)
            {
                failure ??= e;
            }
        }
        return best ?? throw failure!;
    }

    private static IEnumerable<string> EncodingRemark(string path, Encoding encoding) =>
        encoding == Encoding.Latin1 ? [$"'{path}' is no valid UTF-8 and is read as Latin-1."] : [];

    private static IEnumerable<string> LayoutRemarks(string path, LayoutGuess guess, IReadOnlyList<LayoutGuess> guesses, TextTable table)
    {
        var skipped = table.SkippedLines;
        if (skipped.Count > 0)
        {
            yield return $"'{path}': {skipped.Count} line{(skipped.Count == 1 ? " is" : "s are")} left out as remarks or rules (they begin "
                + $"with %, ! or //, or draw a line); the first is line {skipped.First}.";
        }
        // All fields are numbers, and would be so too if the lines were cut otherwise.
        var rivals = guess.Numbers == 1 && guesses.Any(g => g.Fit >= 2 && g.Numbers == 1 && g.Sample.Width != guess.Sample.Width);
        if (
            !rivals
            && !guess.HasChoice
            && guess.Header.Doubt.Length == 0
            && !table.IsNamedByRemark
            && guess.Header.Extra == ExtraField.None
        )
        {
            yield break;
        }
        var names = string.Join(", ", table.Names.Take(6)) + (table.Names.Length > 6 ? ", ..." : "");
        var first = guess.Sample.Lines[0];
        var header =
            guess.Header.HasHeader ? $"line {first} as header"
            : table.IsNamedByRemark ? $"names from the remark above line {first}"
            : $"line {first} as data, no header";
        var doubt = guess.Header.Doubt.Length > 0 ? $" ({guess.Header.Doubt})" : "";
        var extra = guess.Header.Extra switch
        {
            ExtraField.RowNames => ", names of rows as the first column",
            ExtraField.EmptyAtEnd => ", an empty field at the end of every row",
            _ => "",
        };
        var cut = table.Names.Length == 1 ? "one column" : $"separator {guess.Layout.SeparatorName}";
        yield return $"'{path}' is read with {cut}, decimal {guess.Layout.DecimalName}, {header}{doubt}{extra}; columns {names}. "
            + $"The options separator, decimal, header and no-header state it otherwise.";
    }
}
