using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>The data of one update.</summary>
/// <param name="rows">Largest number of spectra in a batch.</param>
/// <param name="pixels">Pixels per spectrum.</param>
/// <param name="deviates">Normal deviates per spectrum: draws × latent dimensions.</param>
/// <param name="run">The objective.</param>
internal sealed class PreparedBatch(int rows, int pixels, int deviates, ObjectiveRun run)
{
    private readonly float[] _flux = new float[rows * pixels];
    private readonly float[] _epsilon = new float[rows * deviates];
    private readonly float[] _weights = run.PixelWeightBuffer(rows);
    private (int First, int Count) _part;

    /// <summary>Row numbers of the whole batch.</summary>
    public int[] Rows { get; private set; } = [];

    /// <summary>This process's spectra, shape (b, n_wave).</summary>
    public ReadOnlySpan<float> Flux => _flux.AsSpan(0, _part.Count * pixels);

    /// <summary>Noise of this process's spectra, shape (b, draws, latent); zeros when the objective uses z = μ.</summary>
    public ReadOnlySpan<float> Epsilon => _epsilon.AsSpan(_part.First * deviates, _part.Count * deviates);

    /// <summary>Weights of the squared errors of this process's spectra: none, shape (n_wave), or shape (b, n_wave).</summary>
    public ReadOnlySpan<float> PixelWeights =>
        run.ReadsWeights ? _weights.AsSpan(0, _part.Count * pixels) : run.PixelWeights([], [], _weights);

    /// <summary>Reads the spectra, draws the noise and reads the weights of a batch.</summary>
    /// <param name="spectra">All spectra.</param>
    /// <param name="batch">Row numbers of the whole batch.</param>
    /// <param name="part">Which of them this process needs.</param>
    /// <param name="augmentation">Changes them; null where nothing does.</param>
    /// <param name="copies">Rows that each spectrum takes; the first of two stays as it is.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="epoch">From 1.</param>
    /// <param name="step">Within the epoch, from 0.</param>
    public void Fill(
        ISpectrumSource spectra,
        int[] batch,
        (int First, int Count) part,
        Augmentation? augmentation,
        int copies,
        ulong seed,
        int epoch,
        int step
    )
    {
        (Rows, _part) = (batch, part);
        var rows = batch.AsSpan(_part.First, _part.Count);
        spectra.Read(rows, _flux);
        if (augmentation is null)
        {
            run.PixelWeights(rows, _flux, _weights);
        }
        else
        {
            run.AugmentedWeights(rows, _flux, _weights, (i, flux, ivar) =>
            {
                if ((_part.First + i) % copies == copies - 1)
                {
                    augmentation.Apply(epoch, step, _part.First + i, flux, ivar);
                }
            });
        }
        if (!run.Objective.Choice.UsesMean)
        {
            // The noise of the whole batch is drawn from one stream, so the noise of a spectrum does not depend on the number of processes.
            Batch.Noise(seed, epoch, step, _epsilon.AsSpan(0, batch.Length * deviates));
        }
    }
}

/// <summary>
/// Prepares the batches of a run ahead of time on its own threads, and returns them in order. Several readers hide the latency of a disk.
/// At 0.1 ms per row one reader is enough (a batch of 32 takes 3 ms, its update 30 ms). On a network file system with 5 ms per row, four
/// readers deliver 800 spectra a second.
/// </summary>
internal sealed class BatchFeed : IDisposable
{
    private const int ReadersOfStream = 4;

    private readonly ISpectrumSource _spectra;
    private readonly int[] _training;
    private readonly TrainingOptions _options;
    private readonly Func<int, (int First, int Count)> _part;
    private readonly Augmentation? _augmentation;
    private readonly int _copies;
    private readonly int _stepsPerEpoch;
    private readonly Lock _orderLock = new();
    private readonly Dictionary<int, int[]> _orders = [];
    private readonly PreparedBatch[] _slots;
    private readonly long[] _ready;
    private readonly object _lock = new();
    private readonly Task[] _readers;
    private readonly long _first;
    private readonly long _end;
    private long _toPrepare;
    private long _inUse;
    private bool _stopped;
    private bool _failed;

