namespace Galatent.Networks.Fused;

/// <summary>A matrix of weights W[inputs, outputs] and the bias behind it, inside the engine's flat block.</summary>
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
/// Where the engine keeps which parameter. <see cref="ParameterLayout"/> stores a convolution as (coarse channel, fine channel, tap), as PyTorch does;
/// the engine's products read (tap, fine channel, coarse channel), and the two linear heads as one matrix of twice the width.
/// </summary>
internal sealed class FusedLayout
{
    private readonly int[] _place;

    /// <summary>Arranges the parameters of a network.</summary>
    public FusedLayout(ParameterLayout layout)
    {
        Count = layout.Count;
        _place = new int[Count];
        var layers = layout.Plan.Layers;
        var next = 0;
        Encoder = new FusedBlock[layers.Count];
        Decoder = new FusedBlock[layers.Count];
        for (var i = 0; i < layers.Count; i++)
        {
            Encoder[i] = Convolution(layout, $"encoder.{i}", layers[i], ref next);
        }
        Heads = JoinedHeads(layout, ref next);
        Input = Transposed(layout, "decoder.input", ref next);
        for (var i = layers.Count - 1; i >= 0; i--)
        {
            Decoder[i] = Convolution(layout, $"decoder.{layers.Count - 1 - i}", layers[i], ref next);
        }
    }

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

    private FusedBlock Convolution(ParameterLayout layout, string name, ConvolutionShape shape, ref int next)
    {
        var (fine, coarse, taps) = (shape.InputChannels, shape.OutputChannels, shape.Kernel);
        var weight = layout[$"{name}.weight"];
        var start = next;
        for (var tap = 0; tap < taps; tap++)
        {
            for (var f = 0; f < fine; f++)
            {
                for (var g = 0; g < coarse; g++)
                {
                    _place[next++] = weight.Offset + (((g * fine) + f) * taps) + tap;
                }
            }
        }
        return Biased(layout[$"{name}.bias"], start, taps * fine, coarse, ref next);
    }

    private FusedBlock JoinedHeads(ParameterLayout layout, ref int next)
    {
        ParameterBlock[] weights = [layout["mu.weight"], layout["log_variance.weight"]];
        var (latent, deepest) = (weights[0].Shape[0], weights[0].Shape[1]);
        var start = next;
        for (var h = 0; h < deepest; h++)
        {
            for (var column = 0; column < 2 * latent; column++)
            {
                _place[next++] = weights[column / latent].Offset + (column % latent * deepest) + h;
            }
        }
        var bias = next;
        Biased(layout["mu.bias"], start, deepest, latent, ref next);
        Biased(layout["log_variance.bias"], start, deepest, latent, ref next);
        return new FusedBlock(start, deepest, 2 * latent, bias, 2 * latent);
    }

    private FusedBlock Transposed(ParameterLayout layout, string name, ref int next)
    {
        var weight = layout[$"{name}.weight"];
        var (outputs, inputs) = (weight.Shape[0], weight.Shape[1]);
        var start = next;
        for (var i = 0; i < inputs; i++)
        {
            for (var o = 0; o < outputs; o++)
            {
                _place[next++] = weight.Offset + (o * inputs) + i;
            }
        }
        return Biased(layout[$"{name}.bias"], start, inputs, outputs, ref next);
    }

    private FusedBlock Biased(ParameterBlock bias, int weightOffset, int inputs, int outputs, ref int next)
    {
        var start = next;
        for (var i = 0; i < bias.Count; i++)
        {
            _place[next++] = bias.Offset + i;
        }
        return new FusedBlock(weightOffset, inputs, outputs, start, bias.Count);
    }
}
