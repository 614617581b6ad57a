using System.Globalization;

namespace Galatent.Files;

/// <summary>
/// One value in several rows, far outside all others: -999, 99, 1e20 and the like mark missing values in many catalogues, and taken for
/// measurements they spoil every statistic. Two rows with the same outermost value are rare among measurements with decimals.
/// </summary>
/// <param name="Value">The value.</param>
/// <param name="Rows">How many rows hold it.</param>
public sealed record RepeatedExtreme(double Value, int Rows)
{
    private const int LeastOthers = 8;
    private const int MostFound = 4;

    // In units of the distance between the quartiles of the other values. A normal column of a million rows ends 3.2 of them from its
    // quartiles; what stands 3 beyond the last of the others and comes twice is no tail. Marks of nines (-99, 999.9) are known as
    // such and are told from 1 on.
    private const double FarAway = 3;
    private const double FarAwayOfNines = 1;

    /// <summary>The value as somebody would write it: in as few digits as single precision needs where it is of such.</summary>
    public string Shown(IFormatProvider culture) =>
        Value == (float)Value ? ((float)Value).ToString("R", culture) : Value.ToString("R", culture);

    /// <summary>Looks at both ends of a column.</summary>
    /// <param name="column">One value per row; NaN and infinities are passed over.</param>
    /// <returns>At most four, the outermost of the low ones first.</returns>
    internal static IReadOnlyList<RepeatedExtreme> Find(double[] column)
    {
        var sorted = Array.FindAll(column, double.IsFinite);
        Array.Sort(sorted);
        var low = 0;
        var high = sorted.Length;
        var found = new List<RepeatedExtreme>();
        while (found.Count < MostFound && high - low > LeastOthers)
        {
            if (AtEnd(sorted.AsSpan(low, high - low)) is { } first)
            {
                found.Add(first);
                low += first.Rows;
            }
            else if (AtEnd(Mirrored(sorted.AsSpan(low, high - low))) is { } last)
            {
                found.Add(last with { Value = -last.Value });
                high -= last.Rows;
            }
            else
            {
                break;
            }
        }
        return found;
    }

    private static RepeatedExtreme? AtEnd(ReadOnlySpan<double> ascending)
    {
        var value = ascending[0];
        var rows = 1;
        while (rows < ascending.Length && ascending[rows] == value)
        {
            rows++;
        }
        var others = ascending[rows..];
        if (rows < 2 || others.Length < LeastOthers)
        {
            return null;
        }
        var quartiles = others[3 * others.Length / 4] - others[others.Length / 4];
        // Of a few values, such as flags and classes, none is far from the others.
        var distance = others[0] - value;
        return quartiles > 0 && distance > (IsNines(value) ? FarAwayOfNines : FarAway) * quartiles
            ? new RepeatedExtreme(value, rows)
            : null;
    }

    private static double[] Mirrored(ReadOnlySpan<double> ascending)
    {
        var mirrored = new double[ascending.Length];
        for (var i = 0; i < mirrored.Length; i++)
        {
            mirrored[i] = -ascending[^(i + 1)];
        }
        return mirrored;
    }

    // 99, 999, 99.9, 9999 and so on, of either sign; also of single precision.
    private static bool IsNines(double value)
    {
        var digits = Math.Abs((double)(decimal)(float)Math.Clamp(value, -1e6, 1e6)).ToString("R", CultureInfo.InvariantCulture);
        return digits.Length >= 2 && digits.AsSpan().IndexOfAnyExcept("9.") < 0 && digits.Count(c => c == '9') >= 2;
    }
}
