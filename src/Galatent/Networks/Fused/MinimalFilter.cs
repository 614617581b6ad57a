using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Networks.Fused;

/// <summary>
/// The three products of a <see cref="StridedLink"/> by minimal filtering (Winograd 1980, "Arithmetic complexity of computations"; Lavin and Gray 2016, arXiv:1509.09308),
/// which makes two neighbouring positions at once. Even and odd positions of the fine level are the halves of one row F[j] = (fine[2j], fine[2j + 1]), and a kernel of 4 is a
/// filter of two taps A, B on such rows; for a pair of positions with inputs d0, d1, d2 and outputs y0, y1
/// <code>
/// y0 = (d0 - d1) A + d1 (A + B)        y1 = (d2 - d1) B + d1 (A + B)
/// </code>
/// are three products for four. A kernel of 5 has the taps g0, g1, g2 for the even and g0, g1 for the odd half:
/// <code>
/// y0 = (d0 - d2) g0 + S + T      S = (d1 + d2) (g0 + g1 + g2) / 2
/// y1 = (d3 - d1) g2 + S - T      T = (d2 - d1) (g0 - g1 + g2) / 2
/// </code>
/// seven products for ten, because the odd half has no g2. Sums over channels are taken between the transforms. Up is the same filter with the taps reversed, and the gradient of the taps
/// is the transpose of the bilinear form.
/// </summary>
internal sealed unsafe class MinimalFilter
{
    // Channels come in multiples of a register of AVX-512.
    private const int Channels = 16;

    private readonly TileKernels _kernels;
    private readonly ConvolutionShape _shape;
    private readonly float* _weights;
    private readonly bool _threeTaps;
    private readonly PinnedBuffer _sums;
    private readonly FilterMatrix _near, _far, _sum, _alternating;

    /// <summary>Prepares the products; <see cref="Pack"/> must follow every change of the weights.</summary>
    /// <inheritdoc cref="StridedLink(TileKernels, ConvolutionShape, float*, bool)"/>
    public MinimalFilter(TileKernels kernels, ConvolutionShape shape, float* weights)
    {
        _weights = weights;
        (_kernels, _shape, _threeTaps) = (kernels, shape, shape.Kernel == 5);
        _sums = new PinnedBuffer(2L * Pair * Coarse);
        _near = new FilterMatrix(kernels, weights, Pair, Coarse);
        _far = new FilterMatrix(kernels, weights + ((_threeTaps ? 4 : 2) * Fine * Coarse), _threeTaps ? Fine : Pair, Coarse);
        _sum = new FilterMatrix(kernels, _sums.Pointer, Pair, Coarse);
        _alternating = new FilterMatrix(kernels, _sums.Pointer + (Pair * Coarse), _threeTaps ? Pair : 0, Coarse);
    }

    private int Fine => _shape.InputChannels;

    private int Pair => 2 * _shape.InputChannels;

    private int Coarse => _shape.OutputChannels;

    /// <summary>Whether a convolution has the kernel for it, and channels enough that the transforms cost less than they save: 16 to 16 channels are as fast or slower, 16 to 32 gain 4 %,
    /// 32 to 64 gain 18 %, 64 to 64 gain 28 %.</summary>
    /// <remarks>With a kernel of 5 the halves of a row are made apart, so they must begin with a panel. The answer does not depend on the machine, or the bits of a training would.</remarks>
    public static bool Pays(ConvolutionShape shape) => shape.OutputChannels > Channels && shape.OutputChannels % Channels == 0 && shape.Kernel switch
    {
        4 => shape.InputChannels % Channels == 0,
        5 => shape.InputChannels % (2 * Channels) == 0,
        _ => false,
    };

    /// <summary>Numbers of the transformed gradient of a link.</summary>
    public static int GradientCount(ConvolutionShape shape) => (shape.Kernel == 5 ? 7 : 6) * shape.InputChannels * shape.OutputChannels;

    /// <summary>Transforms the weights and brings them into the kernels' order.</summary>
    public void Pack()
    {
        var size = Pair * Coarse;
        var near = new ReadOnlySpan<float>(_weights, size);
        var far = new ReadOnlySpan<float>(_weights + size, size);
        var sum = _sums.Span[..size];
        if (_threeTaps)
        {
            var alternating = _sums.Span[size..];
            near.CopyTo(alternating);
            var half = alternating[..(size / 2)];
            TensorPrimitives.Add(half, new ReadOnlySpan<float>(_weights + (2 * size), size / 2), half);
            TensorPrimitives.Add(alternating, far, sum);
            TensorPrimitives.Subtract(alternating, far, alternating);
            TensorPrimitives.Multiply(_sums.Span, 0.5f, _sums.Span);
        }
        else
        {
            TensorPrimitives.Add(near, far, sum);
        }
        _near.Pack();
        _far.Pack();
        _sum.Pack();
        _alternating.Pack();
    }

