namespace Galatent.Networks.Fused;

/// <summary>
/// Hands numbered items to a fixed number of workers, each item to whoever is free: a core that somebody else needs for a moment then holds
/// up one item, not half of the batch. What an item computes must not depend on the worker, which only owns scratch memory. A step has
/// three such rounds (packing, spectra, gradients), so starting the workers costs about 20 of its 30,000 microseconds.
/// </summary>
internal sealed class WorkerPool
{
    private readonly ParallelOptions _options;
    private readonly Action<int> _body;
    private Action<int, int> _work = static (_, _) => { };
    private int _items;
    private int _next;

    /// <summary>A team of <paramref name="workers"/>, the caller included.</summary>
    public WorkerPool(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workers);
        Workers = workers;
        _options = new ParallelOptions { MaxDegreeOfParallelism = workers };
        _body = Drain;
    }

    /// <summary>Number of workers.</summary>
    public int Workers { get; }

    /// <summary>Does all items and returns when the last is done.</summary>
    /// <param name="items">Number of items.</param>
    /// <param name="work">Called with (worker, item).</param>
    public void Run(int items, Action<int, int> work)
    {
        (_items, _next, _work) = (items, 0, work);
        var active = Math.Min(Workers, items);
        if (active <= 1)
        {
            Drain(0);
        }
        else
        {
            Parallel.For(0, active, _options, _body);
        }
    }

    private void Drain(int worker)
    {
        for (var item = Interlocked.Increment(ref _next) - 1; item < _items; item = Interlocked.Increment(ref _next) - 1)
        {
            _work(worker, item);
        }
    }
}
