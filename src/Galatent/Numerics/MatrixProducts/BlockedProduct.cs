using System.Buffers;

namespace Galatent.Numerics.MatrixProducts;

/// <summary>A product of any size: cut into column or row ranges for the threads, and into blocks for the caches.</summary>
internal static unsafe class BlockedProduct
{
    private const int CacheLineFloats = 16;

    // Below this many multiply-adds (about 20 microseconds) waking another thread costs more than it saves.
    private const long WorthAThread = 1_000_000;

    /// <summary>Runs the product; <paramref name="product"/>.B points to packed panels.</summary>
    public static void Run(TileKernels kernels, in ProductTile product, int rows, int columns, int threads)
    {
        var panels = (columns + kernels.PanelColumns - 1) / kernels.PanelColumns;
        threads = (int)Math.Clamp((long)rows * columns * product.Depth / WorthAThread, 1, threads);
        var byColumns = panels >= 4 * threads;
        var parts = Math.Min(threads, byColumns ? panels : rows);
        if (parts == 1)
        {
            RunPart(kernels, product, rows, columns);
            return;
        }
        var whole = product;
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts }, i =>
        {
            var part = whole;
            var unit = byColumns ? kernels.PanelColumns : 1;
            var first = (int)((long)(byColumns ? panels : rows) * i / parts) * unit;
            var end = Math.Min((int)((long)(byColumns ? panels : rows) * (i + 1) / parts) * unit, byColumns ? columns : rows);
            if (byColumns)
            {
                part.B += first * part.Depth;
                part.C += first;
                part.Bias = part.Bias == null ? null : part.Bias + first;
            }
            else
            {
                part.A += first * part.RowStrideA;
                part.C += first * part.RowStrideC;
            }
            RunPart(kernels, part, byColumns ? rows : end - first, byColumns ? end - first : columns);
        });
    }

    private static void RunPart(TileKernels kernels, in ProductTile product, int rows, int columns)
    {
        const int Stride = MatrixProduct.DepthBlock + CacheLineFloats;
        var buffer = ArrayPool<float>.Shared.Rent(MatrixProduct.RowBlock * Stride);
        fixed (float* scratch = buffer)
        {
            // Blocks of equal height: 128 rows are two of 64, not one of 120 and one of 8 for which all of B would be read again.
            var blocks = (rows + MatrixProduct.RowBlock - 1) / MatrixProduct.RowBlock;
            for (int block = 0, row = 0; block < blocks; block++)
            {
                var end = (int)((long)rows * (block + 1) / blocks);
                for (nint depth = 0; depth < product.Depth; depth += MatrixProduct.DepthBlock)
                {
                    RunBlock(kernels, product, row, end - row, columns, depth, scratch);
                }
                row = end;
            }
        }
        ArrayPool<float>.Shared.Return(buffer);
    }

    private static void RunBlock(TileKernels kernels, in ProductTile product, int row, int rows, int columns, nint depth, float* scratch)
    {
        var transposed = product.DepthStrideA != 1;
        var depths = Math.Min(MatrixProduct.DepthBlock, product.Depth - depth);
        var isLast = depth + depths == product.Depth;
        var block = product;
        // A copy of A's block, because rows that are a power of two apart fall into the same few cache sets; the odd cache line spreads
        // them.
        var (lines, length) = transposed ? ((int)depths, rows) : (rows, (int)depths);
        var lineStride = transposed ? product.DepthStrideA : product.RowStrideA;
        nint scratchStride = transposed ? MatrixProduct.RowBlock : MatrixProduct.DepthBlock + CacheLineFloats;
        var first = product.A + (row * product.RowStrideA) + (depth * product.DepthStrideA);
        for (var line = 0; line < lines; line++)
        {
            new ReadOnlySpan<float>(first + (line * lineStride), length).CopyTo(new Span<float>(scratch + (line * scratchStride), length));
        }
        block.A = scratch;
        block.RowStrideA = transposed ? 1 : scratchStride;
        block.DepthStrideA = transposed ? scratchStride : 1;
        block.B = product.B + (depth * product.DepthStrideB);
        block.C = product.C + (row * product.RowStrideC);
        block.Depth = depths;
        block.Accumulate = product.Accumulate || depth > 0;
        block.Bias = isLast ? product.Bias : null;
        block.NegativeSlope = isLast ? product.NegativeSlope : 1;
        PanelProduct.Run(kernels, transposed, block, rows, columns, product.Depth * kernels.PanelColumns);
    }
}
