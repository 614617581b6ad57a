using System.Numerics.Tensors;
using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Networks.Weighting;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>Changes flux and inverse variances of one spectrum.</summary>
internal delegate void AugmentRow(int place, Span<float> flux, Span<float> inverseVariance);

/// <summary>The objective during a run: its weights at every update, the weights of the pixels, and the pixel noise when it is
/// learnt.</summary>
internal sealed class ObjectiveRun
{
    private readonly TrainingOptions _options;
    private readonly WavelengthGrid _grid;
    private readonly float[] _widths;
    private readonly PixelWeightSource? _observed;
    private readonly double[] _totalWeight;
    private readonly int _pixels;

    /// <summary>Prepares an objective.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="spectra">All spectra.</param>
    /// <param name="observed">Weights of every pixel of every spectrum; null when pixels are not weighted.</param>
    /// <exception cref="InputException">The options ask for weights that were not given, or for a frozen encoder that does not
    /// fit.</exception>
    public ObjectiveRun(TrainingOptions options, ISpectrumSource spectra, PixelWeightSource? observed)
    {
        if (options.Objective.PixelWeighting != PixelWeighting.None && observed is null)
        {
            throw new InputException(
                $"The objective weights pixels by {options.Objective.PixelWeighting}, but no weights were given; read them together "
                    + $"with the spectra."
            );
        }
        if (observed is not null && observed.Count < spectra.Count)
        {
            throw new InputException($"There are {spectra.Count} spectra, but pixel weights for only {observed.Count}; give all weights.");
        }
        // A window hides pixels of complete spectra, too.
        observed ??= options.Augmentation.WindowShare > 0 ? PixelWeightSource.Ones(spectra.Count, spectra.Grid.Count) : null;
        (_options, _grid, _pixels, _observed) = (options, spectra.Grid, spectra.Grid.Count, observed);
        Objective = PreparedObjective.Create(options.Objective, options.Beta, spectra.Grid);
        TermOfSpectra = Objective.Term;
        if (options.Augmentation.ConsistencyWeight > 0)
        {
            Objective = Objective.WithTerm(
                new ConsistencyTerm(TermOfSpectra, options.Augmentation.ConsistencyWeight, options.Augmentation.ConsistencyUnit)
            );
        }
        _widths = options.Objective.WidthWeighting ? PixelWidths.Of(spectra.Grid) : [];
        _totalWeight = new double[observed is null ? 0 : spectra.Count];
    }

    /// <summary>The objective.</summary>
    public PreparedObjective Objective { get; }

    /// <summary>The objective's term where a batch holds each spectrum once, as in the validation.</summary>
    public ILatentTerm? TermOfSpectra { get; }

    /// <summary>Learnt pixel noise (a variance); used only by an objective that learns it.</summary>
    public double NoiseVariance { get; set; } = 1;

    /// <summary>Makes what changes spectra; null where nothing does.</summary>
    /// <param name="training">Rows whose masks are lent.</param>
    public Augmentation? Augmentation(int[] training) =>
        _options.Augmentation.ChangesSpectra && _observed is not null
            ? new Augmentation(_options.Augmentation, _observed, training, _options.Seed, _grid)
            : null;

    /// <summary>Whether each spectrum has its own weights, which must be read.</summary>
    public bool ReadsWeights => _observed is not null;

    /// <summary>A buffer for <see cref="PixelWeights"/>.</summary>
    /// <param name="rows">Largest number of rows in one call.</param>
    public float[] PixelWeightBuffer(int rows) => ReadsWeights ? new float[rows * _pixels] : [];

    /// <summary>Weights of the squared errors of some rows: none, shape (n_wave), or shape (rows.Length, n_wave). Several threads may call
    /// at once.</summary>
    /// <param name="rows">Which spectra.</param>
    /// <param name="flux">Their flux, shape (rows.Length, n_wave); read only where <see cref="ReadsWeights"/>.</param>
    /// <param name="buffer">Receives the weights if each spectrum has its own (<see cref="PixelWeightBuffer"/>).</param>
    public ReadOnlySpan<float> PixelWeights(ReadOnlySpan<int> rows, ReadOnlySpan<float> flux, float[] buffer)
    {
        if (_observed is null)
        {
            return _widths;
        }
        var weights = buffer.AsSpan(0, rows.Length * _pixels);
        _observed.Read(rows, weights);
        Finish(flux, weights);
        return weights;
    }

