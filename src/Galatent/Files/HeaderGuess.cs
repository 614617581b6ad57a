using System.Globalization;

namespace Galatent.Files;

/// <summary>
/// Tells from the first rows whether the first one names the columns. It does where it holds words over columns of numbers. A first row of
/// numbers is a header where it counts 0, 1, 2, ... as pandas names columns and is written otherwise than all numbers below it, or where
/// it alone stands in quotes; else it is data.
/// </summary>
internal sealed class HeaderGuess
{
    private const int LeastRowsOfAFormat = 5;
    private readonly TextSample _sample;
    private readonly TextLayout _layout;
    private readonly string[] _first;
    private readonly string[][] _others;

    private readonly IReadOnlyList<string> _missing;

    private HeaderGuess(TextSample sample, TextLayout layout, IReadOnlyList<string> missing)
    {
        (_sample, _layout, _missing, _first) = (sample, layout, missing, sample.Rows[0]);
        _others = [.. sample.Rows.Skip(1).Where(r => r.Length == sample.Width)];
    }

    /// <summary>Looks at the first rows.</summary>
    /// <param name="sample">The rows.</param>
    /// <param name="layout">How they were cut.</param>
    /// <param name="options">What the user says of the first row, and of missing values.</param>
    public static HeaderReading Of(TextSample sample, TextLayout layout, TableOptions options) =>
        new HeaderGuess(sample, layout, options.Missing).Read(options.HasHeader);

    private HeaderReading Read(bool? stated)
    {
        var extra = stated == false ? ExtraField.None : Extra();
        var (hasHeader, doubt) =
            stated is { } known ? (known, "")
            : extra == ExtraField.RowNames ? (true, "the first row has one field fewer than the others")
            : Judge();
        var hasUnits = hasHeader && HasUnits();
        var doubts = new[] { doubt, hasUnits ? $"line {_sample.Lines[1]} is taken for units" : "" };
        return new HeaderReading(
            hasHeader,
            hasUnits,
            hasHeader ? extra : ExtraField.None,
            string.Join("; ", doubts.Where(d => d.Length > 0))
        );
    }

    private ExtraField Extra()
    {
        if (_sample.Width != _first.Length + 1 || _sample.Width < 2 || _others.Length == 0 || _first.Any(IsNumber))
        {
            return ExtraField.None;
        }
        if (_others.All(r => r[^1].Length == 0))
        {
            return ExtraField.EmptyAtEnd;
        }
        // Names of rows: all different, and in quotes or no numbers or counted from 0 or 1.
        var names = _others.Select(r => r[0]).ToArray();
        var areCounted =
            NumberField.TryParse(names[0], out var start) && start is 0 or 1 && names.Select((n, i) => n == Whole(start + i)).All(t => t);
        var areWords = names.All(n => !NumberField.LooksLike(n)) && names.Distinct().Count() == names.Length;
        return areCounted || areWords ? ExtraField.RowNames : ExtraField.None;
    }

    private (bool HasHeader, string Doubt) Judge()
    {
        if (_first.All(f => f.Length == 0))
        {
            return (false, "");
        }
        if (_others.Length == 0)
        {
            return (!_first.Any(f => IsNumber(f) || NumberField.LooksLike(f)), "");
        }
        var columns = Enumerable.Range(0, Math.Min(_first.Length, _sample.Width)).ToArray();
        var ofNumbers = columns.Where(HoldsNumbers).ToArray();
        var words = ofNumbers.Count(c => IsWord(_first[c]));
        var numbers = ofNumbers.Where(c => IsNumber(_first[c]) || NumberField.LooksLike(_first[c])).ToArray();
        if (numbers.Length > 0)
        {
            return OfNumbers(numbers, words);
        }
        if (words > 0)
        {
            return (true, "");
        }
        if (!_first.Any(IsWord) || _first.Any(f => IsNumber(f) || NumberField.LooksLike(f)))
        {
            return (false, "");
        }
        if (ofNumbers.Length > 0 && _first.Any(IsMissing) && _first.All(f => f.Length > 0))
        {
            return (false, "");
        }
        // Words over words, and nothing over numbers: a class that comes again is no name.
        var comesAgain = columns.Count(c => IsWord(_first[c]) && _others.Any(r => r[c] == _first[c]));
        return 2 * comesAgain >= columns.Count(c => IsWord(_first[c]))
            ? (false, "its words come again below")
            : (true, ofNumbers.Length > 0 ? "" : "all columns hold words");
    }

