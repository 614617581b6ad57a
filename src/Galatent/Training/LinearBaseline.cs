using Galatent.Networks.Objectives;
using Galatent.Networks.Weighting;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>What linear models reach on the training spectra: the lines that a network must cross.</summary>
/// <param name="LinearLoss">Loss of the best linear VAE in the terms of the run's objective (<see cref="LinearVae"/>); null where there is
/// no closed form.</param>
/// <param name="Components">Principal components of the spectra.</param>
internal sealed record LinearBaseline(double? LinearLoss, PrincipalComponents Components)
{
    // Four passes over 80,000 spectra take some seconds on two cores; more spectra would change the eigenvalues by less than a third of a
    // per cent.
    private const int MostSpectra = 100_000;

    // Sums of squares of larger fluxes, which are not normalised, leave float32; training them diverges, and its first update says so.
    private const double LargestVariance = 1e24;

    /// <summary>Measures the training spectra; null when there are fewer than two, or a flux is huge or not finite (the first update then
    /// says which).</summary>
    /// <param name="read">Reads rows of flux.</param>
    /// <param name="grid">The pixels.</param>
    /// <param name="training">Rows that train, in random order.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="run">The objective.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    public static LinearBaseline? Of(
        RowReader read,
        WavelengthGrid grid,
        int[] training,
        TrainingOptions options,
        ObjectiveRun run,
        int threads
    )
    {
        if (training.Length < 2 || !(run.NoiseVariance < LargestVariance))
        {
            return null;
        }
        var rows = training.AsSpan(0, Math.Min(MostSpectra, training.Length));
        var latent = options.Network.LatentDimensions;
        var plain = PrincipalComponents.Measure(read, grid.Count, rows, options.Seed, latent, threads: threads);
        var weighted = options.Objective.WidthWeighting
            ? PrincipalComponents.Measure(
                read,
                grid.Count,
                rows,
                options.Seed,
                latent,
                Array.ConvertAll(PixelWidths.Of(grid), MathF.Sqrt),
                threads
            )
            : plain;
        return new LinearBaseline(run.LinearLoss(weighted), plain);
    }
}
