using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Torch;
using TorchSharp;

namespace Galatent.Tests.Networks;

/// <summary>A network of a few hundred weights for tests that need every number.</summary>
internal static class TinyNetwork
{
    public static NetworkOptions Options =>
        new()
        {
            LatentDimensions = 3,
            Channels = [2, 3, 4],
            NegativeSlope = 0.2f,
        };

    public static NetworkWeights Weights(int pixels, NetworkOptions? options = null) =>
        NetworkWeights.Initialize(new ParameterLayout(options ?? Options, pixels), 5, Normals("mean", pixels));

    public static TorchEngine Engine(NetworkWeights weights, AdamOptions? adam = null) =>
        new(weights, adam ?? new AdamOptions(), torch.CPU, 1);

    /// <summary>One thread of an engine, libtorch's at hand.</summary>
    public static ComputeOptions Compute(string engine) =>
        new()
        {
            Engine = engine,
            Threads = 1,
            Backend = _ => new TorchBackend(),
        };

    public static float[] Normals(string purpose, int count)
    {
        var stream = new RandomStream(11, purpose);
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = (float)stream.NextNormal();
        }
        return values;
    }
}
