using System.Text.Json;
using Galatent.Networks;
using Galatent.Networks.Weighting;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>Tells which spectra a model was trained on.</summary>
public static class TrainingData
{
    /// <summary>
    /// Whether these are the spectra that trained and validated a model, judged by their number and hash. Only then does the model's split
    /// give the same rows again.
    /// Null when it cannot be decided: for a training with pixel weights, the hash includes the weights.
    /// </summary>
    /// <param name="model">The model's description.</param>
    /// <param name="spectra">The spectra to test; all are read when their number fits.</param>
    /// <param name="processes">The first process reads for all.</param>
    public static bool? IsThatOf(ModelDescription model, ISpectrumSource spectra, ProcessGroup processes)
    {
        if (model.SpectrumCount != spectra.Count)
        {
            return model.SpectrumCount == 0 ? null : false;
        }
        var hash = DataStatistics.Of(spectra, [], null, processes).Hash;
        return hash == model.DataHash ? true
            : HasPixelWeights(model.Training) ? null
            : false;
    }

    /// <summary>The options that trained a model; null when another version wrote them in another way.</summary>
    internal static TrainingOptions? OptionsOf(ModelDescription model)
    {
        try
        {
            return IsWhole(model.Training) ? model.Training.Deserialize(TrainingJson.Default.TrainingOptions) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // An option that an earlier version did not have would be read as nothing, not as its usual value.
    private static bool IsWhole(JsonElement training) =>
        training.ValueKind == JsonValueKind.Object
        && TrainingJson.Default.TrainingOptions.Properties.All(option => training.TryGetProperty(option.Name, out _));

    /// <summary>Whether the options of a training, as <see cref="ModelDescription.Training"/> holds them, weight the pixels.</summary>
    internal static bool HasPixelWeights(JsonElement training) =>
        training.ValueKind == JsonValueKind.Object
        && training.TryGetProperty("objective", out var objective)
        && objective.TryGetProperty("pixel_weighting", out var weighting)
        && weighting.GetString() != nameof(PixelWeighting.None);
}
