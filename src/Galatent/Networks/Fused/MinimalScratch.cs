using Galatent.Numerics;

namespace Galatent.Networks.Fused;

/// <summary>
/// One worker's room for the transformed rows and the partial results of a block of <see cref="MinimalFilter"/>. A block is so short that its rows stay in the first-level cache;
/// whole levels at once were as fast, but needed 0.4 MB.
/// </summary>
internal sealed unsafe class MinimalScratch
{
    // 16 kB: half of the first-level cache of today's processors.
    private const int BlockFloats = 4096;

    private readonly PinnedBuffer _values;
    private readonly int _part;

    /// <summary>Allocates for the largest of some links.</summary>
    public MinimalScratch(IEnumerable<ConvolutionShape> shapes)
    {
        _part = shapes.Select(shape => Math.Max(2 * shape.InputChannels, shape.OutputChannels))
            .Select(width => Math.Max(BlockFloats, TileKernels.MaxRows * width)).DefaultIfEmpty(0).Max();
        _values = new PinnedBuffer(3L * _part);
    }

    /// <summary>Transformed rows.</summary>
    public float* Rows => _values.Pointer;

    /// <summary>Sums of two positions.</summary>
    public float* Sum => _values.Pointer + _part;

    /// <summary>Differences of two positions.</summary>
    public float* Difference => _values.Pointer + (2 * _part);

    /// <summary>Rows of a block of so wide rows, so that all blocks are about equal.</summary>
    public static int BlockRows(int rows, int width)
    {
        var most = Math.Max(TileKernels.MaxRows, BlockFloats / width);
        var blocks = (rows + most - 1) / most;
        return (rows + blocks - 1) / blocks;
    }
}
