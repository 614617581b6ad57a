using CsCheck;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Tests.Numerics.MatrixProducts;

/// <summary>A band matrix gives the sums of its definition, to the bit, whatever the number of vectors.</summary>
public class BandMatrixTests
{
    private static readonly Gen<(int Width, (int First, double[] Weights)[] Bands, float[] Vectors)> Cases =
        from width in Gen.Int[1, 40]
        from count in Gen.Int[0, 37]
        from bands in (
            from first in Gen.Int[0, width - 1]
            from length in Gen.Int[0, width - first]
            from weights in Gen.Double[-3, 3].Array[length]
            select (first, weights)
        ).Array[0, 30]
        from vectors in Gen.Float[-1e3f, 1e3f].Array[width * count]
        select (width, bands, vectors);

    [Fact]
    public void Products_are_the_sums_in_the_order_of_the_run() =>
        Cases.Sample(c =>
        {
            var products = new BandMatrix(c.Bands).Times(c.Vectors, c.Width);
            Assert.Equal(c.Vectors.Length / c.Width * c.Bands.Length, products.Length);
            for (var i = 0; i < products.Length; i++)
            {
                var (first, weights) = c.Bands[i % c.Bands.Length];
                var vector = c.Vectors.AsSpan(i / c.Bands.Length * c.Width, c.Width);
                var sum = 0.0;
                for (var k = 0; k < weights.Length; k++)
                {
                    sum += weights[k] * vector[first + k];
                }
                Assert.Equal(BitConverter.SingleToInt32Bits((float)sum), BitConverter.SingleToInt32Bits(products[i]));
            }
        });
}
