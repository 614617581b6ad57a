using Galatent.Files;
using Galatent.Latents;
using Galatent.Latents.Activity;
using Galatent.Latents.Analyses;
using Galatent.Latents.Information;
using Galatent.Latents.Reconstructions;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Study;

/// <summary>The third step: what one model has learnt. It encodes, reconstructs, traverses and measures mutual information. It writes
/// <c>latents.h5</c> and the tables of <c>analysis/</c>.</summary>
public static class ModelAnalysis
{
    /// <summary>Fewest spectra that can be analysed. With fewer, principal components and mutual information mean nothing.</summary>
    public const int LeastSpectra = MutualInformationOptions.LeastCount;

    /// <summary>Analyses one model.</summary>
    /// <param name="modelFolder">The model folder.</param>
    /// <param name="resultFolder">Folder for latents and tables; created when absent.</param>
    /// <param name="spectra">Spectra on the model's pixels, at least <see cref="LeastSpectra"/>; usually those of the training.</param>
    /// <param name="options">Seed, threads, number of spectra for mutual information, traversals.</param>
    /// <param name="context">Display, cancellation, processes.</param>
    /// <param name="compute">Where to compute; the CPU with one thread per core when null.</param>
    /// <exception cref="InputException">The model cannot be read, or the spectra are too few or do not fit the model.</exception>
    public static AnalysisResults Run(
        string modelFolder,
        string resultFolder,
        ISpectrumSource spectra,
        ModelAnalysisOptions options,
        StudyContext context,
        ComputeOptions? compute = null
    )
    {
        ArgumentNullException.ThrowIfNull(spectra);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        options = options with { Processes = context.Processes };
        var analyses = AnalysisList.Chosen(options.Analyses);
        var isFirst = context.Processes.IsFirst;
        var display = context.Display;
        var cancellation = context.Cancellation;
        using var model = VaeModel.Load(modelFolder, compute);
        var beta = model.Description.Beta;
        var split = Split(modelFolder, model.Description, spectra.Count, options);
        using var place = isFirst ? ResultFolder.Prepare(resultFolder) : null;
        display.Say($"{modelFolder}: beta {beta}");
        var latents = display.Show("encoding", "spectra", progress =>
            LatentSet.Of(model.Encode(spectra, progress, options.Processes, cancellation), options.Seed)
        );
        if (isFirst)
        {
            LatentFile.Write(Path.Combine(resultFolder, LatentFile.FileName), latents);
        }
        var results = display.Show("reconstructing", "spectra", progress =>
            LatentAnalysis.Run(
                spectra,
                latents,
                split,
                (z, n) => model.Decode(z, n),
                new AnalysisOptions(beta, options.Seed, options.Traversal) { Processes = options.Processes },
                progress,
                cancellation
            )
        );
        var tables = Path.Combine(resultFolder, AnalysisFolder.FolderName);
        if (options.InformationSpectra < spectra.Count)
        {
            display.Say($"mutual information from {options.InformationSpectra} of {spectra.Count} spectra, drawn at random");
        }
        // Mutual information takes minutes. All other results are written before it starts.
        WriteIf(isFirst, tables, results);
        results = display.Show("mutual information", "pairs", progress =>
            LatentInformation.Add(results, latents, spectra.Parameters, options, progress, cancellation)
        );
        WriteIf(isFirst, tables, results);
        foreach (var broken in InformationBound.Broken(results, latents))
        {
            display.Say(broken);
        }
        if (isFirst)
        {
            var again = spectra.Parameters.Count > 0 && !spectra.Provenance.IsObserved ? new Resimulation(spectra, options.Threads) : null;
            var input = new AnalysisInput(
                spectra,
                latents,
                split,
                results,
                flux => model.Encode(flux),
                (z, n) => model.Decode(z, n),
                options
            )
            {
                Simulate = again is null ? null : again.Spectra,
                SimulateWithoutLines = again is null ? null : again.WithoutLines,
                EncodeSeen = model.Description.Network.MaskChannel ? (flux, good) => model.Encode(flux, good) : null,
            };
            Further(analyses, input, tables, context);
        }
        display.Say(
            $"{resultFolder}: {results.Informative.Length} informative dimensions ({string.Join(", ", results.Informative)}), loss "
                + $"{results.Loss.Loss:F2} (linear {results.Loss.Linear.Loss:F2})"
                + (
                    LineR2.Lowest(results.Lines) is { } lowest ? $", R2 of the lines at least {lowest.R2:F3}"
                    : results.Lines.Length > 0 ? ", R2 of the lines undefined (the spectra do not differ there)"
                    : ""
                )
        );
        return results;
    }

    // One process does them: each takes seconds, or is asked for by name.
    private static void Further(IReadOnlyList<ILatentAnalysis> analyses, AnalysisInput input, string folder, StudyContext context)
    {
        foreach (var analysis in analyses)
        {
            var remarks = context.Display.Show(analysis.Name, "steps", progress =>
                AnalysisRun.Into(folder, analysis, input, progress, context.Cancellation)
            );
            foreach (var remark in remarks)
            {
                context.Display.Say(remark);
            }
        }
    }

    // Checked before the minutes of encoding: without a split the analysis cannot be done.
    private static DataSplit Split(string modelFolder, ModelDescription model, int count, ModelAnalysisOptions options)
    {
        if (count < LeastSpectra)
        {
            throw new InputException(
                $"{count} spectra are too few to analyse '{modelFolder}'; give at least {LeastSpectra}, or other spectra."
            );
        }
        var split = Stored(modelFolder, model, count, options) ?? Repeated(model, count, options);
        return split.Training.Length >= 2
            ? split
            : throw new InputException(
                $"A validation share of {(double)split.Validation.Length / count} leaves {split.Training.Length} of {count} spectra for "
                    + "the linear comparison; lower it so that at least 2 are left."
            );
    }

    // The rows that were stored with the model; null when another share or other spectra are asked for.
    private static DataSplit? Stored(string modelFolder, ModelDescription model, int count, ModelAnalysisOptions options)
    {
        var path = Path.Combine(VaeModel.Home(modelFolder), SplitFile.FileName);
        return options.ValidationFraction is null && count == model.SpectrumCount && File.Exists(path) ? SplitFile.Read(path, count) : null;
    }

    private static DataSplit Repeated(ModelDescription model, int count, ModelAnalysisOptions options) =>
        DataSplit.Random(
            count,
            options.ValidationFraction ?? (model.ValidationFraction > 0 ? model.ValidationFraction : DataSplit.StudyValidationFraction),
            model.Seed
        );

    private static void WriteIf(bool isFirst, string folder, AnalysisResults results)
    {
        if (isFirst)
        {
            AnalysisFolder.Write(folder, results);
        }
    }
}
