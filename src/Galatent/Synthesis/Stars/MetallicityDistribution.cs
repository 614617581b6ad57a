using Galatent.Numerics;

namespace Galatent.Synthesis.Stars;

/// <summary>
/// Shares of a galaxy's stars at the metallicities of a table. Without scatter all stars have one metallicity, and the flux is linear in
/// log Z between the two nodes around it (FSPS' zcontinuous = 1).
/// With a scatter h the distribution is lognormal, in the form of DSPS (Hearin et al. 2023, MNRAS 521, 1741). The share of a node is the
/// difference of a triweight cumulative distribution between the midpoints to its two neighbours: T(z) = -5 z^7/69984 + 7 z^5/2592 - 35
/// z^3/864 + 35 z/96 + 1/2, z = (x - m)/h from -3 to 3. The outermost nodes take everything beyond them.
/// </summary>
public static class MetallicityDistribution
{
    /// <summary>The cumulative distribution T(z); 0 below -3 and 1 above 3.</summary>
    public static double TriweightCdf(double z)
    {
        if (Math.Abs(z) >= 3)
        {
            return z < 0 ? 0 : 1;
        }
        var z2 = z * z;
        return 0.5 + (z * ((35.0 / 96) + (z2 * ((-35.0 / 864) + (z2 * ((7.0 / 2592) + (z2 * (-5.0 / 69984))))))));
    }

    /// <summary>The derivative of T(z).</summary>
    public static double TriweightDensity(double z) => Math.Abs(z) >= 3 ? 0 : 35.0 / 96 * Math.Pow(1 - (z * z / 9), 3);

    /// <summary>Shares of the nodes, shape (n_z); they sum to 1.</summary>
    /// <param name="logZ">The nodes, ascending.</param>
    /// <param name="mean">log10(Z/Zsun) of the galaxy.</param>
    /// <param name="scatterDex">h, dex; 0 gives all stars the same metallicity.</param>
    /// <param name="shares">Receives the shares.</param>
    public static void Shares(double[] logZ, double mean, double scatterDex, Span<double> shares)
    {
        shares.Clear();
        if (scatterDex == 0)
        {
            var (lower, share) = SortedAxis.Bracket(logZ, mean);
            (shares[lower], shares[lower + 1]) = (1 - share, share);
            return;
        }
        var below = 0.0;
        for (var i = 0; i < logZ.Length; i++)
        {
            var above = i == logZ.Length - 1 ? 1 : TriweightCdf(((0.5 * (logZ[i] + logZ[i + 1])) - mean) / scatterDex);
            shares[i] = above - below;
            below = above;
        }
    }

    /// <summary>Derivatives of the shares with respect to the mean; they sum to 0. Without scatter, those of the segment above a node, and
    /// 0 beyond the ends.</summary>
    internal static void Slopes(double[] logZ, double mean, double scatterDex, Span<double> slopes)
    {
        slopes.Clear();
        if (scatterDex == 0)
        {
            var lower = SortedAxis.Bracket(logZ, mean).Lower;
            var step = SortedAxis.IsInside(logZ, mean) ? 1 / (logZ[lower + 1] - logZ[lower]) : 0;
            (slopes[lower], slopes[lower + 1]) = (-step, step);
            return;
        }
        var below = 0.0;
        for (var i = 0; i < logZ.Length; i++)
        {
            var above = i == logZ.Length - 1 ? 0 : -TriweightDensity(((0.5 * (logZ[i] + logZ[i + 1])) - mean) / scatterDex) / scatterDex;
            slopes[i] = above - below;
            below = above;
        }
    }
}
