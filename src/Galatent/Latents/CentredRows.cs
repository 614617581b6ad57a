using System.Numerics.Tensors;

namespace Galatent.Latents;

/// <summary>Selected spectra minus their mean, with the two products that principal components need.</summary>
internal sealed class CentredRows
{
    // Spectra per unit of parallel work. Fixed, and partial sums are added in block order, so that results do not depend on the number of threads.
    private const int RowsPerBlock = 512;

    private readonly float[] _flux;
    private readonly int _pixels;
    private readonly int[] _rows;
    private readonly double[] _mean;

    public CentredRows(float[] flux, int pixels, ReadOnlySpan<int> rows)
    {
        (_flux, _pixels, _rows, _mean) = (flux, pixels, rows.ToArray(), new double[pixels]);
        var row = new double[pixels];
        foreach (var r in _rows)
        {
            TensorPrimitives.ConvertChecked<float, double>(flux.AsSpan(r * pixels, pixels), row);
            TensorPrimitives.Add(_mean, row, _mean);
        }
        TensorPrimitives.Divide(_mean, _rows.Length, _mean);
        foreach (var r in _rows)
        {
            Centre(r, row);
            TotalVariance += TensorPrimitives.SumOfSquares<double>(row) / _rows.Length;
        }
    }

    /// <summary>Trace of the covariance.</summary>
    public double TotalVariance { get; }

    /// <summary>The covariance (divided by n) times every row of <paramref name="directions"/>, shape (k, pixels).</summary>
    public double[] ApplyCovariance(double[] directions) => SumOverBlocks(directions.Length, (row, sum) =>
    {
        for (var start = 0; start < directions.Length; start += _pixels)
        {
            var score = TensorPrimitives.Dot(directions.AsSpan(start, _pixels), row);
            var target = sum.AsSpan(start, _pixels);
            TensorPrimitives.MultiplyAdd(row, score, target, target);
        }
    });

    /// <summary>Q C Q^T for orthonormal rows Q of shape (k, pixels): the covariance seen in that basis, shape (k, k).</summary>
    public double[] ProjectCovariance(double[] basis)
    {
        var k = basis.Length / _pixels;
        return SumOverBlocks(k * k, (row, sum) =>
        {
            Span<double> score = stackalloc double[k];
            for (var i = 0; i < k; i++)
            {
                score[i] = TensorPrimitives.Dot(basis.AsSpan(i * _pixels, _pixels), row);
            }
            for (var i = 0; i < k; i++)
            {
                var target = sum.AsSpan(i * k, k);
                TensorPrimitives.MultiplyAdd(score, score[i], target, target);
            }
        });
    }

    private delegate void AddRow(ReadOnlySpan<double> row, double[] sum);

    private double[] SumOverBlocks(int length, AddRow add)
    {
        var blocks = (_rows.Length + RowsPerBlock - 1) / RowsPerBlock;
        var partial = new double[blocks][];
        Parallel.For(0, blocks, b =>
        {
            var sum = new double[length];
            var row = new double[_pixels];
            for (var i = b * RowsPerBlock; i < Math.Min(_rows.Length, (b + 1) * RowsPerBlock); i++)
            {
                Centre(_rows[i], row);
                add(row, sum);
            }
            partial[b] = sum;
        });
        var total = new double[length];
        foreach (var sum in partial)
        {
            TensorPrimitives.Add(total, sum, total);
        }
        TensorPrimitives.Divide(total, _rows.Length, total);
        return total;
    }

    private void Centre(int spectrum, double[] row)
    {
        TensorPrimitives.ConvertChecked<float, double>(_flux.AsSpan(spectrum * _pixels, _pixels), row);
        TensorPrimitives.Subtract(row, _mean, row);
    }
}
