using System.Text.RegularExpressions;
using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Spectra;
using Galatent.Surveys;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Ssp;
using Galatent.Training;

namespace Galatent.App.Options;

/// <summary>Messages of the library name its own settings, e.g. <c>PopulationOptions.MaxRedshift</c>. On a terminal they are replaced by
/// the option that sets them, <c>--zmax</c>.</summary>
internal static partial class SettingNames
{
    /// <summary>The option for each setting that a message of the library names.</summary>
    public static IReadOnlyDictionary<string, string> Options { get; } =
        new Dictionary<string, string>
        {
            [Name(nameof(SimulationOptions), nameof(SimulationOptions.Grid))] = "--grid",
            [Name(nameof(SimulationOptions), nameof(SimulationOptions.Normalization))] = "--normalization",
            [Name(nameof(SimulationOptions), nameof(SimulationOptions.ObservedFrame))] = "--observed",
            [Name(nameof(SimulationOptions), nameof(SimulationOptions.Like))] = "--like",
            [Name(nameof(SimulationOptions), nameof(SimulationOptions.Shard))] = "--shard",
            [Name(nameof(SynthesisOptions), nameof(SynthesisOptions.EmissionLines))] = "--no-lines",
            [Name(nameof(SynthesisOptions), nameof(SynthesisOptions.NebularContinuum))] = "--no-nebular-continuum",
            [Name(nameof(SynthesisOptions), nameof(SynthesisOptions.Lines))] = "--lines",
            [Name(nameof(PopulationOptions), nameof(PopulationOptions.MaxRedshift))] = "--zmax",
            [Name(nameof(Galaxy), nameof(Galaxy.Continuous))] = "--history",
            [nameof(SspLibrary)] = "--ssp",
            [nameof(MemoryLimit)] = "--memory",
            [Name(nameof(TrainingOptions), nameof(TrainingOptions.Beta))] = "--beta",
            [Name(nameof(TrainingOptions), nameof(TrainingOptions.LearningRate))] = "--learning-rate",
            [Name(nameof(TrainingOptions), nameof(TrainingOptions.DecoupledDecay))] = "--decoupled-decay",
            [Name(nameof(TrainingOptions), nameof(TrainingOptions.Objective))] = "--objective",
            [Name(nameof(TrainingOptions), nameof(TrainingOptions.Seed))] = "--seed",
            [Name(nameof(Objective), nameof(Objective.PixelWeighting))] = "--pixel-weights",
            [Name(nameof(ComputeOptions), nameof(ComputeOptions.Device))] = "--device",
            [Name(nameof(SurveyOptions), nameof(SurveyOptions.Columns))] = "--columns",
            [Name(nameof(SurveyOptions), nameof(SurveyOptions.Rows))] = "--rows",
            [Name(nameof(SurveyOptions), nameof(SurveyOptions.Hdus))] = "--hdus",
            [Name(nameof(SurveyOptions), nameof(SurveyOptions.Kind))] = "--kind",
            [Name(nameof(SurveyOptions), nameof(SurveyOptions.Medium))] = "--medium",
            [Name(nameof(SurveyOptions), nameof(SurveyOptions.Reference))] = "--reference",
            [Name(nameof(SurveyOptions), nameof(SurveyOptions.IsRest))] = "--frame",
            [Name(nameof(SurveyOptions), nameof(SurveyOptions.Redshifts))] = "--redshifts",
            [Name(nameof(SurveyOptions), nameof(SurveyOptions.AllowUncalibrated))] = "--allow-uncalibrated",
            [Name(nameof(SurveyOptions), nameof(SurveyOptions.OnlyGoodPlates))] = "--good-plates",
            [Name(nameof(SurveyOptions), nameof(SurveyOptions.UseFallbackWindow))] = "--normalise",
            [Name(nameof(SurveyOptions), nameof(SurveyOptions.Shard))] = "--shard",
            [Name(nameof(Trainer), nameof(Trainer.RemoveState))] = "--overwrite",
        };

    /// <summary>A message of the library with options instead of settings.</summary>
    public static string InOptions(string message) =>
        ObjectiveList
            .All.SelectMany(objective => objective.Constants())
            .Aggregate(
                Word().Replace(message, word => Options.TryGetValue(word.Value, out var option) ? option : word.Value),
                (text, constant) => text.Replace($"({constant.Name})", $"(--{constant.Name})", StringComparison.Ordinal)
            );

    private static string Name(string type, string member) => $"{type}.{member}";

    // A path may contain the same word. There, other characters stand beside it.
    [GeneratedRegex(@"(?<![\w/\\.'-])[A-Z]\w+(\.[A-Z]\w+)?(?![\w/\\'-])")]
    private static partial Regex Word();
}
