namespace Galatent.Explore.Server;

/// <summary>How many requests work at once, and how many may wait. More are refused, so that a flood cannot fill the memory.</summary>
/// <param name="working">Requests at once.</param>
/// <param name="waiting">Requests that may wait.</param>
internal sealed class WorkGate(int working, int waiting) : IDisposable
{
    private readonly SemaphoreSlim _free = new(working, working);
    private int _present;

    /// <summary>Does the work when it is its turn; null when too many are waiting.</summary>
    public Task<T?> Run<T>(Func<T> work, CancellationToken cancellation)
        where T : class => Run(() => Task.FromResult(true), _ => work(), cancellation);

    /// <summary>Reads what the work needs, then does it when it is its turn; null, with nothing read, when too many are here. Who reads
    /// counts as waiting, and takes nobody's turn.</summary>
    public async Task<T?> Run<TRead, T>(Func<Task<TRead>> read, Func<TRead, T> work, CancellationToken cancellation)
        where T : class
    {
        if (Interlocked.Increment(ref _present) > working + waiting)
        {
            Interlocked.Decrement(ref _present);
            return null;
        }
        try
        {
            var content = await read().ConfigureAwait(false);
            await _free.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                return await Task.Run(() => work(content), cancellation).ConfigureAwait(false);
            }
            finally
            {
                _free.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _present);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();
}
