using System.Buffers.Binary;
using System.Numerics.Tensors;
using Galatent.Networks;

namespace Galatent.Exports.Explorer;

/// <summary>
/// The decoder's numbers as text: large blocks as float16, divided by their largest number so that a weight keeps eleven bits whatever its
/// size, and the others as float32. The small layers act on every pixel, so that their rounding shows most: with all blocks in float16
/// the flux of a quick model is off by up to 0.027 of the continuum (at lines of 126 times it), with this rule by 0.003; the page has 0.2
/// MB more.
/// </summary>
internal static class ExplorerWeights
{
    private const int MostSingles = 65_536;

    /// <summary>The decoder's layers, in the order of use.</summary>
    public static ExplorerLayer[] Layers(KernelPlan plan) =>
        [.. plan.Layers.Reverse().Select(l => new ExplorerLayer(l.Kernel, l.OutputChannels, l.InputChannels, l.OutputLength))];

    /// <summary>Names of the decoder's blocks, in the order of use.</summary>
    public static string[] BlockNames(NetworkWeights weights) =>
        [
            .. Enumerable
                .Range(0, weights.Layout.Plan.Layers.Count)
                .Select(i => $"decoder.{i}")
                .Prepend("decoder.input")
                .SelectMany(n => new[] { $"{n}.weight", $"{n}.bias" }),
        ];

    /// <summary>The mean spectrum, calibrated where pixels are, shape (n_wave).</summary>
    public static float[] Mean(NetworkWeights weights) => weights.Output?.Calibrated(weights.MeanSpectrum) ?? weights.MeanSpectrum;

    /// <summary>The rows that the decoder's linear path uses, with the gains of calibrated pixels, shape (used, n_wave); empty without a
    /// path.</summary>
    public static float[] Linear(NetworkWeights weights)
    {
        var pixels = weights.MeanSpectrum.Length;
        var rows = weights.Linear is { } path ? path.Decoder[..(path.Used * pixels)] : [];
        for (var at = 0; weights.Output is { } output && at < rows.Length; at += pixels)
        {
            var row = rows.AsSpan(at, pixels);
            TensorPrimitives.Multiply(row, output.Gain, row);
        }
        return rows;
    }

    /// <summary>Whether a block is written as float16, divided by its largest number.</summary>
    public static bool IsLarge(ReadOnlySpan<float> block) => block.Length > MostSingles;

    /// <summary>Blocks and numbers of the decoder, in the order of use.</summary>
    public static (ExplorerBlock[] Blocks, string Weights) Pack(NetworkWeights weights)
    {
        var blocks = new List<ExplorerBlock>();
        using var numbers = new MemoryStream();
        foreach (var part in BlockNames(weights))
        {
            var values = weights.Block(part);
            var isLarge = IsLarge(values);
            var largest = Math.Abs(TensorPrimitives.MaxMagnitude<float>(values));
            var scale = isLarge && largest > 0 ? largest : 1;
            blocks.Add(new ExplorerBlock(values.Length, scale, isLarge ? 2 : 4));
            numbers.Write(
                isLarge
                    ? Bytes<Half>([.. values.ToArray().Select(v => (Half)(v / scale))], 2, BinaryPrimitives.WriteHalfLittleEndian)
                    : Bytes<float>(values, 4, BinaryPrimitives.WriteSingleLittleEndian)
            );
        }
        return ([.. blocks], Convert.ToBase64String(numbers.ToArray()));
    }

    /// <summary>float32 as text.</summary>
    public static string Singles(ReadOnlySpan<float> values) =>
        Convert.ToBase64String(Bytes(values, 4, BinaryPrimitives.WriteSingleLittleEndian));

    /// <summary>float64 as text.</summary>
    public static string Doubles(ReadOnlySpan<double> values) =>
        Convert.ToBase64String(Bytes(values, 8, BinaryPrimitives.WriteDoubleLittleEndian));

    private static byte[] Bytes<T>(ReadOnlySpan<T> values, int size, WriteNumber<T> write)
    {
        var bytes = new byte[values.Length * size];
        for (var i = 0; i < values.Length; i++)
        {
            write(bytes.AsSpan(i * size), values[i]);
        }
        return bytes;
    }

    private delegate void WriteNumber<T>(Span<byte> to, T value);
}
