using Galatent.Numerics;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Spectra;

/// <summary>
/// Flux-conserving resampling: the integral of a piecewise-linear spectrum over each cell of a grid, divided by the cell's width.
/// It is a fixed linear operator, stored as one run of weights per cell.
/// </summary>
internal sealed class CellAverage
{
    private readonly int[] _first;
    private readonly double[][] _weights;

    /// <param name="sourceAngstrom">Nodes of the piecewise-linear spectra, Å, ascending.</param>
    /// <param name="grid">The cells; all must lie within the nodes.</param>
    public CellAverage(double[] sourceAngstrom, WavelengthGrid grid)
    {
        var edges = grid.CellEdgeAngstrom;
        // All pixel centres must lie inside the table. A cell may reach beyond its end; there the outermost segment is continued.
        // The study's last cell ends at 10007.5 Å, the table at 10002.7 Å. Continuing the segment agrees with the average over the longer
        // original table to 2e-5. Holding the last value agrees to 2e-4, cutting the cell to 1e-3.
        if (grid.WavelengthAngstrom[0] < sourceAngstrom[0] || grid.WavelengthAngstrom[^1] > sourceAngstrom[^1])
        {
            throw new InputException(
                $"The grid runs from {grid.WavelengthAngstrom[0]} to {grid.WavelengthAngstrom[^1]} Å, but the stellar populations only "
                    + $"cover {sourceAngstrom[0]:F1} to {sourceAngstrom[^1]:F1} Å; choose a grid inside that range, or another SspLibrary."
            );
        }
        _first = new int[grid.Count];
        _weights = new double[grid.Count][];
        for (var cell = 0; cell < grid.Count; cell++)
        {
            (_first[cell], _weights[cell]) = CellWeights(sourceAngstrom, edges[cell], edges[cell + 1]);
        }
    }

    /// <summary>The averages as a matrix, for many spectra at once; the same bits as <see cref="Apply"/>.</summary>
    public BandMatrix Matrix => new([.. _first.Zip(_weights)]);

    /// <summary>Averages one spectrum; double accumulation.</summary>
    public void Apply(ReadOnlySpan<float> source, Span<float> target)
    {
        for (var cell = 0; cell < target.Length; cell++)
        {
            var weights = _weights[cell];
            var run = source.Slice(_first[cell], weights.Length);
            var sum = 0.0;
            for (var i = 0; i < weights.Length; i++)
            {
                sum += weights[i] * run[i];
            }
            target[cell] = (float)sum;
        }
    }

    // The integral of each node's hat function over [low, high], divided by the width.
    private static (int First, double[] Weights) CellWeights(double[] x, double low, double high)
    {
        var first = Math.Clamp(WavelengthGrid.LowerBound(x, Math.BitIncrement(low)) - 1, 0, x.Length - 2);
        var last = Math.Clamp(WavelengthGrid.LowerBound(x, high), 1, x.Length - 1);
        var weights = new double[last - first + 1];
        for (var j = first; j < last; j++)
        {
            var a = j == 0 ? low : Math.Max(low, x[j]);
            var b = j == x.Length - 2 ? high : Math.Min(high, x[j + 1]);
            var step = x[j + 1] - x[j];
            if (b > a)
            {
                var rising = (0.5 * (a + b) - x[j]) / step * (b - a);
                weights[j - first] += (b - a) - rising;
                weights[j + 1 - first] += rising;
            }
        }
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] /= high - low;
        }
        return (first, weights);
    }
}
