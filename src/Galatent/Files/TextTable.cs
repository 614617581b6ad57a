using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>All rows of a text, read in one way.</summary>
internal sealed class TextTable
{
    private readonly TableInput _input;
    private readonly TextReaderOf _open;
    private readonly LayoutGuess _guess;
    private readonly MissingValues _missing;
    private readonly List<double>[] _numbers;
    private readonly string?[] _firstTexts;
    private readonly bool[] _isBeyondDouble;
    private int _damaged;

    private TextTable(TableInput input, TextReaderOf open, LayoutGuess guess, TableOptions options)
    {
        (_input, _open, _guess, _missing) = (input, open, guess, new MissingValues(options.Missing));
        using var reader = open();
        var text = guess.Layout.Open(reader, input.Path);
        var fields = new List<string>();
        text.Next(fields);
        Width = guess.Header.Extra == ExtraField.None ? fields.Count : guess.Sample.Width;
        IsNamedByRemark = !guess.Header.HasHeader && RemarkNames(text.RemarkBefore, Width).Length == Width;
        Names = guess.Header.Names(guess.Header.HasHeader ? fields : RemarkNames(text.RemarkBefore, Width), Width);
        Units = new string[Names.Length];
        Array.Fill(Units, "");
        _numbers = [.. Names.Select(_ => new List<double>())];
        _firstTexts = new string?[Names.Length];
        _isBeyondDouble = new bool[Names.Length];
    }

    /// <summary>Opens the text from its beginning.</summary>
    public delegate TextReader TextReaderOf();

    /// <summary>Names of the columns.</summary>
    public string[] Names { get; }

    /// <summary>Their units, from a second row of such.</summary>
    public string[] Units { get; }

    /// <summary>Whether the names come from a remark above the first row.</summary>
    public bool IsNamedByRemark { get; }

    /// <summary>Columns that hold mostly numbers and something else.</summary>
    public int DamagedColumns => _damaged;

    /// <summary>Lines left out that begin with %, ! or // or draw a rule, and the first of them.</summary>
    public (int Count, int First) SkippedLines { get; private set; }

    private int Width { get; }

    private int Offset => _guess.Header.Extra == ExtraField.EmptyAtEnd ? 1 : 0;

    /// <summary>Reads all rows; numbers only, texts are fetched by <see cref="Columns"/>.</summary>
    /// <exception cref="InputException">Rows of different lengths, or a line that cannot be read: the place.</exception>
    public static TextTable Read(TableInput input, TextReaderOf open, LayoutGuess guess, TableOptions options)
    {
        var table = new TextTable(input, open, guess, options);
        var like = new int[table.Names.Length];
        var rows = 0;
        table.ForEachRow(
            (fields, line) =>
            {
                rows++;
                for (var c = 0; c < table.Names.Length; c++)
                {
                    like[c] += table.Add(c, fields[c], line) || NumberField.LooksLike(fields[c]) ? 1 : 0;
                }
            }
        );
        table._damaged = like.Where((count, c) => table._firstTexts[c] is not null && 2 * count >= rows).Count();
        return table;
    }

    /// <summary>The columns, and what was declared missing in them.</summary>
    /// <remarks>Texts are read in a second pass, and only if there are any. So a million numbers take 8 MB, not 30.</remarks>
    public (IReadOnlyList<FileColumn> Columns, IReadOnlyList<string> Remarks) Columns()
    {
        var texts = Names.Select((_, c) => _firstTexts[c] is null && !_isBeyondDouble[c] ? null : new List<string>()).ToArray();
        if (Array.Exists(texts, t => t is not null))
        {
            ForEachRow(
                (fields, _) =>
                {
                    for (var c = 0; c < texts.Length; c++)
                    {
                        texts[c]?.Add(fields[c]);
                    }
                }
            );
        }
        FileColumn[] columns = [.. Names.Select((name, c) => Column(name, c, texts[c]) with { Unit = Units[c] })];
        return (columns, columns.Length == 0 ? [] : [.. _missing.Remarks(_input.Path, columns[0].Count)]);
    }

