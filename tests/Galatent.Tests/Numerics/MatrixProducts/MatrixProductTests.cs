using CsCheck;
using Galatent.Numerics;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Tests.Numerics.MatrixProducts;

public class MatrixProductTests
{
    // One row, one column, prime sizes, full tiles (12 x 32), more than one block of rows (120) and of depths (512).
    private static readonly Gen<int> Size = Gen.OneOf(Gen.Int[1, 40], Among(1, 12, 16, 32, 64, 121, 250));
    private static readonly Gen<int> Depth = Gen.OneOf(Gen.Int[1, 40], Among(511, 512, 513, 1100));

    [Fact]
    public void Product_agrees_with_a_double_precision_sum_for_any_shape_stride_and_order() =>
        Gen.Select(Size, Size, Depth, Gen.Int[-30, 30], Gen.Bool, Gen.Bool, Gen.UInt)
            .Sample(
                (m, n, k, extraStride, isTransposed, accumulate, seed) =>
                {
                    var (lines, width) = isTransposed ? (k, m) : (m, k);
                    var stride = Math.Max(1, width + extraStride);
                    var a = Uniform(((lines - 1) * stride) + width, seed);
                    var b = Uniform(k * n, seed + 1);
                    var c = Uniform(m * (n + 3), seed + 2);
                    var before = c.ToArray();
                    var view = new MatrixView(a, lines, width, stride);
                    MatrixProduct.Multiply(isTransposed ? view.Transpose() : view, new MatrixView(b, k, n), c, n + 3, accumulate);
                    for (var i = 0; i < m; i++)
                    {
                        for (var j = 0; j < n + 3; j++)
                        {
                            var was = before[(i * (n + 3)) + j];
                            var expected =
                                j < n
                                    ? Sum(k, p => a[isTransposed ? (p * stride) + i : (i * stride) + p] * (double)b[(p * n) + j])
                                        + (accumulate ? was : 0)
                                    : was;
                            // A chain of k roundings of partial sums below k: k * k / 2 units of 2^-24 would be the bound, a random walk is
                            // what happens.
                            Assert.Equal(expected, c[(i * (n + 3)) + j], 1e-6 * Math.Max(1, k));
                        }
                    }
                },
                iter: 150
            );

    [Fact]
    public void Bits_do_not_depend_on_threads_tiles_or_register_width() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 300], Depth, Gen.UInt)
            .Sample(
                (m, n, k, seed) =>
                {
                    var a = Uniform(m * k, seed);
                    var b = Uniform(k * n, seed + 1);
                    var c = Multiply(TileKernels.Best, 1);
                    Assert.Equal(c, Multiply(TileKernels.Best, 2));
                    Assert.Equal(c, Multiply(TileKernels.Best, 5));
                    Assert.Equal(c, Multiply(TileKernels.Native, 3));
                    // The row of a product is the product of the row.
                    var last = new float[n];
                    MatrixProduct.Multiply(new MatrixView(a.AsSpan((m - 1) * k), 1, k), new MatrixView(b, k, n), last, n);
                    Assert.Equal(c[((m - 1) * n)..], last);

                    float[] Multiply(TileKernels kernels, int threads)
                    {
                        var result = new float[m * n];
                        MatrixProduct.Multiply(
                            new MatrixView(a, m, k),
                            new PackedMatrix(kernels, new MatrixView(b, k, n)),
                            result,
                            n,
                            threads: threads
                        );
                        return result;
                    }
                },
                iter: 40
            );

    [Fact]
    public void Epilogue_adds_the_bias_and_bends_negative_values()
    {
        foreach (var (m, n, k) in new[] { (1, 1, 1), (13, 37, 700), (12, 32, 8) })
        {
            var a = Uniform(m * k, 1);
            var b = Uniform(k * n, 2);
            var bias = Uniform(n, 3);
            var plain = new float[m * n];
            var bent = new float[m * n];
            MatrixProduct.Multiply(new MatrixView(a, m, k), new MatrixView(b, k, n), plain, n);
            MatrixProduct.Multiply(new MatrixView(a, m, k), new MatrixView(b, k, n), bent, n, epilogue: new ProductEpilogue(bias, 0.01f));
            for (var i = 0; i < plain.Length; i++)
            {
                var sum = plain[i] + bias[i % n];
                Assert.Equal(sum > 0 ? sum : sum * 0.01f, bent[i], 1e-5);
            }
        }
    }

    [Fact]
    public void Not_a_number_stays_in_its_row()
    {
        var a = Uniform(20 * 9, 1);
        a[(7 * 9) + 4] = float.NaN;
        var c = new float[20 * 5];
        MatrixProduct.Multiply(new MatrixView(a, 20, 9), new MatrixView(Uniform(9 * 5, 2), 9, 5), c, 5);
        for (var i = 0; i < c.Length; i++)
        {
            Assert.Equal(i / 5 == 7, float.IsNaN(c[i]));
        }
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        var values = new float[100];
        Assert.Throws<ArgumentException>(() => new MatrixView(values, 11, 10));
        Assert.Throws<ArgumentException>(() =>
            MatrixProduct.Multiply(new MatrixView(values, 5, 4), new MatrixView(values, 5, 4), new float[20], 4)
        );
        Assert.Throws<ArgumentException>(() =>
            MatrixProduct.Multiply(new MatrixView(values, 5, 4), new MatrixView(values, 4, 5), new float[24], 5)
        );
        Assert.Throws<ArgumentException>(() =>
            MatrixProduct.Multiply(new MatrixView(values, 5, 4), new MatrixView(values, 4, 5), values, 5)
        );
        Assert.Throws<ArgumentException>(() => new PackedMatrix(new MatrixView(values, 5, 4)).Repack(new MatrixView(values, 4, 5)));
    }

    private static Gen<int> Among(params int[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static double Sum(int count, Func<int, double> term)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            sum += term(i);
        }
        return sum;
    }

    private static float[] Uniform(int count, uint seed)
    {
        var stream = new RandomStream(seed, "matrix");
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
        {
            value = (float)((2 * stream.NextDouble()) - 1);
        }
        return values;
    }
}
