using System.CommandLine;
using Galatent.App.Options;
using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Numerics;
using Galatent.Training;

namespace Galatent.App.Commands;

/// <summary>The options of <c>galatent train</c> that choose what is minimised.</summary>
internal sealed class ObjectiveChoice
{
    private readonly Option<string> _objective = new Option<string>("--objective")
    {
        Description = "What is minimised; docs/training.md has the formulas.",
        DefaultValueFactory = _ => "beta-vae",
    }.OneOf([.. Enum.GetValues<ObjectiveKind>().Select(ObjectiveOptions.NameOf)]);

    private readonly Option<string> _pixels = new Option<string>("--pixel-weights")
    {
        Description = "Weights of the pixels of each spectrum: none, mask (the file's /mask) or ivar (/ivar and /mask).",
        DefaultValueFactory = _ => "none",
    }.OneOf("none", "mask", "ivar");

    private readonly Option<bool> _widths = new("--width-weights")
    {
        Description = "Weight pixels by their width in angstrom, so that beta does not depend on the sampling.",
    };
    private readonly Option<double?> _rising = new("--rising-epochs")
    {
        Description = "annealed, capacity: epochs in which beta or the capacity rises.",
    };
    private readonly Option<double?> _capacity = new("--capacity") { Description = "capacity: the divergence aimed at, nat." };
    private readonly Option<double?> _capacityWeight = new("--capacity-weight")
    {
        Description = "capacity: squared error per nat away from it.",
    };
    private readonly Option<double?> _correlation = new("--tc-weight")
    {
        Description = "tc-vae: weight of the total correlation; 1 is the beta-VAE.",
    };
    private readonly Option<double?> _alpha = new("--info-alpha") { Description = "info-vae: alpha in [0, 1]; 1 leaves only MMD." };
    private readonly Option<double?> _lambda = new("--info-lambda") { Description = "info-vae: weight of MMD." };
    private readonly Option<int?> _draws = new("--draws") { Description = "iwae: draws of z per spectrum." };
    private readonly Option<string?> _features = new("--features-of")
    {
        Description = "feature: the trained model whose encoder compares spectra.",
        HelpName = "DIR",
    };
    private readonly Option<double?> _featureWeight = new("--feature-weight") { Description = "feature: weight of the features." };

    public void AddTo(Command command)
    {
        foreach (
            var option in new Option[]
            {
                _objective,
                _pixels,
                _widths,
                _rising,
                _capacity,
                _capacityWeight,
                _correlation,
                _alpha,
                _lambda,
                _draws,
                _features,
                _featureWeight,
            }
        )
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Puts the choice into the options of a run.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">The recipe, its beta as chosen.</param>
    /// <param name="betaGiven">Whether --beta or --sigma was given.</param>
    public TrainingOptions Apply(ParseResult parsed, TrainingOptions options, bool betaGiven)
    {
        var kind = ObjectiveOptions.KindOf(parsed.GetRequiredValue(_objective));
        RequireBelonging(parsed, kind);
        var before = options.Objective;
        var features = parsed.GetValue(_features) ?? "";
        var weighting = parsed.GetRequiredValue(_pixels) switch
        {
            "mask" => PixelWeighting.Mask,
            "ivar" => PixelWeighting.InverseVariance,
            _ => PixelWeighting.None,
        };
        if (kind == ObjectiveKind.SigmaVae && weighting == PixelWeighting.InverseVariance)
        {
            throw new InputException("--objective sigma-vae learns the noise that --pixel-weights ivar gives; choose one of them.");
        }
        if (kind == ObjectiveKind.Feature && features.Length > 0 && !File.Exists(Path.Combine(features, VaeModel.WeightsFile)))
        {
            throw new InputException(
                $"There is no file '{Path.Combine(features, VaeModel.WeightsFile)}' (--features-of); give a folder that 'galatent train' "
                    + $"made."
            );
        }
        return options with
        {
            Beta = betaGiven ? options.Beta : DefaultBeta(kind, weighting, options.Beta),
            Objective = new ObjectiveOptions
            {
                Kind = kind,
                PixelWeighting = weighting,
                WidthWeighting = parsed.GetValue(_widths),
                RisingEpochs = parsed.GetValue(_rising) ?? before.RisingEpochs,
                CapacityNat = parsed.GetValue(_capacity) ?? before.CapacityNat,
                CapacityWeight = parsed.GetValue(_capacityWeight) ?? before.CapacityWeight,
                TotalCorrelationWeight = parsed.GetValue(_correlation) ?? before.TotalCorrelationWeight,
                InfoAlpha = parsed.GetValue(_alpha) ?? before.InfoAlpha,
                InfoLambda = parsed.GetValue(_lambda) ?? before.InfoLambda,
                Draws = parsed.GetValue(_draws) ?? before.Draws,
                FeatureWeight = parsed.GetValue(_featureWeight) ?? before.FeatureWeight,
                FeatureModel = kind == ObjectiveKind.Feature ? features : "",
                FeatureHash = kind == ObjectiveKind.Feature && features.Length > 0 ? ObjectiveOptions.HashOfModel(features) : "",
            },
        };
    }

    // 1 is the evidence bound where the noise is learnt, 2 where it is known (twice the bound).
    private static double DefaultBeta(ObjectiveKind kind, PixelWeighting weighting, double preset) =>
        kind switch
        {
            ObjectiveKind.Autoencoder => 0,
            ObjectiveKind.SigmaVae => 1,
            _ => weighting == PixelWeighting.InverseVariance ? 2 : preset,
        };

    private void RequireBelonging(ParseResult parsed, ObjectiveKind kind)
    {
        (Option Option, ObjectiveKind[] Of)[] owners =
        [
            (_rising, [ObjectiveKind.Annealed, ObjectiveKind.Capacity]),
            (_capacity, [ObjectiveKind.Capacity]),
            (_capacityWeight, [ObjectiveKind.Capacity]),
            (_correlation, [ObjectiveKind.TcVae]),
            (_alpha, [ObjectiveKind.InfoVae]),
            (_lambda, [ObjectiveKind.InfoVae]),
            (_draws, [ObjectiveKind.Iwae]),
            (_features, [ObjectiveKind.Feature]),
            (_featureWeight, [ObjectiveKind.Feature]),
        ];
        foreach (var (option, of) in owners)
        {
            if (parsed.GetResult(option) is { Implicit: false } && !of.Contains(kind))
            {
                throw new InputException(
                    $"{option.Name} has no meaning for --objective {ObjectiveOptions.NameOf(kind)}; it belongs to "
                        + $"{string.Join(" and ", of.Select(ObjectiveOptions.NameOf))}."
                );
            }
        }
    }
}
