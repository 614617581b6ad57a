using Galatent.Networks.Objectives;
using Galatent.Networks.Weighting;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>What linear models reach on the training spectra. A network should do better.</summary>
/// <param name="LinearLoss">Loss of the best linear VAE by the run's objective (<see cref="LinearVae"/>); null when there is no closed
/// form.</param>
/// <param name="Components">Principal components of the spectra.</param>
internal sealed record LinearBaseline(double? LinearLoss, PrincipalComponents Components)
{
    // Four passes over 80,000 spectra take some seconds on two cores. More spectra would change the eigenvalues by less than a third of a
    // per cent.
    private const int MostSpectra = 100_000;

    // Larger fluxes are not normalised, and their sums of squares overflow float32. Training on them diverges; its first update reports
    // that.
    private const double LargestVariance = 1e24;

    /// <summary>Measures the training spectra. Null when there are fewer than two, or a flux is huge or not finite (the first update then
    /// reports which spectrum).</summary>
    /// <param name="read">Reads rows of flux.</param>
    /// <param name="grid">The pixels.</param>
    /// <param name="training">Row numbers of the training spectra, in random order.</param>
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
