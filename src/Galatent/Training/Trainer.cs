using System.Text.Json;
using Galatent.Networks;
using Galatent.Networks.Fused;
using Galatent.Networks.Objectives;
using Galatent.Networks.Weighting;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>The outcome of a training run.</summary>
/// <param name="History">One record for each epoch.</param>
/// <param name="Best">The epoch of lowest validation loss, whose weights were kept.</param>
/// <param name="StoppedEarly">Whether patience ran out before the last epoch.</param>
public sealed record TrainingResult(IReadOnlyList<EpochRecord> History, EpochRecord Best, bool StoppedEarly);

/// <summary>Clock, progress and cancellation of a run. They do not change the result.</summary>
/// <param name="Time">Measures the seconds in the history and the time between saves.</param>
/// <param name="Progress">Counts training spectra over all epochs.</param>
/// <param name="Cancellation">Saves the state and ends the run.</param>
public sealed record TrainingContext(TimeProvider Time, IProgress<StepProgress>? Progress = null, CancellationToken Cancellation = default)
{
    /// <summary>The processes that train together. Each batch is divided among them. All must be given the same spectra, options and
    /// folder. With the default engine of the CPU the result has the same bytes as with one process. With libtorch, sums over parts round
    /// differently.</summary>
    public ProcessGroup Processes { get; init; } = ProcessGroup.Alone;

    /// <summary>Receives every finished epoch. A resumed run first reports the epochs before it.</summary>
    public IProgress<EpochRecord>? Epochs { get; init; }
}

/// <summary>The training loop, from spectra to a model folder: <c>weights.safetensors</c> and <c>model.json</c> of the best epoch,
/// <c>split.h5</c>, <c>history.csv</c>, <c>lines.csv</c>, <c>state.safetensors</c>.</summary>
public static class Trainer
{
    // A save takes 20 ms for 1.6 million weights. An interruption costs at most one minute of work.
    private static readonly TimeSpan SaveInterval = TimeSpan.FromMinutes(1);

    // The loss of a network that has learnt nothing is the variance of the spectra. Single updates may reach it or exceed it a few times: a
    // run of variance 6682 jumped to 4989 and recovered. A run at ten thousand times the variance never recovers.
    private const double ExplosionFactor = 1e4;

    // From the second epoch on, a batch at ten times the variance and the mean of the epoch before is an accident of a few spectra. The
    // preset `standard` has 11 such updates of 40,000 at beta 0.3, all in epoch 8. In the first, one spectrum had a log variance of 374.
    // Two epochs before, the largest of all spectra was 1.4. Without them the run ends 21 % below the linear VAE.
    private const double LeftOutFactor = 10;

    // More such batches in one epoch, or more than a tenth of all, are no accident.
    private const int MostLeftOut = 20;

    /// <summary>Whether a folder holds a training that can be resumed.</summary>
    public static bool HasState(string folder) => File.Exists(Path.Combine(folder, TrainingState.FileName));

    /// <summary>How many processes have work in every batch of a run; further ones only wait.</summary>
    public static int BusyProcesses(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return (options.BatchSize + FusedEngine.SpectraPerChunk - 1) / FusedEngine.SpectraPerChunk;
    }

    /// <summary>Deletes the saved state, so that the next run in the folder starts afresh.</summary>
    public static void RemoveState(string folder) => File.Delete(Path.Combine(folder, TrainingState.FileName));

