using System.Globalization;
using System.Numerics.Tensors;
using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Networks;

/// <summary>All numbers of a network, independent of the engine that computes with them.</summary>
/// <param name="Layout">Position of every weight in <paramref name="Values"/>.</param>
/// <param name="Values">Weights and biases, shape (Layout.Count).</param>
/// <param name="MeanSpectrum">Subtracted before the encoder and added after the decoder, shape (n_wave); zeros when the mean is not
/// subtracted.</param>
public sealed record NetworkWeights(ParameterLayout Layout, float[] Values, float[] MeanSpectrum)
{
    private const string MeanSpectrumName = "mean_spectrum";
    private const string LinearEncoder = "linear.encoder";
    private const string LinearDecoder = "linear.decoder";
    private const string OutputGain = "output.gain";
    private const string OutputOffset = "output.offset";

    /// <summary>The linear encoder and decoder beside the convolutions; null where the options ask for none.</summary>
    public LinearPath? Linear { get; init; }

    /// <summary>Gain and offset of the decoder's pixels; null where the options ask for none. Training steps do not see them.</summary>
    public OutputCalibration? Output { get; init; }

    /// <summary>
    /// Initial weights and biases, uniform between ± a bound. The random stream is "init" with one index per block, so a change of one
    /// layer does not change the draws of the others.
    /// </summary>
    /// <param name="layout">The network.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="meanSpectrum">Mean training spectrum, shape (n_wave). It is used when the options ask for it.</param>
    /// <param name="scale">How large the bounds are.</param>
    public static NetworkWeights Initialize(
        ParameterLayout layout,
        ulong seed,
        ReadOnlySpan<float> meanSpectrum,
        InitialScale scale = InitialScale.PyTorch
    )
    {
        ArgumentNullException.ThrowIfNull(layout);
        var values = new float[layout.Count];
        for (var b = 0; b < layout.Blocks.Count; b++)
        {
            var block = layout.Blocks[b];
            var bound = Bound(layout, block, scale);
            var stream = new RandomStream(seed, "init", (ulong)b);
            for (var i = 0; i < block.Count; i++)
            {
                values[block.Offset + i] = (float)(bound * ((2 * stream.NextDouble()) - 1));
            }
        }
        if (layout.Options.MaskChannel)
        {
            ForgetMask(layout, values);
        }
        var mean = layout.Options.SubtractMean ? meanSpectrum.ToArray() : new float[layout.Plan.Pixels];
        var path = layout.Options.LinearPath ? LinearPath.Best(null, 0, layout.Options.LatentDimensions, layout.Plan.Pixels) : null;
        var output = layout.Options.OutputCalibration ? OutputCalibration.None(layout.Plan.Pixels) : null;
        return new NetworkWeights(layout, values, mean) { Linear = path, Output = output };
    }

    /// <summary>The same weights beside a linear path, and at rest: the network is the linear VAE at first. The heads and the last layer
    /// of the decoder are zero, and the log variances those of the path.</summary>
    /// <param name="path">The linear encoder and decoder.</param>
    public NetworkWeights StartingAt(LinearPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var weights = this with { Values = [.. Values], Linear = path };
        foreach (var name in new[] { "mu", "log_variance", $"decoder.{Layout.Plan.Layers.Count - 1}" })
        {
            weights.Block($"{name}.weight").Clear();
            weights.Block($"{name}.bias").Clear();
        }
        var logVariance = weights.Block("log_variance.bias");
        for (var j = 0; j < path.Used; j++)
        {
            logVariance[j] = (float)Math.Log(path.Variance(j));
        }
        return weights;
    }

    /// <summary>The numbers of one block.</summary>
    public Span<float> Block(string name) => Values.AsSpan(Layout[name].Offset, Layout[name].Count);

