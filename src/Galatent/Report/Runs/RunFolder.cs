using Galatent.Latents;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Training;

namespace Galatent.Report.Runs;

/// <summary>Reads a run from disk. <see cref="RunLayout"/> defines where its files are.</summary>
public static class RunFolder
{
    /// <summary>Reads everything that the report needs. The fluxes stay on disk.</summary>
    /// <exception cref="InputException">A file is missing or damaged, or files do not belong together.</exception>
    public static RunResults Read(string folder)
    {
        var layout = new RunLayout(folder);
        var models = layout.Models().Select(ReadModel).OrderBy(m => m.Beta).ToArray();
        var (grid, count, parameters, provenance) = SpectrumFile.ReadCatalogue(layout.Spectra);
        foreach (var model in models)
        {
            if (model.Latents.Count != count || !model.Analysis.Grid.IsSameAs(grid))
            {
                throw new InputException(
                    $"The analysis of {model.Label} is of {model.Latents.Count} spectra of {model.Analysis.Grid.Count} pixels, "
                        + $"'{layout.Spectra}' holds {count} of {grid.Count}; analyse '{folder}' again."
                );
            }
        }
        // Models that were trained one by one have no manifest. Then the report shows only the provenance of the spectra.
        var manifest = File.Exists(layout.Manifest) ? RunManifest.Read(layout.Manifest) : null;
        int[] shown = [.. models.SelectMany(m => m.Analysis.Examples).Select(e => e.Spectrum).Distinct()];
        return new RunResults(manifest, grid, count, parameters, provenance, models)
        {
            Gaps = RunGaps.Read(layout.Spectra, grid, count, shown, folder),
            // A run that was made with one seed may stand beside tables that a user put there.
            Seeds = manifest?.Seeds is null ? null : ComparisonResults.ReadSeeds(layout.Analysis),
        };
    }

    private static ModelResults ReadModel(ModelLayout layout)
    {
        var description = File.Exists(layout.Description) ? ModelDescription.Read(layout.Description) : null;
        return new ModelResults(
            LatentFile.Read(layout.Latents),
            AnalysisFolder.Read(layout.Analysis),
            File.Exists(layout.History) ? TrainingHistory.Read(layout.History) : null
        )
        {
            ModelFolder = description is null ? null : layout.Model,
            Description = description,
            IsWeighted = description is not null && TrainingData.HasPixelWeights(description.Training),
            FindTable = name => AnalysisFolder.Find(layout.Analysis, name),
        };
    }
}
