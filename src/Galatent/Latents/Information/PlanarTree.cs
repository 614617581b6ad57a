namespace Galatent.Latents.Information;

/// <summary>A k-d tree of points in the plane for nearest neighbours in the maximum norm (Friedman, Bentley and Finkel 1977).</summary>
internal sealed class PlanarTree
{
    private const int LeafSize = 8;

    private readonly double[] _x, _y;
    private readonly int[] _rows;

    /// <summary>Builds the tree; both arrays are read only here.</summary>
    public PlanarTree(double[] x, double[] y)
    {
        _rows = Enumerable.Range(0, x.Length).ToArray();
        Build(x, y, 0, x.Length, false);
        _x = Array.ConvertAll(_rows, row => x[row]);
        _y = Array.ConvertAll(_rows, row => y[row]);
    }

    /// <summary>The distance max(|dx|, |dy|) of the k-th nearest other point.</summary>
    /// <param name="x">First coordinate.</param>
    /// <param name="y">Second coordinate.</param>
    /// <param name="self">The row that is not its own neighbour.</param>
    /// <param name="k">Which neighbour, from 1; fewer than there are points.</param>
    public double NeighbourDistance(double x, double y, int self, int k)
    {
        Span<double> nearest = stackalloc double[k];
        nearest.Fill(double.PositiveInfinity);
        Search(0, _rows.Length, false, x, y, self, nearest);
        return nearest[k - 1];
    }

    // The middle row of [from, to) splits it: smaller coordinates before, larger behind; the axis alternates.
    private void Build(double[] x, double[] y, int from, int to, bool alongY)
    {
        if (to - from <= LeafSize)
        {
            return;
        }
        var middle = (from + to) / 2;
        Select(alongY ? y : x, from, to - 1, middle);
        Build(x, y, from, middle, !alongY);
        Build(x, y, middle + 1, to, !alongY);
    }

    // Quickselect (Hoare 1961) with the middle element as pivot.
    private void Select(double[] values, int low, int high, int target)
    {
        while (low < high)
        {
            var pivot = values[_rows[(low + high) / 2]];
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (values[_rows[i]] < pivot)
                {
                    i++;
                }
                while (values[_rows[j]] > pivot)
                {
                    j--;
                }
                if (i <= j)
                {
                    (_rows[i], _rows[j]) = (_rows[j], _rows[i]);
                    i++;
                    j--;
                }
            }
            if (target <= j)
            {
                high = j;
            }
            else if (target >= i)
            {
                low = i;
            }
            else
            {
                return;
            }
        }
    }

    private void Search(int from, int to, bool alongY, double x, double y, int self, Span<double> nearest)
    {
        if (to - from <= LeafSize)
        {
            for (var i = from; i < to; i++)
            {
                Offer(i, x, y, self, nearest);
            }
            return;
        }
        var middle = (from + to) / 2;
        Offer(middle, x, y, self, nearest);
        var difference = alongY ? y - _y[middle] : x - _x[middle];
        var (nearFrom, nearTo, farFrom, farTo) = difference < 0 ? (from, middle, middle + 1, to) : (middle + 1, to, from, middle);
        Search(nearFrom, nearTo, !alongY, x, y, self, nearest);
        if (Math.Abs(difference) < nearest[^1])
        {
            Search(farFrom, farTo, !alongY, x, y, self, nearest);
        }
    }

    private void Offer(int i, double x, double y, int self, Span<double> nearest)
    {
        var distance = Math.Max(Math.Abs(x - _x[i]), Math.Abs(y - _y[i]));
        if (distance >= nearest[^1] || _rows[i] == self)
        {
            return;
        }
        var place = nearest.Length - 1;
        while (place > 0 && nearest[place - 1] > distance)
        {
            nearest[place] = nearest[place - 1];
            place--;
        }
        nearest[place] = distance;
    }
}
