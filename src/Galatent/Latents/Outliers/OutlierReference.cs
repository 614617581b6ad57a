using Galatent.Latents.Mixtures;
using Galatent.Spectra;

namespace Galatent.Latents.Outliers;

/// <summary>What usual spectra look like to a model: a mixture fitted to their posterior means, and the scores of others that it has not
/// seen.</summary>
/// <param name="InUse">Dimensions that are looked at.</param>
/// <param name="Mixture">Fitted to posterior means in these dimensions.</param>
/// <param name="Fitted">Number of spectra of the fit.</param>
/// <param name="Reference">Rows that judge what is usual.</param>
internal sealed record OutlierReference(int[] InUse, GaussianMixture Mixture, int Fitted, int[] Reference)
{
    /// <summary>Fits the mixture to training spectra.</summary>
    /// <param name="latents">Latent representations.</param>
    /// <param name="split">Which spectra trained the model.</param>
    /// <param name="inUse">Dimensions that are looked at.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static OutlierReference Of(
        LatentSet latents,
        DataSplit split,
        int[] inUse,
        ulong seed,
        int threads,
        CancellationToken cancellation = default
    )
    {
        var usual = UsualLatents.Of([.. inUse.Select(latents.MuColumn)], split.Training, seed, threads, cancellation);
        return new OutlierReference(inUse, usual.Mixture, usual.Fitted, usual.Judging);
    }

    /// <summary>The score of a posterior, nat.</summary>
    /// <param name="mu">Means, shape (dimensions).</param>
    /// <param name="logVariance">ln of the variances, same shape.</param>
    public double Score(ReadOnlySpan<float> mu, ReadOnlySpan<float> logVariance)
    {
        var means = new double[InUse.Length];
        var variances = new double[InUse.Length];
        for (var i = 0; i < InUse.Length; i++)
        {
            means[i] = mu[InUse[i]];
            variances[i] = Math.Exp(logVariance[InUse[i]]);
        }
        return OutlierScore.Of(Mixture, means, variances);
    }

    /// <summary>Scores of some spectra.</summary>
    public double[] Scores(LatentSet latents, int[] rows, ParallelOptions parallel)
    {
        var scores = new double[rows.Length];
        Parallel.For(0, rows.Length, parallel, i =>
            scores[i] = Score(latents.MeanOf(rows[i]), latents.LogVariance.AsSpan(rows[i] * latents.Dimensions, latents.Dimensions))
        );
        return scores;
    }
}
