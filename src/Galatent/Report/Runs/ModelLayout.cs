using Galatent.Latents;
using Galatent.Networks;
using Galatent.Training;

namespace Galatent.Report.Runs;

/// <summary>The paths of one model: the model folder, and the results of its analysis beside it. The file names are defined by the types
/// that write the files.</summary>
/// <param name="Folder">The folder of one beta, or of a single model.</param>
public sealed record ModelLayout(string Folder)
{
    /// <summary>The model folder: weights, description, split, history.</summary>
    public string Model => In(VaeModel.FolderName);

    /// <summary>The model's description.</summary>
    public string Description => Path.Combine(Model, VaeModel.DescriptionFile);

    /// <summary>The training history, epoch by epoch.</summary>
    public string History => Path.Combine(Model, TrainingHistory.FileName);

    /// <summary>Latent representations of all spectra.</summary>
    public string Latents => In(LatentFile.FileName);

    /// <summary>Folder of the analysis tables.</summary>
    public string Analysis => In(AnalysisFolder.FolderName);

    private string In(string name) => Path.Combine(Folder, name);
}
