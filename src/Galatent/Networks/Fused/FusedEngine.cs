using Galatent.Networks.Objectives;
using Galatent.Numerics;

namespace Galatent.Networks.Fused;

/// <summary>
/// The CPU engine: forward pass, backward pass and Adam written out for this network over the matrix product of <see cref="MatrixProduct"/>'s kernels, without autograd
/// and without allocation per step. The batch is cut into chunks of at most <see cref="SpectraPerChunk"/>, which the workers take as they become free; sums run in the
/// order of the chunks, so the result has the same bits whatever the number of threads. A training batch takes 0.6 MB per spectrum of the study; encoding and decoding
/// take no more than the threads' own chunks, however many spectra there are.
/// </summary>
internal sealed unsafe class FusedEngine : ITrainingEngine
{
    // 8 and 16 are equally fast (51 to 55 ms per step of 32 spectra on one core); 8 gives four threads something to do in a batch of 32.
    internal const int SpectraPerChunk = 8;

    // Numbers that a worker updates at a time: with gradient and moments half a megabyte, which stay in the second-level cache.
    private const int NumbersPerUpdate = 1 << 15;

    private readonly FusedNetwork _network;
    private readonly EncoderPass _encoder;
    private readonly DecoderPass _decoder;
    private readonly WorkerTeam _team;
    private readonly WorkerBuffers[] _workers;
    private readonly List<ChunkBuffers> _chunks = [];
    private readonly GradientTasks _gradientTasks;
    private readonly FusedAdam _adam;
    private readonly int _pixels;
    private readonly TermPass? _term;
    private readonly Action<int, int> _packItem, _trainItem, _sampleItem, _backItem, _gradientItem, _updateItem, _updateOwnItem, _encodeItem, _decodeItem;
    private BatchBuffers _batch;
    private PinnedBuffer _gradient = new(0);
    private SharedUpdate? _shared;
    private Round _round;
    private int _itemsToPack;

    /// <summary>Takes a copy of the weights.</summary>
    /// <param name="weights">Start values and mean spectrum.</param>
    /// <param name="adam">The optimizer's constants.</param>
    /// <param name="threads">Threads to use, at least 1; the results do not depend on it.</param>
    /// <param name="objective">What is minimised; the study's when null. One that needs autograd is not for this engine.</param>
    public FusedEngine(NetworkWeights weights, AdamOptions adam, int threads, Objective? objective = null)
        : this(weights, adam, threads, TileKernels.Best, objective)
    {
    }

    internal FusedEngine(NetworkWeights weights, AdamOptions adam, int threads, TileKernels kernels, Objective? objective = null)
    {
        Layout = weights.Layout;
        _pixels = Layout.Plan.Pixels;
        _network = new FusedNetwork(Layout, kernels);
        (_encoder, _decoder) = (new EncoderPass(_network, weights.MeanSpectrum), new DecoderPass(_network, weights.MeanSpectrum));
        _team = new WorkerTeam(threads);
        _gradientTasks = new GradientTasks(_network);
        _workers = [.. Enumerable.Range(0, threads).Select(_ => new WorkerBuffers(_network, SpectraPerChunk, _gradientTasks.LongestTask))];
        _batch = new BatchBuffers(_network, threads * SpectraPerChunk);
        _adam = new FusedAdam(adam, Layout.Count);
        _term = objective?.Term is { } term ? new TermPass(term, _network.Latent) : null;
        (_sampleItem, _backItem) = (SampleChunk, BackChunk);
        (_packItem, _trainItem, _gradientItem, _updateItem, _updateOwnItem) = ((_, item) => _network.Pack(item), Train, SumGradient, UpdateWeights, UpdateOwnWeights);
        (_encodeItem, _decodeItem) = (EncodeChunk, DecodeChunk);
        SetWeights(weights.Values);
    }

    /// <inheritdoc/>
    public ParameterLayout Layout { get; }

    /// <inheritdoc/>
    public StepLoss Step(ReadOnlySpan<float> batch, ReadOnlySpan<float> epsilon, ObjectiveWeights weights, float learningRate, ReadOnlySpan<float> pixelWeights = default)
    {
        var loss = RunChunks(batch, epsilon, weights, pixelWeights, Count(batch, _pixels, nameof(batch)), ProcessGroup.Alone);
        _adam.Begin(learningRate);
        _team.Run(_gradientTasks.Count, _updateItem);
        _itemsToPack = _network.ShallowPackingItems;
        return loss;
    }

