using Galatent.Latents.Information;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Latents;

/// <summary>The whole analysis of one trained model: representations, reconstruction, informativeness, traversals, mutual information.</summary>
public static class ModelAnalysis
{
    /// <summary>Where the tables go inside a model's folder.</summary>
    public const string FolderName = "analysis";

    /// <summary>Where the representations go inside a model's folder.</summary>
    public const string LatentsName = "latents.h5";

    /// <summary>Encodes all spectra, measures the model and writes <c>latents.h5</c> and <c>analysis/*.csv</c>.</summary>
    /// <param name="model">The trained model.</param>
    /// <param name="spectra">The spectra of its training, same order.</param>
    /// <param name="folder">Where to write.</param>
    /// <param name="options">Seed, threads, mutual information.</param>
    /// <param name="progress">Gives the sink for a named step, e.g. "encoding" in "spectra".</param>
    /// <param name="cancellation">Stops at the next safe point.</param>
    public static AnalysisResults Run(
        VaeModel model, SpectrumSet spectra, string folder, ModelAnalysisOptions options,
        Func<string, string, IProgress<StepProgress>?> progress, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(spectra);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(progress);
        var latents = Encode(model, spectra, options.Seed, progress("encoding", "spectra"), cancellation);
        LatentFile.Write(Path.Combine(folder, LatentsName), latents);
        var split = DataSplit.Random(spectra.Count, options.ValidationFraction, model.Description.Seed);
        var results = LatentAnalysis.Run(
            spectra, latents, split, (z, count) => model.Decode(z, count), new AnalysisOptions(model.Description.Beta, options.Seed, options.Traversal),
            progress("reconstructing", "spectra"), cancellation);
        // Everything but mutual information is on disk before its minutes begin.
        AnalysisFolder.Write(Path.Combine(folder, FolderName), results);
        results = AddInformation(results, latents, spectra.Parameters, options, progress, cancellation);
        AnalysisFolder.Write(Path.Combine(folder, FolderName), results);
        return results;
    }

    /// <summary>Representations of all spectra: posterior means, variances and one sample each.</summary>
    public static LatentSet Encode(VaeModel model, SpectrumSet spectra, ulong seed, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var posterior = model.Encode(spectra, progress, cancellation);
        return new LatentSet(posterior.Dimensions, posterior.Mu, posterior.LogVariance, posterior.Sample(seed), seed);
    }

    /// <summary>Adds the mutual information of informative dimensions with each other and of all dimensions with the parameters, for posterior means and for samples.</summary>
    private static AnalysisResults AddInformation(
        AnalysisResults results, LatentSet latents, IReadOnlyList<ParameterColumn> parameters, ModelAnalysisOptions options,
        Func<string, string, IProgress<StepProgress>?> progress, CancellationToken cancellation)
    {
        var rows = Rows(latents.Count, options);
        int[] all = [.. Enumerable.Range(0, latents.Dimensions)];
        NamedColumn[] known = [.. parameters.Select(p => new NamedColumn(p.Name, Pick(p.Values, rows)))];
        NamedColumn[] Latents(int[] dimensions, Func<int, double[]> column) =>
            [.. dimensions.Select(d => new NamedColumn(AnalysisResults.DimensionName(d), Pick(column(d), rows)))];
        MutualInformationMatrix? Table(string step, NamedColumn[] across, NamedColumn[]? down) => across.Length == 0 || (down is null && across.Length < 2) || down is { Length: 0 }
            ? null
            : MutualInformationMatrix.Of(MutualInformationTable.Compute(across, down, options.Information, options.Seed, options.Threads, progress(step, "pairs"), cancellation));
        return results with
        {
            Latents = Table("information between means", Latents(results.Informative, latents.MuColumn), null),
            LatentSamples = Table("information between samples", Latents(results.Informative, latents.SampleColumn), null),
            Parameters = Table("information of means", Latents(all, latents.MuColumn), known),
            ParametersOfSamples = Table("information of samples", Latents(all, latents.SampleColumn), known),
        };
    }

    private static int[] Rows(int count, ModelAnalysisOptions options)
    {
        var rows = Enumerable.Range(0, count).ToArray();
        if (count > options.InformationSpectra)
        {
            new RandomStream(options.Seed, "information spectra").Shuffle(rows.AsSpan());
            rows = rows[..options.InformationSpectra];
            Array.Sort(rows);
        }
        return rows;
    }

    private static double[] Pick(double[] values, int[] rows) => Array.ConvertAll(rows, r => values[r]);
}