    /// <summary>Fine to coarse.</summary>
    public void Down(float* fine, float* coarse, Activation activation, MinimalScratch scratch)
    {
        var (even, odd, width) = ((_shape.OutputLength + 1) / 2, _shape.OutputLength / 2, Math.Max(Pair, Coarse));
        var block = MinimalScratch.BlockRows(even, width);
        for (var start = 0; start < even; start += block)
        {
            var target = new FilterTarget(coarse, 2 * Coarse, Coarse, activation).At(start * 2 * Coarse);
            DownBlock(fine + (start * 2 * Pair), Math.Min(block, even - start), Math.Min(block, odd - start), target, scratch);
        }
    }

    /// <summary>Coarse to fine; the bias of the activation holds the channels twice.</summary>
    public void Up(float* coarse, float* fine, Activation activation, MinimalScratch scratch)
    {
        var (last, width) = (_shape.OutputLength + ((_shape.Kernel - 1) / 2), Math.Max(Pair, Coarse));
        // Without the odd half of the last row that a kernel of 5 does not make.
        var oddHalves = _shape.OutputLength + 1;
        var even = (last + 1) / 2;
        var block = MinimalScratch.BlockRows(even, width);
        for (var start = 0; start < even; start += block)
        {
            var target = new FilterTarget(fine, 2 * Pair, Pair, activation).At(start * 2 * Pair);
            var (rows0, rows1) = (Math.Min(block, even - start), Math.Min(block, (last / 2) - start));
            if (_threeTaps)
            {
                var odd = new UpRows(rows0, rows1, Math.Min(block, ((oddHalves + 1) / 2) - start), Math.Min(block, (oddHalves / 2) - start));
                UpBlock(coarse + (start * 2 * Coarse), odd, target, scratch);
            }
            else
            {
                UpBlock(coarse + (start * 2 * Coarse), rows0, rows1, target, scratch);
            }
        }
    }

    /// <summary>The transformed gradient of W; replaces or adds.</summary>
    public void Gradient(float* fine, float* coarse, float* sums, bool accumulate, MinimalScratch scratch)
    {
        var (even, odd, width) = ((_shape.OutputLength + 1) / 2, _shape.OutputLength / 2, Math.Max(Pair, Coarse));
        var block = MinimalScratch.BlockRows(even, width);
        for (var start = 0; start < even; start += block)
        {
            GradientBlock(
                fine + (start * 2 * Pair), coarse + (start * 2 * Coarse), Math.Min(block, even - start), Math.Min(block, odd - start), sums, accumulate || start > 0, scratch);
        }
    }

    /// <summary>From the transformed gradient, which is lost, to the gradient of W.</summary>
    public void FinishGradient(float* sums, float* gradient)
    {
        var size = Pair * Coarse;
        var first = new ReadOnlySpan<float>(sums, size);
        var second = new Span<float>(sums + size, size);
        var third = new ReadOnlySpan<float>(sums + (2 * size), size);
        var near = new Span<float>(gradient, size);
        var far = new Span<float>(gradient + size, size);
        if (!_threeTaps)
        {
            TensorPrimitives.Add(first, second, near);
            TensorPrimitives.Add(second, third, far);
            return;
        }
        TensorPrimitives.Subtract(second, third, far);
        TensorPrimitives.Multiply(far, 0.5f, far);
        TensorPrimitives.Add(second, third, second);
        TensorPrimitives.Multiply(second, 0.5f, second);
        TensorPrimitives.Add(first, second, near);
        TensorPrimitives.Add(second[..(size / 2)], new ReadOnlySpan<float>(sums + (3 * size), size / 2), new Span<float>(gradient + (2 * size), size / 2));
    }

    private void DownBlock(float* fine, int even, int odd, FilterTarget target, MinimalScratch scratch)
    {
        var step = 2 * (nint)Pair;
        var rows = scratch.Rows;
        var sum = FilterTarget.Scratch(scratch.Sum, Coarse);
        var (y0, y1) = (target.Plus(scratch.Sum, Coarse), target.At(Coarse));
        if (!_threeTaps)
        {
            _sum.Forward(fine + Pair, 2 * Pair, even, sum);
            PairRows.Subtract(fine, fine + Pair, step, rows, even, Pair);
            _near.Forward(rows, Pair, even, y0);
            PairRows.Subtract(fine + (2 * Pair), fine + Pair, step, rows, odd, Pair);
            _far.Forward(rows, Pair, odd, y1.Plus(scratch.Sum, Coarse));
            return;
        }
        PairRows.Add(fine + Pair, fine + (2 * Pair), step, rows, even, Pair);
        _sum.Forward(rows, Pair, even, sum);
        PairRows.Subtract(fine + (2 * Pair), fine + Pair, step, rows, even, Pair);
        _alternating.Forward(rows, Pair, even, sum.Plus(scratch.Sum, Coarse, scratch.Difference));
        PairRows.Subtract(fine, fine + (2 * Pair), step, rows, even, Pair);
        _near.Forward(rows, Pair, even, y0);
        PairRows.Subtract(fine + (3 * Pair), fine + Pair, step, rows, odd, Fine);
        _far.Forward(rows, Fine, odd, y1.Plus(scratch.Difference, Coarse));
    }

