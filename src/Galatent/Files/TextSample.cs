using System.Text;
using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>The first records of a text, cut by one separator: what the guesses are made from.</summary>
/// <param name="Rows">The fields of each record.</param>
/// <param name="Quoted">Which of them stood in quotes.</param>
/// <param name="Lines">The line that each record begins on, counted from 1.</param>
internal sealed record TextSample(IReadOnlyList<string[]> Rows, IReadOnlyList<bool[]> Quoted, IReadOnlyList<int> Lines)
{
    // Enough for any evidence, and read in some ten milliseconds.
    private const int MostRows = 2000;
    private const int UsualLength = 1 << 20;
    private const int LeastRows = 50;
    private const int MostLength = 1 << 26;

    /// <summary>Whether a record cannot be cut so, because of its quotes.</summary>
    public bool IsBroken { get; private init; }

    /// <summary>Fields per record in most of the records after the first.</summary>
    public int Width { get; } =
        Rows.Skip(Rows.Count > 1 ? 1 : 0).GroupBy(r => r.Length).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key).First().Key;

    /// <summary>Share of the records after the first that have <see cref="Width"/> fields.</summary>
    public double Consistency => Rows.Count == 1 ? 1 : Rows.Skip(1).Count(r => r.Length == Width) / (Rows.Count - 1.0);

    /// <summary>The beginning of a text, cut after a line; at least fifty lines of it, however long, if it has them.</summary>
    /// <returns>The beginning, and whether it is all.</returns>
    public static (string Text, bool IsWhole) Head(TextReader reader)
    {
        var text = new StringBuilder();
        var part = new char[UsualLength];
        var lines = 0;
        while (text.Length < MostLength)
        {
            var read = reader.ReadBlock(part);
            text.Append(part.AsSpan(0, read));
            lines += part.AsSpan(0, read).Count('\n') + part.AsSpan(0, read).Count('\r');
            if (read < part.Length)
            {
                return (text.ToString(), true);
            }
            if (lines >= LeastRows)
            {
                break;
            }
        }
        var head = text.ToString();
        return (head[..(head.LastIndexOfAny(['\n', '\r']) + 1)], false);
    }

    /// <summary>Cuts the beginning of a text; null where there is no record that can be cut.</summary>
    public static TextSample? Cut(string head, bool isWhole, TextLayout layout, string source)
    {
        var text = layout.Open(new StringReader(head), source);
        var fields = new List<string>();
        var rows = new List<string[]>();
        var quoted = new List<bool[]>();
        var lines = new List<int>();
        var isBroken = false;
        try
        {
            while (rows.Count < MostRows && text.Next(fields))
            {
                rows.Add([.. fields]);
                quoted.Add([.. text.Quoted]);
                lines.Add(text.Line);
            }
        }
        catch (InputException)
        {
            // The reading of the whole text names the place, if no other layout does without a fault. A field that goes on where the
            // beginning ends is none.
            isBroken = isWhole || !text.EndedInQuotes;
        }
        return rows.Count == 0 ? null : new TextSample(rows, quoted, lines) { IsBroken = isBroken };
    }
}
