using System.Numerics;
using System.Runtime.CompilerServices;

namespace Galatent.Networks.Fused;

/// <summary>Reductions that accompany the matrix products: bias gradients and the squared error.</summary>
internal static unsafe class RowSums
{
    /// <summary>Sums rows by column: the gradient of a bias.</summary>
    /// <param name="first">First number.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="sums">One number per column.</param>
    /// <param name="accumulate">Adds instead of replacing.</param>
    public static void ByColumn(float* first, int rows, int width, int stride, float* sums, bool accumulate)
    {
        var column = 0;
        for (; column + Vector<float>.Count <= width; column += Vector<float>.Count)
        {
            var sum = VectorColumn(first + column, rows, stride);
            sum += accumulate ? Unsafe.ReadUnaligned<Vector<float>>(sums + column) : Vector<float>.Zero;
            Unsafe.WriteUnaligned(sums + column, sum);
        }
        for (; column < width; column++)
        {
            double sum = accumulate ? sums[column] : 0;
            for (var row = 0; row < rows; row++)
            {
                sum += first[((nint)row * stride) + column];
            }
            sums[column] = (float)sum;
        }
    }

    /// <summary>
    /// Σ (x' - x)² of one spectrum, in double, twice; x' is replaced by its derivative, <paramref name="factor"/> × (x' - x).
    /// </summary>
    public static (double Plain, double Weighted) SquaredError(ReadOnlySpan<float> flux, Span<float> reconstruction, float factor)
    {
        var low = Vector<double>.Zero;
        var high = Vector<double>.Zero;
        var i = 0;
        for (; i + Vector<float>.Count <= flux.Length; i += Vector<float>.Count)
        {
            var difference = new Vector<float>(reconstruction[i..]) - new Vector<float>(flux[i..]);
            Vector.Widen(difference, out var first, out var second);
            low += first * first;
            high += second * second;
            (difference * factor).CopyTo(reconstruction[i..]);
        }
        var sum = Vector.Sum(low + high);
        for (; i < flux.Length; i++)
        {
            var difference = reconstruction[i] - flux[i];
            sum += (double)difference * difference;
            reconstruction[i] = difference * factor;
        }
        return (sum, sum);
    }

    /// <summary>Σ (x' - x)² and Σ w (x' - x)² of one spectrum, in double; x' is replaced by its derivative, <paramref name="factor"/>
    /// × w (x' - x). The plain sum may leave out pixels of weight 0.</summary>
    public static (double Plain, double Weighted) SquaredError(
        ReadOnlySpan<float> flux,
        Span<float> reconstruction,
        ReadOnlySpan<float> weights,
        float factor,
        bool leavesOutGaps
    )
    {
        var plain = Vector<double>.Zero;
        var weighted = Vector<double>.Zero;
        var i = 0;
        for (; i + Vector<float>.Count <= flux.Length; i += Vector<float>.Count)
        {
            var weight = new Vector<float>(weights[i..]);
            var difference = new Vector<float>(reconstruction[i..]) - new Vector<float>(flux[i..]);
            Vector.Widen(difference, out var first, out var second);
            Vector.Widen(weight, out var firstWeight, out var secondWeight);
            if (leavesOutGaps)
            {
                var seen = Vector.ConditionalSelect(Vector.GreaterThan(weight, Vector<float>.Zero), difference, Vector<float>.Zero);
                Vector.Widen(seen, out var firstSeen, out var secondSeen);
                plain += (firstSeen * firstSeen) + (secondSeen * secondSeen);
            }
            else
            {
                plain += (first * first) + (second * second);
            }
            weighted += (firstWeight * first * first) + (secondWeight * second * second);
            (difference * weight * factor).CopyTo(reconstruction[i..]);
        }
        var sum = Vector.Sum(plain);
        var weightedSum = Vector.Sum(weighted);
        for (; i < flux.Length; i++)
        {
            var difference = reconstruction[i] - flux[i];
            sum += leavesOutGaps && !(weights[i] > 0) ? 0 : (double)difference * difference;
            weightedSum += (double)weights[i] * difference * difference;
            reconstruction[i] = difference * weights[i] * factor;
        }
        return (sum, weightedSum);
    }

    // Four chains of additions, because one would wait four cycles for each.
    private static Vector<float> VectorColumn(float* first, int rows, int stride)
    {
        var a = Vector<float>.Zero;
        var b = Vector<float>.Zero;
        var c = Vector<float>.Zero;
        var d = Vector<float>.Zero;
        var row = 0;
        for (; row + 4 <= rows; row += 4, first += 4 * (nint)stride)
        {
            a += Unsafe.ReadUnaligned<Vector<float>>(first);
            b += Unsafe.ReadUnaligned<Vector<float>>(first + stride);
            c += Unsafe.ReadUnaligned<Vector<float>>(first + (2 * (nint)stride));
            d += Unsafe.ReadUnaligned<Vector<float>>(first + (3 * (nint)stride));
        }
        for (; row < rows; row++, first += stride)
        {
            a += Unsafe.ReadUnaligned<Vector<float>>(first);
        }
        return a + b + (c + d);
    }
}
