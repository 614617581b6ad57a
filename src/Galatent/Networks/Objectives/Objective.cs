using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Networks.Objectives;

/// <summary>An objective ready for use: what an engine computes, and how its weights change in the course of a run.</summary>
internal sealed class Objective
{
    private readonly ObjectiveOptions _options;
    private readonly double _beta;

    private Objective(ObjectiveOptions options, double beta, NetworkWeights? features)
    {
        (_options, _beta, Features) = (options, beta, features);
        Term = options.Kind switch
        {
            ObjectiveKind.Capacity => new CapacityTerm(options.CapacityWeight),
            ObjectiveKind.TcVae => new TotalCorrelationTerm(options.TotalCorrelationWeight),
            ObjectiveKind.InfoVae => new MaximumMeanDiscrepancyTerm(options.InfoAlpha, options.InfoLambda),
            _ => null,
        };
    }

    /// <summary>The study's objective.</summary>
    public static Objective BetaVae { get; } = new(new ObjectiveOptions(), 0, null);

    /// <summary>Which one it is.</summary>
    public ObjectiveKind Kind => _options.Kind;

    /// <summary>The part that needs all latents of a batch; null when the divergence times β is all.</summary>
    public ILatentTerm? Term { get; }

    /// <summary>Draws of z for each spectrum.</summary>
    public int Draws => Kind == ObjectiveKind.Iwae ? _options.Draws : 1;

    /// <summary>Whether z is μ.</summary>
    public bool UsesMean => Kind == ObjectiveKind.Autoencoder;

    /// <summary>Whether only the torch engine can compute it.</summary>
    public bool NeedsAutograd => Kind is ObjectiveKind.Iwae or ObjectiveKind.Feature;

    /// <summary>The frozen network whose features are compared; null when there is none.</summary>
    public NetworkWeights? Features { get; }

    /// <summary>Weight of the features.</summary>
    public double FeatureWeight => _options.FeatureWeight;

    /// <summary>Makes an objective ready; loads the frozen encoder when there is one.</summary>
    /// <exception cref="InputException">The frozen encoder is missing, changed, or for another grid.</exception>
    public static Objective Create(ObjectiveOptions options, double beta, WavelengthGrid grid)
    {
        if (options.Kind != ObjectiveKind.Feature)
        {
            return new Objective(options, beta, null);
        }
        var description = ModelDescription.Read(Path.Combine(options.FeatureModel, VaeModel.DescriptionFile));
        if (!new WavelengthGrid(description.WavelengthAngstrom).IsSameAs(grid))
        {
            throw new InputException(
                $"The model '{options.FeatureModel}' (ObjectiveOptions.FeatureModel) was trained on "
                    + $"{description.WavelengthAngstrom.Length} pixels, the spectra have {grid.Count} or others; choose a "
                    + "model of the same grid."
            );
        }
        var path = Path.Combine(options.FeatureModel, VaeModel.WeightsFile);
        var weights = NetworkWeights.Read(path, new ParameterLayout(description.Network, grid.Count));
        return options.FeatureHash.Length == 0 || options.FeatureHash == ObjectiveOptions.HashOfModel(options.FeatureModel)
            ? new Objective(options, beta, weights)
            : throw new InputException(
                $"'{path}' (ObjectiveOptions.FeatureModel) has changed since this training began; start afresh with Trainer.RemoveState."
            );
    }

    /// <summary>Weights at some point of the run.</summary>
    /// <param name="epochsDone">Epochs since the start, fractions included; infinity for the values that are reached in the end.</param>
    /// <param name="noiseVariance">Learnt pixel noise s (<see cref="SigmaVae"/>); ignored by the others.</param>
    public ObjectiveWeights At(double epochsDone, double noiseVariance) =>
        Kind switch
        {
            ObjectiveKind.Autoencoder => new(0),
            ObjectiveKind.Annealed => new((float)(_beta * BetaAnnealing.Share(_options.RisingEpochs, epochsDone))),
            ObjectiveKind.Capacity => new(
                (float)_beta,
                (float)CapacityTerm.Capacity(_options.CapacityNat, _options.RisingEpochs, epochsDone)
            ),
            ObjectiveKind.SigmaVae => new((float)SigmaVae.EffectiveBeta(noiseVariance, _beta)),
            _ => new((float)_beta),
        };

    /// <summary>The objective's own value from what an engine returned.</summary>
    /// <param name="engineLoss">Σ w (x - x')² + latent term.</param>
    /// <param name="noiseVariance">Learnt pixel noise.</param>
    /// <param name="totalWeight">Σ w per spectrum.</param>
    public double Loss(double engineLoss, double noiseVariance, double totalWeight) =>
        Kind == ObjectiveKind.SigmaVae ? SigmaVae.Loss(engineLoss, noiseVariance, totalWeight) : engineLoss;
}
