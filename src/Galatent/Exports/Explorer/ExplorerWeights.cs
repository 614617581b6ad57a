using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Galatent.Networks;

namespace Galatent.Exports.Explorer;

/// <summary>The decoder's numbers as text. Each block is divided by its largest number before it becomes float16: whatever its size, a
/// weight keeps eleven bits.</summary>
internal static class ExplorerWeights
{
    /// <summary>The decoder's layers, in the order of use.</summary>
    public static ExplorerLayer[] Layers(KernelPlan plan) =>
        [.. plan.Layers.Reverse().Select(l => new ExplorerLayer(l.Kernel, l.OutputChannels, l.InputChannels, l.OutputLength))];

    /// <summary>Blocks and numbers of the decoder, in the order of use.</summary>
    public static (ExplorerBlock[] Blocks, string Weights) Pack(NetworkWeights weights)
    {
        var names = Enumerable.Range(0, weights.Layout.Plan.Layers.Count).Select(i => $"decoder.{i}").Prepend("decoder.input");
        string[] parts = [.. names.SelectMany(n => new[] { $"{n}.weight", $"{n}.bias" })];
        var blocks = new List<ExplorerBlock>();
        var numbers = new List<Half>();
        foreach (var part in parts)
        {
            var values = weights.Block(part);
            var largest = Math.Abs(TensorPrimitives.MaxMagnitude<float>(values));
            var scale = largest > 0 ? largest : 1;
            blocks.Add(new ExplorerBlock(values.Length, scale));
            foreach (var value in values)
            {
                numbers.Add((Half)(value / scale));
            }
        }
        return ([.. blocks], Base64(CollectionsMarshal.AsSpan(numbers), 2, BinaryPrimitives.WriteHalfLittleEndian));
    }

    /// <summary>float32 as text.</summary>
    public static string Singles(ReadOnlySpan<float> values) => Base64(values, 4, BinaryPrimitives.WriteSingleLittleEndian);

    /// <summary>float64 as text.</summary>
    public static string Doubles(ReadOnlySpan<double> values) => Base64(values, 8, BinaryPrimitives.WriteDoubleLittleEndian);

    private static string Base64<T>(ReadOnlySpan<T> values, int size, WriteNumber<T> write)
    {
        var bytes = new byte[values.Length * size];
        for (var i = 0; i < values.Length; i++)
        {
            write(bytes.AsSpan(i * size), values[i]);
        }
        return Convert.ToBase64String(bytes);
    }

    private delegate void WriteNumber<T>(Span<byte> to, T value);
}
