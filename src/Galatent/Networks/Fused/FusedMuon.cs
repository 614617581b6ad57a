using System.Numerics.Tensors;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Networks.Fused;

/// <summary>
/// Muon (see <see cref="MuonOptions"/>) on the engine's flat block. <see cref="Follow"/> adds each part of the gradient to the momentum as
/// soon as it is computed. When all parts are there, <see cref="Orthogonalize"/> and <see cref="Apply"/> move the weights, layer by layer.
/// </summary>
internal sealed unsafe class FusedMuon
{
    private readonly MuonOptions _options;
    private readonly float _keepPerRate;
    private readonly Layer[] _layers;

    // Nesterov's look ahead of this step, then the update, each in the place of its weights.
    private readonly PinnedBuffer _direction;

    /// <summary>Lists the layers.</summary>
    /// <param name="options">Constants.</param>
    /// <param name="weightDecay">λ of a decoupled decay, W ← W - ηλW; 0 for none.</param>
    /// <param name="network">The layers.</param>
    /// <param name="allocate">Where what processes exchange shall lie.</param>
    public FusedMuon(MuonOptions options, double weightDecay, FusedNetwork network, Func<long, PinnedBuffer> allocate)
    {
        _options = options;
        _keepPerRate = (float)weightDecay;
        _direction = allocate(network.Layout.Count);
        _layers = [.. Layers(network).OrderBy(l => l.Block.WeightOffset)];
    }

    /// <summary>Number of layers whose weights move this way.</summary>
    public int Count => _layers.Length;

    /// <summary>The updates, or the directions before <see cref="Orthogonalize"/>; whole layers.</summary>
    public Span<float> Direction => _direction.Span;

    /// <summary>Divides the layers among processes so that each has about as much work.</summary>
    /// <param name="processes">How many.</param>
    /// <returns>First layer of each process, and the number of layers.</returns>
    public int[] Divide(int processes)
    {
        var total = _layers.Sum(l => l.Cost);
        var starts = new int[processes + 1];
        var done = 0.0;
        var rank = 1;
        for (var i = 0; i < _layers.Length; i++)
        {
            while (rank < processes && done + (_layers[i].Cost / 2) > total * rank / processes)
            {
                starts[rank++] = i;
            }
            done += _layers[i].Cost;
        }
        Array.Fill(starts, _layers.Length, rank, processes + 1 - rank);
        return starts;
    }

    /// <summary>Where the numbers of the processes' layers begin in the flat block, and its end.</summary>
    /// <param name="layerStarts">As <see cref="Divide"/> returns them.</param>
    public int[] Starts(int[] layerStarts) =>
        [
            .. layerStarts.Select(
                (layer, rank) =>
                    rank == 0 ? 0
                    : layer < _layers.Length ? _layers[layer].Block.WeightOffset
                    : _direction.Count
            ),
        ];

    /// <summary>The stretches of a part of the weights, in order: those of matrices, and those that Adam updates.</summary>
    /// <param name="start">First weight.</param>
    /// <param name="length">Weights.</param>
    public IEnumerable<(int Start, int Length, bool IsMatrix)> Stretches(int start, int length)
    {
        var at = start;
        foreach (var layer in _layers)
        {
            var first = Math.Clamp(layer.Block.WeightOffset, at, start + length);
            var end = Math.Clamp(layer.Block.WeightOffset + layer.Block.WeightCount, at, start + length);
            if (first > at && end > first)
            {
                yield return (at, first - at, false);
            }
            if (end > first)
            {
                yield return (first, end - first, true);
                at = end;
            }
        }
        if (at < start + length)
        {
            yield return (at, start + length - at, false);
        }
    }

    /// <summary>Takes a stretch of the gradient into the momentum; any thread, any order.</summary>
    /// <param name="momentum">M, the flat block.</param>
    /// <param name="gradient">Gradient of the stretch.</param>
    /// <param name="start">First weight.</param>
    /// <param name="length">Weights.</param>
    public void Follow(float* momentum, float* gradient, int start, int length)
    {
        var m = new Span<float>(momentum + start, length);
        var g = new ReadOnlySpan<float>(gradient, length);
        TensorPrimitives.MultiplyAdd(m, (float)_options.Momentum, g, m);
        TensorPrimitives.MultiplyAdd(m, (float)_options.Momentum, g, _direction.Span.Slice(start, length));
    }

    /// <summary>From the direction of a layer to its update.</summary>
    public void Orthogonalize(int layer)
    {
        foreach (var matrix in _layers[layer].Matrices)
        {
            matrix.Orthogonalize(_direction.Pointer, _options);
        }
    }

    /// <summary>Moves the weights of a layer, and packs them if it is a deep one.</summary>
    public void Apply(int layer, float* weights, float learningRate)
    {
        var (block, _, dense) = _layers[layer];
        var w = new Span<float>(weights + block.WeightOffset, block.WeightCount);
        if (_keepPerRate > 0)
        {
            TensorPrimitives.Multiply(w, 1 - (learningRate * _keepPerRate), w);
        }
        TensorPrimitives.MultiplyAdd(_direction.Span.Slice(block.WeightOffset, block.WeightCount), -learningRate, w, w);
        dense?.Pack(0, dense.Inputs);
    }

    private IEnumerable<Layer> Layers(FusedNetwork network)
    {
        var layout = network.Layout;
        for (var i = 0; i < network.Levels.Count; i++)
        {
            var shape = network.Levels[i];
            var deep = i - network.FirstDeep;
            if (_options.Moves(layout.Encoder[i].Inputs, layout.Encoder[i].Outputs))
            {
                yield return Plain(layout.Encoder[i], deep < 0 ? null : network.EncoderDeep[deep]);
            }
            if (_options.Moves(shape.InputChannels, shape.OutputChannels * shape.Kernel))
            {
                var block = layout.Decoder[i];
                var matrix = new MuonMatrix(block.WeightOffset, shape.InputChannels, block.Outputs, block.Outputs, shape.Kernel);
                yield return new Layer(block, [matrix], deep < 0 ? null : network.DecoderDeep[deep]);
            }
        }
        var heads = layout.Heads;
        var latent = network.Latent;
        if (_options.Moves(heads.Inputs, latent))
        {
            var mean = new MuonMatrix(heads.WeightOffset, heads.Inputs, latent, heads.Outputs, 1);
            var logVariance = new MuonMatrix(heads.WeightOffset + latent, heads.Inputs, latent, heads.Outputs, 1);
            yield return new Layer(heads, [mean, logVariance], network.Heads);
        }
        if (_options.Moves(layout.Input.Inputs, layout.Input.Outputs))
        {
            yield return Plain(layout.Input, network.Input);
        }
    }

    private static Layer Plain(FusedBlock block, DenseLayer? dense) =>
        new(block, [new MuonMatrix(block.WeightOffset, block.Inputs, block.Outputs, block.Outputs, 1)], dense);

    private sealed record Layer(FusedBlock Block, MuonMatrix[] Matrices, DenseLayer? Dense)
    {
        public double Cost => Matrices.Sum(m => m.Cost);
    }
}
