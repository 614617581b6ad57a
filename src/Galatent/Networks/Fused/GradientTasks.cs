using System.Numerics.Tensors;

namespace Galatent.Networks.Fused;

/// <summary>
/// The last part of a step, in independent tasks. The deep layers hold nine tenths of the weights: their gradient is computed here, a few
/// rows at a time over the whole batch, and Adam and the packing follow while these rows are in the cache. (Separate passes over weights,
/// gradient, moments and packed copies, 42 MB, took 9 of the 54 ms of a step of 32 spectra on one core.) The gradient of the shallow
/// convolutions and the biases the chunks have summed already; here it is added up in their order.
/// </summary>
internal sealed unsafe class GradientTasks
{
    // Rows of a weight matrix per task: a multiple of every panel width; with 512 columns 128 kB, which stay in the cache.
    private const int RowsPerTask = 64;

    // Numbers of the chunks' gradients per task, about as long as a product.
    private const int NumbersPerSum = 1 << 15;

    private readonly List<GradientTask> _tasks = [];

    /// <summary>Lists the tasks.</summary>
    public GradientTasks(FusedNetwork network)
    {
        var layout = network.Layout;
        for (var start = 0; start < layout.ChunkGradientCount; start += NumbersPerSum)
        {
            _tasks.Add(new GradientTask(start, Math.Min(NumbersPerSum, layout.ChunkGradientCount - start), 0, null, 0, 0, null, null));
        }
        for (var i = network.FirstDeep; i < network.Levels.Count; i++)
        {
            var deep = i - network.FirstDeep;
            AddProduct(
                network.EncoderDeep[deep],
                layout.Encoder[i],
                network.Levels[i].OutputLength,
                (b, n) => b.EncoderDeep[deep].Patches(0, n),
                (b, n) => b.EncoderDeep[deep].Gradients(0, n)
            );
            AddProduct(
                network.DecoderDeep[deep],
                layout.Decoder[i],
                network.Levels[i].OutputLength,
                (b, n) => b.DecoderDeep[deep].Patches(0, n),
                (b, n) => b.DecoderDeep[deep].Values(0, n)
            );
        }
        AddProduct(network.Heads, layout.Heads, 1, (b, n) => b.EncoderDeep[^1].Values(0, n), (b, n) => b.PosteriorGradient(0, n));
        AddProduct(network.Input, layout.Input, 1, (b, n) => b.Z(0, n), (b, n) => b.DecoderDeep[^1].Gradients(0, n));
        // The largest first, so that no worker is left with one at the end.
        _tasks.Sort((a, b) => b.Length != a.Length ? b.Length.CompareTo(a.Length) : a.Start.CompareTo(b.Start));
        LongestTask = _tasks[0].Length;
    }

    /// <summary>Number of tasks.</summary>
    public int Count => _tasks.Count;

    /// <summary>Numbers in the largest part.</summary>
    public int LongestTask { get; }

    /// <summary>The first number of the part of the gradient that a task computes.</summary>
    public int Start(int index) => _tasks[index].Start;

    /// <summary>How many numbers it computes.</summary>
    public int Length(int index) => _tasks[index].Length;

    /// <summary>Divides the weights among some processes so that each has about as much to compute.</summary>
    /// <param name="processes">How many.</param>
    /// <returns>Where the parts begin, and the end, each the start of a task; shape (processes + 1).</returns>
    public int[] Divide(int processes)
    {
        var ordered = _tasks.OrderBy(t => t.Start).ToList();
        var total = ordered.Sum(Cost);
        var done = 0.0;
        var starts = new List<int> { 0 };
        foreach (var task in ordered)
        {
            // The next part begins with the task whose middle lies beyond an equal share.
            while (starts.Count < processes && done + (Cost(task) / 2) > total * starts.Count / processes)
            {
                starts.Add(task.Start);
            }
            done += Cost(task);
        }
        var end = ordered[^1].Start + ordered[^1].Length;
        return [.. starts, .. Enumerable.Repeat(end, processes + 1 - starts.Count)];
    }

    /// <summary>Computes a part of the gradient.</summary>
    /// <param name="index">Which.</param>
    /// <param name="batch">The deep levels.</param>
    /// <param name="spectra">Spectra in the batch.</param>
    /// <param name="chunkGradients">Addresses of the other layers' gradients, one for each chunk.</param>
    /// <param name="chunkCount">Chunks in use.</param>
    /// <param name="gradient">Receives the part.</param>
    public void Compute(int index, BatchBuffers batch, int spectra, nint[] chunkGradients, int chunkCount, float* gradient)
    {
        var task = _tasks[index];
        if (task.Layer is { } layer)
        {
            layer.Gradient(task.Inputs!(batch, spectra), task.Outputs!(batch, spectra), task.FirstRow, task.EndRow, gradient);
            return;
        }
        var total = new Span<float>(gradient, task.Length);
        new ReadOnlySpan<float>((float*)chunkGradients[0] + task.Start, task.Length).CopyTo(total);
        for (var i = 1; i < chunkCount; i++)
        {
            TensorPrimitives.Add(total, new ReadOnlySpan<float>((float*)chunkGradients[i] + task.Start, task.Length), total);
        }
    }

    /// <summary>Packs the weights that belong to a part, if they are those of a deep layer.</summary>
    public void Pack(int index) => _tasks[index].Layer?.Pack(_tasks[index].FirstRow, _tasks[index].EndRow);

    // Per weight, in units of a product over one coarse position of a batch of 32 (0.7 ns): measured 2.2 ns for sums, 3.5, 3.9, 6.4, 13.3
    // ns for products over 1, 2, 6, 15 positions, Adam and packing included.
    private static double Cost(GradientTask task) => task.Length * (task.Layer is null ? 3.0 : 4.0 + task.Positions);

    private void AddProduct(
        DenseLayer layer,
        FusedBlock block,
        int positions,
        Func<BatchBuffers, int, RowBlock> inputs,
        Func<BatchBuffers, int, RowBlock> outputs
    )
    {
        for (var row = 0; row < block.Inputs; row += RowsPerTask)
        {
            var end = Math.Min(block.Inputs, row + RowsPerTask);
            _tasks.Add(
                new GradientTask(
                    block.WeightOffset + (row * block.Outputs),
                    (end - row) * block.Outputs,
                    positions,
                    layer,
                    row,
                    end,
                    inputs,
                    outputs
                )
            );
        }
    }

    /// <summary>A part of the gradient: a sum of what the chunks hold, or some rows of a layer's weights from the batch's inputs and
    /// outputs of the layer.</summary>
    private sealed record GradientTask(
        int Start,
        int Length,
        int Positions,
        DenseLayer? Layer,
        int FirstRow,
        int EndRow,
        Func<BatchBuffers, int, RowBlock>? Inputs,
        Func<BatchBuffers, int, RowBlock>? Outputs
    );
}
