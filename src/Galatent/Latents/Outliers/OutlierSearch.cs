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
    // A scan of redshifts takes longer than all else, so only this share is scanned.
    private const double ScannedShare = 0.06;
    private const int LeastScanned = 60;

    // Mocks that are fitted like the spectra. What is usual at some signal-to-noise is read from the 300 nearest of them.
    private const int MostJudging = 2_000;

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
        var own = MeasuredOddity.Of(network, spectra, [.. Enumerable.Range(0, spectra.Count)], inUse, parallel, progress);
        var (latent, judging, latentUsual, remark) = LatentScores(spectra, reference, inUse, seed, parallel);
        // Of mocks only those that judge the latents judge the rest.
        var usual = reference is null ? own : MeasuredOddity.Of(network, reference, judging, inUse, parallel, progress);
        var judge = new OutlierJudge(usual, reference is null ? judging : [.. Enumerable.Range(0, judging.Length)], latentUsual);
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
        return MeasuredOddity.Fit(network, spectra, [row], [.. spectra.InUse], parallel, tangents: false).Fits[0].Model;
    }

    // Usual are the mocks, or else these spectra themselves; the rest of the search compares with the rows that judge.
    private static (double[] Own, int[] Judging, double[] Usual, string Remark) LatentScores(
        ObservedSpectra spectra,
        ObservedSpectra? reference,
        int[] inUse,
        ulong seed,
        ParallelOptions parallel
    )
    {
        var own = UsualLatents.Columns(spectra.Posterior, inUse);
        var columns = reference is null ? own : UsualLatents.Columns(reference.Posterior, inUse);
        int[] rows = [.. Enumerable.Range(0, columns[0].Length)];
        var usual = UsualLatents.Of(columns, rows, seed, parallel.MaxDegreeOfParallelism, parallel.CancellationToken);
        usual = reference is null ? usual : usual with { Judging = usual.Judging[..Math.Min(usual.Judging.Length, MostJudging)] };
        return (
            usual.Scores(own, Enumerable.Range(0, own[0].Length)),
            usual.Judging,
            usual.Scores(columns, usual.Judging),
            $"latents: a mixture of {usual.Mixture.ComponentCount} components in {inUse.Length} dimensions, fitted to {usual.Fitted} "
                + $"{(reference is null ? "of these spectra" : "mocks")}; p from {usual.Judging.Length} others"
        );
    }
}
