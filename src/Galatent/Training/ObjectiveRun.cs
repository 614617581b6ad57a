using System.Numerics.Tensors;
using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Networks.Weighting;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>An objective in the course of a run: its weights at every update, the weights of the pixels, and the pixel noise where it is
/// learnt.</summary>
internal sealed class ObjectiveRun
{
    private readonly TrainingOptions _options;
    private readonly float[] _widths;
    private readonly PixelWeightSource? _observed;
    private readonly double[] _totalWeight;
    private readonly int _pixels;

    /// <summary>Prepares an objective.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="spectra">All spectra.</param>
    /// <param name="observed">Weights of every pixel of every spectrum; null when there are none.</param>
    /// <exception cref="InputException">The options ask for weights that are not there, or for a frozen encoder that does not
    /// fit.</exception>
    public ObjectiveRun(TrainingOptions options, ISpectrumSource spectra, PixelWeightSource? observed)
    {
        (_options, _pixels, _observed) = (options, spectra.Grid.Count, observed);
        if (options.Objective.PixelWeighting != PixelWeighting.None && observed is null)
        {
            throw new InputException(
                $"The objective weights pixels by {options.Objective.PixelWeighting}, but no weights were given; read them with the "
                    + $"spectra."
            );
        }
        if (observed is not null && observed.Count < spectra.Count)
        {
            throw new InputException($"There are {spectra.Count} spectra, but pixel weights of {observed.Count}; give weights for all.");
        }
        Objective = PreparedObjective.Create(options.Objective, options.Beta, spectra.Grid);
        _widths = options.Objective.WidthWeighting ? PixelWidths.Of(spectra.Grid) : [];
        _totalWeight = new double[observed is null ? 0 : spectra.Count];
    }

    /// <summary>The objective.</summary>
    public PreparedObjective Objective { get; }

    /// <summary>Learnt pixel noise s ; used where the objective learns it.</summary>
    public double NoiseVariance { get; set; } = 1;

    /// <summary>Whether each spectrum has weights of its own, which have to be read.</summary>
    public bool ReadsWeights => _observed is not null;

    /// <summary>Room for <see cref="PixelWeights"/>.</summary>
    /// <param name="rows">Most rows that will be asked for at a time.</param>
    public float[] PixelWeightBuffer(int rows) => ReadsWeights ? new float[rows * _pixels] : [];

    /// <summary>What the squared errors of some rows are multiplied by: nothing, shape (n_wave), or shape (rows.Length, n_wave). Several
    /// threads may call at once.</summary>
    /// <param name="rows">Which spectra.</param>
    /// <param name="buffer">Holds the weights where each spectrum has its own (<see cref="PixelWeightBuffer"/>).</param>
    public ReadOnlySpan<float> PixelWeights(ReadOnlySpan<int> rows, float[] buffer)
    {
        if (_observed is null)
        {
            return _widths;
        }
        var weights = buffer.AsSpan(0, rows.Length * _pixels);
        _observed.Read(rows, weights);
        for (var i = 0; i < weights.Length && _widths.Length > 0; i += _pixels)
        {
            TensorPrimitives.Multiply(weights.Slice(i, _pixels), _widths, weights.Slice(i, _pixels));
        }
        return weights;
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
    /// <param name="rows">The batch, of all processes: the noise must be the same in each of them.</param>
    /// <param name="update">Number of the update, from 1.</param>
    public double Take(StepLoss loss, ReadOnlySpan<int> rows, long update)
    {
        if (!Objective.Choice.LearnsNoise)
        {
            return loss.Minimised;
        }
        var total = MeanTotalWeight(rows);
        var value = Objective.Choice.Value(loss.Minimised, NoiseVariance, total);
        NoiseVariance = Objective.Choice.LearnNoise(NoiseVariance, loss.WeightedError, total, update);
        return value;
    }

    /// <summary>Squared error of the mean spectrum as everyone's reconstruction, weighted: the loss of a network that has learnt nothing.
    /// Starts the noise.</summary>
    /// <param name="spectra">All spectra.</param>
    /// <param name="rows">Those that train.</param>
    /// <param name="scan">Their moments.</param>
    public double Start(ISpectrumSource spectra, int[] rows, DataStatistics scan)
    {
        var error = _observed is null ? WeightedSum(scan.Variance, _widths) : MeasureStart(spectra, rows, scan.MeanSpectrum);
        var variance = error / MeanTotalWeight(rows);
        // A maximum that lets NaN pass.
        NoiseVariance = variance < 1e-12 ? 1e-12 : variance;
        return error;
    }

    /// <summary>What is held against the limit of an explosion: NaN when any part is.</summary>
    /// <remarks>The divergence counts with a weight of 1 at most: a large β makes the first updates dear, not wrong.</remarks>
    public double Guarded(StepLoss loss) => loss.WeightedError + (Math.Min(1, _options.Beta) * loss.KullbackLeibler) + (0 * loss.Penalty);

    /// <summary>The linear model's loss in the terms of this objective; null where there is no closed form.</summary>
    /// <param name="components">Components of the training spectra, times the root of the widths where pixels are weighted by them.</param>
    public double? LinearLoss(PrincipalComponents components)
    {
        if (_observed is not null)
        {
            return null;
        }
        var latent = _options.Network.LatentDimensions;
        var data = new LinearData(components.Eigenvalues, components.TotalVariance, latent, TotalWeight(_widths));
        return _options.Objective.LinearLoss(_options.Beta, data);
    }

    private static double WeightedSum(double[] values, float[] weights)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += (weights.Length == 0 ? 1 : weights[i]) * values[i];
        }
        return sum;
    }

    private double MeanTotalWeight(ReadOnlySpan<int> rows)
    {
        if (_observed is null)
        {
            return TotalWeight(_widths);
        }
        var sum = 0.0;
        foreach (var row in rows)
        {
            sum += _totalWeight[row];
        }
        return sum / rows.Length;
    }

    // One more pass over the spectra, with their weights.
    private double MeasureStart(ISpectrumSource spectra, int[] rows, float[] mean)
    {
        const int rowsPerBlock = 64;
        var flux = new float[rowsPerBlock * _pixels];
        var buffer = PixelWeightBuffer(rowsPerBlock);
        var error = 0.0;
        for (var start = 0; start < rows.Length; start += rowsPerBlock)
        {
            var block = rows.AsSpan(start, Math.Min(rowsPerBlock, rows.Length - start));
            spectra.Read(block, flux.AsSpan(0, block.Length * _pixels));
            var weights = PixelWeights(block, buffer);
            for (var i = 0; i < weights.Length; i++)
            {
                var difference = (double)flux[i] - mean[i % _pixels];
                error += weights[i] * difference * difference;
            }
            for (var i = 0; i < block.Length; i++)
            {
                _totalWeight[block[i]] = TotalWeight(weights.Slice(i * _pixels, _pixels));
            }
        }
        return error / rows.Length;
    }
}
