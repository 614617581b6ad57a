using Galatent.Networks.Objectives;
using Galatent.Numerics;

namespace Galatent.Networks;

/// <summary>Loss of a batch, averaged over its spectra.</summary>
/// <param name="SquaredError">Sum of squared errors over the pixels of a spectrum (eq. 5), mean over the batch.</param>
/// <param name="KullbackLeibler">Divergence of the posterior from the prior (eq. 7), nat, mean over the batch.</param>
public readonly record struct StepLoss(double SquaredError, double KullbackLeibler)
{
    /// <summary>Sum of weighted squared errors, mean over the batch. Without weights it is the plain squared error.</summary>
    public double WeightedError { get; init; } = SquaredError;

    /// <summary>What the objective adds to <see cref="WeightedError"/>: beta × KL, or another term.</summary>
    public double Penalty { get; init; }

    /// <summary>The minimised value: weighted error + penalty.</summary>
    public double Minimised => WeightedError + Penalty;

    /// <summary>The number that shows whether something went wrong; NaN when any term is NaN.</summary>
    /// <param name="beta">Weight of the divergence. It counts as 1 at most: a large one makes the first losses large without anything being
    /// wrong.</param>
    internal double Guarded(double beta) => WeightedError + (Math.Min(1, beta) * KullbackLeibler) + (0 * Penalty);

    /// <summary>Whether a batch with this loss moves the weights. One that is infinite, NaN or above the limit does not: its gradient would
    /// stay in the optimizer's memory for hundreds of updates.</summary>
    internal bool MovesWeights(ObjectiveWeights weights) => Guarded(weights.Beta) < weights.LossLimit;

    /// <summary>The objective of eq. 8: squared error + beta × KL.</summary>
    public double Total(double beta) => SquaredError + (beta * KullbackLeibler);
}

/// <summary>Adam's moments.</summary>
/// <param name="FirstMoment">Running mean of the gradient, in the order of <see cref="ParameterLayout"/>.</param>
/// <param name="SecondMoment">Running mean of the squared gradient, in the same order.</param>
/// <param name="Steps">Updates made so far.</param>
public sealed record AdamState(float[] FirstMoment, float[] SecondMoment, long Steps);

/// <summary>
/// One network with its optimizer on one device. Data, noise and learning rates come from outside. So two engines with the same input can
/// be compared, and a resumed run gives the same bits.
/// Arrays passed in and out have PyTorch's layout (<see cref="ParameterLayout"/>); internally an engine may use another one. Not safe for
/// concurrent use.
/// </summary>
internal interface ITrainingEngine : IDisposable
{
    /// <summary>Names and shapes of the weights.</summary>
    ParameterLayout Layout { get; }

    /// <summary>Forward, backward and one update, which is left out unless the loss <see cref="StepLoss.MovesWeights"/>. Returns the loss
    /// before the update.</summary>
    /// <param name="batch">Normalised flux, shape (b, n_wave), any b ≥ 1.</param>
    /// <param name="epsilon">Standard normal deviates of the reparameterisation, shape (b, latent). For an objective with several draws,
    /// shape (b, draws, latent).</param>
    /// <param name="weights">Weights of the objective's terms.</param>
    /// <param name="learningRate">Adam's learning rate for this update.</param>
    /// <param name="pixelWeights">Weights of the squared errors: none, shape (n_wave), or shape (b, n_wave). A network with a mask channel
    /// does not see pixels of weight 0, and its plain squared error leaves them out.</param>
    StepLoss Step(
        ReadOnlySpan<float> batch,
        ReadOnlySpan<float> epsilon,
        ObjectiveWeights weights,
        float learningRate,
        ReadOnlySpan<float> pixelWeights = default
    );

    /// <summary>Which spectra of a batch a process works on in <see cref="StepTogether"/>. It may be none.</summary>
    (int First, int Count) Part(int spectra, ProcessGroup processes);

    /// <summary>This process's part of a step that several processes make together. Before and after it, the engines of all processes have
    /// the same weights.</summary>
    /// <param name="part">This process's spectra of the batch (<see cref="Part"/>), shape (b, n_wave); may be empty.</param>
    /// <param name="epsilon">Their noise, shape (b, latent) or (b, draws, latent).</param>
    /// <param name="spectra">Number of spectra in the whole batch.</param>
    /// <param name="weights">Weights of the objective's terms.</param>
    /// <param name="learningRate">Adam's learning rate for this update.</param>
    /// <param name="processes">The processes. They must be the same in every call.</param>
    /// <param name="pixelWeights">Weights of the squared errors: none, shape (n_wave), or shape (b, n_wave).</param>
    /// <returns>The loss of the whole batch, with the same bits in every process.</returns>
    StepLoss StepTogether(
        ReadOnlySpan<float> part,
        ReadOnlySpan<float> epsilon,
        int spectra,
        ObjectiveWeights weights,
        float learningRate,
        ProcessGroup processes,
        ReadOnlySpan<float> pixelWeights = default
    );

    /// <summary>The loss of <see cref="Step"/> and its gradient, without an update. The gradient is in the order of
    /// <see cref="ParameterLayout"/>.</summary>
    StepLoss Gradient(
        ReadOnlySpan<float> batch,
        ReadOnlySpan<float> epsilon,
        ObjectiveWeights weights,
        Span<float> gradient,
        ReadOnlySpan<float> pixelWeights = default
    );

    /// <summary>Posterior of each spectrum.</summary>
    /// <param name="flux">Shape (b, n_wave).</param>
    /// <param name="mu">Receives the means, shape (b, latent).</param>
    /// <param name="logVariance">Receives ln sigma², shape (b, latent).</param>
    /// <param name="pixelWeights">As in <see cref="Step"/>. Only a network with a mask channel looks at them: which are 0.</param>
    void Encode(ReadOnlySpan<float> flux, Span<float> mu, Span<float> logVariance, ReadOnlySpan<float> pixelWeights = default);

    /// <summary>Spectra of latent vectors.</summary>
    /// <param name="z">Shape (b, latent).</param>
    /// <param name="flux">Receives the spectra, with the mean spectrum added and calibrated, shape (b, n_wave).</param>
    void Decode(ReadOnlySpan<float> z, Span<float> flux);

    /// <summary>How <see cref="Decode"/> calibrates from now on. Steps and gradients do not heed it.</summary>
    /// <param name="output">Gain and offset of every pixel; null for none.</param>
    void Calibrate(OutputCalibration? output);

    /// <summary>The objective's own comparison term (<see cref="FeatureComparison"/>) for some spectra, mean over them; 0 when it has
    /// none.</summary>
    /// <param name="flux">Shape (b, n_wave).</param>
    /// <param name="reconstruction">Same shape.</param>
    double ComparisonError(ReadOnlySpan<float> flux, ReadOnlySpan<float> reconstruction) => 0;

    /// <summary>Copies the weights out, shape (Layout.Count).</summary>
    void GetWeights(Span<float> values);

    /// <summary>Replaces the weights, shape (Layout.Count).</summary>
    void SetWeights(ReadOnlySpan<float> values);

    /// <summary>Copies Adam's moments out. After <see cref="StepTogether"/> all processes must call it.</summary>
    AdamState GetAdamState();

    /// <summary>Replaces Adam's moments.</summary>
    void SetAdamState(AdamState state);
}
