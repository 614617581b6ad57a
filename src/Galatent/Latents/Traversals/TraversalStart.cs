using Galatent.Numerics;

namespace Galatent.Latents.Traversals;

/// <summary>Chooses the spectrum from which the traversals start.</summary>
internal static class TraversalStart
{
    private const int Candidates = 256;

    // If the reconstruction is nearly zero somewhere (the ultraviolet of dusty galaxies), any step makes it negative and the traversal ends
    // at once. So a spectrum is chosen whose faintest pixel is brighter than that of nine candidates in ten, but which is not the extreme
    // of the set.
    private const double Rank = 0.9;

    /// <summary>The row of the start: among some random spectra, the one at the 90th percentile of the smallest decoded flux.</summary>
    public static int Choose(LatentSet latents, Func<float[], int, float[]> decode, ulong seed)
    {
        var rows = Enumerable.Range(0, latents.Count).ToArray();
        new RandomStream(seed, "traversal start").Shuffle(rows.AsSpan());
        rows = rows[..Math.Min(Candidates, rows.Length)];
        var flux = decode([.. rows.SelectMany(r => latents.MeanOf(r).ToArray())], rows.Length);
        var pixels = flux.Length / rows.Length;
        var faintest = Enumerable.Range(0, rows.Length).Select(i => flux.AsSpan(i * pixels, pixels).ToArray().Min()).ToArray();
        Array.Sort(faintest, rows);
        return rows[(int)(Rank * (rows.Length - 1))];
    }
}
