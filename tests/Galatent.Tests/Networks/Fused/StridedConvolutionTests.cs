using Galatent.Networks;
using Galatent.Networks.Fused;
using Galatent.Numerics;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Tests.Networks.Fused;

/// <summary>The three products of a convolution against its definition in double precision.</summary>
public sealed unsafe class StridedConvolutionTests
{
    private const int Padding = StridedConvolution.PaddingRows;

    // Addresses keep nothing alive; this object does, for as long as its test runs.
    private readonly List<object> _alive = [];

    // Blocks of one and of several pairs, coarse levels of even and of odd length, halves of a register and several panels.
    public static TheoryData<int, int, int, int> Shapes =>
        [
            .. from shape in new[] { (4, 16, 32), (4, 32, 48), (4, 64, 64), (5, 32, 32), (5, 64, 80), (5, 32, 16), (4, 16, 16), (3, 8, 6) }
            from length in new[] { 1, 2, 3, 32, 133, 260 }
            select (shape.Item1, shape.Item2, shape.Item3, length),
        ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Products_are_those_of_the_definition(int kernel, int fineChannels, int coarseChannels, int length)
    {
        var shape = new ConvolutionShape((2 * (length - 1)) + kernel, length, kernel, fineChannels, coarseChannels);
        var fine = Level(shape.InputLength, fineChannels, "fine");
        var coarse = Level(length, coarseChannels, "coarse");
        var weights = Draw(kernel * fineChannels * coarseChannels, "weights");
        var (down, up, gradient) = Expected(shape, fine, coarse, weights);
        foreach (var kernels in new[] { TileKernels.Native, TileKernels.Best })
        {
            var link = Keep(new StridedConvolution(kernels, shape, weights.Pointer));
            link.Pack();

            // In place, as on the way back: the level holds the signs of the LeakyReLU before it holds the derivatives.
            var signs = Copy(coarse);
            link.Down(At(fine, fineChannels), At(signs, coarseChannels), Activation.Backward(At(signs, coarseChannels), 0.25f));
            AssertLevel(
                down.Zip(Inside(coarse, coarseChannels, length), (value, sign) => sign > 0 ? value : 0.25 * value),
                signs,
                coarseChannels,
                length
            );

            var fineSigns = Copy(fine);
            link.Up(At(coarse, coarseChannels), At(fineSigns, fineChannels), Activation.Backward(At(fineSigns, fineChannels), 0.25f));
            AssertLevel(
                up.Zip(Inside(fine, fineChannels, shape.InputLength), (value, sign) => sign > 0 ? value : 0.25 * value),
                fineSigns,
                fineChannels,
                shape.InputLength
            );

            var actual = Keep(new PinnedBuffer(weights.Count));
            link.Gradient(At(fine, fineChannels), At(coarse, coarseChannels), actual.Pointer, false);
            link.Gradient(At(fine, fineChannels), At(coarse, coarseChannels), actual.Pointer, true);
            AssertClose(gradient.Select(g => 2 * g), actual.Span.ToArray());
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Bias_and_LeakyReLU_follow_the_sums(int kernel)
    {
        var shape = new ConvolutionShape(40 + kernel, 21, kernel, 32, 32);
        var fine = Level(shape.InputLength, 32, "fine");
        var coarse = Level(21, 32, "coarse");
        var weights = Draw(kernel * 32 * 32, "weights");
        var bias = Draw(32, "bias");
        var repeated = Keep(new PinnedBuffer(32 * 32));
        for (var i = 0; i < repeated.Count; i++)
        {
            repeated.Span[i] = bias.Span[i % 32];
        }
        var (down, up, _) = Expected(shape, fine, coarse, weights);
        var link = Keep(new StridedConvolution(TileKernels.Best, shape, weights.Pointer));
        link.Pack();
        var actualDown = Level(21, 32, "other");
        var actualUp = Level(shape.InputLength, 32, "other");
        link.Down(At(fine, 32), At(actualDown, 32), Activation.Forward(bias.Pointer, 0.1f));
        link.Up(At(coarse, 32), At(actualUp, 32), Activation.Forward(repeated.Pointer, 0.1f));
        AssertLevel(down.Select(Leaky), actualDown, 32, 21);
        AssertLevel(up.Select(Leaky), actualUp, 32, shape.InputLength);

        double Leaky(double value, int index)
        {
            var sum = value + bias.Span[index % 32];
            return sum > 0 ? sum : 0.1 * sum;
        }
    }

    private T Keep<T>(T owner)
        where T : class
    {
        _alive.Add(owner);
        return owner;
    }

    private static (double[] Down, double[] Up, double[] Gradient) Expected(
        ConvolutionShape shape,
        PinnedBuffer fine,
        PinnedBuffer coarse,
        PinnedBuffer weights
    )
    {
        var f = shape.InputChannels;
        var g = shape.OutputChannels;
        var x = Inside(fine, f, shape.InputLength);
        var y = Inside(coarse, g, shape.OutputLength);
        var down = new double[shape.OutputLength * g];
        var up = new double[shape.InputLength * f];
        var gradient = new double[weights.Count];
        for (var p = 0; p < shape.OutputLength; p++)
        {
            for (var i = 0; i < shape.Kernel * f; i++)
            {
                // Kernel and channels of a patch are neighbours in memory.
                var at = (2 * p * f) + i;
                for (var c = 0; c < g; c++)
                {
                    double w = weights.Span[(i * g) + c];
                    down[(p * g) + c] += x[at] * w;
                    up[at] += y[(p * g) + c] * w;
                    gradient[(i * g) + c] += (double)x[at] * y[(p * g) + c];
                }
            }
        }
        return (down, up, gradient);
    }

    private static float[] Inside(PinnedBuffer level, int channels, int length) =>
        level.Span.Slice(Padding * channels, length * channels).ToArray();

    private static float* At(PinnedBuffer level, int channels) => level.Pointer + (Padding * channels);

    private static void AssertLevel(IEnumerable<double> expected, PinnedBuffer actual, int channels, int length)
    {
        AssertClose(expected, Inside(actual, channels, length));
        Assert.All(actual.Span[..(Padding * channels)].ToArray(), v => Assert.Equal(0, v));
        Assert.All(actual.Span[((Padding + length) * channels)..].ToArray(), v => Assert.Equal(0, v));
    }

    private static void AssertClose(IEnumerable<double> expected, float[] actual)
    {
        double[] wanted = [.. expected];
        Assert.Equal(wanted.Length, actual.Length);
        // Sums of up to 400 products in float32: the error of the sum of deviates grows as their number's root.
        var tolerance = 4e-6 * wanted.Max(Math.Abs);
        for (var i = 0; i < wanted.Length; i++)
        {
            Assert.Equal(wanted[i], actual[i], tolerance);
        }
    }

    private PinnedBuffer Copy(PinnedBuffer values)
    {
        var copy = Keep(new PinnedBuffer(values.Count));
        values.Span.CopyTo(copy.Span);
        return copy;
    }

    private PinnedBuffer Level(int length, int channels, string purpose)
    {
        var level = Keep(new PinnedBuffer((length + (2 * Padding)) * channels));
        Draw(length * channels, purpose).Span.CopyTo(level.Span[(Padding * channels)..]);
        return level;
    }

    private PinnedBuffer Draw(int count, string purpose)
    {
        var stream = new RandomStream(5, purpose);
        var values = Keep(new PinnedBuffer(count));
        foreach (ref var value in values.Span)
        {
            value = (float)stream.NextNormal();
        }
        return values;
    }
}
