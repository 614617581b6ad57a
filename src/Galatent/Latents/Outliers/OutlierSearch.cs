using System.Globalization;
using Galatent.Latents.Mixtures;
using Galatent.Networks;
using Galatent.Numerics;

namespace Galatent.Latents.Outliers;

/// <summary>
/// Unusual spectra of a file, ranked, with what they may be: density of their latents, chi² of the best fit of the decoder, and
/// explanations of what the fit leaves. What is usual is learnt from mocks, or from the spectra themselves.
/// </summary>
/// <param name="Rows">All spectra, the most unusual first.</param>
/// <param name="Remarks">What was done, in sentences.</param>
public sealed record OutlierSearch(IReadOnlyList<OutlierRow> Rows, IReadOnlyList<string> Remarks)
{
    private const int MostComponents = 18;
    private const int MostFitted = 10_000;

    // A scan of redshifts takes longer than all else, so only this share is scanned.
    private const double ScannedShare = 0.06;
    private const int LeastScanned = 60;

    /// <summary>Searches a file.</summary>
    /// <param name="network">The model.</param>
    /// <param name="spectra">The spectra.</param>
    /// <param name="reference">Mocks of the same survey, which say what is usual; null for the spectra themselves.</param>
    /// <param name="seed">Root seed of the mixture.</param>
    /// <param name="threads">Largest number of threads; the result does not depend on it.</param>
    /// <param name="progress">Told after each block; may be null.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static OutlierSearch Of(
        VaeModel network,
        ObservedSpectra spectra,
        ObservedSpectra? reference,
        ulong seed,
        int threads,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(spectra);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        int[] inUse = [.. spectra.InUse];
        if (inUse.Length == 0)
        {
            throw new InputException($"No latent dimension carries {ActiveDimensions.Threshold}, so that nothing can be unusual.");
        }
        var own = MeasuredOddity.Of(network, spectra, inUse, parallel, progress);
        var others = reference is null ? own : MeasuredOddity.Of(network, reference, inUse, parallel, progress);
        var (latent, latentUsual, remark) = LatentScores(spectra, reference, inUse, seed, parallel);
        var judge = new OutlierJudge(others, latentUsual);
        var scored = own.Select((m, i) => judge.Score(m, latent[i])).ToArray();
        int[] order = [.. Enumerable.Range(0, own.Length).OrderByDescending(i => scored[i].Score).ThenBy(i => i)];
        var scan = new RedshiftScan(network);
        var scanned = order[..Math.Min(order.Length, Math.Max(LeastScanned, (int)(ScannedShare * order.Length)))];
        var redshifts = Array.ConvertAll(own, _ => default((double Redshift, double Gain)?));
        Parallel.ForEach(scanned, parallel, i => redshifts[i] = double.IsNaN(spectra.Redshift(i)) ? null : scan.Best(spectra.Read(i)));
        var ids = spectra.ObjectIds();
        double[] ascending = [.. latentUsual.Order()];
        return new OutlierSearch(
            [
                .. order.Select(i =>
                    judge.Row(
                        new OutlierRow(
                            i,
                            ids?[i] ?? "",
                            spectra.Redshift(i),
                            own[i].SignalToNoise,
                            scored[i].Score,
                            scored[i].Measure,
                            latent[i],
                            OutlierScore.PValue(latent[i], ascending),
                            own[i].ChiSquare,
                            OutlierClass.Unexplained,
                            "",
                            "",
                            double.NaN,
                            redshifts[i]?.Redshift ?? double.NaN,
                            []
                        ),
                        own[i],
                        redshifts[i]
                    )
                ),
            ],
            [remark, $"other redshifts were tried for the first {scanned.Length}"]
        );
    }

    /// <summary>What the decoder fits to a spectrum, as the search does; shape (n_wave).</summary>
    public static float[] Model(VaeModel network, ObservedSpectra spectra, int row, int threads)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(spectra);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        return MeasuredOddity.Fit(network, spectra, [row], [.. spectra.InUse], parallel).Fits[0].Model;
    }

    // The mixture is fitted to latents of noisy spectra, so that it holds the posterior variance already.
    private static (double[] Own, double[] Usual, string Remark) LatentScores(
        ObservedSpectra spectra,
        ObservedSpectra? reference,
        int[] inUse,
        ulong seed,
        ParallelOptions parallel
    )
    {
        var own = Columns(spectra.Posterior, inUse);
        var usual = reference is null ? own : Columns(reference.Posterior, inUse);
        var count = usual[0].Length;
        // Half of the mocks are fitted, the other half judges. Without mocks there is nothing to hold out.
        int[] fitted = [.. Enumerable.Range(0, count).Where(i => reference is null || i % 2 == 0).Take(MostFitted)];
        int[] judging = reference is null ? fitted : [.. Enumerable.Range(0, count).Where(i => i % 2 == 1)];
        var mixture = MixtureSelection
            .Fit(
                [.. usual.Select(c => Array.ConvertAll(fitted, i => c[i]))],
                new MixtureFitOptions { MaxComponents = MostComponents },
                seed,
                parallel.MaxDegreeOfParallelism,
                parallel.CancellationToken
            )
            .Mixture;
        double[] Scores(double[][] columns, int[] rows) =>
            Array.ConvertAll(rows, i => OutlierScore.Of(mixture, Array.ConvertAll(columns, c => c[i]), []));
        return (
            Scores(own, [.. Enumerable.Range(0, own[0].Length)]),
            Scores(usual, judging),
            string.Create(
                CultureInfo.InvariantCulture,
                $"latents: a mixture of {mixture.ComponentCount} components in {inUse.Length} dimensions, fitted to {fitted.Length} "
                    + $"{(reference is null ? "of these spectra" : $"mocks; p from {judging.Length} others")}"
            )
        );
    }

    private static double[][] Columns(LatentPosterior posterior, int[] dimensions) =>
        [
            .. dimensions.Select(d =>
                Enumerable.Range(0, posterior.Count).Select(i => (double)posterior.Mu[(i * posterior.Dimensions) + d]).ToArray()
            ),
        ];
}
