using System.Globalization;
using System.Numerics.Tensors;
using System.Text.Json;
using Galatent.Exports.Explorer;
using Galatent.Networks;

namespace Galatent.Explore.Data;

/// <summary>A decoder as the page reads it: its blocks in the order of use, the mean spectrum and the linear path.</summary>
internal static class DecoderFile
{
    /// <summary>All numbers as they are, for the live page.</summary>
    public static byte[] Exact(StoredModel model) => Of(model, isSmall: false);

    /// <summary>Large blocks as float16, for an export: half the size.</summary>
    public static byte[] Small(StoredModel model) => Of(model, isSmall: true);

    private static byte[] Of(StoredModel model, bool isSmall)
    {
        var weights = model.Weights;
        var file = new TensorFile()
            .Note("negative_slope", model.Description.Network.NegativeSlope.ToString("R", CultureInfo.InvariantCulture))
            .Note("layers", JsonSerializer.Serialize(ExplorerWeights.Layers(weights.Layout.Plan), DecoderJson.Default.ExplorerLayerArray));
        foreach (var name in ExplorerWeights.BlockNames(weights))
        {
            Add(file, name, weights.Block(name), isSmall);
        }
        file.Add("mean", ExplorerWeights.Mean(weights));
        if (weights.Linear is { } path)
        {
            file.Add("linear", ExplorerWeights.Linear(weights), path.Used, weights.MeanSpectrum.Length);
        }
        if (weights.Output is { } output)
        {
            file.Add("gain", output.Gain);
        }
        return file.ToBytes();
    }

    private static void Add(TensorFile file, string name, ReadOnlySpan<float> block, bool isSmall)
    {
        var largest = Math.Abs(TensorPrimitives.MaxMagnitude(block));
        if (!isSmall || !ExplorerWeights.IsLarge(block) || largest == 0)
        {
            file.Add(name, block);
            return;
        }
        var halves = new Half[block.Length];
        for (var i = 0; i < halves.Length; i++)
        {
            halves[i] = (Half)(block[i] / largest);
        }
        file.Add(name, halves).Note("scale." + name, largest.ToString("R", CultureInfo.InvariantCulture));
    }
}

[System.Text.Json.Serialization.JsonSourceGenerationOptions(
    PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.CamelCase
)]
[System.Text.Json.Serialization.JsonSerializable(typeof(ExplorerLayer[]))]
internal sealed partial class DecoderJson : System.Text.Json.Serialization.JsonSerializerContext;
