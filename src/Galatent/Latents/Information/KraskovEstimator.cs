namespace Galatent.Latents.Information;

/// <summary>
/// Mutual information from nearest neighbours: I = psi(k) + psi(n) - mean(psi(n_x + 1) + psi(n_y + 1)) (Kraskov, Stoegbauer and Grassberger
/// 2004, PRE 69, 066138, eq. 8).
/// The distance of two points is their largest difference in any column. n_x and n_y count the points that are closer in X alone, or in Y
/// alone, than the k-th neighbour is in X and Y together.
/// Conditional on Z, psi(n) becomes the mean of psi(n_z + 1), and the counts are those in (x, z) and (y, z) (Frenzel and Pompe 2007, PRL
/// 99, 204101, eq. 9).
/// The method has nothing in common with the mixtures, so it checks them. It has no error estimate and may be negative by chance.
/// </summary>
internal static class KraskovEstimator
{
    private const int Batch = 1000;

    /// <summary>The estimate on the normal scores of a rank pair, nat.</summary>
    /// <param name="pair">At least k + 1 rows.</param>
    /// <param name="neighbours">k, at least 1.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    public static double Estimate(RankPair pair, int neighbours, int threads = 1) =>
        Estimate([pair.ScoresX], [Array.ConvertAll(pair.RanksY, rank => pair.ScoresY[rank])], [], neighbours, threads);

    /// <summary>The estimate of I(X; Y | Z), nat.</summary>
    /// <param name="x">The columns of X, at least one, with at least k + 1 rows and comparable scales.</param>
    /// <param name="y">The columns of Y, at least one.</param>
    /// <param name="given">The columns of Z; may be empty.</param>
    /// <param name="neighbours">k, at least 1.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancel">Ends the work early.</param>
    public static double Estimate(
        double[][] x,
        double[][] y,
        double[][] given,
        int neighbours,
        int threads = 1,
        CancellationToken cancel = default
    )
    {
        var n = x[0].Length;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(neighbours, n);
        double[][] all = [.. x, .. y, .. given];
        var tree = new NeighbourTree(all);
        var countXZ = new Subspace([.. x, .. given]);
        var countYZ = new Subspace([.. y, .. given]);
        var countZ = given.Length > 0 ? new Subspace(given) : null;
        var digamma = DigammaOfIntegers(n);
        var terms = new double[n];
        Parallel.For(
            0,
            (n + Batch - 1) / Batch,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            batch =>
            {
                var point = new double[all.Length];
                for (var i = batch * Batch; i < Math.Min(n, (batch + 1) * Batch); i++)
                {
                    for (var axis = 0; axis < point.Length; axis++)
                    {
                        point[axis] = all[axis][i];
                    }
                    var radius = tree.NeighbourDistance(point, i, neighbours);
                    terms[i] =
                        digamma[countXZ.Closer(i, radius) + 1]
                        + digamma[countYZ.Closer(i, radius) + 1]
                        - (countZ is null ? digamma[n] : digamma[countZ.Closer(i, radius) + 1]);
                }
            }
        );
        var sum = 0.0;
        foreach (var term in terms)
        {
            sum += term;
        }
        return digamma[neighbours] - sum / n;
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

    // Counts neighbours in some of the columns: for one column by two binary searches, for several by a tree.
    private sealed class Subspace
    {
        private readonly double[][] _columns;
        private readonly double[] _ascending = [];
        private readonly NeighbourTree? _tree;

        public Subspace(double[][] columns)
        {
            _columns = columns;
            if (columns.Length > 1)
            {
                _tree = new NeighbourTree(columns);
                return;
            }
            _ascending = (double[])columns[0].Clone();
            Array.Sort(_ascending);
        }

        /// <summary>Number of other rows that are strictly closer to a row than the radius.</summary>
        public int Closer(int row, double radius)
        {
            // If points have equal coordinates the radius may be 0. Then not even the row itself is closer.
            if (radius == 0)
            {
                return 0;
            }
            if (_tree is null)
            {
                return CountWithin(_columns[0][row], radius) - 1;
            }
            Span<double> point = stackalloc double[_columns.Length];
            for (var axis = 0; axis < point.Length; axis++)
            {
                point[axis] = _columns[axis][row];
            }
            return _tree.CountCloser(point, radius) - 1;
        }

        private int CountWithin(double value, double radius)
        {
            var low = 0;
            var high = _ascending.Length - 1;
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = value - _ascending[middle] < radius ? (low, middle) : (middle + 1, high);
            }
            var first = low;
            high = _ascending.Length - 1;
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                (low, high) = _ascending[middle] - value < radius ? (middle, high) : (low, middle - 1);
            }
            return low - first + 1;
        }
    }
}
