using Galatent.Numerics;

namespace Galatent.Report.Figures.Observed;

/// <summary>Rows drawn at random, the same for the same number of spectra.</summary>
internal static class RandomSpectra
{
    /// <summary>Seed of the draw.</summary>
    public const ulong Seed = 1;

    /// <summary>Different rows, ascending; all of them when there are no more than are asked for.</summary>
    public static int[] Rows(int count, int most)
    {
        int[] rows = [.. Enumerable.Range(0, count)];
        if (count > most)
        {
            var stream = new RandomStream(Seed, "spectra of a figure");
            stream.Shuffle<int>(rows);
        }
        return [.. rows.Take(most).Order()];
    }
}
