using Galatent.Networks.Objectives;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Latents;

/// <summary>Measures a trained model on the spectra it was made for. Mutual information is added by its own step.</summary>
public static class LatentAnalysis
{
    // Reconstructed spectra held at a time: 512 x 4582 floats are 9 MB.
    private const int Block = 512;

    /// <summary>Everything but mutual information.</summary>
    /// <param name="spectra">All spectra.</param>
    /// <param name="latents">Their latent representations, same order.</param>
    /// <param name="split">Which spectra trained the model.</param>
    /// <param name="decode">Latents of shape (m, dimensions) and m to normalised flux of shape (m, n_wave).</param>
    /// <param name="options">Beta, seed, traversals.</param>
    /// <param name="progress">Told the number of spectra reconstructed.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public static AnalysisResults Run(
        SpectrumSet spectra, LatentSet latents, DataSplit split, Func<float[], int, float[]> decode, AnalysisOptions options,
        IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(spectra);
        ArgumentNullException.ThrowIfNull(latents);
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(decode);
        ArgumentNullException.ThrowIfNull(options);
        if (spectra.Count != latents.Count)
        {
            throw new InputException($"There are {spectra.Count} spectra but {latents.Count} latent representations; encode the spectra again.");
        }
        int[] all = [.. Enumerable.Range(0, spectra.Count)];
        var total = all.Length + split.Validation.Length;
        void Told(int done) => progress?.Report(new StepProgress(done, total));
        var error = Reconstruct(spectra, all, latents.Mu, latents.Dimensions, decode, Told, cancellation);
        var sampled = Reconstruct(spectra, split.Validation, latents.Z, latents.Dimensions, decode, done => Told(all.Length + done), cancellation);
        var pixels = spectra.Grid.Count;
        var informativeness = Informativeness.Measure(latents.Mu, latents.Mu, latents.LogVariance, latents.Dimensions, spectra.Flux, pixels);
        var baseline = PrincipalComponents.Measure(spectra.Flux, pixels, split.Training.AsSpan(0, Math.Min(options.BaselineSpectra, split.Training.Length)), options.Seed);
        var linear = LinearVae.Best(options.Beta, baseline.Eigenvalues, baseline.TotalVariance, latents.Dimensions);
        var kl = Informativeness.MeanKl(Rows(latents.Mu, split.Validation, latents.Dimensions), Rows(latents.LogVariance, split.Validation, latents.Dimensions), latents.Dimensions).Sum();
        var loss = new LossSummary(
            options.Beta, spectra.Count, split.Validation.Length, error.MeanSquaredErrorPerSpectrum, sampled.MeanSquaredErrorPerSpectrum, kl, error.TotalVariance, linear);
        var start = TraversalStart.Choose(latents, decode, options.Seed);
        Traversal[] traversals = [.. AnalysisResults.Show(informativeness).Select(d => Traverse(latents, start, d, decode, options.Traversal))];
        return new AnalysisResults(
            spectra.Grid, loss, error, informativeness, LineR2.At(spectra.Grid, error), baseline.Eigenvalues, Examples(spectra, latents, decode), start, traversals);
    }

    /// <summary>Walks along one dimension from one spectrum, between the extremes of that dimension in the whole set.</summary>
    public static Traversal Traverse(LatentSet latents, int spectrum, int dimension, Func<float[], int, float[]> decode, TraversalOptions options)
    {
        ArgumentNullException.ThrowIfNull(latents);
        var column = latents.MuColumn(dimension);
        return Traversal.Along(latents.MeanOf(spectrum), dimension, column.Min(), column.Max(), decode, options);
    }

    private static ReconstructionError Reconstruct(
        SpectrumSet spectra, int[] rows, float[] latent, int dimensions, Func<float[], int, float[]> decode, Action<int> told, CancellationToken cancellation)
    {
        var sum = new ReconstructionErrorSum(spectra.Grid.Count);
        for (var start = 0; start < rows.Length; start += Block)
        {
            cancellation.ThrowIfCancellationRequested();
            var block = rows[start..Math.Min(rows.Length, start + Block)];
            sum.Add(Rows(spectra.Flux, block, spectra.Grid.Count), decode(Rows(latent, block, dimensions), block.Length));
            told(start + block.Length);
        }
        return sum.Result();
    }

    private static Reconstruction[] Examples(SpectrumSet spectra, LatentSet latents, Func<float[], int, float[]> decode)
    {
        var chosen = ExampleSpectra.Choose(spectra);
        (string Name, int Row)[] examples = [("star-forming", chosen.StarForming), ("quiescent", chosen.Quiescent)];
        return [.. examples.Select(e => new Reconstruction(
            e.Name, e.Row, Array.ConvertAll(spectra[e.Row].ToArray(), f => (double)f), Array.ConvertAll(decode(latents.MeanOf(e.Row).ToArray(), 1), f => (double)f)))];
    }

    private static float[] Rows(float[] values, int[] rows, int width)
    {
        var chosen = new float[rows.Length * width];
        for (var i = 0; i < rows.Length; i++)
        {
            values.AsSpan(rows[i] * width, width).CopyTo(chosen.AsSpan(i * width));
        }
        return chosen;
    }
}