    /// <inheritdoc/>
    public StepLoss Gradient(ReadOnlySpan<float> batch, ReadOnlySpan<float> epsilon, ObjectiveWeights weights, Span<float> gradient, ReadOnlySpan<float> pixelWeights = default)
    {
        CheckLength(gradient.Length, Layout.Count, nameof(gradient));
        var loss = RunChunks(batch, epsilon, weights, pixelWeights, Count(batch, _pixels, nameof(batch)), ProcessGroup.Alone);
        ComputeGradient();
        _network.Layout.Export(_gradient.Span, gradient);
        return loss;
    }

    /// <inheritdoc/>
    public StepLoss StepTogether(
        ReadOnlySpan<float> part, ReadOnlySpan<float> epsilon, int spectra, ObjectiveWeights weights, float learningRate, ProcessGroup processes, ReadOnlySpan<float> pixelWeights = default)
    {
        _shared ??= new SharedUpdate(processes, Layout.Count);
        StepLoss own = default;
        if (part.Length > 0)
        {
            own = RunChunks(part, epsilon, weights, pixelWeights, spectra, processes);
            ComputeGradient();
        }
        else
        {
            _term?.Evaluate(_batch, 0, spectra, weights, processes);
            _gradient = _gradient.Count == 0 ? new PinnedBuffer(Layout.Count) : _gradient;
            _gradient.Span.Clear();
        }
        var loss = _shared.Sum(own, _term?.Value);
        _shared.SumOwnPart(_gradient.Span);
        _adam.Begin(learningRate);
        _team.Run((_shared.Length + NumbersPerUpdate - 1) / NumbersPerUpdate, _updateOwnItem);
        _shared.Complete(_network.Weights.Span);
        _itemsToPack = _network.PackingItems;
        return loss;
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<float> flux, Span<float> mu, Span<float> logVariance)
    {
        CheckLength(mu.Length, Count(flux, _pixels, nameof(flux)) * _network.Latent, nameof(mu));
        CheckLength(logVariance.Length, mu.Length, nameof(logVariance));
        fixed (float* input = flux, first = mu, second = logVariance)
        {
            RunForward(Count(flux, _pixels, nameof(flux)), new Round { Input = input, Output = first, SecondOutput = second }, _encodeItem);
        }
    }

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<float> z, Span<float> flux)
    {
        CheckLength(flux.Length, Count(z, _network.Latent, nameof(z)) * _pixels, nameof(flux));
        fixed (float* input = z, output = flux)
        {
            RunForward(Count(z, _network.Latent, nameof(z)), new Round { Input = input, Output = output }, _decodeItem);
        }
    }

    /// <inheritdoc/>
    public void GetWeights(Span<float> values) => _network.Layout.Export(_network.Weights.Span, values);

    /// <inheritdoc/>
    public void SetWeights(ReadOnlySpan<float> values)
    {
        CheckLength(values.Length, Layout.Count, nameof(values));
        _network.Layout.Import(values, _network.Weights.Span);
        _itemsToPack = _network.PackingItems;
    }

    /// <inheritdoc/>
    public AdamState GetAdamState()
    {
        _shared?.Complete(_adam.First.Span);
        _shared?.Complete(_adam.Second.Span);
        var state = new AdamState(new float[Layout.Count], new float[Layout.Count], _adam.Steps);
        _network.Layout.Export(_adam.First.Span, state.FirstMoment);
        _network.Layout.Export(_adam.Second.Span, state.SecondMoment);
        return state;
    }

    /// <inheritdoc/>
    public void SetAdamState(AdamState state)
    {
        _network.Layout.Import(state.FirstMoment, _adam.First.Span);
        _network.Layout.Import(state.SecondMoment, _adam.Second.Span);
        _adam.Steps = state.Steps;
    }

    /// <summary>Nothing outside the garbage collector's reach is held.</summary>
    public void Dispose()
    {
    }

    private static int Count(ReadOnlySpan<float> rows, int width, string name) => rows.Length > 0 && rows.Length % width == 0
        ? rows.Length / width
        : throw new ArgumentException($"{rows.Length} numbers are not whole rows of {width}.", name);

    private static void CheckLength(int length, int expected, string name)
    {
        if (length != expected)
        {
            throw new ArgumentException($"There must be {expected} numbers, not {length}.", name);
        }
    }

    private void ComputeGradient()
    {
        _gradient = _gradient.Count == 0 ? new PinnedBuffer(Layout.Count) : _gradient;
        _team.Run(_gradientTasks.Count, _gradientItem);
    }

    /// <summary>Forward and backward pass; the loss is divided by <paramref name="meanOver"/>, the spectra of all <paramref name="processes"/>, of which these may be a part.</summary>
    private StepLoss RunChunks(ReadOnlySpan<float> batch, ReadOnlySpan<float> epsilon, ObjectiveWeights weights, ReadOnlySpan<float> pixelWeights, int meanOver, ProcessGroup processes)
    {
        var spectra = Count(batch, _pixels, nameof(batch));
        CheckLength(epsilon.Length, spectra * _network.Latent, nameof(epsilon));
        var shared = pixelWeights.Length == _pixels;
        CheckLength(pixelWeights.Length, shared || pixelWeights.IsEmpty ? pixelWeights.Length : batch.Length, nameof(pixelWeights));
        Pack();
        var chunks = (spectra + SpectraPerChunk - 1) / SpectraPerChunk;
        EnsureRoom(chunks, spectra);
        fixed (float* input = batch, noise = epsilon, pixel = pixelWeights)
        {
            _round = new Round
            {
                Spectra = spectra, MeanOver = meanOver, Chunks = chunks, Input = input, Epsilon = noise, Beta = weights.Beta, PixelWeights = pixel, PixelWeightStride = shared ? 0 : _pixels,
            };
            if (_term is null)
            {
                _team.Run(chunks, _trainItem);
            }
            else
            {
                _team.Run(chunks, _sampleItem);
                _term.Evaluate(_batch, spectra, meanOver, weights, processes);
                _team.Run(chunks, _backItem);
            }
        }
        return SumOfChunks(chunks, weights.Beta, meanOver);
    }

    private StepLoss SumOfChunks(int chunks, double beta, int meanOver)
    {
        double squaredError = 0, weightedError = 0, divergence = 0;
        for (var i = 0; i < chunks; i++)
        {
            squaredError += _chunks[i].SquaredError;
            weightedError += _chunks[i].WeightedError;
            divergence += _chunks[i].KullbackLeibler;
        }
        return new StepLoss(squaredError / meanOver, divergence / meanOver) { WeightedError = weightedError / meanOver, Penalty = _term?.Value ?? (beta * divergence / meanOver) };
    }

    private void RunForward(int spectra, Round round, Action<int, int> item)
    {
        Pack();
        EnsureRoom(_team.Workers, 0);
        _round = round with { Spectra = spectra, Chunks = (spectra + SpectraPerChunk - 1) / SpectraPerChunk };
        _team.Run(_round.Chunks, item);
    }

    private void Pack()
    {
        _team.Run(_itemsToPack, _packItem);
        _itemsToPack = 0;
    }

    private void EnsureRoom(int count, int spectra)
    {
        if (spectra > _batch.Capacity)
        {
            _batch = new BatchBuffers(_network, spectra);
        }
        while (_chunks.Count < count)
        {
            _chunks.Add(new ChunkBuffers(_network, SpectraPerChunk));
        }
    }

    private void Train(int worker, int item)
    {
        var (chunk, first) = (_chunks[item], _round.FirstSpectrum(item));
        chunk.Assign(_batch, first, _round.FirstSpectrum(item + 1) - first);
        var epsilon = _round.Epsilon + ((nint)first * _network.Latent);
        _encoder.Forward(chunk, _round.Input + ((nint)first * _pixels));
        LatentPass.Sample(chunk, epsilon);
        _decoder.ForwardAndBackward(chunk, _workers[worker], _round.MeanOver, _round.PixelWeightsOf(first), _round.PixelWeightStride);
        LatentPass.Backward(chunk, epsilon, _round.Beta / _round.MeanOver);
        _encoder.Backward(chunk, _workers[worker]);
    }

    // The two halves of Train, with a term of the whole batch between them.
    private void SampleChunk(int worker, int item)
    {
        var (chunk, first) = (_chunks[item], _round.FirstSpectrum(item));
        chunk.Assign(_batch, first, _round.FirstSpectrum(item + 1) - first);
        _encoder.Forward(chunk, _round.Input + ((nint)first * _pixels));
        LatentPass.Sample(chunk, _round.Epsilon + ((nint)first * _network.Latent));
    }

    private void BackChunk(int worker, int item)
    {
        var (chunk, first) = (_chunks[item], _round.FirstSpectrum(item));
        _decoder.ForwardAndBackward(chunk, _workers[worker], _round.MeanOver, _round.PixelWeightsOf(first), _round.PixelWeightStride);
        LatentPass.BackwardAfterTerm(chunk, _round.Epsilon + ((nint)first * _network.Latent), _term!.ZGradient(first, chunk.Count));
        _encoder.Backward(chunk, _workers[worker]);
    }

    private void SumGradient(int worker, int item)
    {
        var part = _workers[worker].Gradient;
        _gradientTasks.Compute(item, _batch, _round.Spectra, _chunks, _round.Chunks, part.Pointer);
        part.Span[.._gradientTasks.Length(item)].CopyTo(_gradient.Span[_gradientTasks.Start(item)..]);
    }

    private void UpdateWeights(int worker, int item)
    {
        var part = _workers[worker].Gradient.Pointer;
        _gradientTasks.Compute(item, _batch, _round.Spectra, _chunks, _round.Chunks, part);
        _adam.Update(_network.Weights.Pointer, part, _gradientTasks.Start(item), _gradientTasks.Length(item));
        _gradientTasks.Pack(item);
    }

    private void UpdateOwnWeights(int worker, int item)
    {
        var start = _shared!.Start + (item * NumbersPerUpdate);
        _adam.Update(_network.Weights.Pointer, _gradient.Pointer + start, start, Math.Min(NumbersPerUpdate, _shared.Start + _shared.Length - start));
    }

    private void EncodeChunk(int worker, int item)
    {
        var (chunk, first, latent) = (_chunks[worker], _round.FirstSpectrum(item), _network.Latent);
        chunk.Assign(_batch, worker * SpectraPerChunk, _round.FirstSpectrum(item + 1) - first);
        _encoder.Forward(chunk, _round.Input + ((nint)first * _pixels));
        for (var s = 0; s < chunk.Count; s++)
        {
            var row = new ReadOnlySpan<float>(chunk.Posterior.Row(s), 2 * latent);
            row[..latent].CopyTo(new Span<float>(_round.Output + ((nint)(first + s) * latent), latent));
            row[latent..].CopyTo(new Span<float>(_round.SecondOutput + ((nint)(first + s) * latent), latent));
        }
    }

    private void DecodeChunk(int worker, int item)
    {
        var (chunk, first, latent) = (_chunks[worker], _round.FirstSpectrum(item), _network.Latent);
        chunk.Assign(_batch, worker * SpectraPerChunk, _round.FirstSpectrum(item + 1) - first);
        for (var s = 0; s < chunk.Count; s++)
        {
            new ReadOnlySpan<float>(_round.Input + ((nint)(first + s) * latent), latent).CopyTo(new Span<float>(chunk.Z.Row(s), latent));
        }
        _decoder.Forward(chunk, _workers[worker], _round.Output + ((nint)first * _pixels));
    }

    /// <summary>What the workers of one round read; the pointers live as long as the call that pinned them.</summary>
    private struct Round
    {
        public int Spectra, MeanOver, Chunks;
        public float* Input, Epsilon, Output, SecondOutput;
        public float Beta;
        public float* PixelWeights;
        public int PixelWeightStride;

        /// <summary>Weights of a spectrum's pixels; null when there are none.</summary>
        public readonly float* PixelWeightsOf(int spectrum) => PixelWeights is null ? null : PixelWeights + ((nint)spectrum * PixelWeightStride);

        /// <summary>Chunks of nearly equal size.</summary>
        public readonly int FirstSpectrum(int chunk) => (int)((long)Spectra * chunk / Chunks);
    }
}
