using Galatent.Numerics;

namespace Galatent.Spectra;

/// <summary>One part (shard) of a set of spectra that several processes make together.</summary>
/// <param name="Number">Which part, from 1.</param>
/// <param name="Of">Number of parts.</param>
public readonly record struct ShardRange(int Number, int Of)
{
    /// <summary>The whole set as one part.</summary>
    public static ShardRange Whole => new(1, 1);

    /// <summary>Reads <c>2/8</c>.</summary>
    /// <exception cref="InputException">The text has another form, or the number is not between 1 and the number of parts.</exception>
    public static ShardRange Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('/');
        return
            parts.Length == 2
            && TypedNumber.TryParseWhole(parts[0], out var number)
            && TypedNumber.TryParseWhole(parts[1], out var of)
            && number >= 1
            && number <= of
            && of <= int.MaxValue
            ? new ShardRange((int)number, (int)of)
            : throw new InputException($"'{text}' does not name a part; write its number and the number of parts, e.g. 2/8.");
    }

    /// <summary>First row of this part among <paramref name="count"/> rows, and the number of its rows.</summary>
    public (int First, int Count) Rows(int count)
    {
        var first = (int)((long)count * (Number - 1) / Of);
        return (first, (int)((long)count * Number / Of) - first);
    }
}