    private void UpBlock(float* coarse, int even, int odd, FilterTarget target, MinimalScratch scratch)
    {
        var step = 2 * (nint)Coarse;
        var rows = scratch.Rows;
        _sum.Backward(coarse, 2 * Coarse, even, FilterTarget.Scratch(scratch.Sum, Pair));
        PairRows.Subtract(coarse - Coarse, coarse, step, rows, even, Coarse);
        _far.Backward(rows, Coarse, even, target.Plus(scratch.Sum, Pair));
        PairRows.Subtract(coarse + Coarse, coarse, step, rows, odd, Coarse);
        _near.Backward(rows, Coarse, odd, target.At(Pair).Plus(scratch.Sum, Pair));
    }

    private void UpBlock(float* coarse, UpRows count, FilterTarget target, MinimalScratch scratch)
    {
        var step = 2 * (nint)Coarse;
        var rows = scratch.Rows;
        var sum = FilterTarget.Scratch(scratch.Sum, Pair);
        var half = target with { Columns = Fine };
        PairRows.Add(coarse - Coarse, coarse, step, rows, count.Even0, Coarse);
        _sum.Backward(rows, Coarse, count.Even0, sum);
        PairRows.Subtract(coarse, coarse - Coarse, step, rows, count.Even0, Coarse);
        _alternating.Backward(rows, Coarse, count.Even0, sum.Plus(scratch.Sum, Pair, scratch.Difference));
        PairRows.Subtract(coarse - (2 * Coarse), coarse, step, rows, count.Even0, Coarse);
        _far.Backward(rows, Coarse, count.Even0, half.Plus(scratch.Sum, Pair));
        _far.Nothing(count.Odd0, half.At(Fine).Plus(scratch.Sum + Fine, Pair));
        PairRows.Subtract(coarse + Coarse, coarse - Coarse, step, rows, count.Even1, Coarse);
        _near.Backward(rows, Coarse, count.Even1, half.At(Pair).Plus(scratch.Difference, Pair));
        _near.Backward(rows, Coarse, count.Odd1, half.At(Pair + Fine).Plus(scratch.Difference + Fine, Pair), firstColumn: Fine);
    }

    private void GradientBlock(float* fine, float* coarse, int even, int odd, float* sums, bool accumulate, MinimalScratch scratch)
    {
        var (step, size) = (2 * (nint)Pair, Pair * Coarse);
        var rows = scratch.Rows;
        PairRows.Add(coarse, coarse + Coarse, 2 * Coarse, scratch.Sum, even, Coarse);
        if (!_threeTaps)
        {
            PairRows.Subtract(fine, fine + Pair, step, rows, even, Pair);
            Outer(rows, Pair, coarse, 2 * Coarse, even, sums, accumulate, Pair);
            Outer(fine + Pair, 2 * Pair, scratch.Sum, Coarse, even, sums + size, accumulate, Pair);
            PairRows.Subtract(fine + (2 * Pair), fine + Pair, step, rows, odd, Pair);
            Outer(rows, Pair, coarse + Coarse, 2 * Coarse, odd, sums + (2 * size), accumulate, Pair);
            return;
        }
        PairRows.Subtract(coarse, coarse + Coarse, 2 * Coarse, scratch.Difference, even, Coarse);
        PairRows.Subtract(fine, fine + (2 * Pair), step, rows, even, Pair);
        Outer(rows, Pair, coarse, 2 * Coarse, even, sums, accumulate, Pair);
        PairRows.Add(fine + Pair, fine + (2 * Pair), step, rows, even, Pair);
        Outer(rows, Pair, scratch.Sum, Coarse, even, sums + size, accumulate, Pair);
        PairRows.Subtract(fine + (2 * Pair), fine + Pair, step, rows, even, Pair);
        Outer(rows, Pair, scratch.Difference, Coarse, even, sums + (2 * size), accumulate, Pair);
        PairRows.Subtract(fine + (3 * Pair), fine + Pair, step, rows, odd, Fine);
        Outer(rows, Fine, coarse + Coarse, 2 * Coarse, odd, sums + (3 * size), accumulate, Fine);
    }

    private void Outer(float* left, int leftStride, float* right, int rightStride, int depth, float* sums, bool accumulate, int rows)
    {
        var product = new ProductTile
        {
            A = left,
            RowStrideA = 1,
            DepthStrideA = leftStride,
            B = right,
            DepthStrideB = rightStride,
            C = sums,
            RowStrideC = Coarse,
            Depth = depth,
            Accumulate = accumulate,
            NegativeSlope = 1,
        };
        PanelProduct.Run(_kernels, true, product, rows, Coarse, _kernels.PanelColumns);
    }

    /// <summary>Rows of a block in <see cref="Up"/>: of the first and the second position of the pairs, the even and the odd half of a row.</summary>
    private readonly record struct UpRows(int Even0, int Even1, int Odd0, int Odd1);
}
