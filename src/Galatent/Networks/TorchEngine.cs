using System.Numerics.Tensors;
using Galatent.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Galatent.Networks;

/// <summary>
/// The stock engine: libtorch's eager operations and autograd, on CPU or CUDA. Results repeat to the bit for the same number of threads and the same device,
/// not across them, because libtorch splits its sums by thread.
/// </summary>
internal sealed class TorchEngine : ITrainingEngine
{
    private readonly TorchNetwork _network;
    private readonly TorchAdam _adam;
    private readonly int _pixels, _latent;
    private SharedSum? _shared;

    /// <summary>Puts a copy of the weights on a device.</summary>
    /// <param name="weights">Start values and mean spectrum.</param>
    /// <param name="adam">The optimizer's constants.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="threads">CPU threads; libtorch has one such number for the whole process.</param>
    public TorchEngine(NetworkWeights weights, AdamOptions adam, Device device, int threads)
    {
        set_num_threads(threads);
        Layout = weights.Layout;
        (_pixels, _latent) = (Layout.Plan.Pixels, Layout.Options.LatentDimensions);
        _network = new TorchNetwork(weights, device);
        _adam = new TorchAdam(adam, Layout, _network.Weights);
    }

    /// <inheritdoc/>
    public ParameterLayout Layout { get; }

    /// <inheritdoc/>
    public StepLoss Step(ReadOnlySpan<float> batch, ReadOnlySpan<float> epsilon, float beta, float learningRate)
    {
        using var scope = NewDisposeScope();
        var loss = Backward(batch, epsilon, beta);
        _adam.Step(learningRate);
        return loss;
    }

    /// <inheritdoc/>
    public (int First, int Count) Part(int spectra, ProcessGroup processes) => processes.Part(spectra);

    /// <inheritdoc/>
    public StepLoss StepTogether(ReadOnlySpan<float> part, ReadOnlySpan<float> epsilon, int spectra, float beta, float learningRate, ProcessGroup processes)
    {
        _shared ??= new SharedSum(processes, Layout.Count);
        using var scope = NewDisposeScope();
        var gradient = new float[Layout.Count];
        var count = part.Length / _pixels;
        var own = count > 0 ? Gradient(part, epsilon, beta, gradient) : default;
        var share = (double)count / spectra;
        TensorPrimitives.Multiply(gradient, (float)share, gradient);
        Span<double> terms = [own.SquaredError * share, own.KullbackLeibler * share];
        processes.Sum(terms);
        _shared.Sum(gradient);
        for (var i = 0; i < _network.Weights.Length; i++)
        {
            var block = Layout.Blocks[i];
            _network.Weights[i].grad = _network.Rows(gradient.AsSpan(block.Offset, block.Count), block.Count).view(_network.Weights[i].shape);
        }
        _adam.Step(learningRate);
        return new StepLoss(terms[0], terms[1]);
    }

    /// <inheritdoc/>
    public StepLoss Gradient(ReadOnlySpan<float> batch, ReadOnlySpan<float> epsilon, float beta, Span<float> gradient)
    {
        using var scope = NewDisposeScope();
        var loss = Backward(batch, epsilon, beta);
        for (var i = 0; i < _network.Weights.Length; i++)
        {
            TorchNetwork.CopyOut(_network.Weights[i].grad!, gradient.Slice(Layout.Blocks[i].Offset, Layout.Blocks[i].Count));
        }
        return loss;
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<float> flux, Span<float> mu, Span<float> logVariance)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var posterior = _network.Encode(_network.Rows(flux, _pixels));
        TorchNetwork.CopyOut(posterior.Mu, mu);
        TorchNetwork.CopyOut(posterior.LogVariance, logVariance);
    }

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<float> z, Span<float> flux)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        TorchNetwork.CopyOut(_network.Decode(_network.Rows(z, _latent)), flux);
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
        _adam.Dispose();
        _network.Dispose();
    }

    /// <summary>Leaves the gradient in the weights and returns the loss; call inside a dispose scope.</summary>
    private StepLoss Backward(ReadOnlySpan<float> batch, ReadOnlySpan<float> epsilon, float beta)
    {
        foreach (var weight in _network.Weights)
        {
            weight.grad = null;
        }
        var x = _network.Rows(batch, _pixels);                       // [b, n_wave]
        var noise = _network.Rows(epsilon, _latent);                 // [b, latent]
        var (mu, logVariance) = _network.Encode(x);
        var z = mu + (logVariance.Times(0.5).exp() * noise);
        var (squaredError, divergence) = BetaVaeObjective.Terms(x, _network.Decode(z), mu, logVariance);
        (squaredError + divergence.Times(beta)).backward();
        return new StepLoss(squaredError.ToDouble(), divergence.ToDouble());
    }
}
