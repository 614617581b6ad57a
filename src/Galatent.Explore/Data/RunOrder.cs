using Galatent.Numerics;

namespace Galatent.Explore.Data;

/// <summary>The order in which the page gets the galaxies of a run: shuffled once, so that any number of first ones is a fair sample.
/// Files are often sorted, and the first rows of a sorted file are no sample.</summary>
/// <param name="Rows">Row in the file of each place on the page.</param>
internal sealed record RunOrder(int[] Rows)
{
    // Always the same order: the page's address names places of the file, and two pages of one run show the same points first.
    private const ulong Seed = 1;

    /// <summary>The order of a run.</summary>
    public static RunOrder Of(int count)
    {
        var rows = new int[count];
        for (var i = 0; i < count; i++)
        {
            rows[i] = i;
        }
        new RandomStream(Seed, "explorer rows").Shuffle<int>(rows);
        return new RunOrder(rows);
    }

    /// <summary>Values in the order of the page.</summary>
    public float[] Apply(Func<int, float> valueOfRow) => Array.ConvertAll(Rows, row => valueOfRow(row));
}
