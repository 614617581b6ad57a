using System.Numerics.Tensors;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Numerics;

/// <summary>
/// Processes that compute one result together. Every member calls the same methods in the same order; sums run in the order of the ranks,
/// so that all members get the same bits, every time.
/// </summary>
public abstract class ProcessGroup
{
    /// <summary>A group of this process only.</summary>
    public static ProcessGroup Alone { get; } = new SingleProcess();

    /// <summary>This process's number, from 0.</summary>
    public abstract int Rank { get; }

    /// <summary>Number of processes.</summary>
    public abstract int Size { get; }

    /// <summary>How many of them run on this machine, this one included.</summary>
    public abstract int SharingMachine { get; }

    /// <summary>How many of them share this process's cores, itself included.</summary>
    public abstract int SharingCores { get; }

    /// <summary>Whether this is the process that writes and prints.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>This process's part of some items: consecutive, in the order of the ranks, as equal as can be; may be empty.</summary>
    public (int First, int Count) Part(int items)
    {
        var first = (int)((long)items * Rank / Size);
        return (first, (int)((long)items * (Rank + 1) / Size) - first);
    }

    /// <summary>Where the parts of some items begin, and the number of items; shape (Size + 1).</summary>
    public int[] PartStarts(int items) => [.. Enumerable.Range(0, Size + 1).Select(rank => (int)((long)items * rank / Size))];

    /// <summary>Returns when every process has called it.</summary>
    public abstract void Barrier();

    /// <summary>Gives every process the numbers of all processes.</summary>
    /// <param name="part">This process's numbers; every process gives as many.</param>
    /// <param name="all">Receives them in the order of the ranks; Size times as many.</param>
    public abstract void AllGather(ReadOnlySpan<double> part, Span<double> all);

    /// <summary>Completes an array of which every process holds a part.</summary>
    /// <param name="values">The whole array; this process's part is set.</param>
    /// <param name="starts">Where the parts begin, and the end; shape (Size + 1).</param>
    public abstract void AllGather<T>(Span<T> values, ReadOnlySpan<int> starts)
        where T : unmanaged;

    /// <summary>Completes several arrays at once. The processes then wait for each other once, not once for each array.</summary>
    /// <param name="arrays">The arrays, each with the places where its parts begin, and its end.</param>
    internal virtual void AllGather(IReadOnlyList<(PinnedBuffer Values, int[] Starts)> arrays)
    {
        foreach (var (values, starts) in arrays)
        {
            AllGather(values.Span, starts);
        }
    }

    /// <summary>Floats, zero at first, that all processes read and write in place; null where they have no memory in common. All call it in
    /// the same order.</summary>
    /// <param name="count">The same in every process.</param>
    internal virtual PinnedBuffer? Share(long count) => null;

    /// <summary>Sends every process its part of this process's array.</summary>
    /// <param name="values">The whole array.</param>
    /// <param name="starts">Where the parts begin, and the end; shape (Size + 1).</param>
    /// <param name="received">This process's part of every process's array, in the order of the ranks; Size times the part.</param>
    public abstract void AllToAll(ReadOnlySpan<float> values, ReadOnlySpan<int> starts, Span<float> received);

    /// <summary>Ends the work together; the last call of every process.</summary>
    public virtual void Leave() { }

    /// <summary>Ends all processes at once, because this one cannot go on and the others would wait for it. Returns only when there are no
    /// others.</summary>
    /// <param name="exitCode">What the launcher shall return.</param>
    public virtual void Abort(int exitCode) { }

    /// <summary>Replaces numbers by their sum over all processes, added in the order of the ranks.</summary>
    public void Sum(Span<double> values)
    {
        if (Size == 1)
        {
            return;
        }
        var all = new double[values.Length * Size];
        AllGather(values, all);
        all.AsSpan(0, values.Length).CopyTo(values);
        for (var start = values.Length; start < all.Length; start += values.Length)
        {
            TensorPrimitives.Add(values, all.AsSpan(start, values.Length), values);
        }
    }

    /// <summary>A barrier after which every process sees what the others wrote to <see cref="Share"/>d memory before it.</summary>
    internal void MemoryFence()
    {
        Thread.MemoryBarrier();
        Barrier();
        Thread.MemoryBarrier();
    }

    /// <summary>Whether the value is true in any process.</summary>
    public bool Any(bool value)
    {
        Span<double> votes = [value ? 1 : 0];
        Sum(votes);
        return votes[0] > 0;
    }

    private sealed class SingleProcess : ProcessGroup
    {
        public override int Rank => 0;

        public override int Size => 1;

        public override int SharingMachine => 1;

        public override int SharingCores => 1;

        public override void Barrier() { }

        public override void AllGather(ReadOnlySpan<double> part, Span<double> all) => part.CopyTo(all);

        public override void AllGather<T>(Span<T> values, ReadOnlySpan<int> starts) { }

        public override void AllToAll(ReadOnlySpan<float> values, ReadOnlySpan<int> starts, Span<float> received) =>
            values.CopyTo(received);
    }
}
