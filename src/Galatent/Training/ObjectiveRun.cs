using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>An objective in the course of a run: its weights at every update, the weights of the pixels, and the pixel noise where it is learnt.</summary>
internal sealed class ObjectiveRun
{
    private readonly TrainingOptions _options;
    private readonly float[] _widths, _observed, _batch;
    private readonly int _pixels;

    /// <summary>Prepares an objective.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="grid">The pixels.</param>
    /// <param name="observed">Weights of every pixel of every spectrum (<see cref="ObservedWeights"/>), shape (n, n_wave); empty when there are none.</param>
    public ObjectiveRun(TrainingOptions options, WavelengthGrid grid, float[] observed)
    {
        (_options, _pixels, _observed) = (options, grid.Count, observed);
        if (options.Objective.PixelWeighting != PixelWeighting.None && observed.Length == 0)
        {
            throw new InputException($"The objective weights pixels by {options.Objective.PixelWeighting}, but no weights were given; read them with the spectra.");
        }
        Objective = Objective.Create(options.Objective, options.Beta, grid);
        _widths = options.Objective.WidthWeighting ? PixelWidths.Of(grid) : [];
        _batch = new float[observed.Length == 0 ? 0 : Math.Max(options.BatchSize, ValidationScore.BlockSize) * grid.Count];
    }

    /// <summary>The objective.</summary>
    public Objective Objective { get; }

    /// <summary>Learnt pixel noise s (<see cref="SigmaVae"/>).</summary>
    public double NoiseVariance { get; set; } = 1;

    /// <summary>What the squared errors of some rows are multiplied by: nothing, shape (n_wave), or shape (rows.Length, n_wave). Valid until the next call.</summary>
    public ReadOnlySpan<float> PixelWeights(ReadOnlySpan<int> rows)
    {
        if (_observed.Length == 0)
        {
            return _widths;
        }
        for (var i = 0; i < rows.Length; i++)
        {
            var row = _batch.AsSpan(i * _pixels, _pixels);
            _observed.AsSpan(rows[i] * _pixels, _pixels).CopyTo(row);
            for (var p = 0; p < _widths.Length; p++)
            {
                row[p] *= _widths[p];
            }
        }
        return _batch.AsSpan(0, rows.Length * _pixels);
    }

    /// <summary>Σ w of a spectrum, mean over the spectra that some weights belong to; n_wave when there are none.</summary>
    public double TotalWeight(ReadOnlySpan<float> pixelWeights)
    {
        if (pixelWeights.IsEmpty)
        {
            return _pixels;
        }
        var sum = 0.0;
        foreach (var weight in pixelWeights)
        {
            sum += weight;
        }
        return sum * _pixels / pixelWeights.Length;
    }

    /// <summary>Weights of the objective's parts.</summary>
    /// <param name="epochsDone">Epochs since the start, fractions included; infinity for the values that are reached in the end.</param>
    public ObjectiveWeights At(double epochsDone) => Objective.At(epochsDone, NoiseVariance);

    /// <summary>The objective's value of a batch; then learns the noise from it.</summary>
    /// <param name="loss">What the engine returned.</param>
    /// <param name="pixelWeights">The batch's weights.</param>
    /// <param name="update">Number of the update, from 1.</param>
    public double Take(StepLoss loss, ReadOnlySpan<float> pixelWeights, long update)
    {
        if (Objective.Kind != ObjectiveKind.SigmaVae)
        {
            return loss.Minimised;
        }
        var total = TotalWeight(pixelWeights);
        var value = Objective.Loss(loss.Minimised, NoiseVariance, total);
        NoiseVariance = SigmaVae.Update(NoiseVariance, loss.WeightedError, total, update);
        return value;
    }

    /// <summary>Squared error of the mean spectrum as everyone's reconstruction, weighted: the loss of a network that has learnt nothing. Starts the noise.</summary>
    public double Start(Func<int, float[]> spectrum, int[] rows, float[] mean)
    {
        double error = 0, weight = 0;
        foreach (var row in rows)
        {
            var flux = spectrum(row);
            var weights = PixelWeights([row]);
            weight += TotalWeight(weights);
            for (var i = 0; i < flux.Length; i++)
            {
                var difference = (double)flux[i] - mean[i];
                error += (weights.IsEmpty ? 1 : weights[i]) * difference * difference;
            }
        }
        // A maximum that lets NaN pass.
        NoiseVariance = error / weight < 1e-12 ? 1e-12 : error / weight;
        return error / rows.Length;
    }

    /// <summary>The linear model's loss in the terms of this objective; null where there is no closed form.</summary>
    /// <param name="components">Components of the training spectra, times the root of the widths where pixels are weighted by them.</param>
    public double? LinearLoss(PrincipalComponents components)
    {
        var (eigenvalues, variance, latent, options) = (components.Eigenvalues, components.TotalVariance, _options.Network.LatentDimensions, _options.Objective);
        if (_observed.Length > 0)
        {
            return null;
        }
        return options.Kind switch
        {
            ObjectiveKind.Feature => null,
            ObjectiveKind.SigmaVae => LinearVae.LowestBound(_options.Beta, TotalWeight(_widths), eigenvalues, variance, latent),
            ObjectiveKind.Capacity => LinearVae.AtCapacity(options.CapacityNat, eigenvalues, variance, latent).SquaredError,
            // The latents of the linear model are independent and their distribution over the spectra is the prior: neither total correlation nor MMD costs anything.
            ObjectiveKind.InfoVae => LinearVae.Best(_options.Beta * (1 - options.InfoAlpha), eigenvalues, variance, latent).Loss,
            _ => LinearVae.Best(_options.Beta, eigenvalues, variance, latent).Loss,
        };
    }
}
