using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Networks.Fused;

/// <summary>
/// Sums the chunks' contributions to the gradient, in the order of the chunks, in independent tasks. The deep layers hold nine tenths of the weights: their gradient is
/// computed here, for a few rows at a time over the whole batch, instead of once per chunk, which would move 6 MB per chunk. The rest the chunks have summed already.
/// </summary>
internal sealed unsafe class GradientTasks
{
    // Rows of a weight matrix per task: five tiles; with 512 columns 120 kB, which stay in the cache from chunk to chunk.
    private const int RowsPerTask = 60;

    private readonly List<GradientTask> _tasks = [];
    private readonly float* _gradient;

    /// <summary>Lists the tasks.</summary>
    /// <param name="network">The layers.</param>
    /// <param name="gradient">Receives the gradient, in the engine's order.</param>
    public GradientTasks(FusedNetwork network, PinnedBuffer gradient)
    {
        _gradient = gradient.Pointer;
        var layout = network.Layout;
        for (var i = 0; i < network.Levels.Count; i++)
        {
            var deep = i - network.FirstDeep;
            if (deep < 0)
            {
                AddSum(layout.Encoder[i].WeightOffset, layout.Encoder[i].WeightCount);
                AddSum(layout.Decoder[i].WeightOffset, layout.Decoder[i].WeightCount);
            }
            else
            {
                AddProduct(network.EncoderDeep[deep], layout.Encoder[i], c => c.EncoderDeep[deep].Patches(c.Count), c => c.EncoderDeep[deep].Gradients(c.Count));
                AddProduct(network.DecoderDeep[deep], layout.Decoder[i], c => c.DecoderDeep[deep].Patches(c.Count), c => c.DecoderDeep[deep].Values(c.Count));
            }
            AddSum(layout.Encoder[i].BiasOffset, layout.Encoder[i].BiasCount);
            AddSum(layout.Decoder[i].BiasOffset, layout.Decoder[i].BiasCount);
        }
        AddProduct(network.Heads, layout.Heads, c => c.EncoderDeep[^1].Values(c.Count), c => c.PosteriorGradient);
        AddProduct(network.Input, layout.Input, c => c.Z, c => c.DecoderDeep[^1].Gradients(c.Count));
        AddSum(layout.Heads.BiasOffset, layout.Heads.BiasCount);
        AddSum(layout.Input.BiasOffset, layout.Input.BiasCount);
        // The largest first, so that no worker is left with one at the end.
        _tasks.Sort((a, b) => b.Length != a.Length ? b.Length.CompareTo(a.Length) : a.Start.CompareTo(b.Start));
    }

    /// <summary>Number of tasks.</summary>
    public int Count => _tasks.Count;

    /// <summary>Runs one task over the first chunks of a list, and says which part of the gradient is now complete.</summary>
    public (int Start, int Length) Run(int index, List<ChunkBuffers> chunks, int chunkCount)
    {
        var task = _tasks[index];
        for (var i = 0; i < chunkCount; i++)
        {
            if (task.Layer is { } layer)
            {
                layer.Gradient(task.Inputs!(chunks[i]), task.Outputs!(chunks[i]), task.FirstRow, task.EndRow, _gradient + task.LayerStart, i > 0);
            }
            else
            {
                Sum(chunks[i].Gradient.Span.Slice(task.Start, task.Length), new Span<float>(_gradient + task.Start, task.Length), i > 0);
            }
        }
        return (task.Start, task.Length);
    }

    private static void Sum(ReadOnlySpan<float> part, Span<float> total, bool accumulate)
    {
        if (accumulate)
        {
            TensorPrimitives.Add(total, part, total);
        }
        else
        {
            part.CopyTo(total);
        }
    }

    private void AddSum(int start, int length) => _tasks.Add(new GradientTask(start, length, null, 0, 0, 0, null, null));

    private void AddProduct(DenseLayer layer, FusedBlock block, Func<ChunkBuffers, RowBlock> inputs, Func<ChunkBuffers, RowBlock> outputs)
    {
        for (var row = 0; row < block.Inputs; row += RowsPerTask)
        {
            var end = Math.Min(block.Inputs, row + RowsPerTask);
            var start = block.WeightOffset + (row * block.Outputs);
            _tasks.Add(new GradientTask(start, (end - row) * block.Outputs, layer, block.WeightOffset, row, end, inputs, outputs));
        }
    }

    /// <summary>A part of the gradient: a sum of what the chunks hold, or some rows of a layer's weights.</summary>
    private sealed record GradientTask(
        int Start, int Length, DenseLayer? Layer, int LayerStart, int FirstRow, int EndRow, Func<ChunkBuffers, RowBlock>? Inputs, Func<ChunkBuffers, RowBlock>? Outputs);
}
