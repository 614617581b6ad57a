namespace Galatent.Latents.Information.Discrete;

/// <summary>
/// Information between classes and a continuous column from nearest neighbours: I = psi(n) + psi(k) - mean(psi(n_c) + psi(m)) (Ross 2014,
/// PLoS ONE 9, e87357).
/// Here n_c is the number of rows in the row's class. m is the number of rows of any class that are at most as far from the row as its k-th
/// neighbour within the class.
/// This is the check on <see cref="ClassMixtures"/>; the two methods have nothing in common.
/// </summary>
internal static class ClassNeighbours
{
    /// <summary>The estimate, nat. Rows alone in their class are left out; 0 when all rows are.</summary>
    /// <param name="classes">Codes of the classes.</param>
    /// <param name="scores">Normal scores of the column.</param>
    /// <param name="neighbours">k, at least 1. In smaller classes all other rows are used.</param>
    public static double Estimate(int[] classes, double[] scores, int neighbours)
    {
        var ascending = (double[])scores.Clone();
        Array.Sort(ascending);
        var sum = 0.0;
        var used = 0;
        foreach (var group in Enumerable.Range(0, classes.Length).GroupBy(i => classes[i]).OrderBy(g => g.Key))
        {
            double[] own = [.. group.Select(i => scores[i]).Order()];
            var k = Math.Min(neighbours, own.Length - 1);
            for (var i = 0; k > 0 && i < own.Length; i++)
            {
                var within = Closer(ascending, own[i], Distance(own, i, k));
                sum += SpecialFunctions.Digamma(k) - SpecialFunctions.Digamma(own.Length) - SpecialFunctions.Digamma(Math.Max(1, within));
                used++;
            }
        }
        return used == 0 ? 0 : SpecialFunctions.Digamma(classes.Length) + (sum / used);
    }

    // Distance to the k-th neighbour among ascending values.
    private static double Distance(double[] ascending, int self, int k)
    {
        var low = self;
        var high = self;
        for (var found = 0; found < k; found++)
        {
            var below = low > 0 ? ascending[self] - ascending[low - 1] : double.PositiveInfinity;
            var above = high < ascending.Length - 1 ? ascending[high + 1] - ascending[self] : double.PositiveInfinity;
            (low, high) = below < above ? (low - 1, high) : (low, high + 1);
        }
        return Math.Max(ascending[self] - ascending[low], ascending[high] - ascending[self]);
    }

    // Number of rows strictly closer than the radius, the row itself included.
    private static int Closer(double[] ascending, double value, double radius)
    {
        var first = First(ascending, v => value - v < radius);
        var last = First(ascending, v => v - value >= radius);
        return last - first;
    }

    private static int First(double[] ascending, Func<double, bool> holds)
    {
        var low = 0;
        var high = ascending.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = holds(ascending[middle]) ? (low, middle) : (middle + 1, high);
        }
        return low;
    }
}
