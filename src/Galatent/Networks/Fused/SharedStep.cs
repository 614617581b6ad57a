using Galatent.Numerics;

namespace Galatent.Networks.Fused;

/// <summary>
/// What one process owns when several make a step together: some chunks of the batch, and some of the weights with their moments (Rajbhandari et al. 2020, SC20, "ZeRO", stage 1).
/// Not gradients are sent, but what they are made from: the deep layers' activations of everybody's spectra and the chunks' gradients of the shallow layers. Every part of the
/// gradient is then computed by one process in the order in which a single process would, so that any number of processes gives the same bits.
/// </summary>
internal sealed class SharedStep
{
    private readonly ProcessGroup _processes;
    private readonly int _chunkGradientCount;
    private readonly int[] _weightStarts;
    private PinnedBuffer _chunkGradients = new(0);

    /// <summary>Plans who owns which weights.</summary>
    public SharedStep(ProcessGroup processes, GradientTasks tasks, int chunkGradientCount)
    {
        (_processes, _chunkGradientCount, _weightStarts) = (processes, chunkGradientCount, tasks.Divide(processes.Size));
        bool IsOwn(int task) => tasks.Start(task) >= _weightStarts[processes.Rank] && tasks.Start(task) < _weightStarts[processes.Rank + 1];
        OwnTasks = [.. Enumerable.Range(0, tasks.Count).Where(IsOwn)];
        OtherTasks = [.. Enumerable.Range(0, tasks.Count).Where(task => !IsOwn(task))];
    }

    /// <summary>Gradient tasks of this process's weights.</summary>
    public int[] OwnTasks { get; }

    /// <summary>Those of the others.</summary>
    public int[] OtherTasks { get; }

    /// <summary>Fetches what the others made of their spectra.</summary>
    /// <param name="batch">The deep levels; those of this process's spectra are set.</param>
    /// <param name="own">This process's chunks.</param>
    /// <param name="firstChunk">Number of the first of them.</param>
    /// <param name="chunkStarts">First chunk of each process, and the number of chunks.</param>
    /// <param name="spectrumStarts">First spectrum of each process, and the number of spectra.</param>
    /// <returns>Addresses of all chunks' gradients.</returns>
    public unsafe nint[] Complete(BatchBuffers batch, IReadOnlyList<ChunkBuffers> own, int firstChunk, int[] chunkStarts, int[] spectrumStarts)
    {
        var chunks = chunkStarts[^1];
        if (_chunkGradients.Count < chunks * _chunkGradientCount)
        {
            _chunkGradients = new PinnedBuffer((long)chunks * _chunkGradientCount);
        }
        for (var i = 0; i < chunkStarts[_processes.Rank + 1] - firstChunk; i++)
        {
            own[i].Gradient.Span.CopyTo(_chunkGradients.Span[((firstChunk + i) * _chunkGradientCount)..]);
        }
        _processes.Complete(_chunkGradients.Span, [.. chunkStarts.Select(chunk => chunk * _chunkGradientCount)]);
        batch.Complete(_processes, spectrumStarts);
        return [.. Enumerable.Range(0, chunks).Select(chunk => (nint)(_chunkGradients.Pointer + (chunk * _chunkGradientCount)))];
    }

    /// <summary>Fetches the others' part of the weights, or of something that lies like them.</summary>
    public void Complete(Span<float> values) => _processes.Complete(values, _weightStarts);
}
