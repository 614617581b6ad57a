using Galatent.Networks.Objectives;
using Galatent.Numerics;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Networks.Fused;

/// <summary>
/// The CPU engine: forward pass, backward pass and Adam written out for this network over the matrix product of
/// <see cref="MatrixProduct"/>'s kernels, without autograd and without allocation per step. The batch is cut into chunks of at most
/// <see cref="SpectraPerChunk"/>, which the workers take as they become free; sums run in the order of the chunks, so the result has the
/// same bits whatever the number of threads. A training batch takes 0.6 MB per spectrum of the study; encoding and decoding take no more
/// than the threads' own chunks, however many spectra there are.
/// </summary>
internal sealed unsafe partial class FusedEngine : ITrainingEngine
{
    // 8 and 16 are equally fast (51 to 55 ms per step of 32 spectra on one core); 8 gives four threads something to do in a batch of 32.
    internal const int SpectraPerChunk = 8;

    private readonly FusedNetwork _network;
    private readonly EncoderPass _encoder;
    private readonly DecoderPass _decoder;
    private readonly WorkerPool _team;
    private readonly WorkerBuffers[] _workers;
    private readonly List<ChunkBuffers> _chunks = [];
    private readonly GradientTasks _gradientTasks;
    private readonly FusedAdam _adam;
    private readonly FusedMuon? _muon;
    private readonly (int Start, int Length, bool IsMatrix)[][] _stretches;
    private readonly int _pixels;
    private readonly LatentTermPass? _term;
    private readonly ProcessGroup _processes;
    private readonly bool _sharesMemory;
    private readonly Action<int, int> _packItem;
    private readonly Action<int, int> _trainItem;
    private readonly Action<int, int> _sampleItem;
    private readonly Action<int, int> _backItem;
    private readonly Action<int, int> _gradientItem;
    private readonly Action<int, int> _updateItem;
    private readonly Action<int, int> _moveItem;
    private readonly Action<int, int> _encodeItem;
    private readonly Action<int, int> _decodeItem;
    private BatchBuffers _batch;
    private float[] _gradient = [];
    private nint[] _chunkGradients = [];
    private SharedStep? _shared;
    private PinnedInputs _inputs;
    private OutputCalibration? _output;
    private int _itemsToPack;
    private float _learningRate;

    /// <summary>Takes a copy of the weights.</summary>
    /// <param name="weights">Start values and mean spectrum.</param>
    /// <param name="adam">The optimizer's constants.</param>
    /// <param name="threads">Threads to use, at least 1; the results do not depend on it.</param>
    /// <param name="objective">What is minimised; the study's when null. One that needs autograd is not for this engine.</param>
    /// <param name="processes">Who makes steps together; all construct their engines, and call <see cref="SetWeights"/>, together.</param>
    /// <param name="kernels">The matrix product's inner loops; the best of this processor when null.</param>
    public FusedEngine(
        NetworkWeights weights,
        AdamOptions adam,
        int threads,
        PreparedObjective? objective = null,
        ProcessGroup? processes = null,
        TileKernels? kernels = null
    )
    {
        _processes = processes ?? ProcessGroup.Alone;
        // One float tells whether there is memory in common; the weights then lie there once for all processes.
        _sharesMemory = _processes.Share(1) is not null;
        (Layout, _output) = (weights.Layout, weights.Output);
        _pixels = Layout.Plan.Pixels;
        _network = new FusedNetwork(Layout, kernels ?? TileKernels.Best, Allocate);
        _encoder = new EncoderPass(_network, weights.MeanSpectrum, weights.Linear);
        _decoder = new DecoderPass(_network, weights.MeanSpectrum, weights.Linear);
        _team = new WorkerPool(threads);
        _gradientTasks = new GradientTasks(_network);
        _workers = [.. Enumerable.Range(0, threads).Select(_ => new WorkerBuffers(_network, SpectraPerChunk, _gradientTasks.LongestTask))];
        _batch = new BatchBuffers(_network, threads * SpectraPerChunk);
        _adam = new FusedAdam(adam, Layout.Count);
        _muon = adam.Muon is { } muon ? new FusedMuon(muon, adam.WeightDecay, _network, Allocate) : null;
        _stretches =
        [
            .. Enumerable.Range(0, _gradientTasks.Count).Select(task => Stretches(_gradientTasks.Start(task), _gradientTasks.Length(task))),
        ];
        _moveItem = (_, layer) => Move(layer);
        _term = objective?.Term is { } term ? new LatentTermPass(term, _network.Latent) : null;
        (_sampleItem, _backItem, _encodeItem, _decodeItem) = (SampleChunk, BackChunk, EncodeChunk, DecodeChunk);
        (_packItem, _trainItem, _gradientItem, _updateItem) = ((_, item) => _network.Pack(item), Train, SumGradient, UpdateWeights);
        SetWeights(weights.Values);
    }

