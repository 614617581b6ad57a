using System.Globalization;

namespace Galatent.Files;

/// <summary>
/// Whole numbers of 64 bits, one per row, to the last digit. A double holds 53 bits, so identifiers of catalogues beyond
/// 2^53 = 9007199254740992 (Gaia, SDSS, DESI) would change their last digits, and different ones would become the same.
/// </summary>
public sealed class WholeNumbers
{
    /// <summary>The largest magnitude up to which every whole number is a double: 2^53.</summary>
    public const ulong LargestExact = 1UL << 53;

    // Signed numbers as their two's complement.
    private readonly ulong[] _bits;
    private readonly bool[]? _missing;

    private WholeNumbers(ulong[] bits, bool isUnsigned, bool[]? missing) =>
        (_bits, IsUnsigned, _missing) = (bits, isUnsigned, missing is not null && missing.Contains(true) ? missing : null);

    /// <summary>Whether the numbers are unsigned (0 to 2^64 - 1), not signed (-2^63 to 2^63 - 1).</summary>
    public bool IsUnsigned { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _bits.Length;

    /// <summary>Whether at least one row has no value.</summary>
    public bool HasMissing => _missing is not null;

    /// <summary>Whether at least one value lies beyond 2^53, where a double may not hold it.</summary>
    public bool IsBeyondDouble =>
        Enumerable.Range(0, Count).Any(i => !IsMissing(i) && (IsUnsigned ? _bits[i] : Magnitude((long)_bits[i])) > LargestExact);

    /// <summary>Signed numbers.</summary>
    /// <param name="values">One per row.</param>
    /// <param name="missing">True where a row has no value; null when all have one.</param>
    public static WholeNumbers Of(long[] values, bool[]? missing = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new WholeNumbers(Array.ConvertAll(values, v => (ulong)v), false, missing);
    }

    /// <summary>Unsigned numbers.</summary>
    /// <param name="values">One per row; kept, not copied.</param>
    /// <param name="missing">True where a row has no value; null when all have one.</param>
    public static WholeNumbers Of(ulong[] values, bool[]? missing = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new WholeNumbers(values, true, missing);
    }

    /// <summary>Fields of a text, each a whole number or a missing value; null when one is neither, or when signed and unsigned numbers
    /// of 64 bits cannot hold them all.</summary>
    /// <param name="texts">One per row.</param>
    /// <param name="isMissing">Tells whether a field stands for no value.</param>
    public static WholeNumbers? Parse(IReadOnlyList<string> texts, Func<string, bool> isMissing)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(isMissing);
        var missing = new bool[texts.Count];
        var bits = new ulong[texts.Count];
        var hasNegative = false;
        var hasLarge = false;
        for (var i = 0; i < texts.Count; i++)
        {
            missing[i] = isMissing(texts[i]);
            if (missing[i])
            {
                continue;
            }
            if (long.TryParse(texts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var signed))
            {
                bits[i] = (ulong)signed;
                hasNegative |= signed < 0;
            }
            else if (ulong.TryParse(texts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out bits[i]))
            {
                hasLarge = true;
            }
            else
            {
                return null;
            }
        }
        return hasNegative && hasLarge ? null : new WholeNumbers(bits, hasLarge, missing);
    }

    /// <summary>Whether a row has no value.</summary>
    public bool IsMissing(int row) => _missing is not null && _missing[row];

    /// <summary>All digits of a row's number.</summary>
    public string Text(int row) =>
        IsUnsigned ? _bits[row].ToString(CultureInfo.InvariantCulture) : ((long)_bits[row]).ToString(CultureInfo.InvariantCulture);

    /// <summary>The nearest doubles; NaN where there is no value.</summary>
    public double[] ToDoubles()
    {
        var values = new double[Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] =
                IsMissing(i) ? double.NaN
                : IsUnsigned ? _bits[i]
                : (long)_bits[i];
        }
        return values;
    }

    /// <summary>Whether numbers that differ become the same double.</summary>
    public bool MergeAsDoubles() =>
        IsBeyondDouble
        && Enumerable.Range(0, Count).Where(i => !IsMissing(i)).Select(i => _bits[i]).Distinct().Count()
            > ToDoubles().Where(v => !double.IsNaN(v)).Distinct().Count();

    /// <summary>The signed numbers, with a mark where there is no value (<see cref="MissingMark"/>).</summary>
    public long[] ToSigned() => Array.ConvertAll(Marked(), v => (long)v);

    /// <summary>The unsigned numbers, with a mark where there is no value (<see cref="MissingMark"/>).</summary>
    public ulong[] ToUnsigned() => Marked();

    /// <summary>The number, as two's complement, that stands for no value in a file: the least signed or the greatest unsigned one that no
    /// row has.</summary>
    public ulong MissingMark
    {
        get
        {
            var taken = Enumerable.Range(0, Count).Where(i => !IsMissing(i)).Select(i => _bits[i]).ToHashSet();
            var mark = IsUnsigned ? ulong.MaxValue : unchecked((ulong)long.MinValue);
            while (taken.Contains(mark))
            {
                mark = IsUnsigned ? mark - 1 : mark + 1;
            }
            return mark;
        }
    }

    /// <summary>The numbers with no value in further rows.</summary>
    /// <param name="missing">True where a row has none.</param>
    public WholeNumbers Without(bool[] missing)
    {
        ArgumentNullException.ThrowIfNull(missing);
        return new WholeNumbers(_bits, IsUnsigned, [.. missing.Select((m, i) => m || IsMissing(i))]);
    }

    /// <summary>Some consecutive rows.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    public WholeNumbers Slice(int first, int count) => new(_bits[first..(first + count)], IsUnsigned, _missing?[first..(first + count)]);

    /// <summary>The same numbers, some of which stand for no value.</summary>
    /// <param name="isMissing">Tells from all digits of a number whether it stands for no value.</param>
    public WholeNumbers WithMissing(Predicate<string> isMissing)
    {
        ArgumentNullException.ThrowIfNull(isMissing);
        return new(_bits, IsUnsigned, [.. Enumerable.Range(0, Count).Select(i => IsMissing(i) || isMissing(Text(i)))]);
    }

    /// <summary>The rows of several columns of the same type, one after the other.</summary>
    public static WholeNumbers Concatenated(IReadOnlyList<WholeNumbers> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new WholeNumbers(
            [.. parts.SelectMany(p => p._bits)],
            parts[0].IsUnsigned,
            [.. parts.SelectMany(p => p._missing ?? new bool[p.Count])]
        );
    }

    private ulong[] Marked()
    {
        if (_missing is null)
        {
            return _bits;
        }
        var mark = MissingMark;
        return [.. _bits.Select((b, i) => _missing[i] ? mark : b)];
    }

    private static ulong Magnitude(long value) => value < 0 ? (ulong)-(value + 1) + 1 : (ulong)value;
}
