using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Numerics;
using static TorchSharp.torch;

namespace Galatent.Torch;

/// <summary>
/// The stock engine: libtorch's eager operations and autograd, on CPU or CUDA. Results repeat to the bit for the same number of threads and
/// the same device, not across them, because libtorch splits its sums by thread.
/// </summary>
internal sealed class TorchEngine : ITrainingEngine
{
    private readonly TorchNetwork _network;
    private readonly TorchAdam _adam;
    private readonly PreparedObjective _objective;
    private readonly FeatureLoss? _comparison;
    private readonly BatchTerm? _term;
    private readonly int _pixels;
    private readonly int _latent;
    private SharedSum? _shared;
    private OutputCalibration? _output;

    /// <summary>Puts a copy of the weights on a device.</summary>
    /// <param name="weights">Start values and mean spectrum.</param>
    /// <param name="adam">The optimizer's constants.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="threads">CPU threads; libtorch has one such number for the whole process.</param>
    /// <param name="objective">What is minimised; the study's when null.</param>
    public TorchEngine(NetworkWeights weights, AdamOptions adam, Device device, int threads, PreparedObjective? objective = null)
    {
        (_objective, _output) = (objective ?? PreparedObjective.Default, weights.Output);
        _comparison = _objective.Comparison is { } comparison ? new FeatureLoss(comparison, device) : null;
        set_num_threads(threads);
        Layout = weights.Layout;
        (_pixels, _latent) = (Layout.Plan.Pixels, Layout.Options.LatentDimensions);
        _term = _objective.Term is { } term ? new BatchTerm(term, _latent) : null;
        _network = new TorchNetwork(weights, device);
        _adam = new TorchAdam(adam, Layout, _network.Weights);
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
        using var scope = NewDisposeScope();
        var loss = Backward(batch, epsilon, weights, pixelWeights, batch.Length / _pixels, ProcessGroup.Alone);
        if (loss.MovesWeights(weights))
        {
            _adam.Step(learningRate);
        }
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
        using var scope = NewDisposeScope();
        var loss = Backward(batch, epsilon, weights, pixelWeights, batch.Length / _pixels, ProcessGroup.Alone);
        CopyGradient(gradient);
        return loss;
    }

    /// <inheritdoc/>
    public (int First, int Count) Part(int spectra, ProcessGroup processes) => processes.Part(spectra);