    /// <summary>Writes a safetensors file with PyTorch's names, plus <c>mean_spectrum</c>, <c>linear.encoder</c> and
    /// <c>linear.decoder</c> where there is a linear path, <c>output.gain</c> and <c>output.offset</c> where pixels are
    /// calibrated.</summary>
    /// <param name="path">The file.</param>
    /// <param name="metadata">Names and texts for the header.</param>
    public void Write(string path, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var tensors = Layout
            .Blocks.Select(b => new NamedTensor(b.Name, b.Shape, Values.AsMemory(b.Offset, b.Count)))
            .Append(new NamedTensor(MeanSpectrumName, [MeanSpectrum.Length], MeanSpectrum));
        if (Linear is { } linear)
        {
            int[] shape = [linear.LatentDimensions, MeanSpectrum.Length];
            tensors = tensors.Concat([
                new NamedTensor(LinearEncoder, shape, linear.Encoder),
                new NamedTensor(LinearDecoder, shape, linear.Decoder),
            ]);
        }
        if (Output is { } output)
        {
            int[] shape = [MeanSpectrum.Length];
            tensors = tensors.Concat([
                new NamedTensor(OutputGain, shape, output.Gain),
                new NamedTensor(OutputOffset, shape, output.Offset),
            ]);
        }
        SafetensorsFile.Write(path, [.. tensors], metadata);
    }

    /// <summary>Reads a safetensors file that holds exactly this layout.</summary>
    /// <exception cref="InputException">Missing, damaged, or of another network.</exception>
    public static NetworkWeights Read(string path, ParameterLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var file = SafetensorsFile.Read(path);
        var values = new float[layout.Count];
        foreach (var block in layout.Blocks)
        {
            file.Tensor(block.Name, block.Shape).Span.CopyTo(values.AsSpan(block.Offset));
        }
        var mean = file.Tensor(MeanSpectrumName, [layout.Plan.Pixels]).ToArray();
        var linear = ReadLinear(file, layout);
        var output = ReadOutput(file, layout);
        float[]?[] all = [values, mean, linear?.Encoder, linear?.Decoder, output?.Gain, output?.Offset];
        if (!all.All(numbers => numbers is not { Length: > 0 } || TensorPrimitives.IsFiniteAll<float>(numbers)))
        {
            throw new InputException($"'{path}' holds weights that are not finite; train the model again or take an earlier checkpoint.");
        }
        return new NetworkWeights(layout, values, mean) { Linear = linear, Output = output };
    }

    // The network starts as one without the channel.
    private static void ForgetMask(ParameterLayout layout, float[] values)
    {
        var block = layout["encoder.0.weight"];
        var kernel = block.Shape[2];
        for (var start = kernel; start < block.Count; start += 2 * kernel)
        {
            values.AsSpan(block.Offset + start, kernel).Clear();
        }
    }

    private static LinearPath? ReadLinear(SafetensorsFile file, ParameterLayout layout)
    {
        int[] shape = [layout.Options.LatentDimensions, layout.Plan.Pixels];
        return layout.Options.LinearPath
            ? new LinearPath(shape[0], file.Tensor(LinearEncoder, shape).ToArray(), file.Tensor(LinearDecoder, shape).ToArray())
            : null;
    }

    private static OutputCalibration? ReadOutput(SafetensorsFile file, ParameterLayout layout)
    {
        int[] shape = [layout.Plan.Pixels];
        return layout.Options.OutputCalibration
            ? new OutputCalibration(file.Tensor(OutputGain, shape).ToArray(), file.Tensor(OutputOffset, shape).ToArray())
            : null;
    }

    private static double Bound(ParameterLayout layout, ParameterBlock block, InitialScale scale)
    {
        if (scale == InitialScale.PyTorch)
        {
            return 1 / Math.Sqrt(block.FanIn);
        }
        if (block.Name.StartsWith("log_variance", StringComparison.Ordinal))
        {
            return 0;
        }
        var slope = layout.Options.NegativeSlope;
        return block.Shape.Length == 3 ? Math.Sqrt(6 / ((1 + (slope * slope)) * Contributions(layout, block))) : 1 / Math.Sqrt(block.FanIn);
    }

    /// <summary>How many inputs contribute to one output pixel, on average over the pixels.</summary>
    private static double Contributions(ParameterLayout layout, ParameterBlock block)
    {
        var parts = block.Name.Split('.');
        if (parts[0] == "encoder")
        {
            // The mask channel starts with weights of zero.
            return layout.Options.MaskChannel && parts[1] == "0" ? block.FanIn / 2.0 : block.FanIn;
        }
        // Each input pixel is spread over a whole kernel, and the kernels overlap in part.
        var mirror = layout.Plan.Layers[^(1 + int.Parse(parts[1], CultureInfo.InvariantCulture))];
        return block.Shape[0] * mirror.Kernel * (double)mirror.OutputLength / mirror.InputLength;
    }
}
