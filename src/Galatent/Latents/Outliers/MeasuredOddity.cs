using Galatent.Networks;
using Galatent.Numerics;

namespace Galatent.Latents.Outliers;

/// <summary>What is measured of one spectrum, before it is known what is usual.</summary>
/// <param name="SignalToNoise">Median flux over noise of the good pixels.</param>
/// <param name="ChiSquare">Chi² per pixel of the best fit over what a perfect model would have, calibration error included.</param>
/// <param name="Explanations">Explanations of what the fit leaves.</param>
internal sealed record MeasuredOddity(double SignalToNoise, double ChiSquare, IReadOnlyList<Explanation> Explanations)
{
    // As many as the network decodes at once.
    private const int BlockRows = 64;

    /// <summary>Measures some spectra of a file.</summary>
    public static MeasuredOddity[] Of(
        VaeModel network,
        ObservedSpectra spectra,
        int[] chosen,
        int[] inUse,
        ParallelOptions parallel,
        IProgress<StepProgress>? progress
    )
    {
        var residuals = new ResidualExplanations(network.Grid);
        var measured = new MeasuredOddity[chosen.Length];
        for (var first = 0; first < chosen.Length; first += BlockRows)
        {
            parallel.CancellationToken.ThrowIfCancellationRequested();
            var start = first;
            var rows = chosen[first..Math.Min(chosen.Length, first + BlockRows)];
            var (pixels, fits) = Fit(network, spectra, rows, inUse, parallel);
            Parallel.For(0, rows.Length, parallel, i => measured[start + i] = Of(pixels[i], fits[i], residuals));
            progress?.Report(new StepProgress(first + rows.Length, chosen.Length));
        }
        return measured;
    }

    /// <summary>Reads and fits some spectra (<see cref="LatentFit"/>).</summary>
    public static (ObservedPixels[] Pixels, LatentFit[] Fits) Fit(
        VaeModel network,
        ObservedSpectra spectra,
        int[] rows,
        int[] inUse,
        ParallelOptions parallel,
        bool tangents = true
    )
    {
        var pixels = Array.ConvertAll(rows, spectra.Read);
        var mu = LatentSet.Rows(spectra.Posterior.Mu, rows, network.LatentDimensions);
        return (pixels, LatentFit.Of(network, pixels, mu, inUse, parallel, tangents));
    }

    private static MeasuredOddity Of(ObservedPixels spectrum, LatentFit fit, ResidualExplanations residuals)
    {
        var weights = spectrum.Weights(fit.Model);
        var (sum, expected) = (0.0, 0.0);
        var signal = new List<double>();
        for (var j = 0; j < weights.Length; j++)
        {
            if (weights[j] > 0)
            {
                var residual = spectrum.Flux[j] - fit.Model[j];
                sum += weights[j] * residual * residual;
                // Of the assumed variance, noise is only the expected part where pixels share data.
                var noise = weights[j] / spectrum.InverseVariance[j];
                expected += (noise * spectrum.ExpectedChiSquare) + (1 - noise);
                signal.Add(fit.Model[j] * Math.Sqrt(spectrum.InverseVariance[j]));
            }
        }
        return new MeasuredOddity(
            signal.Count == 0 ? 0 : SampleMoments.Median([.. signal]),
            expected > 0 ? sum / expected : double.NaN,
            double.IsNaN(spectrum.Redshift) || signal.Count == 0 ? [] : residuals.Of(spectrum, fit)
        );
    }
}