    /// <summary>The same for spectra of a batch that augmentation changes.</summary>
    /// <param name="rows">This process's part of the batch.</param>
    /// <param name="flux">Their flux; changed.</param>
    /// <param name="buffer">Receives the weights.</param>
    /// <param name="augment">Changes flux and inverse variances of the spectrum at a place of the part.</param>
    public void AugmentedWeights(ReadOnlySpan<int> rows, Span<float> flux, float[] buffer, AugmentRow augment)
    {
        var weights = buffer.AsSpan(0, rows.Length * _pixels);
        _observed!.Read(rows, weights);
        for (var i = 0; i < rows.Length; i++)
        {
            augment(i, flux.Slice(i * _pixels, _pixels), weights.Slice(i * _pixels, _pixels));
        }
        Finish(flux, weights);
    }

    private void Finish(ReadOnlySpan<float> flux, Span<float> weights)
    {
        for (var i = 0; i < weights.Length && Objective.Choice.CalibrationError > 0; i += _pixels)
        {
            CalibrationFloor.Apply(flux.Slice(i, _pixels), weights.Slice(i, _pixels), Objective.Choice.CalibrationError);
        }
        for (var i = 0; i < weights.Length && _widths.Length > 0; i += _pixels)
        {
            TensorPrimitives.Multiply(weights.Slice(i, _pixels), _widths, weights.Slice(i, _pixels));
        }
    }

    /// <summary>Σ w of one spectrum, averaged over the spectra of these weights; n_wave when there are no weights.</summary>
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

    /// <summary>Weights of the objective's terms.</summary>
    /// <param name="epochsDone">Epochs since the start, fractions included; infinity for the final values.</param>
    public ObjectiveWeights At(double epochsDone) => Objective.At(epochsDone, NoiseVariance);

    /// <summary>Returns the objective's value of a batch, then updates the learnt noise.</summary>
    /// <param name="loss">What the engine returned.</param>
    /// <param name="rows">The whole batch, of all processes: the noise must be the same in each of them.</param>
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

    /// <summary>Weighted squared error when the mean spectrum is used as every reconstruction: the loss of a network that has learnt
    /// nothing. Also sets the first value of the noise.</summary>
    /// <param name="spectra">All spectra.</param>
    /// <param name="rows">Row numbers of the training spectra.</param>
    /// <param name="scan">Mean and variance of the training spectra.</param>
    public double Start(ISpectrumSource spectra, int[] rows, DataStatistics scan)
    {
        var error = _observed is null ? WeightedSum(scan.Variance, _widths) : MeasureStart(spectra, rows, scan.MeanSpectrum);
        var variance = error / MeanTotalWeight(rows);
        // A maximum that keeps NaN.
        NoiseVariance = variance < 1e-12 ? 1e-12 : variance;
        return error;
    }

    /// <summary>The loss of the best linear VAE by this objective, where all spectra have the same weights; null when there is no closed
    /// form.</summary>
    /// <param name="components">Principal components of the training spectra. If pixels are weighted by width, the spectra must have been
    /// multiplied by the square root of the widths.</param>
    public double? LinearLoss(PrincipalComponents components)
    {
        var latent = _options.Network.LatentDimensions;
        var data = new LinearData(components, latent, TotalWeight(_widths));
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

    // One more pass over the spectra, because each has its own weights.
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
            var weights = PixelWeights(block, flux, buffer);
            for (var i = 0; i < weights.Length; i++)
            {
                var difference = (double)flux[i] - mean[i % _pixels];
                error += weights[i] > 0 ? weights[i] * difference * difference : 0;
            }
            for (var i = 0; i < block.Length; i++)
            {
                _totalWeight[block[i]] = TotalWeight(weights.Slice(i * _pixels, _pixels));
            }
        }
        return error / rows.Length;
    }
}
