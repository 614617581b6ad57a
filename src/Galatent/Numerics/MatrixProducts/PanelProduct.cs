namespace Galatent.Numerics.MatrixProducts;

/// <summary>
/// One product of moderate size on one thread, from pointers: the columns of B come in panels of <see cref="TileKernels.PanelColumns"/>,
/// each of which stays in the caches while all rows of A pass. Callers block larger products and check the sizes.
/// </summary>
internal static unsafe class PanelProduct
{
    /// <summary>Runs the product.</summary>
    /// <param name="kernels">Register width.</param>
    /// <param name="transposed">Whether the rows of A, not its depths, are neighbours in memory.</param>
    /// <param name="product">Row 0, depth 0, column 0 of everything.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="columns">Columns of B and C. When not a multiple of the lanes, B must be readable up to the next multiple.</param>
    /// <param name="panelStride">Floats from one panel of B to the next: depth x panel columns when packed, panel columns when not.</param>
    public static void Run(TileKernels kernels, bool transposed, in ProductTile product, int rows, int columns, nint panelStride)
    {
        // Tiles of nearly equal height: 64 rows are 6 tiles of 10 or 11 rows, not 5 of 12 and one of 4 that hides no latency.
        var tiles = (rows + kernels.Tallest - 1) / kernels.Tallest;
        var tile = product;
        for (var column = 0; column < columns; column += kernels.PanelColumns)
        {
            var width = Math.Min(columns - column, kernels.PanelColumns);
            tile.B = product.B + (column / kernels.PanelColumns * panelStride);
            tile.Bias = product.Bias == null ? null : product.Bias + column;
            for (int t = 0, row = 0; t < tiles; t++)
            {
                var height = (int)((long)rows * (t + 1) / tiles) - row;
                tile.A = product.A + (transposed ? row : row * product.RowStrideA);
                tile.C = product.C + (row * product.RowStrideC) + column;
                tile.SignOf = product.SignOf == null ? null : product.SignOf + (row * product.RowStrideC) + column;
                if (width % kernels.Lanes == 0)
                {
                    kernels[height, width / kernels.Lanes, transposed](&tile);
                }
                else
                {
                    RunNarrow(kernels, transposed, tile, height, width);
                }
                row += height;
            }
        }
    }

    // The last columns do not fill a register: the kernel writes a scratch tile, and a scalar loop finishes the columns that exist.
    private static void RunNarrow(TileKernels kernels, bool transposed, in ProductTile tile, int height, int width)
    {
        var scratch = stackalloc float[TileKernels.MaxRows * kernels.PanelColumns];
        var sums = new ProductTile
        {
            A = tile.A,
            RowStrideA = tile.RowStrideA,
            DepthStrideA = tile.DepthStrideA,
            B = tile.B,
            DepthStrideB = tile.DepthStrideB,
            Depth = tile.Depth,
            C = scratch,
            RowStrideC = kernels.PanelColumns,
            NegativeSlope = 1,
        };
        kernels[height, ((width - 1) / kernels.Lanes) + 1, transposed](&sums);
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                Finish(tile, (row * tile.RowStrideC) + column, column, scratch[(row * kernels.PanelColumns) + column]);
            }
        }
    }

    private static void Finish(in ProductTile tile, nint offset, int column, float value)
    {
        if (tile.Accumulate)
        {
            value += tile.C[offset];
        }
        if (tile.Bias != null)
        {
            value += tile.Bias[column];
        }
        var sign = tile.SignOf == null ? value : tile.SignOf[offset];
        tile.C[offset] = sign > 0 ? value : value * tile.NegativeSlope;
    }
}
