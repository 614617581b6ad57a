using System.Numerics.Tensors;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Networks.Fused;

/// <summary>
/// One matrix inside the flat block: some blocks of rows side by side. A convolution of the encoder, and a dense layer, is one block W
/// [inputs, outputs]. A convolution of the decoder has a block [fine channel, coarse channel] for each tap, and the fine channels are its
/// outputs.
/// </summary>
/// <param name="offset">First number.</param>
/// <param name="rows">Rows.</param>
/// <param name="width">Columns of a block.</param>
/// <param name="stride">Floats from one row of a block to the next.</param>
/// <param name="blocks">Blocks; one begins where the rows of the last end.</param>
internal sealed unsafe class MuonMatrix(int offset, int rows, int width, int stride, int blocks)
{
    private readonly PolarFactor _polar = new(rows, width * blocks);

    /// <summary>Work of an update: products of three matrices, two of them with the longer side.</summary>
    public double Cost => (double)rows * width * blocks * Math.Min(rows, width * blocks);

    /// <summary>Replaces what stands at this matrix's place by its polar factor, times the length of an update.</summary>
    /// <param name="direction">The flat block.</param>
    /// <param name="options">Iterations.</param>
    public void Orthogonalize(float* direction, MuonOptions options)
    {
        for (var block = 0; block < blocks; block++)
        {
            for (var row = 0; row < rows; row++)
            {
                new ReadOnlySpan<float>(direction + Place(block, row), width).CopyTo(Part(block, row));
            }
        }
        _polar.Iterate(options.Iterations);
        var size = (float)MuonOptions.Length(_polar.Rows, _polar.Columns);
        for (var block = 0; block < blocks; block++)
        {
            for (var row = 0; row < rows; row++)
            {
                TensorPrimitives.Multiply(Part(block, row), size, new Span<float>(direction + Place(block, row), width));
            }
        }
    }

    private nint Place(int block, int row) => offset + (((nint)block * rows) + row) * stride;

    private Span<float> Part(int block, int row) => _polar.Matrix.Slice((row * width * blocks) + (block * width), width);
}
