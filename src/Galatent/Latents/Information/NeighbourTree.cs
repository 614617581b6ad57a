namespace Galatent.Latents.Information;

/// <summary>A k-d tree of points in any number of dimensions with the maximum norm (Friedman, Bentley and Finkel 1977).</summary>
internal sealed class NeighbourTree
{
    private const int LeafSize = 8;

    private readonly double[][] _columns;
    private readonly int[] _rows;

    /// <summary>Builds the tree from one column per coordinate. The columns are not kept.</summary>
    public NeighbourTree(double[][] columns)
    {
        _rows = Enumerable.Range(0, columns[0].Length).ToArray();
        Build(columns, 0, _rows.Length, 0);
        _columns = Array.ConvertAll(columns, column => Array.ConvertAll(_rows, row => column[row]));
    }

    /// <summary>The distance (largest difference of a coordinate) to the k-th nearest other point.</summary>
    /// <param name="point">Coordinates of the point.</param>
    /// <param name="self">The row of the point itself, which is skipped.</param>
    /// <param name="k">Which neighbour, from 1; less than the number of points.</param>
    public double NeighbourDistance(ReadOnlySpan<double> point, int self, int k)
    {
        Span<double> nearest = stackalloc double[k];
        nearest.Fill(double.PositiveInfinity);
        Search(0, _rows.Length, 0, point, self, nearest);
        return nearest[k - 1];
    }

    /// <summary>Number of points closer than a radius. A point of the tree counts itself.</summary>
    public int CountCloser(ReadOnlySpan<double> point, double radius) => Count(0, _rows.Length, 0, point, radius);

    // The middle row of [from, to) splits it: smaller coordinates before, larger after. The axes alternate.
    private void Build(double[][] columns, int from, int to, int axis)
    {
        if (to - from <= LeafSize)
        {
            return;
        }
        var middle = (from + to) / 2;
        Select(columns[axis], from, to - 1, middle);
        Build(columns, from, middle, (axis + 1) % columns.Length);
        Build(columns, middle + 1, to, (axis + 1) % columns.Length);
    }

    // Quickselect (Hoare 1961) with the middle element as pivot.
    private void Select(double[] values, int low, int high, int target)
    {
        while (low < high)
        {
            var pivot = values[_rows[(low + high) / 2]];
            var i = low;
            var j = high;
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

    private void Search(int from, int to, int axis, ReadOnlySpan<double> point, int self, Span<double> nearest)
    {
        if (to - from <= LeafSize)
        {
            for (var i = from; i < to; i++)
            {
                Offer(i, point, self, nearest);
            }
            return;
        }
        var middle = (from + to) / 2;
        Offer(middle, point, self, nearest);
        var difference = point[axis] - _columns[axis][middle];
        var (nearFrom, nearTo, farFrom, farTo) = difference < 0 ? (from, middle, middle + 1, to) : (middle + 1, to, from, middle);
        var next = axis + 1 == _columns.Length ? 0 : axis + 1;
        Search(nearFrom, nearTo, next, point, self, nearest);
        if (Math.Abs(difference) < nearest[^1])
        {
            Search(farFrom, farTo, next, point, self, nearest);
        }
    }

    private int Count(int from, int to, int axis, ReadOnlySpan<double> point, double radius)
    {
        var count = 0;
        if (to - from <= LeafSize)
        {
            for (var i = from; i < to; i++)
            {
                count += Distance(i, point, radius) < radius ? 1 : 0;
            }
            return count;
        }
        var middle = (from + to) / 2;
        var difference = point[axis] - _columns[axis][middle];
        var next = axis + 1 == _columns.Length ? 0 : axis + 1;
        count += Distance(middle, point, radius) < radius ? 1 : 0;
        count += difference < radius ? Count(from, middle, next, point, radius) : 0;
        return count + (-difference < radius ? Count(middle + 1, to, next, point, radius) : 0);
    }

    // The result is exact when it is below the limit.
    private double Distance(int i, ReadOnlySpan<double> point, double limit)
    {
        var distance = 0.0;
        for (var axis = 0; axis < point.Length && distance < limit; axis++)
        {
            distance = Math.Max(distance, Math.Abs(point[axis] - _columns[axis][i]));
        }
        return distance;
    }

    private void Offer(int i, ReadOnlySpan<double> point, int self, Span<double> nearest)
    {
        var distance = Distance(i, point, nearest[^1]);
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
