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
    /// <param name="totalVariance">Summed variance of the training spectra.</param>
    /// <param name="processes">Who trains together.</param>
    /// <exception cref="InputException">Weights are missing, or the objective cannot be divided among processes.</exception>
    public ObjectiveRun(TrainingOptions options, WavelengthGrid grid, float[] observed, double totalVariance, ProcessGroup processes)
    {
        (_options, _pixels, _observed) = (options, grid.Count, observed);
        if (options.Objective.PixelWeighting != PixelWeighting.None && observed.Length == 0)
        {
            throw new InputException($"The objective weights pixels by {options.Objective.PixelWeighting}, but no weights were given; read them with the spectra.");
        }
        Objective = Objective.Create(options.Objective, options.Beta, grid);
        _widths = options.Objective.WidthWeighting ? PixelWidths.Of(grid) : [];
        if (!Objective.IsSumOverSpectra && processes.Size > 1)
        {
            throw new InputException($"--objective {ObjectiveOptions.NameOf(Objective.Kind)} looks at all latent vectors of a batch at once, which {processes.Size} processes do not have; train it in one process.");
        }
        // What the mean spectrum as everyone's reconstruction costs, on average over the pixels; weights scale it.
        NoiseVariance = totalVariance / grid.Count;
        StartError = NoiseVariance * LargestTotalWeight();
        _batch = new float[observed.Length == 0 ? 0 : Math.Max(options.BatchSize, ValidationScore.BlockSize) * grid.Count];
    }

    /// <summary>The objective.</summary>
    public Objective Objective { get; }

    /// <summary>Learnt pixel noise s (<see cref="SigmaVae"/>).</summary>
    public double NoiseVariance { get; set; } = 1;

    /// <summary>About what a network that has learnt nothing costs: the variance of the spectra times the weights.</summary>
    public double StartError { get; }

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

    /// <summary>Σ w of a spectrum, mean over some rows; n_wave when there are no weights.</summary>
    public double TotalWeight(ReadOnlySpan<int> rows)
    {
        if (_observed.Length == 0)
        {
            return _widths.Length == 0 ? _pixels : _widths.Sum(w => (double)w);
        }
        var sum = 0.0;
        foreach (var row in rows)
        {
            sum += RowWeight(row);
        }
        return sum / Math.Max(1, rows.Length);
    }

    /// <summary>Weights of the objective's parts.</summary>
    /// <param name="epochsDone">Epochs since the start, fractions included; infinity for the values that are reached in the end.</param>
    public ObjectiveWeights At(double epochsDone) => Objective.At(epochsDone, NoiseVariance);

    /// <summary>The objective's value of a batch; then learns the noise from it.</summary>
    /// <param name="loss">What the engine returned.</param>
    /// <param name="rows">The whole batch.</param>
    /// <param name="update">Number of the update, from 1.</param>
    public double Take(StepLoss loss, ReadOnlySpan<int> rows, long update)
    {
        if (Objective.Kind != ObjectiveKind.SigmaVae)
        {
            return loss.Minimised;
        }
        var total = TotalWeight(rows);
        var value = Objective.Loss(loss.Minimised, NoiseVariance, total);
        NoiseVariance = SigmaVae.Update(NoiseVariance, loss.WeightedError, total, update);
        return value;
    }

    /// <summary>What is held against the limit of an explosion: NaN when any part is.</summary>
    /// <remarks>The divergence counts with a weight of 1 at most: a large β makes the first updates dear, not wrong.</remarks>
    public double Guarded(StepLoss loss) => loss.WeightedError + (Math.Min(1, _options.Beta) * loss.KullbackLeibler) + (0 * loss.Penalty);

    /// <summary>Holds the head of ln σ² where the objective wants it.</summary>
    public void FixHead(NetworkWeights weights)
    {
        if (Objective.UsesMean)
        {
            Autoencoder.FixHead(weights);
        }
    }

    /// <summary>Puts into a state what this object must know to go on.</summary>
    public TrainingProgress Put(TrainingProgress progress) => progress with { NoiseVariance = NoiseVariance };

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
            ObjectiveKind.SigmaVae => LinearVae.LowestBound(_options.Beta, TotalWeight([]), eigenvalues, variance, latent),
            ObjectiveKind.Capacity => LinearVae.AtCapacity(options.CapacityNat, eigenvalues, variance, latent).SquaredError,
            // The latents of the linear model are independent and their distribution over the spectra is the prior: neither total correlation nor MMD costs anything.
            ObjectiveKind.InfoVae => LinearVae.Best(_options.Beta * (1 - options.InfoAlpha), eigenvalues, variance, latent).Loss,
            _ => LinearVae.Best(_options.Beta, eigenvalues, variance, latent).Loss,
        };
    }

    private double RowWeight(int row)
    {
        var sum = 0.0;
        for (var p = 0; p < _pixels; p++)
        {
            sum += (double)_observed[(row * _pixels) + p] * (_widths.Length == 0 ? 1 : _widths[p]);
        }
        return sum;
    }

    private double LargestTotalWeight()
    {
        var largest = _observed.Length == 0 ? TotalWeight([]) : 0;
        for (var row = 0; row < _observed.Length / _pixels; row++)
        {
            largest = Math.Max(largest, RowWeight(row));
        }
        return largest;
    }
}
