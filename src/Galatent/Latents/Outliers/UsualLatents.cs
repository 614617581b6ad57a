using Galatent.Latents.Mixtures;
using Galatent.Networks;
using Galatent.Numerics;

namespace Galatent.Latents.Outliers;

/// <summary>Where usual spectra lie in the latent space: a mixture fitted to their posterior means, and rows that it has not seen, which
/// say what its scores usually are.</summary>
/// <param name="Mixture">Fitted to posterior means.</param>
/// <param name="Fitted">Number of spectra of the fit.</param>
/// <param name="Judging">Rows that judge.</param>
internal sealed record UsualLatents(GaussianMixture Mixture, int Fitted, int[] Judging)
{
    /// <summary>Fewest usual spectra: two thirds are fitted, with ten folds that choose the number of components.</summary>
    public const int Least = 30;

    // A third judges; the mixture must not have seen it.
    private const int JudgingShare = 3;
    private const int MostFitted = 10_000;
    private const int MostComponents = 18;

    /// <summary>Fits the mixture. Rows are taken at random, since files may be sorted by redshift or plate.</summary>
    /// <param name="columns">Posterior means, a column for each dimension that is looked at.</param>
    /// <param name="rows">The usual spectra.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="InputException">There are too few.</exception>
    public static UsualLatents Of(double[][] columns, IReadOnlyList<int> rows, ulong seed, int threads, CancellationToken cancellation)
    {
        if (rows.Count < Least)
        {
            throw new InputException(
                $"What is usual in the latent space needs at least {Least} spectra to be learnt from, but there are {rows.Count}; "
                    + "give more, or mocks of the survey beside them."
            );
        }
        int[] all = [.. rows];
        new RandomStream(seed, "outlier reference").Shuffle(all.AsSpan());
        var judging = all[..(all.Length / JudgingShare)];
        var fitted = all[judging.Length..];
        fitted = fitted[..Math.Min(fitted.Length, MostFitted)];
        var fit = MixtureSelection.Fit(
            [.. columns.Select(c => Array.ConvertAll(fitted, r => c[r]))],
            new MixtureFitOptions { MaxComponents = MostComponents },
            seed,
            threads,
            cancellation
        );
        return new UsualLatents(fit.Mixture, fitted.Length, judging);
    }

    /// <summary>The posterior means as columns, one for each dimension.</summary>
    public static double[][] Columns(LatentPosterior posterior, int[] dimensions) =>
        [
            .. dimensions.Select(d =>
                Enumerable.Range(0, posterior.Count).Select(i => (double)posterior.Mu[(i * posterior.Dimensions) + d]).ToArray()
            ),
        ];

    /// <summary>Scores of means alone, nat: for a mixture that was fitted to latents of noisy spectra and holds the posterior variance
    /// already.</summary>
    public double[] Scores(double[][] columns, IEnumerable<int> rows) =>
        [.. rows.Select(i => OutlierScore.Of(Mixture, Array.ConvertAll(columns, c => c[i]), []))];
}
