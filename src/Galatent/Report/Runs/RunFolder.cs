using Galatent.Latents;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Report.Runs;

/// <summary>
/// A run on disk: <c>run.json</c>, <c>spectra.h5</c>, and for every beta a folder <c>beta-0.3</c> with <c>model/</c>, <c>latents.h5</c> and
/// <c>analysis/</c>.
/// A folder without <c>beta-*</c> that has these itself is a run of one model.
/// </summary>
public static class RunFolder
{
    /// <summary>The model folders of a run, ascending in beta.</summary>
    /// <exception cref="InputException">The folder does not exist or holds no model.</exception>
    public static IReadOnlyList<string> ModelFolders(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InputException($"There is no folder '{folder}'; give a run folder made by 'galatent reproduce'.");
        }
        string[] found = Directory.Exists(Path.Combine(folder, "model")) ? [folder] : Directory.GetDirectories(folder, "beta-*");
        return found.Length > 0
            ? [.. found.OrderBy(BetaOf).ThenBy(f => f, StringComparer.Ordinal)]
            : throw new InputException(
                $"'{folder}' holds neither 'model' nor folders like 'beta-0.3'; give a run folder made by 'galatent reproduce'."
            );
    }

    /// <summary>Reads everything that the report needs; the fluxes themselves stay on disk.</summary>
    /// <exception cref="InputException">A file is missing or damaged, or files do not belong together.</exception>
    public static RunResults Read(string folder)
    {
        var models = ModelFolders(folder).Select(ReadModel).OrderBy(m => m.Beta).ToArray();
        var paths = new RunPaths(folder);
        var (grid, count, parameters, provenance) = SpectrumFile.ReadCatalogue(paths.Spectra);
        foreach (var model in models)
        {
            if (model.Latents.Count != count || !model.Analysis.Grid.IsSameAs(grid))
            {
                throw new InputException(
                    $"The analysis of {model.Label} is of {model.Latents.Count} spectra of {model.Analysis.Grid.Count} pixels, "
                        + $"'{paths.Spectra}' holds {count} of {grid.Count}; analyse '{folder}' again."
                );
            }
        }
        // Models trained one by one have no manifest; the report then shows the provenance of the spectra only.
        var manifest = File.Exists(paths.Manifest) ? RunManifest.Read(paths.Manifest).Rows() : [];
        return new RunResults(manifest, grid, count, parameters, provenance, models);
    }

    private static ModelResults ReadModel(string folder)
    {
        var history = Path.Combine(folder, "model", "history.csv");
        return new ModelResults(
            LatentFile.Read(Path.Combine(folder, LatentFile.FileName)),
            AnalysisFolder.Read(Path.Combine(folder, AnalysisFolder.FolderName)),
            File.Exists(history) ? EpochHistory.Read(history) : null
        );
    }

    private static double BetaOf(string folder) =>
        double.TryParse(
            Path.GetFileName(folder).AsSpan().TrimStart("beta-"),
            System.Globalization.CultureInfo.InvariantCulture,
            out var beta
        )
            ? beta
            : double.MaxValue;
}
