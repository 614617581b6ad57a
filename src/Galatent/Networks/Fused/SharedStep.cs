using Galatent.Numerics;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Networks.Fused;

/// <summary>
/// What one process owns when several make a step together: some chunks of the batch, and some of the weights with their moments
/// (Rajbhandari et al. 2020, SC20, "ZeRO", stage 1).
/// Not gradients are exchanged, but what they are made from: the deep layers' activations of everybody's spectra and the chunks' gradients
/// of the shallow layers. Every part of the gradient is then computed by one process in the order in which a single process would, so that
/// any number of processes gives the same bits. On one machine all of this, and the weights, lie in memory that the processes have in
/// common, and an exchange is a barrier; between machines it is sent.
/// </summary>
internal sealed class SharedStep
{
    private readonly ProcessGroup _processes;
    private readonly FusedNetwork _network;
    private readonly Func<long, PinnedBuffer> _allocate;
    private readonly bool _sharesMemory;
    private readonly int _chunkGradientCount;
    private readonly int[] _weightStarts;
    private PinnedBuffer _chunkGradients = new(0);
    private BatchBuffers? _batch;

    /// <summary>Plans who owns which weights.</summary>
    /// <param name="processes">Who makes the step.</param>
    /// <param name="tasks">The parts of the gradient.</param>
    /// <param name="network">The layers.</param>
    /// <param name="allocate">Where what is exchanged shall lie.</param>
    /// <param name="sharesMemory">Whether that is seen by all processes.</param>
    public SharedStep(
        ProcessGroup processes,
        GradientTasks tasks,
        FusedNetwork network,
        Func<long, PinnedBuffer> allocate,
        bool sharesMemory
    )
    {
        (_processes, _network, _allocate, _sharesMemory) = (processes, network, allocate, sharesMemory);
        (_chunkGradientCount, _weightStarts) = (network.Layout.ChunkGradientCount, tasks.Divide(processes.Size));
        bool IsOwn(int task) => tasks.Start(task) >= _weightStarts[processes.Rank] && tasks.Start(task) < _weightStarts[processes.Rank + 1];
        OwnTasks = [.. Enumerable.Range(0, tasks.Count).Where(IsOwn)];
        OtherTasks = [.. Enumerable.Range(0, tasks.Count).Where(task => !IsOwn(task))];
    }

    /// <summary>Gradient tasks of this process's weights.</summary>
    public int[] OwnTasks { get; }

    /// <summary>Those of the others.</summary>
    public int[] OtherTasks { get; }

    /// <summary>The deep levels of a batch of all processes; every one sets the rows of its spectra.</summary>
    public BatchBuffers BatchOf(int spectra) =>
        _batch is not null && spectra <= _batch.Capacity ? _batch : _batch = new BatchBuffers(_network, spectra, _allocate);

    /// <summary>Fetches what a term of the whole batch looks at.</summary>
    public void CompleteLatents(BatchBuffers batch, int[] spectrumStarts)
    {
        if (_sharesMemory)
        {
            _processes.MemoryFence();
        }
        else
        {
            batch.CompleteLatents(_processes, spectrumStarts);
        }
    }

    /// <summary>Fetches what the others made of their spectra.</summary>
    /// <param name="batch">The deep levels; those of this process's spectra are set.</param>
    /// <param name="own">This process's chunks.</param>
    /// <param name="firstChunk">Number of the first of them.</param>
    /// <param name="chunkStarts">First chunk of each process, and the number of chunks.</param>
    /// <param name="spectrumStarts">First spectrum of each process, and the number of spectra.</param>
    /// <returns>Addresses of all chunks' gradients.</returns>
    public unsafe nint[] Complete(
        BatchBuffers batch,
        IReadOnlyList<ChunkBuffers> own,
        int firstChunk,
        int[] chunkStarts,
        int[] spectrumStarts
    )
    {
        var chunks = chunkStarts[^1];
        if (_chunkGradients.Count < chunks * _chunkGradientCount)
        {
            _chunkGradients = _allocate((long)chunks * _chunkGradientCount);
        }
        for (var i = 0; i < chunkStarts[_processes.Rank + 1] - firstChunk; i++)
        {
            own[i].Gradient.Span.CopyTo(_chunkGradients.Span[((firstChunk + i) * _chunkGradientCount)..]);
        }
        if (_sharesMemory)
        {
            _processes.MemoryFence();
        }
        else
        {
            _processes.AllGather([
                (_chunkGradients, [.. chunkStarts.Select(chunk => chunk * _chunkGradientCount)]),
                .. batch
                    .GradientInputs()
                    .Select(input => (input.Values, spectrumStarts.Select(spectrum => spectrum * input.FloatsPerSpectrum).ToArray())),
            ]);
        }
        return [.. Enumerable.Range(0, chunks).Select(chunk => (nint)(_chunkGradients.Pointer + (chunk * _chunkGradientCount)))];
    }

    /// <summary>Fetches the others' part of the weights, or of something that lies like them.</summary>
    public void Complete(Span<float> values) => _processes.AllGather(values, _weightStarts);
}
