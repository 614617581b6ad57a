namespace Galatent.Numerics;

/// <summary>Where element (depth, column) of an unpacked right-hand matrix is: <c>Values[depth * DepthStride + column * ColumnStride]</c>.</summary>
internal readonly unsafe record struct PanelSource(nint Values, nint DepthStride, nint ColumnStride)
{
    public PanelSource(float* values, nint depthStride, nint columnStride)
        : this((nint)values, depthStride, columnStride)
    {
    }
}

/// <summary>Copies a right-hand matrix into panels; columns beyond the last are zero, so that a kernel may read whole registers.</summary>
internal static unsafe class PanelPacking
{
    /// <summary>Packs <paramref name="depth"/> x <paramref name="columns"/> numbers into <paramref name="panels"/>.</summary>
    public static void Pack(PanelSource source, int depth, int columns, int panelColumns, float* panels)
    {
        for (var column = 0; column < columns; column += panelColumns)
        {
            var width = Math.Min(panelColumns, columns - column);
            var first = (float*)source.Values + (column * source.ColumnStride);
            for (var d = 0; d < depth; d++, panels += panelColumns)
            {
                CopyRow(first + (d * source.DepthStride), source.ColumnStride, width, panels);
                new Span<float>(panels + width, panelColumns - width).Clear();
            }
        }
    }

    private static void CopyRow(float* source, nint stride, int width, float* target)
    {
        if (stride == 1)
        {
            new ReadOnlySpan<float>(source, width).CopyTo(new Span<float>(target, width));
            return;
        }
        for (var i = 0; i < width; i++)
        {
            target[i] = source[i * stride];
        }
    }
}
