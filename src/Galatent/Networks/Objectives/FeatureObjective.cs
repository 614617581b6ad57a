using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Networks.Objectives;

/// <summary>Feature-consistent objective (Hou et al. 2017): spectrum and reconstruction are compared also as the encoder of a trained model
/// sees them; the formula is in <see cref="FeatureComparison"/>.</summary>
public sealed record FeatureObjective : Objective
{
    /// <summary>f, weight of the features.</summary>
    public double FeatureWeight { get; init; } = 1;

    /// <summary>Folder of the model whose encoder makes the features.</summary>
    public string FeatureModel { get; init; } = "";

    /// <summary>SHA-256 of that model's weights, so that a training does not go on with other features; not compared when empty.</summary>
    public string FeatureHash { get; init; } = "";

    /// <inheritdoc/>
    public override string Name => "feature";

    /// <inheritdoc/>
    public override string Description => "features of a trained encoder are compared too";

    /// <inheritdoc/>
    public override IReadOnlyList<ObjectiveConstant> Constants() =>
        [
            new ModelFolderConstant("features-of", "the trained model whose encoder compares spectra.", Of),
            new RealConstant("feature-weight", "weight of the features.", value => this with { FeatureWeight = value }),
        ];

    /// <inheritdoc/>
    public override bool NeedsAutograd => true;

    /// <inheritdoc/>
    internal override bool ComparesWholeSpectra => true;

    /// <summary>The same objective with the features of a model, whose weights may not change afterwards.</summary>
    /// <param name="model">Folder of a trained model.</param>
    /// <exception cref="InputException">The folder holds no weights.</exception>
    public FeatureObjective Of(string model)
    {
        var weights = Path.Combine(model, VaeModel.WeightsFile);
        return File.Exists(weights)
            ? this with
            {
                FeatureModel = model,
                FeatureHash = HashOf(weights),
            }
            : throw new InputException($"There is no file '{weights}' (features-of); give a folder that 'galatent train' made.");
    }

    /// <inheritdoc/>
    internal override IEnumerable<string> Faults(double beta) =>
        Failed(
            (FeatureWeight is >= 0 and < 1e9, $"the weight of the features must be at least 0 and below 1000000000, not {FeatureWeight}"),
            (FeatureModel.Length > 0, "the feature-consistent objective needs the folder of a trained model (features-of)")
        );

    /// <inheritdoc/>
    internal override FeatureComparison CreateComparison(WavelengthGrid grid)
    {
        var description = ModelDescription.Read(Path.Combine(FeatureModel, VaeModel.DescriptionFile));
        if (!new WavelengthGrid(description.WavelengthAngstrom).IsSameAs(grid))
        {
            throw new InputException(
                $"The model '{FeatureModel}' (features-of) was trained on {description.WavelengthAngstrom.Length} pixels, the spectra "
                    + $"have {grid.Count} or others; choose a model of the same grid."
            );
        }
        if (description.Network.MaskChannel)
        {
            throw new InputException(
                $"The model '{FeatureModel}' (features-of) has a mask channel, which a reconstruction has no values for; choose a model "
                    + "without one."
            );
        }
        var path = Path.Combine(FeatureModel, VaeModel.WeightsFile);
        if (FeatureHash.Length > 0 && FeatureHash != HashOf(path))
        {
            throw new InputException($"'{path}' (features-of) has changed since this training began; start afresh in another folder.");
        }
        return new FeatureComparison(NetworkWeights.Read(path, new ParameterLayout(description.Network, grid.Count)), FeatureWeight);
    }

    /// <inheritdoc/>
    internal override double? LinearBeta(double beta) => null;

    /// <inheritdoc/>
    internal override double? LinearLoss(double beta, LinearData data) => null;

    private static string HashOf(string path) => Convert.ToHexStringLower(Sha256Hash.Of(File.ReadAllBytes(path)));
}
