using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Networks.Weighting;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Training;

namespace Galatent.App.Commands;

/// <summary><c>galatent train</c>: from a file of spectra to a model folder.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data")
        {
            Description = "The spectra (HDF5, made by simulate, or in its layout: docs/training.md).",
            Required = true,
            HelpName = "FILE",
        };
        var output = CommonOptions.Out("The model folder. A training in this folder continues where it stopped.");
        var preset = CommonOptions.Preset();
        var count = CommonOptions.First("Use only the first N spectra; by default all.", 2);
        var validation = new Option<double>("--validation")
        {
            Description = "Share of the spectra for validation.",
            DefaultValueFactory = _ => DataSplit.StudyValidationFraction,
            HelpName = "FRACTION",
        }.Share();
        var resume = new Option<bool>("--resume") { Description = "Only continue a training: an error when the folder holds none." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Start a new training in a folder that holds another one." };
        var seed = CommonOptions.Seed();
        var threads = CommonOptions.Threads();
        var device = CommonOptions.Device();
        var engine = CommonOptions.Engine();
        var json = CommonOptions.Json();
        var memory = CommonOptions.Memory();
        var recipe = new RecipeOptions();
        var objective = new ObjectiveChoice();
        var augmentation = new AugmentationChoice();
        var command = new Command(
            "train",
            "Trains a beta-VAE: model folder with weights.safetensors, model.json, history.csv and a state for resuming."
        )
        {
            data,
            output,
            preset,
            count,
            validation,
            seed,
            threads,
            memory,
            device,
            engine,
            resume,
            overwrite,
            json,
        };
        recipe.AddTo(command);
        objective.AddTo(command);
        augmentation.AddTo(command);
        command.SetAction(parsed =>
        {
            var options = recipe.Apply(parsed, TrainingOptions.ForPreset(parsed.GetRequiredValue(preset))) with
            {
                Seed = (ulong)parsed.GetValue(seed),
            };
            options = objective.Apply(parsed, options, recipe.HasBeta(parsed));
            options = augmentation.Apply(parsed, options);
            recipe.RequireUse(parsed, options);
            options.Validate();
            var compute = CommonOptions.Compute(
                parsed.GetRequiredValue(device),
                parsed.GetValue(threads),
                parsed.GetRequiredValue(engine),
                options.Objective
            );
            var folder = parsed.GetRequiredValue(output);
            using var place = OutputPath.Folder(folder);
            PrepareFolder(folder, parsed.GetValue(resume), parsed.GetValue(overwrite));
            var spectra = CommonOptions.OpenSpectra(
                parsed.GetRequiredValue(memory),
                parsed.GetRequiredValue(data),
                folder,
                parsed.GetValue(count) ?? int.MaxValue
            );
            using var stream = spectra as SpectrumStream;
            RequireTwo(parsed.GetRequiredValue(data), spectra.Count);
            using var gaps = SpectrumGaps.Open(parsed.GetRequiredValue(data), spectra, folder);
            if (gaps is not null && options.Network.MaskChannel && options.Objective.PixelWeighting == PixelWeighting.None)
            {
                throw new InputException(
                    $"'{gaps.Path}' has bad pixels (/mask), which a network with --mask-channel must be told of; add --pixel-weights mask, "
                        + "or ivar."
                );
            }
            using var filled = GapRemarks.Fill(gaps, options, folder);
            spectra = filled ?? spectra;
            var split = DataSplit.Random(spectra.Count, parsed.GetValue(validation), options.Seed);
            using var weights = PixelWeightSource.Open(parsed.GetRequiredValue(data), options.Objective.PixelWeighting, spectra, folder);
            if (options.Objective.NeedsAutograd && compute is { Engine: "auto", Device: "cpu" })
            {
                ProgressDisplay.Say(
                    $"--objective {options.Objective.Name} runs on the torch engine: it needs automatic "
                        + $"differentiation, and takes two to three times as long."
                );
            }
            if (Trainer.BusyProcesses(options) is var busy && busy < Job.Processes.Size)
            {
                ProgressDisplay.Say(
                    $"A batch of {options.BatchSize} spectra keeps only {busy} of {Job.Processes.Size} processes busy; take fewer "
                        + $"processes, or a larger --batch."
                );
            }
            var result = TrainingDisplay.Run("training", (progress, epochs) =>
                Trainer.Run(
                    spectra,
                    split,
                    options,
                    compute,
                    folder,
                    new TrainingContext(TimeProvider.System, progress, Interruption.Token) { Processes = Job.Processes, Epochs = epochs },
                    weights
                )
            );
            Report(result, folder, parsed.GetValue(json));
        });
        return command;
    }

    private static void PrepareFolder(string folder, bool resume, bool overwrite)
    {
        var hasState = Trainer.HasState(folder);
        Job.Processes.Barrier();
        if (resume && !hasState)
        {
            throw new InputException($"'{folder}' holds no training to continue (--resume); check --out or leave --resume out.");
        }
        if (overwrite && hasState && Job.Processes.IsFirst)
        {
            Trainer.RemoveState(folder);
        }
        // The first process may be about to remove the state. The others must wait before they look for it.
        Job.Processes.Barrier();
    }

    private static void RequireTwo(string file, int count)
    {
        if (count < 2)
        {
            throw new InputException($"'{file}' holds {count} spectrum; training needs at least 2, one of them for validation.");
        }
    }

    private static void Report(TrainingResult result, string folder, bool json)
    {
        var best = result.Best;
        if (json)
        {
            Console.Out.WriteLine(
                JsonSerializer.Serialize(
                    new TrainSummary(folder, result.History.Count, result.StoppedEarly, best),
                    TrainSummaryJson.Default.TrainSummary
                )
            );
        }
        ProgressDisplay.Say(
            $"{folder}: epoch {best.Epoch} of {result.History.Count} kept, validation loss {best.ValidationLoss:F2}, squared error "
                + $"{best.SquaredError:F2}, KL {best.KullbackLeibler:F2} nat, "
                + $"{best.ActiveDimensions} dimensions above {ActiveDimensions.Threshold}{LineR2(best)}"
        );
    }

    private static string LineR2(EpochRecord best) =>
        best.LowestLineR2 is { } r2 ? $", R2 of the bright lines at least {r2:F3}"
        : best.LineR2.Length > 0 ? ", R2 of the bright lines undefined (the validation spectra do not differ there)"
        : "";

    /// <summary>Options that replace single settings of the preset.</summary>
    private sealed class RecipeOptions
    {
        private readonly Option<double?> _beta = new("--beta")
        {
            Description = $"Weight of the divergence (eq. 8); the study compares {string.Join(", ", TrainingOptions.StudyBetas)}.",
        };
        private readonly Option<double?> _sigma = new Option<double?>("--sigma")
        {
            Description = "The same, given as pixel noise in units of normalised flux: beta = 2 sigma^2.",
        }.Checked(s => s is > 0, "must be above 0");
        private readonly Option<int?> _epochs = new("--epochs") { Description = "Largest number of epochs." };
        private readonly Option<int?> _batch = new("--batch") { Description = "Spectra per update." };
        private readonly Option<double?> _rate = new("--learning-rate") { Description = "Learning rate of the optimizer, or its peak." };
        private readonly Option<double?> _decay = new("--weight-decay") { Description = "Weight decay; 0 for none." };
        private readonly EnumOption<Optimizer> _optimizer = new(
            "--optimizer",
            "adam for all weights, or muon for those that are matrices, instead of the preset's.",
            null,
            null,
            (Optimizer.Adam, "adam"),
            (Optimizer.Muon, "muon")
        );
        private readonly Option<bool> _decoupled = new("--decoupled-decay")
        {
            Description = "Decay the weights directly (AdamW) instead of through the gradient (L2).",
        };
        private readonly Option<double?> _outlier = new("--outlier-limit")
        {
            Description = "Adam: limit of each gradient in units of its running root mean square; 0 for none.",
        };
        private readonly Option<double?> _warmUp = new("--warm-up")
        {
            Description = "one-cycle: share of the run in which the learning rate rises, 0 to below 1.",
        };
        private readonly EnumOption<InitialScale> _start = new(
            "--initial-scale",
            "Scale of the initial weights: pytorch (its default) or variance-preserving, instead of the preset's.",
            null,
            null,
            (InitialScale.PyTorch, "pytorch"),
            (InitialScale.VariancePreserving, "variance-preserving")
        );
        private readonly Option<double?> _slope = new Option<double?>("--negative-slope")
        {
            Description = "Slope of the activation (leaky ReLU) below zero, above 0; 1 is a linear network.",
        }.Checked(s => s is { } slope && (float)slope > 0 && slope <= 1, "must lie between 1.4e-45 (the least that float32 holds) and 1");
        private readonly Option<bool?> _mean = new("--subtract-mean")
        {
            Description = "Whether the mean spectrum is subtracted before the network: true or false.",
        };
        private readonly Option<string?> _channels = new Option<string?>("--channels")
        {
            Description = "Channels after each convolution, shallow to deep, instead of the preset's, e.g. 16,16,32,32,64.",
            HelpName = "LIST",
        }.Readable(NetworkOptions.ParseChannels);
        private readonly Option<bool?> _linear = new("--linear-path")
        {
            Description = "Whether the best linear VAE, fixed, stands beside the convolutions: true or false.",
        };
        private readonly Option<bool?> _output = new("--output-calibration")
        {
            Description = "Whether every pixel of the decoder has a gain and an offset, fitted after every epoch: true or false.",
        };
        private readonly Option<bool?> _mask = new("--mask-channel")
        {
            Description =
                "Whether the network is shown which pixels have weight 0, instead of what they were filled with: true or false. It needs "
                + "--pixel-weights, or --augment-window.",
        };
        private readonly Option<int?> _latent = new("--latent") { Description = "Latent dimensions." };
        private readonly Option<int?> _patience = new("--patience") { Description = "Epochs without improvement before stopping." };
        private readonly EnumOption<ScheduleShape> _schedule = new(
            "--schedule",
            "constant, halving or one-cycle instead of the preset's.",
            null,
            null,
            (ScheduleShape.Constant, "constant"),
            (ScheduleShape.Halving, "halving"),
            (ScheduleShape.OneCycle, "one-cycle")
        );

        public void AddTo(Command command)
        {
            foreach (
                var option in new Option[]
                {
                    _beta,
                    _sigma,
                    _epochs,
                    _batch,
                    _optimizer,
                    _rate,
                    _schedule,
                    _warmUp,
                    _decay,
                    _decoupled,
                    _outlier,
                    _start,
                    _slope,
                    _mean,
                    _linear,
                    _output,
                    _mask,
                    _latent,
                    _channels,
                    _patience,
                }
            )
            {
                command.Options.Add(option);
            }
        }

        /// <summary>Refuses options without effect in this recipe.</summary>
        public void RequireUse(ParseResult parsed, TrainingOptions options)
        {
            if (parsed.GetValue(_warmUp) is not null && options.Schedule != ScheduleShape.OneCycle)
            {
                throw new InputException(
                    $"--warm-up has no meaning for a {(options.Schedule == ScheduleShape.Halving ? "halving" : "constant")} learning rate; "
                        + $"it belongs to --schedule one-cycle."
                );
            }
            if (parsed.GetValue(_decoupled) && options.WeightDecay == 0)
            {
                throw new InputException(
                    "--decoupled-decay has no meaning while the weight decay is 0; give --weight-decay too, e.g. 0.1."
                );
            }
            if (options.Objective.LearnsNoise && parsed.GetValue(_sigma) is not null)
            {
                throw new InputException($"--sigma fixes the pixel noise that --objective {options.Objective.Name} learns; leave it out.");
            }
        }

        public bool HasBeta(ParseResult parsed) => parsed.GetValue(_beta) is not null || parsed.GetValue(_sigma) is not null;

        public TrainingOptions Apply(ParseResult parsed, TrainingOptions preset)
        {
            var beta = parsed.GetValue(_beta);
            var sigma = parsed.GetValue(_sigma);
            return preset with
            {
                Beta = beta ?? (sigma is { } s ? PixelNoise.Beta(s) : preset.Beta),
                Epochs = parsed.GetValue(_epochs) ?? preset.Epochs,
                BatchSize = parsed.GetValue(_batch) ?? preset.BatchSize,
                Optimizer = _optimizer.Given(parsed) ?? preset.Optimizer,
                LearningRate = parsed.GetValue(_rate) ?? preset.LearningRate,
                WeightDecay = parsed.GetValue(_decay) ?? preset.WeightDecay,
                OutlierLimit = parsed.GetValue(_outlier) ?? preset.OutlierLimit,
                DecoupledDecay = parsed.GetValue(_decoupled) || preset.DecoupledDecay,
                Patience = parsed.GetValue(_patience) ?? preset.Patience,
                WarmUpFraction = parsed.GetValue(_warmUp) ?? preset.WarmUpFraction,
                InitialScale = _start.Given(parsed) ?? preset.InitialScale,
                Schedule = _schedule.Given(parsed) ?? preset.Schedule,
                Network = preset.Network with
                {
                    Channels = parsed.GetValue(_channels) is { } channels
                        ? NetworkOptions.ParseChannels(channels)
                        : preset.Network.Channels,
                    LatentDimensions = parsed.GetValue(_latent) ?? preset.Network.LatentDimensions,
                    NegativeSlope = (float)(parsed.GetValue(_slope) ?? preset.Network.NegativeSlope),
                    LinearPath = parsed.GetValue(_linear) ?? preset.Network.LinearPath,
                    OutputCalibration = parsed.GetValue(_output) ?? preset.Network.OutputCalibration,
                    MaskChannel = parsed.GetValue(_mask) ?? preset.Network.MaskChannel,
                    SubtractMean = parsed.GetValue(_mean) ?? preset.Network.SubtractMean,
                },
            };
        }
    }
}

/// <summary>What <c>train --json</c> prints.</summary>
internal sealed record TrainSummary(string Model, int Epochs, bool StoppedEarly, EpochRecord Best);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(TrainSummary))]
internal sealed partial class TrainSummaryJson : JsonSerializerContext;