    /// <summary>Trains a network, or resumes the training in the folder.</summary>
    /// <param name="spectra">Normalised spectra. Their parameters are not used.</param>
    /// <param name="split">Rows for training and rows for validation.</param>
    /// <param name="options">Everything that decides the result.</param>
    /// <param name="compute">Where to compute.</param>
    /// <param name="folder">The model folder; created when absent.</param>
    /// <param name="context">Clock, progress, cancellation, other processes.</param>
    /// <param name="pixelWeights">Weights of every pixel of every spectrum, when the objective asks for them.</param>
    /// <exception cref="InputException">Options are out of range, the folder holds the state of another run, or the loss
    /// diverged.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the state is saved.</exception>
    public static TrainingResult Run(
        ISpectrumSource spectra,
        DataSplit split,
        TrainingOptions options,
        ComputeOptions compute,
        string folder,
        TrainingContext context,
        PixelWeightSource? pixelWeights = null
    )
    {
        ArgumentNullException.ThrowIfNull(spectra);
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(compute);
        ArgumentNullException.ThrowIfNull(context);
        options.Validate();
        var time = context.Time;
        var cancellation = context.Cancellation;
        var processes = context.Processes;
        var layout = new ParameterLayout(options.Network, spectra.Grid.Count);
        var run = new ObjectiveRun(options, spectra, pixelWeights);
        var scan = DataStatistics.Of(spectra, split.Training, pixelWeights, processes);
        var weights = NetworkWeights.Initialize(layout, options.Seed, scan.MeanSpectrum, options.InitialScale);
        var variance = Math.Max(1, run.Start(spectra, split.Training, scan));
        // Only the first process measures this, since it reads up to 100,000 spectra four times.
        var baseline = processes.IsFirst ? LinearBaseline.Of(spectra.Read, spectra.Grid, split, options, run, compute.ThreadCount) : null;
        if (options.Network.LinearPath)
        {
            var latent = options.Network.LatentDimensions;
            var path = baseline?.Weighted?.Path(latent) ?? LinearPath.Best(baseline?.Components, options.Beta, latent, spectra.Grid.Count);
            weights = weights.StartingAt(path.FromFirst(processes));
        }
        run.Objective.Choice.FixWeights(weights);
        var position = Start(scan, split, options);
        var statePath = Path.Combine(folder, TrainingState.FileName);
        using var engine = compute.Create(weights, options.Adam, run.Objective, processes);
        if (HasState(folder))
        {
            position = Restore(engine, statePath, position);
            run.NoiseVariance = position.NoiseVariance ?? run.NoiseVariance;
        }
        var record = new RunRecord(folder, spectra.Grid, options, run, baseline, context);
        record.Begin(position.History);

        using var feed = new BatchFeed(
            spectra,
            split.Training,
            options,
            run,
            count => engine.Part(count, processes),
            position.Epoch,
            position.Step
        );
        // Rows of an epoch: each spectrum as often as a batch holds it.
        var training = split.Training.Length * options.Augmentation.Copies;
        var stepsPerEpoch = feed.StepsPerEpoch;
        var schedule = new LearningRateSchedule(options, stepsPerEpoch);
        var history = position.History.ToList();
        var best = history.MinBy(e => e.ValidationLoss);
        var lastSave = time.GetTimestamp();

        for (var epoch = position.Epoch; epoch <= options.Epochs && epoch - (best?.Epoch ?? epoch) <= options.Patience; epoch++)
        {
            var epochStart = time.GetTimestamp();
            var lossSum = position.LossSum;
            var largestLoss = position.LargestLoss;
            var leftOut = position.LeftOut;
            var guardedSum = position.GuardedSum;
            var limit = position.GuardedBefore is { } before ? LeftOutFactor * Math.Max(variance, before) : ExplosionFactor * variance;
            var learningRate = 0.0;
            double Elapsed() => position.EpochSeconds + time.GetElapsedTime(epochStart).TotalSeconds;

            for (var step = position.Step; step < stepsPerEpoch; step++)
            {
                var batch = feed.Next();
                learningRate = schedule.At(epoch, step);

                var weight = run.At(epoch - 1 + ((double)step / stepsPerEpoch)) with { LossLimit = limit };
                var parts = Step(engine, batch, weight, learningRate, processes);
                var loss = 0.0;
                if (parts.MovesWeights(weight))
                {
                    loss = run.Take(parts, batch.Rows, ((epoch - 1L) * stepsPerEpoch) + step + 1);
                    guardedSum += parts.Guarded(weight.Beta) * batch.Rows.Length;
                    (lossSum, largestLoss) = (lossSum + (loss * batch.Rows.Length), step == 0 ? loss : Math.Max(largestLoss, loss));
                }
                else
                {
                    loss = parts.Guarded(weight.Beta);
                    leftOut = leftOut.With(batch.Rows.Length);
                    var most = position.GuardedBefore is null ? 0 : Math.Min(MostLeftOut, stepsPerEpoch / 10);
                    RequireRare(leftOut.Updates, most, loss, epoch, step, batch.Rows, folder, best);
                }

                // All processes must make the same decision to stop or save, although their clocks and signals differ.
                var (stop, save) = Agree(processes, cancellation.IsCancellationRequested, time.GetElapsedTime(lastSave) > SaveInterval);
                if (stop || save)
                {
                    var now = position with
                    {
                        Epoch = epoch,
                        Step = step + 1,
                        LossSum = lossSum,
                        LargestLoss = largestLoss,
                        LeftOut = leftOut,
                        GuardedSum = guardedSum,
                        NoiseVariance = run.NoiseVariance,
                        EpochSeconds = Elapsed(),
                        History = history,
                    };
                    Save(engine, statePath, now, processes);
                    lastSave = time.GetTimestamp();
                    ThrowIf(stop, cancellation);
                }
                context.Progress?.Report(
                    new StepProgress(
                        ((epoch - 1L) * training) + (step * (long)options.BatchSize) + batch.Rows.Length,
                        (long)options.Epochs * training,
                        Detail(epoch, best, loss)
                    )
                );
            }

            var trainingSeconds = Elapsed();
            var output = OutputFit.Calibrate(engine, spectra, split.Training, options, run, processes);
            var score = ValidationScore.Of(engine, spectra, split.Validation, options, run, record.LinePixels, processes);
            // Steps of several draws decode too.
            engine.Calibrate(null);
            RequireRare(double.IsFinite(score.Objective) ? 0 : 1, 0, score.Objective, epoch, stepsPerEpoch, [], folder, best);
            var finished = record.Complete(
                new EpochRecord(
                    epoch,
                    learningRate,
                    lossSum / (training - leftOut.Spectra),
                    score.Objective,
                    score.Loss.SquaredError,
                    score.Loss.KullbackLeibler,
                    score.ActiveDimensions,
                    score.LowestLineR2,
                    Elapsed(),
                    training / Math.Max(trainingSeconds, 1e-9)
                )
                {
                    LargestTrainingLoss = largestLoss,
                    LeftOutUpdates = leftOut.Updates,
                },
                score
            );
            history.Add(finished);
            if (best is null || finished.ValidationLoss < best.ValidationLoss)
            {
                best = finished;
                engine.GetWeights(weights.Values);
                weights = weights with { Output = output };
                run.Objective.Choice.FixWeights(weights);
                if (processes.IsFirst)
                {
                    WriteModel(folder, weights, spectra, split, options, position.DataHash, best);
                }
            }
            record.Write(history);
            position = position with
            {
                Epoch = epoch + 1,
                Step = 0,
                LossSum = 0,
                LeftOut = default,
                GuardedSum = 0,
                GuardedBefore = guardedSum / Math.Max(1, training - leftOut.Spectra),
                NoiseVariance = run.NoiseVariance,
                EpochSeconds = 0,
                History = history,
            };
            Save(engine, statePath, position, processes);
            lastSave = time.GetTimestamp();
            ThrowIf(processes.Any(cancellation.IsCancellationRequested), cancellation);
        }
        return new TrainingResult(history, best!, history.Count < options.Epochs);
    }

