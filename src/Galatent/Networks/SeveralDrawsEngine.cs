using Galatent.Networks.Objectives;
using Galatent.Numerics;

namespace Galatent.Networks;

/// <summary>
/// An objective of K draws of each spectrum on an engine that knows one: every draw becomes a row of a batch K times as long. What a draw
/// counts depends on all K of its spectrum, so they are decoded once before the step. Then the derivatives with respect to a row's squared
/// error are weights of its pixels, and those with respect to its latent vector a term. The step of 16 spectra of 5 draws costs as much as
/// one of 80 spectra, and a third more for the decoding before it.
/// </summary>
internal sealed class SeveralDrawsEngine : ITrainingEngine
{
    private const float LeastShare = 1e-20f;

    private readonly ITrainingEngine _engine;
    private readonly IDrawLoss _loss;
    private readonly LogRatioTerm _term = new();
    private readonly int _draws;
    private readonly int _pixels;
    private readonly int _latent;

    /// <summary>Takes over an engine.</summary>
    /// <param name="objective">An objective of several draws.</param>
    /// <param name="create">Makes the engine for the objective that it is given.</param>
    public SeveralDrawsEngine(PreparedObjective objective, Func<PreparedObjective, ITrainingEngine> create)
    {
        _loss = objective.Choice.DrawLoss!;
        _draws = objective.Choice.DrawCount;
        _engine = create(objective.WithTerm(_term));
        _pixels = Layout.Plan.Pixels;
        _latent = Layout.Options.LatentDimensions;
    }

    /// <inheritdoc/>
    public ParameterLayout Layout => _engine.Layout;

    /// <inheritdoc/>
    public StepLoss Step(
        ReadOnlySpan<float> batch,
        ReadOnlySpan<float> epsilon,
        ObjectiveWeights weights,
        float learningRate,
        ReadOnlySpan<float> pixelWeights = default
    )
    {
        var loss = Look(batch, epsilon, weights, pixelWeights, ProcessGroup.Alone, out var share);
        if (!loss.MovesWeights(weights))
        {
            return loss;
        }
        var rows = (0, share.Length);
        _engine.Step(Spread(batch, rows), epsilon, Unlimited(weights), learningRate, RowWeights(pixelWeights, share, rows));
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
        var loss = Look(batch, epsilon, weights, pixelWeights, ProcessGroup.Alone, out var share);
        var rows = (0, share.Length);
        _engine.Gradient(Spread(batch, rows), epsilon, weights, gradient, RowWeights(pixelWeights, share, rows));
        return loss;
    }

