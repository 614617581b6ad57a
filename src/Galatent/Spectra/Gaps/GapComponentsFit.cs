using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Spectra.Gaps;

/// <summary>Finds <see cref="GapComponents"/>.</summary>
public static class GapComponentsFit
{
    private const int StartSteps = 10;

    /// <summary>Fits. The work is n × pixels × components² per step.</summary>
    /// <param name="flux">Shape (n, pixels), row-major. Values in gaps are not read.</param>
    /// <param name="weight">1/σ², same shape; 0 in gaps.</param>
    /// <param name="pixels">Pixels per spectrum.</param>
    /// <param name="components">Number of components, at least 1.</param>
    /// <param name="seed">Root seed of the start.</param>
    /// <param name="options">Prior, mean, end.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="InputException">Without a prior: a spectrum has fewer pixels than components.</exception>
    public static GapComponents Of(
        float[] flux,
        float[] weight,
        int pixels,
        int components,
        ulong seed,
        GapComponentsOptions options,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(flux);
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(components);
        if (flux.Length != weight.Length || flux.Length == 0 || flux.Length % pixels != 0)
        {
            throw new ArgumentException($"{flux.Length} fluxes and {weight.Length} weights are not whole spectra of {pixels} pixels.");
        }
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : -1,
            CancellationToken = cancellation,
        };
        var data = new Data(flux, weight, pixels, flux.Length / pixels, options);
        var mean = options.HasMean ? data.WeightedMean() : new double[pixels];
        var loadings = Start(data, mean, components, seed);
        var iteration = 0;
        var isConverged = false;
        while (iteration < options.MaxIterations && !isConverged)
        {
            cancellation.ThrowIfCancellationRequested();
            var next = Step(data, loadings, mean, components, parallel);
            isConverged = Change(loadings, next.Loadings) < options.Tolerance;
            (loadings, mean) = next;
            iteration++;
        }
        return Rotated(loadings, mean, components, data.EmptyPixels(), iteration, isConverged);
    }

    // Rows of loadings A' = √Λ V', so that the prior of the coefficients is standard normal. Shape (components, pixels). They start as
    // the principal directions of the data with zeros in the gaps: from a random start, EM can run away along a gap and not come back.
    private static double[] Start(Data data, double[] mean, int components, ulong seed)
    {
        var stream = new RandomStream(seed, "gap components");
        var loadings = new double[data.Pixels * components];
        for (var i = 0; i < loadings.Length; i++)
        {
            loadings[i] = stream.NextNormal();
        }
        for (var step = 0; step < StartSteps; step++)
        {
            loadings = data.ApplyScatter(loadings, mean, components);
            Orthonormalize(loadings, data.Pixels);
        }
        var scale = data.Spread(mean) * Math.Sqrt((double)data.Pixels / components);
        return Array.ConvertAll(loadings, l => l * scale);
    }

    private static void Orthonormalize(double[] loadings, int pixels)
    {
        for (var a = 0; a < loadings.Length; a += pixels)
        {
            var row = loadings.AsSpan(a, pixels);
            for (var b = 0; b < a; b += pixels)
            {
                var before = loadings.AsSpan(b, pixels);
                TensorPrimitives.MultiplyAdd(before, -TensorPrimitives.Dot<double>(row, before), row, row);
            }
            var norm = TensorPrimitives.Norm<double>(row);
            TensorPrimitives.Multiply(row, norm > 0 ? 1 / norm : 0, row);
        }
    }

    private static (double[] Loadings, double[] Mean) Step(Data data, double[] loadings, double[] mean, int k, ParallelOptions parallel)
    {
        // E: mean and covariance of the coefficients of each spectrum.
        var centres = new double[data.Count][];
        var spreads = new double[data.Count][];
        Parallel.For(0, data.Count, parallel, n => (centres[n], spreads[n]) = data.Posterior(n, loadings, mean, k));
        // M: each pixel by itself, a regression on the coefficients and their uncertainty, in the order of the spectra.
        var moments = new PixelMoments(data.Options.HasMean ? k + 1 : k, centres, spreads);
        var nextLoadings = new double[loadings.Length];
        var nextMean = new double[data.Pixels];
        var blocks = (data.Pixels + PixelMoments.BlockPixels - 1) / PixelMoments.BlockPixels;
        Parallel.For(0, blocks, parallel, block => moments.Regress(data, block, nextLoadings, nextMean));
        if (data.Options.HasPrior)
        {
            Standardize(nextLoadings, nextMean, centres, spreads, data.Options.HasMean);
        }
        return (nextLoadings, nextMean);
    }

    // Makes the coefficients of the spectra together standard normal again, and moves what they are not into loadings and mean (Liu, Rubin
    // & Wu 1998, Biometrika 85, 755). Without it the scale of the loadings creeps: by the share noise / signal in a step.
    private static void Standardize(double[] loadings, double[] mean, double[][] centres, double[][] spreads, bool hasMean)
    {
        var k = centres[0].Length;
        var pixels = mean.Length;
        var centre = new double[k];
        var moment = new double[k * k];
        for (var n = 0; n < centres.Length; n++)
        {
            TensorPrimitives.MultiplyAdd(centres[n], 1.0 / centres.Length, centre, centre);
            for (var a = 0; a < k * k; a++)
            {
                moment[a] += ((centres[n][a / k] * centres[n][a % k]) + spreads[n][a]) / centres.Length;
            }
        }
        for (var a = 0; a < k * k && hasMean; a++)
        {
            moment[a] -= centre[a / k] * centre[a % k];
        }
        var factor = new double[k * k];
        if (!Cholesky.TryFactor(moment, k, factor))
        {
            return;
        }
        // A c + mean with c = centre + L c*: loadings A L, mean + A centre.
        for (var a = 0; a < k; a++)
        {
            var row = loadings.AsSpan(a * pixels, pixels);
            if (hasMean)
            {
                TensorPrimitives.MultiplyAdd(row, centre[a], mean, mean);
            }
            TensorPrimitives.Multiply(row, factor[(a * k) + a], row);
            for (var b = a + 1; b < k; b++)
            {
                TensorPrimitives.MultiplyAdd(loadings.AsSpan(b * pixels, pixels), factor[(b * k) + a], row, row);
            }
        }
    }

    private static double Change(double[] before, double[] after)
    {
        var difference = 0.0;
        for (var i = 0; i < before.Length; i++)
        {
            difference += (after[i] - before[i]) * (after[i] - before[i]);
        }
        return Math.Sqrt(difference / Math.Max(double.Epsilon, after.Sum(v => v * v)));
    }

    // A A' = V Λ V': eigenvectors of A'A give the rotation.
    private static GapComponents Rotated(double[] loadings, double[] mean, int k, int[] empty, int iterations, bool isConverged)
    {
        var pixels = mean.Length;
        var gram = new double[k * k];
        for (var a = 0; a < k * k; a++)
        {
            gram[a] = TensorPrimitives.Dot<double>(loadings.AsSpan(a / k * pixels, pixels), loadings.AsSpan(a % k * pixels, pixels));
        }
        var (values, axes) = SymmetricEigenvalues.WithVectors(gram, k);
        var vectors = new double[k * pixels];
        for (var a = 0; a < k; a++)
        {
            var row = vectors.AsSpan(a * pixels, pixels);
            for (var b = 0; b < k; b++)
            {
                TensorPrimitives.MultiplyAdd(loadings.AsSpan(b * pixels, pixels), axes[(a * k) + b], row, row);
            }
            var norm = TensorPrimitives.Norm<double>(row);
            TensorPrimitives.Multiply(row, norm > 0 ? 1 / norm : 0, row);
        }
        // The smallest positive number keeps 1/Λ finite for a direction that came out empty.
        return new GapComponents(mean, vectors, Array.ConvertAll(values, v => Math.Max(v, 1e-300)), empty, iterations, isConverged);
    }

    /// <summary>The spectra, and what a step does with them.</summary>
    internal sealed record Data(float[] Flux, float[] Weight, int Pixels, int Count, GapComponentsOptions Options)
    {
        public (double[] Centre, double[] Spread) Posterior(int n, double[] loadings, double[] mean, int k)
        {
            var (precision, right) = NormalEquations.Of(
                loadings,
                k,
                Flux.AsSpan(n * Pixels, Pixels),
                Weight.AsSpan(n * Pixels, Pixels),
                mean
            );
            for (var a = 0; a < k && Options.HasPrior; a++)
            {
                precision[(a * k) + a] += 1;
            }
            var spread = NormalEquations.Inverse(precision, k, $"the coefficients of spectrum {n}");
            return (NormalEquations.Product(spread, right), Options.HasPrior ? spread : new double[k * k]);
        }

        public double[] WeightedMean() =>
            [
                .. Enumerable
                    .Range(0, Pixels)
                    .Select(j =>
                    {
                        var sum = 0.0;
                        var total = 0.0;
                        for (var i = j; i < Flux.Length; i += Pixels)
                        {
                            sum += Weight[i] > 0 ? Weight[i] * (double)Flux[i] : 0;
                            total += Math.Max(0, Weight[i]);
                        }
                        return total > 0 ? sum / total : 0;
                    }),
            ];

        public int[] EmptyPixels() =>
            [.. Enumerable.Range(0, Pixels).Where(j => Enumerable.Range(0, Count).All(n => Weight[(n * Pixels) + j] <= 0))];

        public double Spread(double[] mean)
        {
            var squares = 0.0;
            var count = 0;
            for (var i = 0; i < Flux.Length; i++)
            {
                var residual = Weight[i] > 0 ? Flux[i] - mean[i % Pixels] : 0;
                squares += residual * residual;
                count += Weight[i] > 0 ? 1 : 0;
            }
            return squares > 0 ? Math.Sqrt(squares / count) : 1;
        }

        // X'X A of the data minus mean, zeros in the gaps.
        public double[] ApplyScatter(double[] loadings, double[] mean, int k)
        {
            var product = new double[loadings.Length];
            var residual = new double[Pixels];
            for (var n = 0; n < Count; n++)
            {
                for (var j = 0; j < Pixels; j++)
                {
                    residual[j] = Weight[(n * Pixels) + j] > 0 ? Flux[(n * Pixels) + j] - mean[j] : 0;
                }
                for (var a = 0; a < k; a++)
                {
                    var row = product.AsSpan(a * Pixels, Pixels);
                    var along = TensorPrimitives.Dot<double>(residual, loadings.AsSpan(a * Pixels, Pixels));
                    TensorPrimitives.MultiplyAdd(residual, along, row, row);
                }
            }
            return product;
        }
    }
}
