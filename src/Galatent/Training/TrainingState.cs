using System.Text.Json;
using System.Text.Json.Serialization;
using Galatent.Files;
using Galatent.Networks;
using Galatent.Numerics;

namespace Galatent.Training;

/// <summary>The position of a run, without its large arrays.</summary>
internal sealed record TrainingProgress
{
    /// <summary>The run's options.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>Hash of the spectra.</summary>
    public required string DataHash { get; init; }

    /// <summary>Numbers of training and validation spectra.</summary>
    public required int[] SplitCounts { get; init; }

    /// <summary>The epoch at which the run continues, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The next update within that epoch, from 0.</summary>
    public required int Step { get; init; }

    /// <summary>Sum of the objective over the spectra of this epoch so far.</summary>
    public required double LossSum { get; init; }

    /// <summary>Largest loss of an update in this epoch so far.</summary>
    public double LargestLoss { get; init; }

    /// <summary>Updates of this epoch that were left out so far.</summary>
    public LeftOutBatches LeftOut { get; init; }

    /// <summary>Sum of <see cref="StepLoss.Guarded"/> over the spectra of this epoch so far.</summary>
    public double GuardedSum { get; init; }

    /// <summary>Its mean over the epoch before; null in the first.</summary>
    public double? GuardedBefore { get; init; }

    /// <summary>Learnt pixel noise; null before the first update.</summary>
    public double? NoiseVariance { get; init; }

    /// <summary>Seconds that this epoch has taken so far.</summary>
    public required double EpochSeconds { get; init; }

    /// <summary>Finished epochs.</summary>
    public required IReadOnlyList<EpochRecord> History { get; init; }
}

/// <summary>Batches of an epoch that moved no weight (<see cref="StepLoss.MovesWeights"/>).</summary>
/// <param name="Updates">How many.</param>
/// <param name="Spectra">Their spectra.</param>
internal readonly record struct LeftOutBatches(int Updates, int Spectra)
{
    /// <summary>One more.</summary>
    public LeftOutBatches With(int spectra) => new(Updates + 1, Spectra + spectra);
}

/// <summary>The file <c>state.safetensors</c>: weights, Adam's moments and <see cref="TrainingProgress"/>. A run resumed from it gives the
/// same bits as an uninterrupted one.</summary>
/// <param name="Progress">The position of the run.</param>
/// <param name="Weights">The weights for the next update (not those of the best epoch), in the order of the layout.</param>
/// <param name="Adam">Adam's moments.</param>
internal sealed record TrainingState(TrainingProgress Progress, float[] Weights, AdamState Adam)
{
    /// <summary>File inside a model folder.</summary>
    public const string FileName = "state.safetensors";

    /// <summary>Writes the file. It appears only when it is complete.</summary>
    public void Write(string path) =>
        SafetensorsFile.Write(
            path,
            [
                new NamedTensor("weights", [Weights.Length], Weights),
                new NamedTensor("adam.first_moment", [Adam.FirstMoment.Length], Adam.FirstMoment),
                new NamedTensor("adam.second_moment", [Adam.SecondMoment.Length], Adam.SecondMoment),
            ],
            new Dictionary<string, string>
            {
                ["adam_steps"] = JsonSerializer.Serialize(Adam.Steps, TrainingJson.Default.Int64),
                ["progress"] = JsonSerializer.Serialize(Progress, TrainingJson.Default.TrainingProgress),
            }
        );

    /// <summary>Reads the file and checks that it belongs to this run.</summary>
    /// <exception cref="InputException">The file is damaged, or belongs to other options or spectra.</exception>
    public static TrainingState Read(string path, ParameterLayout layout, TrainingProgress expected)
    {
        var file = SafetensorsFile.Read(path);
        try
        {
            var progress = JsonSerializer.Deserialize(file.Metadata["progress"], TrainingJson.Default.TrainingProgress)!;
            RequireSameRun(path, progress, expected);
            int[] shape = [layout.Count];
            var adam = new AdamState(
                file.Tensor("adam.first_moment", shape).ToArray(),
                file.Tensor("adam.second_moment", shape).ToArray(),
                JsonSerializer.Deserialize(file.Metadata["adam_steps"], TrainingJson.Default.Int64)
            );
            return new TrainingState(progress, file.Tensor("weights", shape).ToArray(), adam);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException)
        {
            throw new InputException(
                $"'{path}' is not the state of a training of this version ({e.Message.Split('\n')[0].TrimEnd('.')}); start "
                    + "afresh with Trainer.RemoveState.",
                e
            );
        }
    }

    private static void RequireSameRun(string path, TrainingProgress found, TrainingProgress expected)
    {
        // Records with arrays compare by reference. So their JSON is compared, member by member; that also gives the name of the first
        // difference.
        var before = JsonSerializer.SerializeToElement(found.Options, TrainingJson.Default.TrainingOptions);
        var now = JsonSerializer.SerializeToElement(expected.Options, TrainingJson.Default.TrainingOptions);
        foreach (var option in now.EnumerateObject())
        {
            var was = before.GetProperty(option.Name);
            var wanted = option.Value;
            // A run can be lengthened when its learning rate does not depend on the number of epochs.
            var mayDiffer = option.Name == "epochs" && expected.Options.Schedule != ScheduleShape.OneCycle;
            if (!mayDiffer && !JsonElement.DeepEquals(was, wanted))
            {
                throw new InputException(
                    $"'{path}' belongs to a training with {option.Name} {was.GetRawText()}, not {wanted.GetRawText()}; choose another "
                        + "folder, or start afresh with Trainer.RemoveState."
                );
            }
        }
        if (found.DataHash != expected.DataHash || !found.SplitCounts.AsSpan().SequenceEqual(expected.SplitCounts))
        {
            throw new InputException(
                $"'{path}' belongs to a training on other spectra ({found.SplitCounts[0]} + {found.SplitCounts[1]}, SHA-256 "
                    + $"{found.DataHash[..12]}...); choose another folder, or start afresh with Trainer.RemoveState."
            );
        }
    }
}

/// <summary>JSON with snake_case names. A misspelt member is an error.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(TrainingProgress))]
[JsonSerializable(typeof(TrainingOptions))]
[JsonSerializable(typeof(long))]
internal sealed partial class TrainingJson : JsonSerializerContext;