    /// <summary>Starts reading.</summary>
    /// <param name="spectra">All spectra.</param>
    /// <param name="training">Row numbers of the training spectra.</param>
    /// <param name="options">Seed, batch size, epochs.</param>
    /// <param name="run">The objective: draws per spectrum and weights of the pixels.</param>
    /// <param name="part">Gives the part of a batch of so many spectra that this process needs.</param>
    /// <param name="epoch">Epoch of the first batch, from 1.</param>
    /// <param name="step">Its step, from 0.</param>
    public BatchFeed(
        ISpectrumSource spectra,
        int[] training,
        TrainingOptions options,
        ObjectiveRun run,
        Func<int, (int First, int Count)> part,
        int epoch,
        int step
    )
    {
        (_spectra, _training, _options, _part) = (spectra, training, options, part);
        _augmentation = run.Augmentation(training);
        _copies = options.Augmentation.Copies;
        var spectraPerStep = options.BatchSize / _copies;
        _stepsPerEpoch = (training.Length + spectraPerStep - 1) / spectraPerStep;
        _first = _toPrepare = ((epoch - 1L) * _stepsPerEpoch) + step;
        _inUse = _first - 1;
        _end = (long)options.Epochs * _stepsPerEpoch;
        var readers = spectra.IsStreamed || run.ReadsWeights ? ReadersOfStream : 1;
        var rows = Math.Min(options.BatchSize, training.Length * _copies);
        // One batch in use, one ready, and one that each reader is preparing.
        _slots =
        [
            .. Enumerable
                .Range(0, readers + 2)
                .Select(_ => new PreparedBatch(
                    rows,
                    spectra.Grid.Count,
                    options.Network.LatentDimensions * run.Objective.Choice.DrawCount,
                    run
                )),
        ];
        _ready = [.. _slots.Select(_ => -1L)];
        _readers =
        [
            .. Enumerable
                .Range(0, readers)
                .Select(_ =>
                    Task.Factory.StartNew(ReadAhead, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                ),
        ];
    }

    /// <summary>Updates in one epoch.</summary>
    public int StepsPerEpoch => _stepsPerEpoch;

    /// <summary>The next batch; it is valid until the next call.</summary>
    /// <exception cref="InputException">The spectra cannot be read.</exception>
    public PreparedBatch Next()
    {
        lock (_lock)
        {
            _inUse++;
            Monitor.PulseAll(_lock);
            while (_ready[_inUse % _slots.Length] != _inUse && !_failed)
            {
                Monitor.Wait(_lock);
            }
            if (!_failed)
            {
                return _slots[_inUse % _slots.Length];
            }
        }
        Task.WhenAny(_readers.Where(r => !r.IsCompletedSuccessfully)).GetAwaiter().GetResult().GetAwaiter().GetResult();
        throw new InvalidOperationException($"A reader of batch {_inUse} ended early.");
    }

    /// <summary>Stops the readers.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _stopped = true;
            Monitor.PulseAll(_lock);
        }
        // Next has already thrown a reader's failure, or the failure concerns a batch that is no longer needed.
        Task.WhenAll(_readers)
            .ContinueWith(t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
            .GetAwaiter()
            .GetResult();
    }

    private void ReadAhead()
    {
        var whole = false;
        try
        {
            while (Take() is { } index)
            {
                Prepare(index, _slots[index % _slots.Length]);
                lock (_lock)
                {
                    _ready[index % _slots.Length] = index;
                    Monitor.PulseAll(_lock);
                }
            }
            whole = true;
        }
        finally
        {
            lock (_lock)
            {
                _failed |= !whole;
                Monitor.PulseAll(_lock);
            }
        }
    }

    private long? Take()
    {
        lock (_lock)
        {
            // The slot of batch i is free when a batch after i - slots is in use.
            while (!_stopped && !_failed && _toPrepare < _end && _toPrepare - _slots.Length >= Math.Max(_inUse, _first))
            {
                Monitor.Wait(_lock);
            }
            return _stopped || _failed || _toPrepare >= _end ? null : _toPrepare++;
        }
    }

    private void Prepare(long index, PreparedBatch slot)
    {
        var epoch = (int)(index / _stepsPerEpoch) + 1;
        var step = (int)(index % _stepsPerEpoch);
        var order = Order(epoch);
        var spectra = _options.BatchSize / _copies;
        var start = step * spectra;
        var batch = order[start..Math.Min(order.Length, start + spectra)];
        batch = _copies == 1 ? batch : [.. batch.SelectMany(row => Enumerable.Repeat(row, _copies))];
        slot.Fill(_spectra, batch, _part(batch.Length), _augmentation, _copies, _options.Seed, epoch, step);
    }

    private int[] Order(int epoch)
    {
        lock (_orderLock)
        {
            if (!_orders.TryGetValue(epoch, out var order))
            {
                _orders.Remove(epoch - 2);
                _orders[epoch] = order = Batch.Order(_training, _options.Seed, epoch);
            }
            return order;
        }
    }
}
