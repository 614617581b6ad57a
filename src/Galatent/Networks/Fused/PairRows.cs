using System.Numerics;
using System.Runtime.CompilerServices;

namespace Galatent.Networks.Fused;

/// <summary>Sums and differences of rows that lie regularly in memory.</summary>
internal static unsafe class PairRows
{
    /// <summary>Row i of the result is row i of the one plus row i of the other.</summary>
    /// <param name="a">First row of the one.</param>
    /// <param name="b">First row of the other.</param>
    /// <param name="stride">Floats from row to row of both.</param>
    /// <param name="target">Receives the rows, one after the other.</param>
    /// <param name="rows">How many.</param>
    /// <param name="width">Numbers in a row, a multiple of <see cref="Vector{T}"/>'s.</param>
    public static void Add(float* a, float* b, nint stride, float* target, int rows, int width)
    {
        for (var row = 0; row < rows; row++, a += stride, b += stride, target += width)
        {
            for (var i = 0; i < width; i += Vector<float>.Count)
            {
                Unsafe.WriteUnaligned(target + i, Unsafe.ReadUnaligned<Vector<float>>(a + i) + Unsafe.ReadUnaligned<Vector<float>>(b + i));
            }
        }
    }

    /// <summary>Row i of the result is row i of the one minus row i of the other.</summary>
    /// <inheritdoc cref="Add"/>
    public static void Subtract(float* a, float* b, nint stride, float* target, int rows, int width)
    {
        for (var row = 0; row < rows; row++, a += stride, b += stride, target += width)
        {
            for (var i = 0; i < width; i += Vector<float>.Count)
            {
                Unsafe.WriteUnaligned(target + i, Unsafe.ReadUnaligned<Vector<float>>(a + i) - Unsafe.ReadUnaligned<Vector<float>>(b + i));
            }
        }
    }
}