    private static StepLoss Step(
        ITrainingEngine engine,
        PreparedBatch batch,
        ObjectiveWeights weights,
        double learningRate,
        ProcessGroup processes
    ) =>
        processes.Size == 1
            ? engine.Step(batch.Flux, batch.Epsilon, weights, (float)learningRate, batch.PixelWeights)
            : engine.StepTogether(
                batch.Flux,
                batch.Epsilon,
                batch.Rows.Length,
                weights,
                (float)learningRate,
                processes,
                batch.PixelWeights
            );

    private static (bool Stop, bool Save) Agree(ProcessGroup processes, bool stop, bool save)
    {
        if (processes.Size > 1)
        {
            Span<double> votes = [stop ? 1 : 0, save ? 1 : 0];
            processes.Sum(votes);
            (stop, save) = (votes[0] > 0, votes[1] > 0);
        }
        return (stop, save);
    }

    private static void ThrowIf(bool stop, CancellationToken cancellation)
    {
        if (stop)
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    private static TrainingProgress Start(DataStatistics scan, DataSplit split, TrainingOptions options) =>
        new()
        {
            Options = options,
            DataHash = scan.Hash,
            SplitCounts = [split.Training.Length, split.Validation.Length],
            Epoch = 1,
            Step = 0,
            LossSum = 0,
            EpochSeconds = 0,
            History = [],
        };

    private static TrainingProgress Restore(ITrainingEngine engine, string path, TrainingProgress expected)
    {
        var state = TrainingState.Read(path, engine.Layout, expected);
        engine.SetWeights(state.Weights);
        engine.SetAdamState(state.Adam);
        return state.Progress with { Options = expected.Options };
    }

    private static void Save(ITrainingEngine engine, string path, TrainingProgress position, ProcessGroup processes)
    {
        var weights = new float[engine.Layout.Count];
        engine.GetWeights(weights);
        var adam = engine.GetAdamState();
        if (processes.IsFirst)
        {
            new TrainingState(position, weights, adam).Write(path);
        }
        // The first process may still be writing. A process that stopped now would end the job.
        processes.Barrier();
    }

    private static void WriteModel(
        string folder,
        NetworkWeights weights,
        ISpectrumSource spectra,
        DataSplit split,
        TrainingOptions options,
        string dataHash,
        EpochRecord best
    )
    {
        var provenance = spectra.Provenance;
        var description = new ModelDescription
        {
            FormatVersion = ModelDescription.CurrentFormat,
            Generator = $"galatent {typeof(Trainer).Assembly.GetName().Version?.ToString(3)}",
            Network = options.Network,
            WavelengthAngstrom = spectra.Grid.WavelengthAngstrom,
            NormalizationLowAngstrom = double.IsFinite(provenance.NormalizationLowAngstrom) ? provenance.NormalizationLowAngstrom : null,
            NormalizationHighAngstrom = double.IsFinite(provenance.NormalizationHighAngstrom) ? provenance.NormalizationHighAngstrom : null,
            FluxUnit = provenance.FluxUnit.Length > 0 ? provenance.FluxUnit : null,
            Beta = options.Objective.LearnsNoise ? best.Beta : options.Beta,
            Seed = options.Seed,
            DataHash = dataHash,
            BestEpoch = best.Epoch,
            SpectrumCount = split.Training.Length + split.Validation.Length,
            ValidationFraction = (double)split.Validation.Length / (split.Training.Length + split.Validation.Length),
            Training = JsonSerializer.SerializeToElement(options, TrainingJson.Default.TrainingOptions),
        };
        SplitFile.Write(Path.Combine(folder, SplitFile.FileName), split);
        weights.Write(
            Path.Combine(folder, VaeModel.WeightsFile),
            new Dictionary<string, string> { ["format"] = "pt", ["generator"] = description.Generator }
        );
        description.Write(Path.Combine(folder, VaeModel.DescriptionFile));
    }

    private static string Detail(int epoch, EpochRecord? best, double loss) =>
        $"epoch {epoch}, loss {loss:F1}{(best is null ? "" : $", best validation {best.ValidationLoss:F1} in epoch {best.Epoch}")}";

    private static void RequireRare(
        int accidents,
        int most,
        double loss,
        int epoch,
        int step,
        ReadOnlySpan<int> rows,
        string folder,
        EpochRecord? best
    )
    {
        if (accidents <= most)
        {
            return;
        }
        var batch =
            rows.Length == 0
                ? "validation"
                : $"spectra {string.Join(", ", rows[..Math.Min(4, rows.Length)].ToArray())}{(rows.Length > 4 ? ", ..." : "")}";
        var last = best is null
            ? "no epoch was finished before"
            : $"the last good model, of epoch {best.Epoch}, is '{Path.Combine(folder, VaeModel.WeightsFile)}'";
        throw new InputException(
            $"Training diverged: the loss is {loss:G4} in epoch {epoch}, step {step} ({batch}); {last}; start again with a lower "
                + "TrainingOptions.LearningRate or another TrainingOptions.Seed."
        );
    }
}