    /// <inheritdoc/>
    public ParameterLayout Layout { get; }

    /// <inheritdoc/>
    public StepLoss Step(
        ReadOnlySpan<float> batch,
        ReadOnlySpan<float> epsilon,
        ObjectiveWeights weights,
        float learningRate,
        ReadOnlySpan<float> pixelWeights = default
    )
    {
        var loss = RunChunks(batch, epsilon, weights, pixelWeights);
        if (!loss.MovesWeights(weights))
        {
            return loss;
        }
        _adam.Begin(learningRate);
        _learningRate = learningRate;
        _team.Run(_gradientTasks.Count, _updateItem);
        _team.Run(_muon?.Count ?? 0, _moveItem);
        _itemsToPack = _network.ShallowPackingItems;
        return loss;
    }

    /// <inheritdoc/>
    public StepLoss Gradient(
        ReadOnlySpan<float> batch,
        ReadOnlySpan<float> epsilon,
        ObjectiveWeights weights,
        Span<float> gradient,
        ReadOnlySpan<float> pixelWeights = default
    )
    {
        CheckLength(gradient.Length, Layout.Count, nameof(gradient));
        var loss = RunChunks(batch, epsilon, weights, pixelWeights);
        Array.Resize(ref _gradient, Layout.Count);
        _team.Run(_gradientTasks.Count, _gradientItem);
        _network.Layout.Export(_gradient, gradient);
        return loss;
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<float> flux, Span<float> mu, Span<float> logVariance, ReadOnlySpan<float> pixelWeights = default)
    {
        var shared = pixelWeights.Length == _pixels;
        CheckLength(pixelWeights.Length, shared || pixelWeights.IsEmpty ? pixelWeights.Length : flux.Length, nameof(pixelWeights));
        CheckLength(mu.Length, Count(flux, _pixels, nameof(flux)) * _network.Latent, nameof(mu));
        CheckLength(logVariance.Length, mu.Length, nameof(logVariance));
        fixed (
            float* input = flux,
                first = mu,
                second = logVariance,
                pixel = pixelWeights
        )
        {
            RunForward(
                Count(flux, _pixels, nameof(flux)),
                new PinnedInputs
                {
                    Input = input,
                    Output = first,
                    SecondOutput = second,
                    PixelWeights = pixel,
                    PixelWeightStride = shared ? 0 : _pixels,
                },
                _encodeItem
            );
        }
    }

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<float> z, Span<float> flux)
    {
        CheckLength(flux.Length, Count(z, _network.Latent, nameof(z)) * _pixels, nameof(flux));
        fixed (
            float* input = z,
                output = flux
        )
        {
            RunForward(Count(z, _network.Latent, nameof(z)), new PinnedInputs { Input = input, Output = output }, _decodeItem);
        }
        _output?.Apply(flux);
    }

    /// <inheritdoc/>
    public void Calibrate(OutputCalibration? output) => _output = output;

    /// <inheritdoc/>
    public void GetWeights(Span<float> values) => _network.Layout.Export(_network.Weights.Span, values);

    /// <inheritdoc/>
    public void SetWeights(ReadOnlySpan<float> values)
    {
        CheckLength(values.Length, Layout.Count, nameof(values));
        // Nobody reads what is replaced, and nobody goes on before all have written; all write the same.
        MeetIfShared();
        _network.Layout.Import(values, _network.Weights.Span);
        _itemsToPack = _network.PackingItems;
        MeetIfShared();
    }

    /// <inheritdoc/>
    public void Dispose() { }

    private static int Count(ReadOnlySpan<float> rows, int width, string name) =>
        rows.Length > 0 && rows.Length % width == 0
            ? rows.Length / width
            : throw new ArgumentException($"{rows.Length} numbers are not whole rows of {width}.", name);

    private static void CheckLength(int length, int expected, string name)
    {
        if (length != expected)
        {
            throw new ArgumentException($"There must be {expected} numbers, not {length}.", name);
        }
    }

    private StepLoss RunChunks(
        ReadOnlySpan<float> batch,
        ReadOnlySpan<float> epsilon,
        ObjectiveWeights weights,
        ReadOnlySpan<float> pixelWeights
    )
    {
        var spectra = Count(batch, _pixels, nameof(batch));
        CheckLength(epsilon.Length, spectra * _network.Latent, nameof(epsilon));
        var shared = pixelWeights.Length == _pixels;
        CheckLength(pixelWeights.Length, shared || pixelWeights.IsEmpty ? pixelWeights.Length : batch.Length, nameof(pixelWeights));
        Pack();
        var chunks = (spectra + SpectraPerChunk - 1) / SpectraPerChunk;
        EnsureRoom(chunks, spectra);
        double? penalty = null;
        fixed (
            float* input = batch,
                noise = epsilon,
                pixel = pixelWeights
        )
        {
            _inputs = new PinnedInputs
            {
                Spectra = spectra,
                Chunks = chunks,
                Batch = _batch,
                Input = input,
                Epsilon = noise,
                Beta = weights.Beta,
                PixelWeights = pixel,
                PixelWeightStride = shared ? 0 : _pixels,
            };
            if (_term is null)
            {
                _team.Run(chunks, _trainItem);
            }
            else
            {
                _team.Run(chunks, _sampleItem);
                penalty = _term.Evaluate(_inputs.Batch, spectra, weights);
                _team.Run(chunks, _backItem);
            }
        }
        return SumOfChunks(spectra, chunks, weights.Beta, penalty);
    }

    private StepLoss SumOfChunks(int spectra, int chunks, double beta, double? penalty)
    {
        double squaredError = 0;
        double weightedError = 0;
        double divergence = 0;
        for (var i = 0; i < chunks; i++)
        {
            squaredError += _chunks[i].SquaredError;
            weightedError += _chunks[i].WeightedError;
            divergence += _chunks[i].KullbackLeibler;
        }
        return new StepLoss(squaredError / spectra, divergence / spectra)
        {
            WeightedError = weightedError / spectra,
            Penalty = penalty ?? (beta * divergence / spectra),
        };
    }

    private void RunForward(int spectra, PinnedInputs inputs, Action<int, int> item)
    {
        Pack();
        EnsureRoom(_team.Workers, 0);
        _inputs = inputs with { Spectra = spectra, Chunks = (spectra + SpectraPerChunk - 1) / SpectraPerChunk };
        _team.Run(_inputs.Chunks, item);
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
        if (_shared is null && _chunkGradients.Length < _chunks.Count)
        {
            _chunkGradients = [.. _chunks.Select(chunk => (nint)chunk.Gradient.Pointer)];
        }
    }

    private void Train(int worker, int item)
    {
        var chunk = _chunks[item - _inputs.FirstChunk];
        var first = _inputs.FirstSpectrum(item);
        chunk.Assign(_inputs.Batch, first, _inputs.FirstSpectrum(item + 1) - first);
        var epsilon = _inputs.Epsilon + ((nint)first * _network.Latent);
        _encoder.Forward(chunk, _inputs.Input + ((nint)first * _pixels), _inputs.PixelWeightsOf(first), _inputs.PixelWeightStride);
        LatentPass.Sample(chunk, epsilon);
        _decoder.ForwardAndBackward(chunk, _workers[worker], _inputs.Spectra, _inputs.PixelWeightsOf(first), _inputs.PixelWeightStride);
        LatentPass.Backward(chunk, epsilon, _inputs.Beta / _inputs.Spectra);
        _encoder.Backward(chunk, _workers[worker]);
    }

    // The two halves of Train, with a term of the whole batch between them.
    private void SampleChunk(int worker, int item)
    {
        var chunk = _chunks[item - _inputs.FirstChunk];
        var first = _inputs.FirstSpectrum(item);
        chunk.Assign(_inputs.Batch, first, _inputs.FirstSpectrum(item + 1) - first);
        _encoder.Forward(chunk, _inputs.Input + ((nint)first * _pixels), _inputs.PixelWeightsOf(first), _inputs.PixelWeightStride);
        LatentPass.Sample(chunk, _inputs.Epsilon + ((nint)first * _network.Latent));
    }

    private void BackChunk(int worker, int item)
    {
        var chunk = _chunks[item - _inputs.FirstChunk];
        var first = _inputs.FirstSpectrum(item);
        _decoder.ForwardAndBackward(chunk, _workers[worker], _inputs.Spectra, _inputs.PixelWeightsOf(first), _inputs.PixelWeightStride);
        LatentPass.BackwardAfterTerm(chunk, _inputs.Epsilon + ((nint)first * _network.Latent), _term!.ZGradient(first, chunk.Count));
        _encoder.Backward(chunk, _workers[worker]);
    }

    private void EncodeChunk(int worker, int item)
    {
        var chunk = _chunks[worker];
        var first = _inputs.FirstSpectrum(item);
        var latent = _network.Latent;
        chunk.Assign(_batch, worker * SpectraPerChunk, _inputs.FirstSpectrum(item + 1) - first);
        _encoder.Forward(chunk, _inputs.Input + ((nint)first * _pixels), _inputs.PixelWeightsOf(first), _inputs.PixelWeightStride);
        for (var s = 0; s < chunk.Count; s++)
        {
            var row = new ReadOnlySpan<float>(chunk.Posterior.Row(s), 2 * latent);
            row[..latent].CopyTo(new Span<float>(_inputs.Output + ((nint)(first + s) * latent), latent));
            row[latent..].CopyTo(new Span<float>(_inputs.SecondOutput + ((nint)(first + s) * latent), latent));
        }
    }

    private void DecodeChunk(int worker, int item)
    {
        var chunk = _chunks[worker];
        var first = _inputs.FirstSpectrum(item);
        var latent = _network.Latent;
        chunk.Assign(_batch, worker * SpectraPerChunk, _inputs.FirstSpectrum(item + 1) - first);
        for (var s = 0; s < chunk.Count; s++)
        {
            new ReadOnlySpan<float>(_inputs.Input + ((nint)(first + s) * latent), latent).CopyTo(new Span<float>(chunk.Z.Row(s), latent));
        }
        _decoder.Forward(chunk, _workers[worker], _inputs.Output + ((nint)first * _pixels));
    }

    /// <summary>What the workers read; the pointers live as long as the call that pinned them.</summary>
    private struct PinnedInputs
    {
        public int Spectra;
        public int Chunks;
        public int FirstChunk;
        public BatchBuffers Batch;
        public float* Input;
        public float* Epsilon;
        public float* Output;
        public float* SecondOutput;
        public float Beta;
        public float* PixelWeights;
        public int PixelWeightStride;

        /// <summary>Weights of a spectrum's pixels; null when there are none.</summary>
        public readonly float* PixelWeightsOf(int spectrum) =>
            PixelWeights is null ? null : PixelWeights + ((nint)spectrum * PixelWeightStride);

        /// <summary>Chunks of nearly equal size.</summary>
        public readonly int FirstSpectrum(int chunk) => (int)((long)Spectra * chunk / Chunks);
    }
}
