namespace Galatent.Latents.Information;

/// <summary>Correction for many tests (Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57, 289).</summary>
public static class FalseDiscoveryRate
{
    /// <summary>The smallest false-discovery rate at which each test is rejected, in the order of the input: q_(i) = min over j >= i of
    /// p_(j) m / j.</summary>
    /// <param name="pValues">m p-values in (0, 1].</param>
    /// <returns>m q-values, each at least its p-value and at most 1.</returns>
    public static double[] QValues(ReadOnlySpan<double> pValues)
    {
        var order = Enumerable.Range(0, pValues.Length).ToArray();
        var sorted = pValues.ToArray();
        Array.Sort(sorted, order);
        var q = new double[sorted.Length];
        var least = 1.0;
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            least = Math.Min(least, sorted[i] * sorted.Length / (i + 1));
            q[order[i]] = least;
        }
        return q;
    }
}
