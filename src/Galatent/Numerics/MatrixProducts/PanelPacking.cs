using System.Runtime.Intrinsics;

namespace Galatent.Numerics.MatrixProducts;

/// <summary>Where element (depth, column) of an unpacked right-hand matrix is: <c>Values[depth * DepthStride + column *
/// ColumnStride]</c>.</summary>
internal readonly unsafe record struct PanelSource(nint Values, nint DepthStride, nint ColumnStride)
{
    public PanelSource(float* values, nint depthStride, nint columnStride)
        : this((nint)values, depthStride, columnStride) { }
}

/// <summary>Copies a right-hand matrix into panels; columns beyond the last are zero, so that a kernel may read whole registers.</summary>
internal static unsafe class PanelPacking
{
    /// <summary>Floats that the panels take.</summary>
    public static long Size(TileKernels kernels, int depth, int columns) =>
        ((long)columns + kernels.PanelColumns - 1) / kernels.PanelColumns * kernels.PanelColumns * depth;

    /// <summary>Packs <paramref name="depth"/> x <paramref name="columns"/> numbers; consecutive panels begin
    /// <paramref name="panelStride"/> floats apart.</summary>
    public static void Pack(TileKernels kernels, PanelSource source, int depth, int columns, float* panels, nint panelStride)
    {
        for (var column = 0; column < columns; column += kernels.PanelColumns)
        {
            var width = Math.Min(kernels.PanelColumns, columns - column);
            var first = (float*)source.Values + (column * source.ColumnStride);
            if (source.ColumnStride == 1)
            {
                CopyRows(first, source.DepthStride, depth, width, kernels.PanelColumns, panels);
            }
            else
            {
                CopyColumns(first, source, depth, width, kernels.PanelColumns, panels);
            }
            panels += panelStride;
        }
    }

    private static void CopyRows(float* first, nint stride, int depth, int width, int panelColumns, float* panel)
    {
        for (var d = 0; d < depth; d++, panel += panelColumns)
        {
            new ReadOnlySpan<float>(first + (d * stride), width).CopyTo(new Span<float>(panel, width));
            new Span<float>(panel + width, panelColumns - width).Clear();
        }
    }

    // In blocks of sixteen depths, so that the cache lines on both sides are used up before they leave the first-level cache.
    private static void CopyColumns(float* first, PanelSource source, int depth, int width, int panelColumns, float* panel)
    {
        const int Block = 16;
        for (var start = 0; start < depth; start += Block)
        {
            var length = Math.Min(Block, depth - start);
            var target = panel + (start * panelColumns);
            var from = first + (start * source.DepthStride);
            var column = 0;
            for (
                ;
                column + Vector128<float>.Count <= width;
                column += Vector128<float>.Count, from += Vector128<float>.Count * source.ColumnStride
            )
            {
                CopyFourColumns(from, source, length, panelColumns, target + column);
            }
            for (; column < width; column++, from += source.ColumnStride)
            {
                for (var d = 0; d < length; d++)
                {
                    target[(d * panelColumns) + column] = from[d * source.DepthStride];
                }
            }
            for (var d = 0; d < length; d++)
            {
                new Span<float>(target + (d * panelColumns) + width, panelColumns - width).Clear();
            }
        }
    }

    private static void CopyFourColumns(float* from, PanelSource source, int length, int panelColumns, float* target)
    {
        var second = source.ColumnStride;
        var third = 2 * source.ColumnStride;
        var fourth = 3 * source.ColumnStride;
        for (var d = 0; d < length; d++, from += source.DepthStride, target += panelColumns)
        {
            Vector128.Create(from[0], from[second], from[third], from[fourth]).Store(target);
        }
    }
}