    /// <summary>Everybody reads the whole batch: the engine divides it by draws, and those of one spectrum may be several
    /// processes'.</summary>
    public (int First, int Count) Part(int spectra, ProcessGroup processes) => (0, spectra);

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
        var loss = Look(part, epsilon, weights, pixelWeights, processes, out var share);
        if (!loss.MovesWeights(weights))
        {
            return loss;
        }
        var rows = _engine.Part(share.Length, processes);
        _engine.StepTogether(
            Spread(part, rows),
            epsilon.Slice(rows.First * _latent, rows.Count * _latent),
            share.Length,
            Unlimited(weights),
            learningRate,
            processes,
            RowWeights(pixelWeights, share, rows)
        );
        return loss;
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<float> flux, Span<float> mu, Span<float> logVariance, ReadOnlySpan<float> pixelWeights = default) =>
        _engine.Encode(flux, mu, logVariance, pixelWeights);

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<float> z, Span<float> flux) => _engine.Decode(z, flux);

    /// <inheritdoc/>
    public void Calibrate(OutputCalibration? output) => _engine.Calibrate(output);

    /// <inheritdoc/>
    public void GetWeights(Span<float> values) => _engine.GetWeights(values);

    /// <inheritdoc/>
    public void SetWeights(ReadOnlySpan<float> values) => _engine.SetWeights(values);

    /// <inheritdoc/>
    public AdamState GetAdamState() => _engine.GetAdamState();

    /// <inheritdoc/>
    public void SetAdamState(AdamState state) => _engine.SetAdamState(state);

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    // The rows of the inner engine have a loss of their own, which is not the one that was judged.
    private static ObjectiveWeights Unlimited(ObjectiveWeights weights) => weights with { LossLimit = double.PositiveInfinity };

    /// <summary>The loss of a batch, each process decoding its part of the spectra. Leaves the latent derivatives in the term.</summary>
    /// <param name="batch">The whole batch, shape (b, n_wave).</param>
    /// <param name="epsilon">Shape (b, draws, latent).</param>
    /// <param name="weights">Weights of the objective's parts.</param>
    /// <param name="pixelWeights">None, shape (n_wave), or shape (b, n_wave).</param>
    /// <param name="processes">Who shares the batch.</param>
    /// <param name="share">The derivatives with respect to the squared error of every draw, shape (b, draws).</param>
    private StepLoss Look(
        ReadOnlySpan<float> batch,
        ReadOnlySpan<float> epsilon,
        ObjectiveWeights weights,
        ReadOnlySpan<float> pixelWeights,
        ProcessGroup processes,
        out double[] share
    )
    {
        var spectra = batch.Length / _pixels;
        var errors = new DrawErrors(spectra, _draws);
        var (first, count) = processes.Part(spectra);
        if (count > 0)
        {
            var weightsOfPart = pixelWeights.Length > _pixels ? pixelWeights.Slice(first * _pixels, count * _pixels) : pixelWeights;
            var noise = epsilon.Slice(first * _draws * _latent, count * _draws * _latent);
            errors.Measure(_engine, first, batch.Slice(first * _pixels, count * _pixels), noise, weightsOfPart);
        }
        errors.Complete(processes);
        var slopes = new DrawSlopes(spectra, _draws);
        var loss = slopes.Evaluate(_loss, errors.Weighted, errors.LogRatio, weights.Beta) / spectra;
        share = slopes.Error;
        _term.Slope = Array.ConvertAll(slopes.LogRatio, s => s / spectra);
        var error = errors.Weighted.Sum() / errors.Weighted.Length;
        return new StepLoss(errors.Plain.Sum() / errors.Plain.Length, errors.Divergence.Sum() / spectra)
        {
            WeightedError = error,
            Penalty = loss - error,
        };
    }

    /// <summary>The spectrum of every row, once for each of its draws.</summary>
    private float[] Spread(ReadOnlySpan<float> batch, (int First, int Count) rows)
    {
        var spread = new float[rows.Count * _pixels];
        for (var i = 0; i < rows.Count; i++)
        {
            batch.Slice((rows.First + i) / _draws * _pixels, _pixels).CopyTo(spread.AsSpan(i * _pixels));
        }
        return spread;
    }

    /// <summary>Weights of every row's pixels: the engine divides by b x draws, the objective by b.</summary>
    private float[] RowWeights(ReadOnlySpan<float> pixelWeights, double[] share, (int First, int Count) rows)
    {
        var weights = new float[rows.Count * _pixels];
        for (var i = 0; i < rows.Count; i++)
        {
            var row = weights.AsSpan(i * _pixels, _pixels);
            // A network with a mask channel does not see pixels of weight 0, so a draw that counts nothing still needs a weight.
            var factor = Math.Max((float)(share[rows.First + i] * _draws), Layout.Options.MaskChannel ? LeastShare : 0);
            if (pixelWeights.IsEmpty)
            {
                row.Fill(factor);
                continue;
            }
            var start = pixelWeights.Length == _pixels ? 0 : (rows.First + i) / _draws * _pixels;
            System.Numerics.Tensors.TensorPrimitives.Multiply(pixelWeights.Slice(start, _pixels), factor, row);
        }
        return weights;
    }
}
