using System.Numerics.Tensors;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra.Gaps;

namespace Galatent.Training;

/// <summary>
/// What a VAE with a linear decoder x' = A z + mean reaches on spectra of which each has its own weights. There is no closed form for A:
/// it comes from expectation maximisation over weighted pixels (<see cref="GapComponentsFit"/>; Bailey 2012, PASP 124, 1015). For each
/// spectrum the best diagonal posterior is known exactly (<see cref="GapBound"/>). An encoder that is linear in the flux cannot know
/// which pixels are missing and does worse, so a network that is below this loss has found what no linear decoder has.
/// </summary>
internal sealed class WeightedLinearVae
{
    /// <summary>Largest number of components.</summary>
    public const int MostComponents = 16;

    // 16 components of 4582 pixels, fitted to 2700 spectra of which two thirds are good: each pixel has 17 unknowns and 1800 values, so
    // the loss on other spectra is higher by about 1 % of what noise makes of it.
    private const int MostValues = 12_500_000;
    private const int MostSpectra = 4000;
    private const int MostSteps = 30;
    private const double Tolerance = 1e-3;
    private const int MostJudged = 2000;

    private readonly double _beta;
    private readonly double[] _mean;
    private readonly double[] _rows;
    private readonly double[] _meanWeight;
    private readonly double[] _gain;

    private WeightedLinearVae(double beta, double[] mean, double[] rows, double[] meanWeight, double[] gain) =>
        (_beta, _mean, _rows, _meanWeight, _gain) = (beta, mean, rows, meanWeight, gain);

    /// <summary>Number of components.</summary>
    public int Components => _gain.Length;

    /// <summary>Spectra that it was fitted to.</summary>
    public int Fitted { get; private init; }

    /// <summary>Mean loss of some spectra, at most the first 2000, per spectrum.</summary>
    public double Loss { get; private init; }

    private int Pixels => _mean.Length;

    /// <summary>Fits to training spectra and judges on others.</summary>
    /// <param name="read">Reads rows of flux.</param>
    /// <param name="pixels">Pixels of a spectrum.</param>
    /// <param name="training">Rows to fit, in random order.</param>
    /// <param name="judging">Rows to judge.</param>
    /// <param name="run">Gives the weights.</param>
    /// <param name="beta">Weight of the divergence, positive.</param>
    /// <param name="latentDimensions">Dimensions of the network.</param>
    /// <param name="seed">Root seed of the start.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="steps">Most steps of the fit.</param>
    /// <param name="tolerance">The fit ends when a step changes the components by less, relative to their size.</param>
    public static WeightedLinearVae Fit(
        RowReader read,
        int pixels,
        ReadOnlySpan<int> training,
        ReadOnlySpan<int> judging,
        ObjectiveRun run,
        double beta,
        int latentDimensions,
        ulong seed,
        int threads,
        int steps = MostSteps,
        double tolerance = Tolerance
    )
    {
        var chosen = training[..Math.Min(training.Length, Math.Min(MostSpectra, Math.Max(2, MostValues / pixels)))];
        var (flux, weights) = Read(read, pixels, chosen, run);
        var meanWeight = new double[pixels];
        for (var i = 0; i < weights.Length; i++)
        {
            meanWeight[i % pixels] += weights[i] / (double)chosen.Length;
            // The loss is beta/2 times Σ w (x - x')² / (beta/2) + 2 KL: a likelihood of inverse variance w / (beta/2).
            weights[i] = (float)(2 * weights[i] / beta);
        }
        var components = Math.Min(Math.Min(latentDimensions, MostComponents), Math.Min(pixels, chosen.Length - 1));
        var options = new GapComponentsOptions
        {
            MaxIterations = steps,
            Tolerance = tolerance,
            Threads = threads,
        };
        var fit = GapComponentsFit.Of(flux, weights, pixels, components, seed, options);
        var (rows, gain) = Turned(fit, meanWeight, beta);
        var losses = new WeightedLinearVae(beta, fit.Mean, rows, meanWeight, gain).Losses(
            read,
            judging[..Math.Min(judging.Length, MostJudged)],
            run,
            threads
        );
        // Components that are noise make the loss of other spectra higher; the best number is the yardstick's.
        var used = Array.IndexOf(losses, losses.Min());
        return new WeightedLinearVae(beta, fit.Mean, rows[..(used * pixels)], meanWeight, gain[..used])
        {
            Fitted = chosen.Length,
            Loss = losses[used],
        };
    }