    private FileColumn Column(string name, int c, List<string>? texts)
    {
        if (texts is null)
        {
            return new FileColumn(name, [.. _numbers[c]]);
        }
        if (_firstTexts[c] is { } first)
        {
            // Those before the first text were counted already.
            _missing.Forget(name);
            string[] kept = [.. texts.Select(t => _missing.Is(t, name, _guess.Layout.DecimalSign) ? "" : t)];
            return new FileColumn(name, [], kept, FirstText: first);
        }
        return WholeNumbers.Parse(texts, t => NumberField.IsMissing(t) || _missing.IsDeclared(t)) is { } whole
            ? FileColumn.OfWhole(name, whole)
            : new FileColumn(name, [.. _numbers[c]]) { Digits = MergeAsDoubles(texts) ? [.. texts] : null };
    }

    // Whole numbers too long for 64 bits that differ, and are the same as doubles.
    private static bool MergeAsDoubles(List<string> texts)
    {
        var whole = texts.Where(t => NumberField.IsWhole(t)).Distinct().ToList();
        return whole.Count > whole.Select(t => NumberField.TryParse(t, out var value) ? value : double.NaN).Distinct().Count();
    }

    // A number, or NaN for a missing one; false for a text.
    private bool Add(int c, string field, int line)
    {
        var value = double.NaN;
        if (
            _firstTexts[c] is null
            && (_missing.Is(field, Names[c], _guess.Layout.DecimalSign) || _guess.Layout.TryNumber(field, out value))
        )
        {
            _numbers[c].Add(value);
            _isBeyondDouble[c] |= Math.Abs(value) >= WholeNumbers.LargestExact;
            return true;
        }
        var isNumber = _firstTexts[c] is not null && _guess.Layout.TryNumber(field, out _);
        _firstTexts[c] ??= $"line {line}: '{(field.Length > 60 ? field[..60] + "..." : field)}'";
        return isNumber;
    }

    private void ForEachRow(Action<List<string>, int> row)
    {
        using var reader = _open();
        var text = _guess.Layout.Open(reader, _input.Path);
        var fields = new List<string>();
        var header = _guess.Header;
        if (header.HasHeader)
        {
            text.Next(fields);
        }
        if (header.HasUnits && text.Next(fields))
        {
            Array.Copy(fields.ToArray(), Units, Math.Min(fields.Count, Units.Length));
        }
        while (text.Next(fields))
        {
            if (fields.Count != Width)
            {
                throw Ragged(text.Line, fields.Count);
            }
            if (Offset > 0 && fields[^1].Length > 0)
            {
                throw new InputException(
                    $"'{_input.Path}', line {text.Line}: {Width} fields where the header names {Width - 1}; repair or remove that line."
                );
            }
            row(fields, text.Line);
        }
        SkippedLines = (text.SkippedLines, text.FirstSkippedLine);
    }

    private InputException Ragged(int line, int count)
    {
        var due = _guess.Header.HasHeader ? "the header names" : "the first row has";
        var hint =
            count == 2 * Width && _guess.Layout.Separator == ','
                ? " (if the commas are decimal signs, write decimal points, or semicolons between fields)"
                : "";
        return new InputException(
            $"'{_input.Path}', line {line}: {count} field{(count == 1 ? "" : "s")} where {due} {Width}; repair or remove that line{hint}, "
                + $"or state the separator ({_guess.Layout.SeparatorName} was taken)."
        );
    }

    // Cut by the table's separator, or by blanks and commas if that gives the right number.
    private string[] RemarkNames(string? remark, int width)
    {
        var own = (remark ?? "").Split(_guess.Layout.Separator ?? ' ', StringSplitOptions.TrimEntries);
        return own.Length == width && own.All(w => w.Length > 0)
            ? own
            : (remark ?? "").Split([' ', '\t', ',', ';', '|'], StringSplitOptions.RemoveEmptyEntries);
    }
}
