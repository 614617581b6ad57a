using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Networks.Weighting;
using Galatent.Numerics;

namespace Galatent.Training;

/// <summary>Everything besides the spectra that decides the result of a training run; stored in <c>model.json</c>. The same options and
/// spectra give the same weights.</summary>
public sealed record TrainingOptions
{
    /// <summary>Weight β of the divergence (eq. 8); the study compares <see cref="StudyBetas"/>.</summary>
    public double Beta { get; init; } = 0.3;

    /// <summary>What is minimised.</summary>
    public Objective Objective { get; init; } = ObjectiveList.Default;

    /// <summary>Largest number of epochs.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Spectra per update.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>How weights move.</summary>
    public Optimizer Optimizer { get; init; } = Optimizer.Adam;

    /// <summary>The optimizer's learning rate: the initial one, or the peak of a one-cycle schedule.</summary>
    public double LearningRate { get; init; } = 3e-4;

    /// <summary>How the learning rate changes.</summary>
    public ScheduleShape Schedule { get; init; } = ScheduleShape.Halving;

    /// <summary>Epochs between halvings.</summary>
    public int HalvingEpochs { get; init; } = 10;

    /// <summary>Share of a one-cycle run in which the learning rate rises, in [0, 1).</summary>
    public double WarmUpFraction { get; init; } = 0.25;

    /// <summary>λ of the weight decay; 0 for none.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether the decay is decoupled from the gradient (AdamW) instead of an L2 penalty.</summary>
    public bool DecoupledDecay { get; init; }

    /// <summary>Limit of each gradient in units of its running root mean square (<see cref="AdamOptions.OutlierLimit"/>); 0 for no
    /// limit.</summary>
    public double OutlierLimit { get; init; }

    /// <summary>Stop after this many epochs without a lower validation loss.</summary>
    public int Patience { get; init; } = 20;

    /// <summary>Scale of the initial weights.</summary>
    public InitialScale InitialScale { get; init; } = InitialScale.VariancePreserving;

    /// <summary>Root of all random numbers: initial weights, order of the spectra, noise.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The network's shape.</summary>
    public NetworkOptions Network { get; init; } = new();

    /// <summary>How spectra are changed before the network sees them; nothing is done by default.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>Preset that takes minutes on two cores.</summary>
    public const string Quick = "quick";

    /// <summary>Preset with the best reconstructions.</summary>
    public const string Standard = "standard";

    /// <summary>Preset that follows the study's section 3.2.3 to the letter.</summary>
    public const string Thesis = "thesis";

    /// <summary>The preset that is used when none is named.</summary>
    public const string DefaultPreset = Quick;

    /// <summary>Names that <see cref="ForPreset"/> knows.</summary>
    public static IReadOnlyList<string> Presets { get; } = [Quick, Standard, Thesis];

    /// <summary>The three weights of the divergence that the study compares (section 4.1.1).</summary>
    public static IReadOnlyList<double> StudyBetas { get; } = [0.1, 0.3, 0.9];

    /// <summary>The options of a preset.</summary>
    /// <param name="name">
    /// One of <see cref="Presets"/>. The thesis preset is section 3.2.3 of the study: Adam with 3e-4 halved every 10 epochs, weight decay
    /// 0.1, batch 32, up to 100 epochs, patience 20, best epoch kept.
    /// </param>
    /// <exception cref="InputException">There is no such preset.</exception>
    public static TrainingOptions ForPreset(string name) =>
        name switch
        {
            Quick => new()
            {
                // The trials are in docs/notes/recipes.md. 16,000 of the 20,000 spectra of `reproduce` train. Without the linear path, 18
                // epochs end 14 % above the best linear VAE at beta 0.1; with it 12 end 15 % below.
                Epochs = 12,
                BatchSize = 32,
                Optimizer = Optimizer.Muon,
                LearningRate = 4e-3,
                OutlierLimit = 3,
                Schedule = ScheduleShape.OneCycle,
                Network = new() { Channels = [16, 16, 16, 16, 32, 32, 64, 64, 128, 128, 128], LinearPath = true },
            },
            // Trials at beta 0.1 with 80,000 training spectra, four epochs (docs/notes/recipes.md): these channels end at 3.62, those of
            // quick at 4.18; the best linear VAE has 3.80. After five epochs with the mean subtracted, all 32 dimensions were still in use
            // (loss 27). With the mean left in, only 7 or 8 were, from the third epoch on. Without the calibration 6 to 8 pixels are worse
            // than the mean spectrum; with it none is, and the squared error is 4 to 9 % lower (docs/standard.md).
            Standard => new()
            {
                Epochs = 16,
                BatchSize = 32,
                Optimizer = Optimizer.Muon,
                LearningRate = 4e-3,
                OutlierLimit = 3,
                Schedule = ScheduleShape.OneCycle,
                Network = new()
                {
                    Channels = [32, 32, 32, 32, 32, 32, 64, 64, 128, 128, 128],
                    SubtractMean = false,
                    OutputCalibration = true,
                },
            },
            // With PyTorch's smaller initial weights and this L2 decay, training never leaves the mean spectrum with seed 1 of seeds 1 to 4
            // (squared error 8245 after 80,000 spectra, which is the variance of the spectra). With the mean subtracted this happens with
            // all four. With the variance-preserving scale it happened with no seed tried (349 to 816 after 10,000 spectra).
            Thesis => new()
            {
                WeightDecay = 0.1,
                Network = new() { NegativeSlope = 0.01f, SubtractMean = false },
            },
            _ => throw new InputException($"There is no preset '{name}'; choose {string.Join(", ", Presets)}."),
        };

