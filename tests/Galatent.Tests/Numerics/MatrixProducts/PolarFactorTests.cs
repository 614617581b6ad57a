using Galatent.Numerics;
using Galatent.Numerics.MatrixProducts;
using TorchSharp;

namespace Galatent.Tests.Numerics.MatrixProducts;

public class PolarFactorTests
{
    // Against the definition by libtorch's singular values in double precision: U f(f(..f(S / |S|))) Vᵀ.
    [Theory]
    [InlineData(3, 5)]
    [InlineData(5, 3)]
    [InlineData(1, 7)]
    [InlineData(40, 40)]
    [InlineData(64, 160)]
    [InlineData(512, 32)]
    public void Iterations_change_singular_values_and_nothing_else(int rows, int columns)
    {
        var values = Normals(rows * columns);
        var polar = new PolarFactor(rows, columns);
        values.CopyTo(polar.Matrix);
        polar.Iterate(5);
        var expected = Expected(values, rows, columns, 5);
        for (var i = 0; i < expected.Length; i++)
        {
            // Float sums of up to 512 terms; a small singular value and its error are enlarged up to 485 times.
            Assert.Equal(expected[i], polar.Matrix[i], 1e-3);
        }
    }

    // The same recursion on the numbers themselves, in double precision, gives 0.682 to 1.202.
    [Fact]
    public void Five_iterations_bring_singular_values_near_one()
    {
        for (var s = 0.003; s < 1; s *= 1.01)
        {
            var rest = Math.Sqrt(1 - (s * s));
            var polar = new PolarFactor(2, 2);
            ((float[])[(float)s, 0, 0, (float)rest]).CopyTo(polar.Matrix);
            polar.Iterate(5);
            Assert.InRange(polar.Matrix[0], 0.68, 1.21);
            Assert.InRange(polar.Matrix[3], rest < 0.003 ? 0 : 0.68, 1.21);
        }
    }

    [Fact]
    public void A_matrix_of_zeros_stays_one()
    {
        var polar = new PolarFactor(4, 3);
        polar.Iterate(5);
        Assert.All(polar.Matrix.ToArray(), value => Assert.Equal(0, value));
    }

    internal static double[] Expected(float[] values, int rows, int columns, int iterations)
    {
        using var scope = torch.NewDisposeScope();
        var matrix = torch.tensor(values, rows, columns).to_type(torch.ScalarType.Float64);
        var (u, s, vh) = torch.linalg.svd(matrix, fullMatrices: false);
        var singular = s.contiguous().data<double>().ToArray();
        var norm = Math.Sqrt(singular.Sum(value => value * value));
        for (var i = 0; i < singular.Length; i++)
        {
            var value = singular[i] / norm;
            for (var j = 0; j < iterations; j++)
            {
                value = (3.4445 * value) - (4.7750 * Math.Pow(value, 3)) + (2.0315 * Math.Pow(value, 5));
            }
            singular[i] = value;
        }
        return u.mul(torch.tensor(singular)).matmul(vh).contiguous().data<double>().ToArray();
    }

    private static float[] Normals(int count)
    {
        var stream = new RandomStream(3, "polar");
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
        {
            value = (float)stream.NextNormal();
        }
        return values;
    }
}
