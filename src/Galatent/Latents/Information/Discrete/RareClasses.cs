namespace Galatent.Latents.Information.Discrete;

/// <summary>Joins classes that have too few rows for their own mixture with their neighbours.</summary>
internal static class RareClasses
{
    /// <summary>
    /// New codes from 0, in the order of the old ones. Every class has at least <paramref name="least"/> rows, unless there is only one
    /// class.
    /// </summary>
    /// <param name="classes">Codes.</param>
    /// <param name="least">Fewest rows of a class.</param>
    public static int[] Join(int[] classes, int least)
    {
        var counts = new int[classes.Max() + 1];
        Array.ForEach(classes, c => counts[c]++);
        var joined = new int[counts.Length];
        var next = 0;
        var rows = 0;
        for (var c = 0; c < counts.Length; c++)
        {
            joined[c] = next;
            rows += counts[c];
            if (rows >= least)
            {
                (next, rows) = (next + 1, 0);
            }
        }
        // Rows left over at the end join the last class.
        return Array.ConvertAll(classes, c => Math.Min(joined[c], Math.Max(0, next - 1)));
    }
}
