using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>The least squares behind <see cref="OutputCalibration"/>.</summary>
internal static class OutputFit
{
    /// <summary>Training spectra that are read for it. With 10,000 a pixel's R² is known to 1e-4, in 4 % of an epoch of 80,000.</summary>
    public const int Most = 10_000;

    /// <summary>Fits and calibrates an engine. The first process fits alone: the same bits, however many there are.</summary>
    /// <returns>The calibration; null where the network's options ask for none.</returns>
    public static OutputCalibration? Calibrate(
        ITrainingEngine engine,
        ISpectrumSource spectra,
        int[] rows,
        TrainingOptions options,
        ObjectiveRun run,
        ProcessGroup processes
    )
    {
        if (!options.Network.OutputCalibration)
        {
            return null;
        }
        var output = processes.IsFirst ? Of(engine, spectra, rows, options, run) : OutputCalibration.None(spectra.Grid.Count);
        engine.Calibrate(output.FromFirst(processes));
        return output;
    }

    /// <summary>Fits gain and offset to training spectra, evenly spaced among the rows. z is drawn as the objective's error has it, one
    /// draw a spectrum. The noise depends only on the row.</summary>
    /// <param name="engine">The network, whose own calibration is taken off.</param>
    /// <param name="spectra">All spectra.</param>
    /// <param name="rows">Rows that train.</param>
    /// <param name="options">Seed.</param>
    /// <param name="run">The objective.</param>
    public static OutputCalibration Of(
        ITrainingEngine engine,
        ISpectrumSource spectra,
        int[] rows,
        TrainingOptions options,
        ObjectiveRun run
    )
    {
        engine.Calibrate(null);
        var (pixels, latent) = (spectra.Grid.Count, engine.Layout.Options.LatentDimensions);
        var count = Math.Min(Most, rows.Length);
        var flux = new float[ValidationScore.BlockSize * pixels];
        var decoded = new float[flux.Length];
        var mu = new float[ValidationScore.BlockSize * latent];
        var logVariance = new float[mu.Length];
        var weightBuffer = run.PixelWeightBuffer(ValidationScore.BlockSize);
        var sums = new PixelSums(pixels);
        for (var start = 0; start < count; start += ValidationScore.BlockSize)
        {
            var size = Math.Min(ValidationScore.BlockSize, count - start);
            int[] block = [.. Enumerable.Range(start, size).Select(i => rows[(long)i * rows.Length / count])];
            var x = flux.AsSpan(0, size * pixels);
            spectra.Read(block, x);
            var weights = run.PixelWeights(block, x, weightBuffer);
            var z = mu.AsSpan(0, size * latent);
            var spread = logVariance.AsSpan(0, size * latent);
            engine.Encode(x, z, spread, weights);
            if (!run.Objective.Choice.UsesMean)
            {
                Draw(block, options.Seed, z, spread);
            }
            var y = decoded.AsSpan(0, x.Length);
            engine.Decode(z, y);
            for (var i = 0; i < size; i++)
            {
                var own = weights.Length > pixels ? weights.Slice(i * pixels, pixels) : weights;
                sums.Add(x.Slice(i * pixels, pixels), y.Slice(i * pixels, pixels), own);
            }
        }
        return sums.Fit();
    }

    private static void Draw(int[] rows, ulong seed, Span<float> z, ReadOnlySpan<float> logVariance)
    {
        var latent = z.Length / rows.Length;
        for (var i = 0; i < rows.Length; i++)
        {
            var stream = new RandomStream(seed, "output calibration", (ulong)rows[i]);
            for (var d = i * latent; d < (i + 1) * latent; d++)
            {
                z[d] += (float)(Math.Exp(0.5 * logVariance[d]) * stream.NextNormal());
            }
        }
    }

    // Weighted sums for each pixel. Fluxes are near 1 after the normalisation, so sums of squares lose at most half the digits of double.
    private sealed class PixelSums(int pixels)
    {
        private readonly double[] _weight = new double[pixels];
        private readonly double[] _x = new double[pixels];
        private readonly double[] _y = new double[pixels];
        private readonly double[] _xy = new double[pixels];
        private readonly double[] _yy = new double[pixels];

        public void Add(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> weights)
        {
            for (var p = 0; p < x.Length; p++)
            {
                var weight = weights.IsEmpty ? 1 : (double)weights[p];
                if (weight > 0)
                {
                    _weight[p] += weight;
                    _x[p] += weight * x[p];
                    _y[p] += weight * y[p];
                    _xy[p] += weight * x[p] * y[p];
                    _yy[p] += weight * y[p] * y[p];
                }
            }
        }

        public OutputCalibration Fit()
        {
            var fit = OutputCalibration.None(_x.Length);
            for (var p = 0; p < _x.Length; p++)
            {
                if (!(_weight[p] > 0))
                {
                    continue;
                }
                var (x, y) = (_x[p] / _weight[p], _y[p] / _weight[p]);
                var variance = (_yy[p] / _weight[p]) - (y * y);
                // A decoder that says the same of every spectrum has no slope: the mean of the spectra is the best it can say.
                var slope = variance > 1e-12 * y * y ? ((_xy[p] / _weight[p]) - (x * y)) / variance : 0;
                (fit.Gain[p], fit.Offset[p]) = ((float)slope, (float)(x - ((float)slope * y)));
            }
            return fit;
        }
    }
}
