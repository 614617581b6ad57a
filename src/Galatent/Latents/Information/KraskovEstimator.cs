namespace Galatent.Latents.Information;

/// <summary>
/// Mutual information from nearest neighbours: I = psi(k) + psi(n) - mean(psi(n_x + 1) + psi(n_y + 1)), where n_x and n_y count the points closer
/// in one coordinate than the k-th neighbour is in the larger of both (Kraskov, Stoegbauer and Grassberger 2004, PRE 69, 066138, eq. 8).
/// Shares nothing with the mixtures, hence a check on them; it has no error estimate and may be negative by chance.
/// </summary>
internal static class KraskovEstimator
{
    /// <summary>The estimate on the normal scores of a rank pair, nat.</summary>
    /// <param name="pair">At least k + 1 rows.</param>
    /// <param name="neighbours">k, at least 1.</param>
    public static double Estimate(RankPair pair, int neighbours)
    {
        var n = pair.Count;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(neighbours, n);
        var y = Array.ConvertAll(pair.RanksY, rank => pair.ScoresY[rank]);
        var tree = new PlanarTree(pair.ScoresX, y);
        var digamma = DigammaOfIntegers(n);
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            var radius = tree.NeighbourDistance(pair.ScoresX[i], y[i], i, neighbours);
            sum += digamma[CountWithin(pair.ScoresX, i, radius) + 1] + digamma[CountWithin(pair.ScoresY, pair.RanksY[i], radius) + 1];
        }
        return digamma[neighbours] + digamma[n] - sum / n;
    }

    // Other entries strictly closer than the radius to the entry at an index of an ascending array.
    private static int CountWithin(double[] ascending, int index, double radius)
    {
        var value = ascending[index];
        var (low, high) = (0, index);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = value - ascending[middle] < radius ? (low, middle) : (middle + 1, high);
        }
        var first = low;
        (low, high) = (index, ascending.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = ascending[middle] - value < radius ? (middle, high) : (low, middle - 1);
        }
        return low - first;
    }

    private static double[] DigammaOfIntegers(int n)
    {
        var digamma = new double[n + 2];
        digamma[1] = SpecialFunctions.Digamma(1);
        for (var m = 1; m <= n; m++)
        {
            digamma[m + 1] = digamma[m] + 1.0 / m;
        }
        return digamma;
    }
}
