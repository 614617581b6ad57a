using Galatent.Numerics;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Tests.Numerics;

/// <summary>A group whose members are threads of the test, so that what several processes compute can be tested without a
/// launcher.</summary>
internal sealed class ThreadGroup : ProcessGroup
{
    private readonly Barrier _barrier;
    private readonly CancellationToken _stop;
    private readonly object?[] _board;

    private readonly bool _sharesMemory;

    private ThreadGroup(int rank, int size, Barrier barrier, object?[] board, bool sharesMemory, CancellationToken stop) =>
        (Rank, Size, _barrier, _board, _sharesMemory, _stop) = (rank, size, barrier, board, sharesMemory, stop);

    public override int Rank { get; }

    public override int Size { get; }

    public override int SharingMachine => Size;

    public override int SharingCores => Size;

    /// <summary>Runs every member on a thread of its own and returns their results in the order of the ranks.</summary>
    public static T[] Run<T>(int size, Func<ProcessGroup, T> member, bool sharesMemory = false)
    {
        using var barrier = new Barrier(size);
        using var stop = new CancellationTokenSource();
        var board = new object?[size];
        var tasks = Enumerable
            .Range(0, size)
            .Select(rank =>
                Task.Factory.StartNew(
                    () => RunOne(() => member(new ThreadGroup(rank, size, barrier, board, sharesMemory, stop.Token)), stop),
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                )
            )
            .ToArray();
        Task.WaitAll(tasks);
        return [.. tasks.Select(t => t.Result)];
    }

    // The others would wait for ever for a member that failed.
    private static T RunOne<T>(Func<T> member, CancellationTokenSource stop)
    {
        var isWhole = false;
        try
        {
            var result = member();
            isWhole = true;
            return result;
        }
        finally
        {
            if (!isWhole)
            {
                stop.Cancel();
            }
        }
    }

    public override void Barrier() => Post<object?>(null);

    public override void AllGather(ReadOnlySpan<double> part, Span<double> all)
    {
        var parts = Post(part.ToArray());
        for (var i = 0; i < Size; i++)
        {
            parts[i].CopyTo(all[(i * part.Length)..]);
        }
    }

    public override void AllGather<T>(Span<T> values, ReadOnlySpan<int> starts)
    {
        var parts = Post(values[starts[Rank]..starts[Rank + 1]].ToArray());
        for (var i = 0; i < Size; i++)
        {
            parts[i].CopyTo(values[starts[i]..]);
        }
    }

    public override void AllToAll(ReadOnlySpan<float> values, ReadOnlySpan<int> starts, Span<float> received)
    {
        var everybody = Post(values.ToArray());
        var own = starts[Rank + 1] - starts[Rank];
        for (var i = 0; i < Size; i++)
        {
            everybody[i].AsSpan(starts[Rank], own).CopyTo(received[(i * own)..]);
        }
    }

    internal override PinnedBuffer? Share(long count) => _sharesMemory ? Post(IsFirst ? new PinnedBuffer(count) : null)[0] : null;

    private T[] Post<T>(T mine)
    {
        _board[Rank] = mine;
        _barrier.SignalAndWait(_stop);
        var all = _board.Select(x => (T)x!).ToArray();
        _barrier.SignalAndWait(_stop);
        return all;
    }
}
