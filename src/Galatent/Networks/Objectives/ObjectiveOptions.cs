using System.Security.Cryptography;
using Galatent.Numerics;

namespace Galatent.Networks.Objectives;

/// <summary>Which objective is minimised.</summary>
public enum ObjectiveKind
{
    /// <summary>Squared error + β KL, the study's eq. 8 (<see cref="BetaVaeObjective"/>).</summary>
    BetaVae,

    /// <summary>Squared error alone, z = μ (<see cref="Objectives.Autoencoder"/>).</summary>
    Autoencoder,

    /// <summary>β rises from 0 (<see cref="BetaAnnealing"/>).</summary>
    Annealed,

    /// <summary>The divergence is led to a number of nat (<see cref="CapacityTerm"/>).</summary>
    Capacity,

    /// <summary>The total correlation of the latents has its own weight (<see cref="TotalCorrelationTerm"/>).</summary>
    TcVae,

    /// <summary>MMD between all latents and the prior (<see cref="MaximumMeanDiscrepancyTerm"/>).</summary>
    InfoVae,

    /// <summary>Several draws per spectrum (<see cref="ImportanceWeightedBound"/>).</summary>
    Iwae,

    /// <summary>Deep features of a frozen encoder are compared too (<see cref="FeatureLoss"/>).</summary>
    Feature,

    /// <summary>The pixel noise is learnt (<see cref="Objectives.SigmaVae"/>).</summary>
    SigmaVae,
}

/// <summary>How the pixels of one spectrum are weighted against those of another.</summary>
public enum PixelWeighting
{
    /// <summary>All alike.</summary>
    None,

    /// <summary>0 where the file's <c>/mask</c> is not 0.</summary>
    Mask,

    /// <summary>By the file's <c>/ivar</c>, and 0 where masked.</summary>
    InverseVariance,
}

/// <summary>The objective and its constants; stored in <c>model.json</c>. Constants of other objectives are ignored.</summary>
public sealed record ObjectiveOptions
{
    /// <summary>Which one.</summary>
    public ObjectiveKind Kind { get; init; }

    /// <summary>Epochs in which β (annealed) or the capacity rises.</summary>
    public double RisingEpochs { get; init; } = 5;

    /// <summary>Divergence that <see cref="ObjectiveKind.Capacity"/> leads to, nat.</summary>
    public double CapacityNat { get; init; } = 20;

    /// <summary>γ of <see cref="ObjectiveKind.Capacity"/>, squared error per nat.</summary>
    public double CapacityWeight { get; init; } = 1000;

    /// <summary>τ of <see cref="ObjectiveKind.TcVae"/>; 1 is the β-VAE.</summary>
    public double TotalCorrelationWeight { get; init; } = 6;

    /// <summary>α of <see cref="ObjectiveKind.InfoVae"/>.</summary>
    public double InfoAlpha { get; init; }

    /// <summary>λ of <see cref="ObjectiveKind.InfoVae"/>.</summary>
    public double InfoLambda { get; init; } = 1000;

    /// <summary>K, draws for each spectrum of <see cref="ObjectiveKind.Iwae"/>.</summary>
    public int Draws { get; init; } = 5;

    /// <summary>Weight of the features of <see cref="ObjectiveKind.Feature"/>.</summary>
    public double FeatureWeight { get; init; } = 1;

    /// <summary>Folder of the model whose encoder makes the features.</summary>
    public string FeatureModel { get; init; } = "";

    /// <summary>SHA-256 of that model's weights, so that a training does not go on with other features.</summary>
    public string FeatureHash { get; init; } = "";

    /// <summary>Weights of the pixels of each spectrum.</summary>
    public PixelWeighting PixelWeighting { get; init; }

    /// <summary>Whether pixels are weighted by their width (<see cref="PixelWidths"/>).</summary>
    public bool WidthWeighting { get; init; }

    /// <summary>What is out of range, one clause each; empty when nothing is.</summary>
    /// <param name="beta">β of the run.</param>
    internal IEnumerable<string> Faults(double beta)
    {
        (bool Good, string Fault)[] checks =
        [
            (RisingEpochs is >= 0 and < 1e6, $"the rise must take at least 0 and fewer than 1000000 epochs, not {RisingEpochs}"),
            (CapacityNat is >= 0 and < 1e6, $"the capacity must be at least 0 and below 1000000 nat, not {CapacityNat}"),
            (CapacityWeight is > 0 and < 1e12, $"the capacity's weight must be above 0 and below 1e12, not {CapacityWeight}"),
            (
                TotalCorrelationWeight is >= 0 and < 1e6,
                $"the weight of the total correlation must be at least 0 and below 1000000, not {TotalCorrelationWeight}"
            ),
            (InfoAlpha is >= 0 and <= 1, $"InfoVAE's alpha must lie in [0, 1], not {InfoAlpha}"),
            (
                InfoLambda is >= 0 and < 1e9 && InfoAlpha + InfoLambda >= 1,
                $"InfoVAE's lambda must be at least 0 and 1 - alpha, and below 1000000000, not {InfoLambda}"
            ),
            (Draws is >= 1 and <= 1000, $"the number of draws must be 1 to 1000, not {Draws}"),
            (FeatureWeight is >= 0 and < 1e9, $"the weight of the features must be at least 0 and below 1000000000, not {FeatureWeight}"),
            (
                Kind != ObjectiveKind.Feature || FeatureModel.Length > 0,
                "the feature-consistent objective needs the folder of a trained model (ObjectiveOptions.FeatureModel)"
            ),
            (Kind != ObjectiveKind.Autoencoder || beta == 0, $"an autoencoder has beta 0, not {beta}"),
            (Kind is not (ObjectiveKind.Iwae or ObjectiveKind.SigmaVae) || beta > 0, $"this objective needs a positive beta, not {beta}"),
        ];
        return checks.Where(c => !c.Good).Select(c => c.Fault);
    }

    /// <summary>SHA-256 of the weights in a model folder, hexadecimal.</summary>
    public static string HashOfModel(string folder) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, VaeModel.WeightsFile))));

    /// <summary>The name that the command line uses.</summary>
    public static string NameOf(ObjectiveKind kind) =>
        kind switch
        {
            ObjectiveKind.BetaVae => "beta-vae",
            ObjectiveKind.Autoencoder => "autoencoder",
            ObjectiveKind.Annealed => "annealed",
            ObjectiveKind.Capacity => "capacity",
            ObjectiveKind.TcVae => "tc-vae",
            ObjectiveKind.InfoVae => "info-vae",
            ObjectiveKind.Iwae => "iwae",
            ObjectiveKind.Feature => "feature",
            ObjectiveKind.SigmaVae => "sigma-vae",
            _ => throw new InputException($"There is no objective {kind}."),
        };

    /// <summary>The objective of that name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static ObjectiveKind KindOf(string name)
    {
        var kinds = Enum.GetValues<ObjectiveKind>();
        var at = Array.FindIndex(kinds, k => NameOf(k) == name);
        return at >= 0
            ? kinds[at]
            : throw new InputException($"There is no objective '{name}'; choose {string.Join(", ", kinds.Select(NameOf))}.");
    }
}
