using System.Numerics;
using System.Runtime.CompilerServices;

namespace Galatent.Networks.Fused;

/// <summary>One level of one spectrum: rows of channels, one per position.</summary>
/// <param name="First">Position 0, channel 0.</param>
/// <param name="RowStride">Floats from one position to the next.</param>
internal readonly unsafe record struct LevelRows(nint First, int RowStride)
{
    /// <summary>Channel 0 of a position.</summary>
    public float* At(int position) => (float*)First + ((nint)position * RowStride);
}

/// <summary>Between a fine level and the matrix of the patches that the kernel of a stride-2 convolution sees, one row per coarse
/// position.</summary>
internal static unsafe class PatchRows
{
    /// <summary>Copies the patches of one spectrum.</summary>
    public static void Gather(ConvolutionShape shape, LevelRows fine, float* patches, int patchStride)
    {
        for (var p = 0; p < shape.OutputLength; p++)
        {
            for (var tap = 0; tap < shape.Kernel; tap++)
            {
                var source = new ReadOnlySpan<float>(fine.At((2 * p) + tap), shape.InputChannels);
                source.CopyTo(new Span<float>(patches + ((nint)p * patchStride) + (tap * shape.InputChannels), shape.InputChannels));
            }
        }
    }

    /// <summary>The reverse: every fine position becomes the sum of what the patches hold for it, then bias and LeakyReLU or the latter's
    /// derivative.</summary>
    public static void Fold(ConvolutionShape shape, float* patches, int patchStride, LevelRows fine, Activation activation)
    {
        var channels = shape.InputChannels;
        var patch = stackalloc float*[3];
        for (var x = 0; x < shape.InputLength; x++)
        {
            var count = 0;
            for (var p = Math.Max(0, (x - shape.Kernel + 2) / 2); p <= Math.Min(x / 2, shape.OutputLength - 1); p++)
            {
                patch[count++] = patches + ((nint)p * patchStride) + ((x - (2 * p)) * channels);
            }
            var target = fine.At(x);
            var sign = activation.SignOf == 0 ? 0 : activation.SignOf + ((nint)target - fine.First);
            FoldRow(patch, count, target, channels, activation with { SignOf = sign });
        }
    }

    private static void FoldRow(float** patch, int count, float* target, int channels, Activation activation)
    {
        var c = 0;
        for (; c + Vector<float>.Count <= channels; c += Vector<float>.Count)
        {
            var sum = Vector<float>.Zero;
            for (var i = 0; i < count; i++)
            {
                sum += Unsafe.ReadUnaligned<Vector<float>>(patch[i] + c);
            }
            if (activation.Bias != 0)
            {
                sum += Unsafe.ReadUnaligned<Vector<float>>((float*)activation.Bias + c);
            }
            var sign = activation.SignOf == 0 ? sum : Unsafe.ReadUnaligned<Vector<float>>((float*)activation.SignOf + c);
            Unsafe.WriteUnaligned(
                target + c,
                Vector.ConditionalSelect(Vector.GreaterThan(sign, Vector<float>.Zero), sum, sum * activation.NegativeSlope)
            );
        }
        for (; c < channels; c++)
        {
            var sum = 0f;
            for (var i = 0; i < count; i++)
            {
                sum += patch[i][c];
            }
            sum += activation.Bias == 0 ? 0 : ((float*)activation.Bias)[c];
            var sign = activation.SignOf == 0 ? sum : ((float*)activation.SignOf)[c];
            target[c] = sign > 0 ? sum : sum * activation.NegativeSlope;
        }
    }
}
