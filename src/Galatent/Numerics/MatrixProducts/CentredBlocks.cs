using System.Numerics.Tensors;

namespace Galatent.Numerics.MatrixProducts;

/// <summary>Selected rows minus their mean, block after block, with the two products that principal components need.</summary>
internal sealed class CentredBlocks
{
    // 512 x 4582 floats are 9 MB. Fixed, and partial sums are added in block order, so that results do not depend on the number of threads.
    private const int RowsPerBlock = 512;

    private readonly RowReader _read;
    private readonly int _width;
    private readonly int _threads;
    private readonly int[] _rows;
    private readonly float[] _mean;
    private readonly float[] _scale;
    private readonly float[] _block;

    public CentredBlocks(RowReader read, int width, ReadOnlySpan<int> rows, ReadOnlySpan<float> scale, int threads)
    {
        (_read, _width, _rows, _threads, _scale) = (read, width, rows.ToArray(), threads, scale.ToArray());
        _block = new float[Math.Min(rows.Length, RowsPerBlock) * width];
        (_mean, Variance) = Moments();
    }

    private CentredBlocks(CentredBlocks centre, int[] rows)
    {
        (_read, _width, _rows, _threads, _scale) = (centre._read, centre._width, rows, centre._threads, centre._scale);
        _block = new float[Math.Min(rows.Length, RowsPerBlock) * _width];
        (_mean, Variance) = (centre._mean, []);
    }

    /// <summary>Other rows of the table, less the mean of these.</summary>
    public CentredBlocks About(ReadOnlySpan<int> rows) => new(this, rows.ToArray());

    /// <summary>Variance of every column, shape (width).</summary>
    public double[] Variance { get; }

    /// <summary>The covariance (divided by n) times every row of <paramref name="directions"/>, shape (k, width).</summary>
    public double[] ApplyCovariance(double[] directions)
    {
        var k = directions.Length / _width;
        var packed = Pack(directions, k);
        var sum = new double[directions.Length];
        var part = new float[directions.Length];
        var wide = new double[directions.Length];
        ForEachBlock(
            (rows, count) =>
            {
                var scores = Scores(rows, count, packed, k);
                MatrixProduct.Multiply(
                    new MatrixView(scores, count, k).Transpose(),
                    new MatrixView(rows, count, _width),
                    part,
                    _width,
                    threads: _threads
                );
                TensorPrimitives.ConvertChecked<float, double>(part, wide);
                TensorPrimitives.Add(sum, wide, sum);
            }
        );
        TensorPrimitives.Divide(sum, _rows.Length, sum);
        return sum;
    }

    /// <summary>Q C Q^T for orthonormal rows Q of shape (k, width): the covariance seen in that basis, shape (k, k).</summary>
    public double[] ProjectCovariance(double[] basis)
    {
        var k = basis.Length / _width;
        var packed = Pack(basis, k);
        var sum = new double[k * k];
        var score = new double[k];
        ForEachBlock(
            (rows, count) =>
            {
                var scores = Scores(rows, count, packed, k);
                for (var row = 0; row < count; row++)
                {
                    TensorPrimitives.ConvertChecked<float, double>(scores.AsSpan(row * k, k), score);
                    for (var i = 0; i < k; i++)
                    {
                        var target = sum.AsSpan(i * k, k);
                        TensorPrimitives.MultiplyAdd(score, score[i], target, target);
                    }
                }
            }
        );
        TensorPrimitives.Divide(sum, _rows.Length, sum);
        return sum;
    }

    /// <summary>Squares of every row along each of some orthonormal directions, and in all. In double precision: what is left of the
    /// whole, the least number of interest, is 3e-7 of it (in single precision it was twice too large for 32 components).</summary>
    /// <param name="directions">Shape (k, width).</param>
    /// <returns>Shape (rows, k + 1); the whole stands last.</returns>
    public double[] Squares(double[] directions)
    {
        var k = directions.Length / _width;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _threads };
        var squares = new double[_rows.Length * (k + 1)];
        var done = 0;
        ForEachBlock(
            (rows, count) =>
            {
                var first = done;
                Parallel.For(0, count, parallel, row =>
                {
                    var wide = new double[_width];
                    TensorPrimitives.ConvertChecked<float, double>(rows.AsSpan(row * _width, _width), wide);
                    var own = squares.AsSpan((first + row) * (k + 1), k + 1);
                    for (var i = 0; i < k; i++)
                    {
                        var score = TensorPrimitives.Dot<double>(directions.AsSpan(i * _width, _width), wide);
                        own[i] = score * score;
                    }
                    own[k] = TensorPrimitives.SumOfSquares<double>(wide);
                });
                done += count;
            }
        );
        return squares;
    }

    /// <summary>Mean of each column of a table of some width, row after row.</summary>
    public static double[] MeanOfRows(double[] values, int width)
    {
        var sum = new double[width];
        for (var row = 0; row < values.Length; row += width)
        {
            TensorPrimitives.Add(sum, values.AsSpan(row, width), sum);
        }
        TensorPrimitives.Divide(sum, (double)values.Length / width, sum);
        return sum;
    }

    private static PackedMatrix Pack(double[] directions, int k) =>
        new(new MatrixView(Array.ConvertAll(directions, x => (float)x), k, directions.Length / k).Transpose());

    private float[] Scores(float[] rows, int count, PackedMatrix directions, int k)
    {
        var scores = new float[count * k];
        MatrixProduct.Multiply(new MatrixView(rows, count, _width), directions, scores, k, threads: _threads);
        return scores;
    }

    private void ForEachBlock(Action<float[], int> work)
    {
        for (var start = 0; start < _rows.Length; start += RowsPerBlock)
        {
            var count = Read(start);
            for (var row = 0; row < count; row++)
            {
                var values = _block.AsSpan(row * _width, _width);
                TensorPrimitives.Subtract(values, _mean, values);
            }
            work(_block, count);
        }
    }

    private int Read(int start)
    {
        var rows = _rows.AsSpan(start, Math.Min(RowsPerBlock, _rows.Length - start));
        _read(rows, _block.AsSpan(0, rows.Length * _width));
        for (var row = 0; row < rows.Length && _scale.Length > 0; row++)
        {
            var values = _block.AsSpan(row * _width, _width);
            TensorPrimitives.Multiply(values, _scale, values);
        }
        return rows.Length;
    }

    // Sums about the first row: about zero, the variance of a large steady column would be the difference of two large numbers.
    private (float[] Mean, double[] Variance) Moments()
    {
        var sum = new double[_width];
        var squares = new double[_width];
        var row = new double[_width];
        double[]? pivot = null;
        for (var start = 0; start < _rows.Length; start += RowsPerBlock)
        {
            var count = Read(start);
            for (var i = 0; i < count; i++)
            {
                TensorPrimitives.ConvertChecked<float, double>(_block.AsSpan(i * _width, _width), row);
                pivot ??= [.. row];
                TensorPrimitives.Subtract(row, pivot, row);
                TensorPrimitives.Add(sum, row, sum);
                TensorPrimitives.MultiplyAdd(row, row, squares, squares);
            }
        }
        TensorPrimitives.Divide(sum, _rows.Length, sum);
        var variance = squares.Zip(sum, (q, m) => Math.Max(0, (q / _rows.Length) - (m * m))).ToArray();
        return ([.. sum.Zip(pivot!, (m, p) => (float)(m + p))], variance);
    }
}
