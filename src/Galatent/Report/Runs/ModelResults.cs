using Galatent.Files;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Report.Page;
using Galatent.Training;

namespace Galatent.Report.Runs;

/// <summary>One trained model of a run.</summary>
/// <param name="Latents">Latent representations of all spectra.</param>
/// <param name="Analysis">The results of its analysis.</param>
/// <param name="History">Its training history; null when the file is missing.</param>
public sealed record ModelResults(LatentSet Latents, AnalysisResults Analysis, TrainingHistory? History)
{
    /// <summary>Its model folder; null when the results stand alone.</summary>
    public string? ModelFolder { get; init; }

    /// <summary>What its folder says of it: network, training options; null when the file is missing.</summary>
    public ModelDescription? Description { get; init; }

    /// <summary>The network's shape; null when the description is missing.</summary>
    public NetworkOptions? Network => Description?.Network;

    /// <summary>Whether a fixed linear encoder and decoder stand beside its convolutions.</summary>
    public bool HasLinearPath => Network is { LinearPath: true };

    /// <summary>Its training options; null when they are missing or of another version.</summary>
    internal TrainingOptions? Training => Description is { } description ? TrainingData.OptionsOf(description) : null;

    /// <summary>Whether its training weighted the pixels, e.g. by their noise.</summary>
    internal bool IsWeighted { get; init; }

    /// <summary>Finds a table of the analyses by its file's name without <c>.csv</c>, e.g. <c>activity</c>; null where it was not
    /// made.</summary>
    public Func<string, ResultTable?> FindTable { get; init; } = _ => null;

    /// <summary>Weight of the KL term.</summary>
    public double Beta => Analysis.Loss.Beta;

    /// <summary>"β = 0.3".</summary>
    public string Label => $"β = {Wording.Beta(Beta)}";
}