    /// <summary>The linear path that decodes with A and encodes as is best for a spectrum of mean weights.</summary>
    /// <param name="latentDimensions">Dimensions of the network.</param>
    public LinearPath Path(int latentDimensions)
    {
        // A dimension of this gain has a divergence of 0.1 nat.
        const double leastGain = 0.22;
        var encoder = new float[latentDimensions * Pixels];
        var decoder = new float[latentDimensions * Pixels];
        for (var a = 0; a < Components && _gain[a] > leastGain; a++)
        {
            for (var j = 0; j < Pixels; j++)
            {
                var amplitude = _rows[(a * Pixels) + j];
                decoder[(a * Pixels) + j] = (float)amplitude;
                encoder[(a * Pixels) + j] = (float)(2 * _meanWeight[j] * amplitude / _beta / (1 + _gain[a]));
            }
        }
        return new LinearPath(latentDimensions, encoder, decoder);
    }

    // Rotated so that a spectrum of mean weights has a diagonal posterior: A' W A is diagonal. Gains are its elements over beta/2.
    private static (double[] Rows, double[] Gain) Turned(GapComponents fit, double[] meanWeight, double beta)
    {
        var (k, pixels) = (fit.Components, fit.Pixels);
        var loadings = new double[k * pixels];
        for (var a = 0; a < k; a++)
        {
            TensorPrimitives.Multiply(
                fit.Vectors.AsSpan(a * pixels, pixels),
                Math.Sqrt(fit.SignalVariance[a]),
                loadings.AsSpan(a * pixels, pixels)
            );
        }
        var (precision, _) = NormalEquations.Of(
            loadings,
            k,
            new float[pixels],
            [.. meanWeight.Select(w => (float)(2 * w / beta))],
            new double[pixels]
        );
        var (gain, axes) = SymmetricEigenvalues.WithVectors(precision, k);
        var rows = new double[k * pixels];
        for (var a = 0; a < k * k; a++)
        {
            var row = rows.AsSpan(a / k * pixels, pixels);
            TensorPrimitives.MultiplyAdd(loadings.AsSpan(a % k * pixels, pixels), axes[a], row, row);
        }
        return (rows, gain);
    }

    private static (float[] Flux, float[] Weights) Read(RowReader read, int pixels, ReadOnlySpan<int> rows, ObjectiveRun run)
    {
        var flux = new float[rows.Length * pixels];
        var weights = run.PixelWeightBuffer(rows.Length);
        read(rows, flux);
        run.PixelWeights(rows, flux, weights);
        return (flux, weights);
    }

    // With the first 0, 1, 2, ... components, shape (components + 1).
    private double[] Losses(RowReader read, ReadOnlySpan<int> rows, ObjectiveRun run, int threads)
    {
        const int block = 64;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        var sums = new double[Components + 1];
        for (var start = 0; start < rows.Length; start += block)
        {
            var count = Math.Min(block, rows.Length - start);
            var (flux, weights) = Read(read, Pixels, rows.Slice(start, count), run);
            var losses = new double[count][];
            Parallel.For(0, count, parallel, i =>
            {
                var pixels = (i * Pixels)..((i + 1) * Pixels);
                losses[i] = GapBound.OfPrefixes(_beta, _rows, Components, flux.AsSpan(pixels), weights.AsSpan(pixels), _mean);
            });
            foreach (var of in losses)
            {
                TensorPrimitives.Add(sums, of, sums);
            }
        }
        TensorPrimitives.Divide(sums, rows.Length, sums);
        return sums;
    }
}
