using Galatent.Networks.Objectives;
using Galatent.Networks.Weighting;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>What linear models, fitted to the training spectra, reach on the validation spectra. A network should do better.</summary>
/// <param name="LinearLoss">Loss of the best linear VAE by the run's objective (<see cref="LinearVae"/>); null when there is no closed
/// form.</param>
/// <param name="Components">Principal components of the spectra; gaps count as they were filled.</param>
internal sealed record LinearBaseline(double? LinearLoss, PrincipalComponents Components)
{
    /// <summary>The linear model where each spectrum has its own weights; null where all have the same, or the objective has
    /// none.</summary>
    public WeightedLinearVae? Weighted { get; private init; }

    /// <summary>What some principal components leave of the spectra that judge; null where spectra have weights of their own, with which
    /// that number cannot be compared.</summary>
    public double? SquaredError(int components) => IsWeighted ? null : Components.SquaredError(components);

    private bool IsWeighted { get; init; }

    // Larger fluxes are not normalised, and their sums of squares overflow float32. Training on them diverges; its first update reports
    // that.
    private const double LargestVariance = 1e24;

    /// <summary>Measures the training spectra. Null when there are fewer than two, or a flux is huge or not finite (the first update then
    /// reports which spectrum).</summary>
    /// <param name="read">Reads rows of flux.</param>
    /// <param name="grid">The pixels.</param>
    /// <param name="split">Rows that train, in random order, and rows that judge.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="run">The objective.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    public static LinearBaseline? Of(
        RowReader read,
        WavelengthGrid grid,
        DataSplit split,
        TrainingOptions options,
        ObjectiveRun run,
        int threads
    )
    {
        if (split.Training.Length < 2 || !(run.NoiseVariance < LargestVariance))
        {
            return null;
        }
        var latent = options.Network.LatentDimensions;
        var plain = LinearData.Measure(read, grid.Count, split, options.Seed, latent, [], threads);
        if (options.Objective.PixelWeighting != PixelWeighting.None)
        {
            var linear = options.Objective.LinearBeta(options.Beta) is { } beta
                ? WeightedLinearVae.Fit(read, grid.Count, split.Training, split.Validation, run, beta, latent, options.Seed, threads)
                : null;
            return new LinearBaseline(linear?.Loss, plain) { Weighted = linear, IsWeighted = true };
        }
        var weighted = options.Objective.WidthWeighting
            ? LinearData.Measure(read, grid.Count, split, options.Seed, latent, Array.ConvertAll(PixelWidths.Of(grid), MathF.Sqrt), threads)
            : plain;
        return new LinearBaseline(run.LinearLoss(weighted), plain);
    }
}
