namespace Galatent.Networks.Fused;

/// <summary>A matrix of weights W[inputs, outputs] and its bias, inside the engine's flat block.</summary>
/// <param name="WeightOffset">First weight.</param>
/// <param name="Inputs">Rows of W.</param>
/// <param name="Outputs">Columns of W.</param>
/// <param name="BiasOffset">First bias.</param>
/// <param name="BiasCount">Number of biases.</param>
internal readonly record struct FusedBlock(int WeightOffset, int Inputs, int Outputs, int BiasOffset, int BiasCount)
{
    /// <summary>Number of weights.</summary>
    public int WeightCount => Inputs * Outputs;
}

/// <summary>
/// Where the engine keeps which parameter. <see cref="ParameterLayout"/> stores a convolution as (coarse channel, fine channel, tap), as
/// PyTorch does;
/// the engine's products read (tap, fine channel, coarse channel), and the two linear heads as one matrix of twice the width. The shallow
/// convolutions and all biases come first, because their gradient is summed by the chunks, and the weights of the deep layers after them.
/// </summary>
internal sealed class FusedLayout
{
    private readonly ParameterLayout _layout;
    private readonly int[] _place;
    private int _next;

    /// <summary>Arranges the parameters of a network.</summary>
    /// <param name="layout">PyTorch's order.</param>
    /// <param name="firstDeep">Number of shallow convolutions.</param>
    public FusedLayout(ParameterLayout layout, int firstDeep)
    {
        (_layout, Count, _place) = (layout, layout.Count, new int[layout.Count]);
        var levels = layout.Plan.Layers;
        string Encoding(int i) => $"encoder.{i}";
        string Decoding(int i) => $"decoder.{levels.Count - 1 - i}";
        var weights = new (int Encoder, int Decoder)[levels.Count];
        var biases = new (int Encoder, int Decoder)[levels.Count];
        var encoderLevels = layout.Plan.EncoderLayers;
        for (var i = 0; i < firstDeep; i++)
        {
            weights[i] = (PlaceConvolution(Encoding(i), encoderLevels[i]), PlaceConvolution(Decoding(i), levels[i]));
        }
        for (var i = 0; i < levels.Count; i++)
        {
            biases[i] = (PlaceBias(Encoding(i)), PlaceBias(Decoding(i)));
        }
        var (headsBias, _, inputBias) = (PlaceBias("mu"), PlaceBias("log_variance"), PlaceBias("decoder.input"));
        ChunkGradientCount = _next;
        for (var i = firstDeep; i < levels.Count; i++)
        {
            weights[i] = (PlaceConvolution(Encoding(i), encoderLevels[i]), PlaceConvolution(Decoding(i), levels[i]));
        }
        var latent = layout.Options.LatentDimensions;
        var deepest = layout.Plan.DeepestWidth;
        Heads = new FusedBlock(PlaceTransposed("mu", "log_variance"), deepest, 2 * latent, headsBias, 2 * latent);
        Input = new FusedBlock(PlaceTransposed("decoder.input"), latent, deepest, inputBias, deepest);
        Encoder =
        [
            .. encoderLevels.Select(
                (l, i) =>
                    new FusedBlock(weights[i].Encoder, l.Kernel * l.InputChannels, l.OutputChannels, biases[i].Encoder, l.OutputChannels)
            ),
        ];
        Decoder =
        [
            .. levels.Select(
                (l, i) =>
                    new FusedBlock(weights[i].Decoder, l.Kernel * l.InputChannels, l.OutputChannels, biases[i].Decoder, l.InputChannels)
            ),
        ];
    }

    /// <summary>The first numbers: shallow convolutions and biases.</summary>
    public int ChunkGradientCount { get; }

    /// <summary>Numbers in all.</summary>
    public int Count { get; }

    /// <summary>The encoder's convolutions, shallow to deep.</summary>
    public FusedBlock[] Encoder { get; }

    /// <summary>The decoder's mirror of each of the encoder's convolutions: in the encoder's order, not in the order of use.</summary>
    public FusedBlock[] Decoder { get; }

    /// <summary>mu in the first half of the columns, log variance in the second.</summary>
    public FusedBlock Heads { get; }

    /// <summary>From the latent vector to the deepest level.</summary>
    public FusedBlock Input { get; }

    /// <summary>From PyTorch's order to the engine's.</summary>
    public void Import(ReadOnlySpan<float> from, Span<float> to)
    {
        for (var i = 0; i < _place.Length; i++)
        {
            to[i] = from[_place[i]];
        }
    }

    /// <summary>From the engine's order to PyTorch's.</summary>
    public void Export(ReadOnlySpan<float> from, Span<float> to)
    {
        for (var i = 0; i < _place.Length; i++)
        {
            to[_place[i]] = from[i];
        }
    }

    private int PlaceConvolution(string name, ConvolutionShape shape)
    {
        var fine = shape.InputChannels;
        var coarse = shape.OutputChannels;
        var taps = shape.Kernel;
        var from = _layout[$"{name}.weight"].Offset;
        var start = _next;
        for (var tap = 0; tap < taps; tap++)
        {
            for (var f = 0; f < fine; f++)
            {
                for (var g = 0; g < coarse; g++)
                {
                    _place[_next++] = from + (((g * fine) + f) * taps) + tap;
                }
            }
        }
        return start;
    }

    /// <summary>Linear layers with the same inputs as one matrix (input, output), their outputs side by side.</summary>
    private int PlaceTransposed(params ReadOnlySpan<string> names)
    {
        var first = _layout[$"{names[0]}.weight"];
        var start = _next;
        var outputs = first.Shape[0];
        var inputs = first.Shape[1];
        for (var i = 0; i < inputs; i++)
        {
            foreach (var name in names)
            {
                var from = _layout[$"{name}.weight"].Offset;
                for (var o = 0; o < outputs; o++)
                {
                    _place[_next++] = from + (o * inputs) + i;
                }
            }
        }
        return start;
    }

    private int PlaceBias(string name)
    {
        var bias = _layout[$"{name}.bias"];
        var start = _next;
        for (var i = 0; i < bias.Count; i++)
        {
            _place[_next++] = bias.Offset + i;
        }
        return start;
    }
}
