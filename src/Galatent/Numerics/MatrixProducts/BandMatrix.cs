using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Galatent.Numerics.MatrixProducts;

/// <summary>
/// A matrix of which each row is zero outside one run of columns, e.g. a convolution or an average over cells. Sums are double, in the
/// order of the run, so a result does not depend on the number of vectors or threads.
/// </summary>
/// <param name="bands">For each row the first column of its run, and the numbers there.</param>
internal sealed class BandMatrix((int First, double[] Weights)[] bands)
{
    private readonly (int First, double[] Weights)[] _bands = bands;

    // Sixteen vectors side by side fill two registers of the widest kind. A table is then broadened in two thirds of the time of one vector
    // after the other.
    private const int Lanes = 16;

    /// <summary>The matrix times each of some vectors.</summary>
    /// <param name="vectors">Shape (n, width), row-major.</param>
    /// <param name="width">Numbers of a vector.</param>
    /// <returns>Shape (n, rows of the matrix).</returns>
    public float[] Times(float[] vectors, int width)
    {
        var count = vectors.Length / width;
        var products = new float[count * _bands.Length];
        Parallel.For(
            0,
            (count + Lanes - 1) / Lanes,
            () => new double[width * Lanes],
            (block, _, wide) =>
            {
                var first = block * Lanes;
                var lanes = Math.Min(Lanes, count - first);
                for (var lane = 0; lane < lanes; lane++)
                {
                    var vector = vectors.AsSpan((first + lane) * width, width);
                    for (var j = 0; j < width; j++)
                    {
                        wide[(j * Lanes) + lane] = vector[j];
                    }
                }
                Multiply(wide, products.AsSpan(first * _bands.Length, lanes * _bands.Length), lanes);
                return wide;
            },
            static _ => { }
        );
        return products;
    }

    /// <summary>Some rows of this matrix.</summary>
    public BandMatrix Rows(int[] rows) => new(Array.ConvertAll(rows, r => _bands[r]));

    /// <summary>The rows of some matrices, one below the other.</summary>
    public static BandMatrix Stack(BandMatrix[] matrices) => new([.. matrices.SelectMany(m => m._bands)]);

    /// <summary>This matrix times another one.</summary>
    /// <param name="inner">A row of the other matrix; called once for each row that is needed.</param>
    public BandMatrix After(Func<int, (int First, double[] Weights)> inner)
    {
        var rows = new Dictionary<int, (int First, double[] Weights)>();
        (int First, double[] Weights) Row(int row) => rows.TryGetValue(row, out var known) ? known : rows[row] = inner(row);
        return new BandMatrix([.. _bands.Select(b => Combine(b, Row))]);
    }

    private static (int First, double[] Weights) Combine((int First, double[] Weights) band, Func<int, (int First, double[] Weights)> inner)
    {
        if (band.Weights.Length == 0)
        {
            return band;
        }
        var rows = Enumerable.Range(band.First, band.Weights.Length).Select(inner).ToArray();
        var start = rows.Min(r => r.First);
        var combined = new double[rows.Max(r => r.First + r.Weights.Length) - start];
        for (var k = 0; k < band.Weights.Length; k++)
        {
            var (first, weights) = rows[k];
            for (var j = 0; j < weights.Length; j++)
            {
                combined[first - start + j] += band.Weights[k] * weights[j];
            }
        }
        return (start, combined);
    }

    // Lanes that no vector fills hold numbers of an earlier block, which nobody reads.
    private void Multiply(double[] wide, Span<float> products, int lanes)
    {
        const int register = 8;
        Span<double> sums = stackalloc double[Lanes];
        for (var row = 0; row < _bands.Length; row++)
        {
            var (first, weights) = _bands[row];
            ref var column = ref MemoryMarshal.GetArrayDataReference(wide);
            var (a, b) = (Vector512<double>.Zero, Vector512<double>.Zero);
            for (var k = 0; k < weights.Length; k++)
            {
                var weight = Vector512.Create(weights[k]);
                var at = (nuint)((first + k) * Lanes);
                a += weight * Vector512.LoadUnsafe(ref column, at);
                b += weight * Vector512.LoadUnsafe(ref column, at + register);
            }
            a.CopyTo(sums);
            b.CopyTo(sums[register..]);
            for (var lane = 0; lane < lanes; lane++)
            {
                products[(lane * _bands.Length) + row] = (float)sums[lane];
            }
        }
    }
}