    private (bool HasHeader, string Doubt) OfNumbers(int[] numbers, int words)
    {
        var isQuotedAlone =
            _sample.Quoted[0].All(q => q) && numbers.All(c => _sample.Quoted.Skip(1).All(row => c >= row.Length || !row[c]));
        var isOtherwise = _others.Length >= LeastRowsOfAFormat && numbers.All(IsWrittenOtherwise);
        var isCounted = IsCounted(numbers);
        var hasIndex = _first[0].Length == 0 && numbers.Length == _first.Length - 1 && numbers.Length > 1 && isCounted;
        if (words > 0)
        {
            return isOtherwise || isQuotedAlone ? (true, "it holds words and numbers") : (false, "it holds words and numbers");
        }
        return isQuotedAlone ? (true, "only its numbers stand in quotes")
            : hasIndex || (isCounted && isOtherwise && numbers.Length > 1)
                ? (true, "it counts the columns, and the numbers below are written otherwise")
            : isOtherwise ? (false, "its numbers are written otherwise than those below")
            : isCounted && numbers.Length > 1 ? (false, "its numbers could count the columns")
            : (false, "");
    }

    // 0, 1, 2, ... or 1, 2, 3, ...
    private bool IsCounted(int[] numbers) =>
        Enumerable.Range(0, 2).Any(start => numbers.Select((c, i) => _first[c] == Whole(i + start)).All(t => t));

    // All numbers below have a decimal sign and the first has not, or all below have the same number of decimals and the first another.
    private bool IsWrittenOtherwise(int column)
    {
        var below = _others.Select(r => r[column]).Where(IsNumber).Select(Decimals).Distinct().Take(12).ToArray();
        var first = Decimals(_first[column]);
        return first < 0 ? !below.Contains(-1) : below.Length == 1 && below[0] != first;
    }

    // Digits after the decimal sign; -1 without one.
    private int Decimals(string text)
    {
        var sign = text.IndexOf(_layout.DecimalSign, StringComparison.Ordinal);
        var exponent = text.AsSpan().IndexOfAny("eEdD");
        return sign >= 0 ? (exponent < 0 ? text.Length : exponent) - sign - 1
            : exponent >= 0 ? 0
            : -1;
    }

    private bool HasUnits() =>
        _sample.Rows.Count > 2
        && _sample.Rows[1].Length == _sample.Width
        && !_sample.Rows[1].Any(f => IsNumber(f) || NumberField.LooksLike(f))
        && Enumerable
            .Range(0, _sample.Width)
            .Any(c => IsWord(_sample.Rows[1][c]) && _others.Skip(1).All(r => IsNumber(r[c]) || IsMissing(r[c])) && HoldsNumbers(c));

    private bool HoldsNumbers(int column) =>
        _others.Count(r => IsNumber(r[column]) || NumberField.LooksLike(r[column])) is var count
        && 2 * count > _others.Count(r => !IsMissing(r[column])) - (_others.Length > 1 ? 1 : 0)
        && count > 0;

    private bool IsMissing(string field) => NumberField.IsMissing(field) || _missing.Contains(field);

    private bool IsNumber(string field) => !IsMissing(field) && _layout.TryNumber(field, out _);

    private bool IsWord(string field) => !IsMissing(field) && !IsNumber(field) && !NumberField.LooksLike(field);

    private static string Whole(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