    /// <inheritdoc/>
    public StepLoss StepTogether(
        ReadOnlySpan<float> part,
        ReadOnlySpan<float> epsilon,
        int spectra,
        ObjectiveWeights weights,
        float learningRate,
        ProcessGroup processes,
        ReadOnlySpan<float> pixelWeights = default
    )
    {
        _shared ??= new SharedSum(processes, Layout.Count);
        using var scope = NewDisposeScope();
        var gradient = new float[Layout.Count];
        StepLoss own = default;
        if (part.Length > 0)
        {
            own = Backward(part, epsilon, weights, pixelWeights, spectra, processes);
            CopyGradient(gradient);
        }
        else
        {
            _term?.Begin(spectra, processes);
            _term?.Evaluate(weights);
        }
        Span<double> terms = [own.SquaredError, own.KullbackLeibler, own.WeightedError, own.Penalty];
        processes.Sum(terms);
        _shared.Sum(gradient);
        for (var i = 0; i < _network.Weights.Length; i++)
        {
            var block = Layout.Blocks[i];
            _network.Weights[i].grad = _network
                .Rows(gradient.AsSpan(block.Offset, block.Count), block.Count)
                .view(_network.Weights[i].shape);
        }
        var loss = new StepLoss(terms[0], terms[1]) { WeightedError = terms[2], Penalty = _term?.Value ?? terms[3] };
        if (loss.MovesWeights(weights))
        {
            _adam.Step(learningRate);
        }
        return loss;
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<float> flux, Span<float> mu, Span<float> logVariance, ReadOnlySpan<float> pixelWeights = default)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var posterior = _network.Encode(_network.Rows(flux, _pixels), IsSeen(pixelWeights));
        TorchNetwork.CopyOut(posterior.Mu, mu);
        TorchNetwork.CopyOut(posterior.LogVariance, logVariance);
    }

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<float> z, Span<float> flux)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        TorchNetwork.CopyOut(_network.Decode(_network.Rows(z, _latent)), flux);
        _output?.Apply(flux);
    }

    /// <inheritdoc/>
    public void Calibrate(OutputCalibration? output) => _output = output;

    /// <inheritdoc/>
    public double ComparisonError(ReadOnlySpan<float> flux, ReadOnlySpan<float> reconstruction)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return _comparison?.Of(_network.Rows(flux, _pixels), _network.Rows(reconstruction, _pixels)).Number() ?? 0;
    }

    /// <inheritdoc/>
    public void GetWeights(Span<float> values)
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < _network.Weights.Length; i++)
        {
            TorchNetwork.CopyOut(_network.Weights[i], values.Slice(Layout.Blocks[i].Offset, Layout.Blocks[i].Count));
        }
    }

    /// <inheritdoc/>
    public void SetWeights(ReadOnlySpan<float> values)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        for (var i = 0; i < _network.Weights.Length; i++)
        {
            var block = Layout.Blocks[i];
            _network.Weights[i].copy_(_network.Rows(values.Slice(block.Offset, block.Count), block.Count).view(_network.Weights[i].shape));
        }
    }

    /// <inheritdoc/>
    public AdamState GetAdamState() => _adam.GetState();

    /// <inheritdoc/>
    public void SetAdamState(AdamState state) => _adam.SetState(state);

    /// <inheritdoc/>
    public void Dispose()
    {
        _comparison?.Dispose();
        _adam.Dispose();
        _network.Dispose();
    }

    private void CopyGradient(Span<float> gradient)
    {
        for (var i = 0; i < _network.Weights.Length; i++)
        {
            TorchNetwork.CopyOut(_network.Weights[i].grad!, gradient.Slice(Layout.Blocks[i].Offset, Layout.Blocks[i].Count));
        }
    }

    /// <summary>
    /// Leaves the gradient in the weights and returns the loss, both divided by <paramref name="meanOver"/>, the spectra of all
    /// <paramref name="processes"/>, of which these may
    /// be a part; call inside a dispose scope.
    /// </summary>
    private StepLoss Backward(
        ReadOnlySpan<float> batch,
        ReadOnlySpan<float> epsilon,
        ObjectiveWeights weights,
        ReadOnlySpan<float> pixelWeights,
        int meanOver,
        ProcessGroup processes
    )
    {
        foreach (var weight in _network.Weights)
        {
            weight.grad = null;
        }
        var x = _network.Rows(batch, _pixels); // [b, n_wave]
        var noise = _network.Rows(epsilon, _latent); // [b x draws, latent]
        var isSeen = IsSeen(pixelWeights);
        x = _network.Seen(x, isSeen);
        var (mu, logVariance) = _network.Encode(x, isSeen);
        var count = x.shape[0];
        var draws = _objective.Choice.DrawCount;
        var z =
            draws == 1
                ? mu.Plus(logVariance.Times(0.5).exp() * noise)
                : mu.repeat_interleave(draws, 0).Plus(logVariance.repeat_interleave(draws, 0).Times(0.5).exp() * noise);
        var reconstruction = _network.Decode(z);
        var squares = ((draws == 1 ? x : x.repeat_interleave(draws, 0)) - reconstruction).Square();
        var weighted = pixelWeights.IsEmpty ? squares : squares * PixelRows(pixelWeights, draws);
        var divergence = Divergence(mu, logVariance, meanOver);
        var counted = isSeen is null
            ? squares
            : squares * (draws == 1 || isSeen.shape[0] == 1 ? isSeen : isSeen.repeat_interleave(draws, 0));
        var plain = counted.detach().sum().Times(1.0 / ((double)meanOver * draws)).Number();
        Tensor loss;
        if (_objective.Choice.DrawLoss is { } drawLoss)
        {
            loss = DrawSlope(
                drawLoss,
                weighted.sum(1),
                LogRatio(noise, logVariance, z, draws),
                draws,
                weights.Beta,
                meanOver,
                out var bound
            );
            loss.backward();
            var error = weighted.detach().sum().Times(1.0 / ((double)meanOver * draws)).Number();
            return new StepLoss(plain, divergence.Number()) { WeightedError = error, Penalty = bound - error };
        }
        loss = weighted.sum().Times(1.0 / meanOver);
        var weightedError = loss.Number();
        if (_comparison is not null)
        {
            loss = loss.Plus(_comparison.Of(x, reconstruction), (double)count / meanOver);
        }
        var penalty = _term is null ? divergence.Times(weights.Beta) : TermSlope(_term, weights, mu, logVariance, z, meanOver, processes);
        loss.Plus(penalty).backward();
        return new StepLoss(plain, divergence.Number())
        {
            WeightedError = weightedError,
            Penalty = _term?.Value ?? (loss.Number() - weightedError + penalty.Number()),
        };
    }

    /// <summary>The divergence as a differentiable scalar, summed over the spectra and divided by <paramref name="meanOver"/>.</summary>
    private static Tensor Divergence(Tensor mu, Tensor logVariance, int meanOver) =>
        (mu.Square().Plus(logVariance.exp()) - logVariance).Plus_(-1).sum().Times(0.5 / meanOver);

    /// <summary>ln p(z) - ln q(z|x) of every draw, shape (b x draws).</summary>
    private static Tensor LogRatio(Tensor noise, Tensor logVariance, Tensor z, int draws) =>
        (noise.Square().Plus(logVariance.repeat_interleave(draws, 0)) - z.Square()).sum(1).Times(0.5);

    /// <summary>Evaluates a loss of several draws, and returns a scalar that has its derivatives (but not its value).</summary>
    private static Tensor DrawSlope(
        IDrawLoss drawLoss,
        Tensor error,
        Tensor logRatio,
        int draws,
        double beta,
        int meanOver,
        out double bound
    )
    {
        var slopes = new DrawSlopes((int)error.shape[0] / draws, draws);
        var errors = new float[error.shape[0]];
        var ratios = new float[errors.Length];
        TorchNetwork.CopyOut(error, errors);
        TorchNetwork.CopyOut(logRatio, ratios);
        bound =
            slopes.Evaluate(drawLoss, Array.ConvertAll(errors, e => (double)e), Array.ConvertAll(ratios, r => (double)r), beta) / meanOver;
        Tensor Along(Tensor t, double[] slope) =>
            (t * tensor(Array.ConvertAll(slope, s => (float)(s / meanOver)), t.shape, device: t.device)).sum();
        return Along(error, slopes.Error).Plus(Along(logRatio, slopes.LogRatio));
    }

    /// <summary>Evaluates a term, and returns a scalar that has its derivatives (but not its value).</summary>
    private static Tensor TermSlope(
        BatchTerm term,
        ObjectiveWeights weights,
        Tensor mu,
        Tensor logVariance,
        Tensor z,
        int spectra,
        ProcessGroup processes
    )
    {
        term.Begin(spectra, processes);
        TorchNetwork.CopyOut(mu, term.Mu);
        TorchNetwork.CopyOut(logVariance, term.LogVariance);
        TorchNetwork.CopyOut(z, term.Z);
        term.Evaluate(weights);
        static Tensor Along(Tensor t, Span<float> slope) => (t * tensor(slope.ToArray(), t.shape, device: t.device)).sum();
        return Along(mu, term.MuGradient).Plus(Along(logVariance, term.LogVarianceGradient)).Plus(Along(z, term.ZGradient));
    }

    // Which pixels the network sees: weights are never negative. Null where it sees all, or has no mask channel.
    private Tensor? IsSeen(ReadOnlySpan<float> weights) =>
        weights.IsEmpty || !Layout.Options.MaskChannel ? null : _network.Rows(weights, _pixels).to(ScalarType.Bool);

    private Tensor PixelRows(ReadOnlySpan<float> weights, int draws)
    {
        var rows = _network.Rows(weights, _pixels);
        return draws == 1 || rows.shape[0] == 1 ? rows : rows.repeat_interleave(draws, 0);
    }
}
