using System.Text.Json;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Numerics;

namespace Galatent.Tests.Exports;

/// <summary>Models with the first weights of a training, and latent representations for them: all that an export looks at.</summary>
internal static class StoredModels
{
    /// <summary>The study's grid size takes all eleven convolutions.</summary>
    public const int StudyPixels = 4582;

    public static StoredModel Make(int pixels, NetworkOptions options)
    {
        double[] wavelength = [.. Enumerable.Range(0, pixels).Select(i => 1005 + (9000.0 * i / pixels))];
        float[] mean = [.. wavelength.Select(w => (float)(1 + (0.3 * Math.Sin(w / 700))))];
        var layout = new ParameterLayout(options, pixels);
        var description = new ModelDescription
        {
            FormatVersion = ModelDescription.CurrentFormat,
            Generator = "galatent <test> & more",
            Network = options,
            WavelengthAngstrom = wavelength,
            NormalizationLowAngstrom = 5000,
            NormalizationHighAngstrom = 5500,
            FluxUnit = "Lsun/Hz",
            Beta = 0.3,
            Seed = 5,
            DataHash = "ab12",
            BestEpoch = 3,
            Training = JsonDocument.Parse("{}").RootElement,
        };
        var weights = NetworkWeights.Initialize(layout, 5, mean, InitialScale.VariancePreserving);
        // A training begins with zeros here, of which a comparison would say nothing.
        Normals(weights.Block("log_variance.weight").Length, 0.05, 0).CopyTo(weights.Block("log_variance.weight"));
        if (options.LinearPath)
        {
            const int used = 7;
            var latent = options.LatentDimensions;
            var path = new LinearPath(latent, new float[latent * pixels], new float[latent * pixels]);
            Normals(used * pixels, 1.0 / pixels, 0).CopyTo(path.Encoder, 0);
            Normals(used * pixels, 0.2, 0).CopyTo(path.Decoder, 0);
            weights = weights with { Linear = new LinearPath(latent, path.Encoder, path.Decoder) };
        }
        if (options.OutputCalibration)
        {
            weights = weights with { Output = new OutputCalibration(Normals(pixels, 0.2, 1), Normals(pixels, 0.1, 0)) };
        }
        return new StoredModel(description, weights);
    }

    /// <summary>A posterior in which every third dimension is in use, the later the less.</summary>
    public static LatentSet Latents(int dimensions, int count = 300)
    {
        var mu = new float[count * dimensions];
        var logVariance = new float[mu.Length];
        var stream = new RandomStream(2, "latents");
        for (var i = 0; i < mu.Length; i++)
        {
            var d = i % dimensions;
            mu[i] = (d % 3 == 0 ? 1 : 1e-4f) * (float)stream.NextNormal();
            logVariance[i] = d % 3 == 0 ? -4 + (0.1f * d) : 0;
        }
        return new LatentSet(dimensions, mu, logVariance, mu, 2);
    }

    /// <summary>The engine that the exported files must agree with.</summary>
    public static ITrainingEngine Engine(StoredModel model) => new ComputeOptions { Threads = 1 }.Create(model.Weights, new AdamOptions());

    public static float[] Normals(int count, double scale, double offset)
    {
        var stream = new RandomStream(9, "export");
        return [.. Enumerable.Range(0, count).Select(_ => (float)(offset + (scale * stream.NextNormal())))];
    }
}
