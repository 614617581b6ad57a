using System.Text.Json;
using Galatent.Networks;
using Galatent.Networks.Weighting;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>Which spectra a model comes from.</summary>
public static class TrainingData
{
    /// <summary>
    /// Whether these are the spectra that trained and judged a model, by number and hash: only then does its split give the same rows
    /// again.
    /// Null where it cannot be told: the hash of a training with weights of pixels is that of the weights too.
    /// </summary>
    /// <param name="model">The model's description.</param>
    /// <param name="spectra">As many as the training used, or other ones; all are read.</param>
    /// <param name="processes">The first reads for all.</param>
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

    private static bool HasPixelWeights(JsonElement training) =>
        training.TryGetProperty("objective", out var objective)
        && objective.TryGetProperty("pixel_weighting", out var weighting)
        && weighting.GetString() != nameof(PixelWeighting.None);
}
