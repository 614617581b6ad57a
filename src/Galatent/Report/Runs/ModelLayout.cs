using Galatent.Latents;
using Galatent.Networks;
using Galatent.Training;

namespace Galatent.Report.Runs;

/// <summary>Where everything of one model lies: the model folder, and beside it what was measured of it. The names are those of the types
/// that write the files.</summary>
/// <param name="Folder">The folder of one beta, or of one model alone.</param>
public sealed record ModelLayout(string Folder)
{
    /// <summary>The model folder: weights, description, split, history.</summary>
    public string Model => In(VaeModel.FolderName);

    /// <summary>What a reader must know to use the model.</summary>
    public string Description => Path.Combine(Model, VaeModel.DescriptionFile);

    /// <summary>Its training, epoch by epoch.</summary>
    public string History => Path.Combine(Model, TrainingHistory.FileName);

    /// <summary>Latent representations of all spectra.</summary>
    public string Latents => In(LatentFile.FileName);

    /// <summary>Folder of the tables.</summary>
    public string Analysis => In(AnalysisFolder.FolderName);

    private string In(string name) => Path.Combine(Folder, name);
}
