using Galatent.Latents.Reconstructions;
using Galatent.Latents.Traversals;
using Galatent.Networks.Objectives;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Latents;

/// <summary>Analyses a trained model on its spectra. Mutual information is added by a separate step.</summary>
public static class LatentAnalysis
{
    /// <summary>All results except mutual information.</summary>
    /// <param name="spectra">All spectra.</param>
    /// <param name="latents">Their latent representations, in the same order.</param>
    /// <param name="split">Which spectra trained the model.</param>
    /// <param name="decode">Decoder: takes latents of shape (m, dimensions) and m, returns normalised flux of shape (m, n_wave).</param>
    /// <param name="options">Beta, seed, traversals.</param>
    /// <param name="progress">Receives the number of reconstructed spectra.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public static AnalysisResults Run(
        ISpectrumSource spectra,
        LatentSet latents,
        DataSplit split,
        Func<float[], int, float[]> decode,
        AnalysisOptions options,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(spectra);
        ArgumentNullException.ThrowIfNull(latents);
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(decode);
        ArgumentNullException.ThrowIfNull(options);
        if (spectra.Count != latents.Count)
        {
            throw new InputException(
                $"There are {spectra.Count} spectra but {latents.Count} latent representations; encode the spectra again."
            );
        }
        int[] all = [.. Enumerable.Range(0, spectra.Count)];
        var total = all.Length + split.Validation.Length;
        void Told(int done) => progress?.Report(new StepProgress(done, total));
        var pass = new ReconstructionPass(spectra, latents.Dimensions, decode, options.Processes);
        var covariance = new double[latents.Dimensions * spectra.Grid.Count];
        var error = pass.Run(all, latents.Mu, covariance, Told, cancellation);
        var sampled = pass.Run(split.Validation, latents.Z, null, done => Told(all.Length + done), cancellation);
        var informativeness = Informativeness.Of(covariance, latents.Mu, latents.LogVariance, latents.Dimensions);
        var baseline = LinearData.Measure(spectra.Read, spectra.Grid.Count, split, options.Seed, latents.Dimensions, [], 0);
        var data = new LinearData(baseline, latents.Dimensions, spectra.Grid.Count);
        var kl = Informativeness
            .MeanKl(
                LatentSet.Rows(latents.Mu, split.Validation, latents.Dimensions),
                LatentSet.Rows(latents.LogVariance, split.Validation, latents.Dimensions),
                latents.Dimensions
            )
            .Sum();
        var loss = new LossSummary(
            options.Beta,
            spectra.Count,
            split.Validation.Length,
            error.MeanSquaredErrorPerSpectrum,
            sampled.MeanSquaredErrorPerSpectrum,
            kl,
            error.TotalVariance,
            data.Best(options.Beta)
        )
        {
            Errors = LossErrors.Of(
                options.Beta,
                sampled.SquaredErrorPerSpectrum,
                LossErrors.KlOf(latents, split.Validation),
                data.LossesOfJudged(options.Beta)
            ),
        };
        var start = TraversalStart.Choose(latents, decode, options.Seed);
        Traversal[] traversals =
        [
            .. AnalysisResults.Show(informativeness).Select(d => Traverse(latents, start, d, decode, options.Traversal)),
        ];
        return new AnalysisResults(
            spectra.Grid,
            loss,
            error,
            informativeness,
            Lines(spectra, error),
            baseline.Eigenvalues,
            Examples(spectra, latents, decode),
            start,
            traversals
        )
        {
            Components = baseline,
        };
    }

    /// <summary>Traverses one dimension, starting from one spectrum, between the extremes of that dimension in the whole set.</summary>
    public static Traversal Traverse(
        LatentSet latents,
        int spectrum,
        int dimension,
        Func<float[], int, float[]> decode,
        TraversalOptions options
    )
    {
        ArgumentNullException.ThrowIfNull(latents);
        var column = latents.MuColumn(dimension);
        return Traversal.Along(latents.MeanOf(spectrum), dimension, column.Min(), column.Max(), decode, options);
    }

    private static Reconstruction[] Examples(ISpectrumSource spectra, LatentSet latents, Func<float[], int, float[]> decode)
    {
        var chosen = ExampleSpectra.Choose(spectra);
        (string Name, int Row)[] examples = [("star-forming", chosen.StarForming), ("quiescent", chosen.Quiescent)];
        return
        [
            .. examples.Select(e => new Reconstruction(
                e.Name,
                e.Row,
                Flux(spectra, e.Row),
                Array.ConvertAll(decode(latents.MeanOf(e.Row).ToArray(), 1), f => (double)f)
            )),
        ];
    }

    // Where most spectra have no good pixel, R² would be that of what was filled in.
    private static LineR2[] Lines(ISpectrumSource spectra, ReconstructionError error)
    {
        var lines = LineR2.At(spectra.Grid, error);
        return spectra is FilledSpectra filled
            ? Array.ConvertAll(lines, l => filled.IsCovered(spectra.Grid.Nearest(l.WavelengthAngstrom)) ? l : l with { R2 = double.NaN })
            : lines;
    }

    private static double[] Flux(ISpectrumSource spectra, int row)
    {
        var flux = new float[spectra.Grid.Count];
        spectra.ReadFrom(row, flux);
        return Array.ConvertAll(flux, f => (double)f);
    }
}
