using Galatent.Networks;
using Galatent.Numerics;

namespace Galatent.Latents.Outliers;

/// <summary>
/// Whether another redshift fits a spectrum better: a free mean and the first principal components of spectra that the model decodes, at
/// every shift in ln(wavelength). Shifts are whole bins, so that nothing is interpolated.
/// </summary>
internal sealed class RedshiftScan
{
    private const int Components = 8;

    // 276 km/s, four times SDSS' pixels: lines are seen, and a scan takes a hundredth of a second.
    private static readonly double Step = 4e-4 * Math.Log(10);
    private const double MostRedshift = 1.5;

    // Nearer redshifts are the same for this scan.
    private const int LeastBins = 4;

    private readonly double _start;
    private readonly double[][] _columns;
    private readonly double[] _precision;
    private readonly int[] _binOfCell;

    public RedshiftScan(VaeModel network)
    {
        var grid = network.Grid;
        _start = Math.Log(grid.WavelengthAngstrom[0]);
        _binOfCell = [.. grid.WavelengthAngstrom.Select(w => (int)((Math.Log(w) - _start) / Step))];
        var samples = DecodedSamples.Of(network);
        int[] rows = [.. Enumerable.Range(0, DecodedSamples.Count)];
        var measured = PrincipalComponents.Measure(samples, grid.Count, rows, network.Description.Seed);
        var mean = new double[grid.Count];
        for (var k = 0; k < samples.Length; k++)
        {
            mean[k % grid.Count] += samples[k] / DecodedSamples.Count;
        }
        _columns = [Binned(mean), .. Enumerable.Range(0, Components).Select(k => Binned(Direction(measured, k, grid.Count)))];
        _precision = [0, .. Enumerable.Range(0, Components).Select(k => 1 / Math.Max(1e-10, measured.Eigenvalues[k]))];
    }

    /// <summary>The redshift that fits best, with its gain of chi² over the stated one.</summary>
    public (double Redshift, double Gain) Best(ObservedPixels spectrum)
    {
        var bins = _columns[0].Length;
        var (weight, sum) = (new double[bins], new double[bins]);
        var weights = spectrum.Weights(spectrum.Flux);
        for (var j = 0; j < weights.Length; j++)
        {
            weight[_binOfCell[j]] += weights[j];
            sum[_binOfCell[j]] += weights[j] * spectrum.Flux[j];
        }
        var lowest = -(int)(Math.Log(1 + spectrum.Redshift) / Step);
        var highest = (int)(Math.Log((1 + MostRedshift) / (1 + spectrum.Redshift)) / Step);
        var own = Explained(weight, sum, 0);
        var (best, most) = (0, own);
        for (var shift = lowest; shift <= highest; shift++)
        {
            if (Math.Abs(shift) >= LeastBins && Explained(weight, sum, shift) is var explained && explained > most)
            {
                (best, most) = (shift, explained);
            }
        }
        return (((1 + spectrum.Redshift) * Math.Exp(best * Step)) - 1, most - own);
    }

    // What the components explain of Σ w x² when the galaxy is at a redshift higher by some bins: its light is then bluer by as many.
    private double Explained(double[] weight, double[] sum, int shift)
    {
        var k = _columns.Length;
        var matrix = new double[k * k];
        var right = new double[k];
        var first = Math.Max(0, shift);
        var end = Math.Min(weight.Length, weight.Length + shift);
        for (var a = 0; a < k; a++)
        {
            for (var j = first; j < end; j++)
            {
                if (weight[j] > 0)
                {
                    var v = _columns[a][j - shift];
                    right[a] += v * sum[j];
                    v *= weight[j];
                    for (var b = 0; b <= a; b++)
                    {
                        matrix[(a * k) + b] += v * _columns[b][j - shift];
                    }
                }
            }
            matrix[(a * k) + a] += _precision[a] + 1e-9;
        }
        var factor = new double[k * k];
        if (!Cholesky.TryFactor(matrix, k, factor))
        {
            return 0;
        }
        var solution = (double[])right.Clone();
        Cholesky.Solve(factor, k, solution);
        return solution.Zip(right, (x, y) => x * y).Sum();
    }

    private static double[] Direction(PrincipalComponents measured, int k, int width) =>
        measured.Directions[(k * width)..((k + 1) * width)];

    // Mean of the cells in each bin; a bin without a cell has that of the cell before.
    private double[] Binned(double[] values)
    {
        var bins = _binOfCell[^1] + 1;
        var (sum, count) = (new double[bins], new int[bins]);
        for (var j = 0; j < values.Length; j++)
        {
            sum[_binOfCell[j]] += values[j];
            count[_binOfCell[j]]++;
        }
        for (var b = 0; b < bins; b++)
        {
            sum[b] = count[b] > 0 ? sum[b] / count[b] : sum[b - 1];
        }
        return sum;
    }
}