    /// <summary>Adam's constants.</summary>
    internal AdamOptions Adam =>
        new()
        {
            WeightDecay = WeightDecay,
            DecoupledDecay = DecoupledDecay,
            OutlierLimit = OutlierLimit,
            Muon = Optimizer == Optimizer.Muon ? new MuonOptions() : null,
        };

    /// <summary>Checks every field and reports all errors together.</summary>
    /// <exception cref="InputException">At least one field is out of its range.</exception>
    public void Validate()
    {
        Network.Validate();
        (bool Good, string Fault)[] checks =
        [
            (Beta is >= 0 and < 1e6, $"beta must be at least 0 and below 1000000, not {Beta}"),
            (Epochs is >= 1 and <= 100_000, $"epochs must be 1 to 100000, not {Epochs}"),
            (BatchSize is >= 1 and <= 65536, $"the batch must hold 1 to 65536 spectra, not {BatchSize}"),
            (LearningRate is > 0 and <= 1, $"the learning rate must be above 0 and at most 1, not {LearningRate}"),
            (HalvingEpochs >= 1, $"there must be at least 1 epoch between halvings, not {HalvingEpochs}"),
            (WarmUpFraction is >= 0 and < 1, $"the warm-up fraction must be at least 0 and below 1, not {WarmUpFraction}"),
            (WeightDecay is >= 0 and < 1e3, $"the weight decay must be at least 0 and below 1000, not {WeightDecay}"),
            (
                Optimizer != Optimizer.Muon || WeightDecay == 0 || DecoupledDecay,
                "Muon divides a gradient by its length, so that weight decay cannot act through it; set TrainingOptions.DecoupledDecay"
            ),
            (OutlierLimit is >= 0 and < 1e9, $"the outlier limit must be at least 0 (none) and below 1000000000, not {OutlierLimit}"),
            (
                Objective.CalibrationError is >= 0 and < 1
                    && (Objective.CalibrationError == 0 || Objective.PixelWeighting == PixelWeighting.InverseVariance),
                $"the calibration error must be at least 0 and below 1, and above 0 it needs weights by /ivar, not "
                    + $"{Objective.CalibrationError} with weights by {Objective.PixelWeighting}"
            ),
            (
                !Network.MaskChannel || Objective.PixelWeighting != PixelWeighting.None || Augmentation.WindowShare > 0,
                "a mask channel shows the network which pixels have no weight, so pixels must be weighted by /mask or /ivar, or hidden by "
                    + "a window"
            ),
            (
                !Network.MaskChannel || !Objective.ComparesWholeSpectra,
                $"the objective {Objective.Name} compares spectra as wholes and cannot leave bad pixels out; train without a mask channel"
            ),
            (
                !Augmentation.Hides || Network.MaskChannel,
                "pixels that augmentation hides are hidden from a network with a mask channel only; train with one"
            ),
            (
                Augmentation is { MaskShare: 0, CoverageShare: 0 } || Objective.PixelWeighting != PixelWeighting.None,
                "masks and coverage are lent by other spectra, so pixels must be weighted by /mask or /ivar"
            ),
            (
                Augmentation.NoiseFactor <= 1 || Objective.PixelWeighting == PixelWeighting.InverseVariance,
                "noise is raised from what /ivar says, so pixels must be weighted by it"
            ),
            (
                !Augmentation.ChangesSpectra || !Objective.LearnsNoise,
                $"the objective {Objective.Name} learns one noise for all spectra, which augmentation changes; leave augmentation out"
            ),
            (
                Augmentation.ConsistencyWeight == 0 || (Objective.DrawCount == 1 && BatchSize % 2 == 0),
                "consistency takes pairs of spectra with one draw each: an even batch, and no objective of several draws"
            ),
            (Patience >= 1, $"patience must be at least 1 epoch, not {Patience}"),
        ];
        var faults = checks.Where(c => !c.Good).Select(c => c.Fault).Concat(Objective.Faults(Beta)).Concat(Augmentation.Faults()).ToList();
        if (faults.Count > 0)
        {
            throw new InputException($"Training cannot start: {string.Join("; ", faults)}.");
        }
    }
}
