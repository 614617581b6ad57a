using System.Text.Json;
using Galatent.Exports.Onnx;
using Galatent.Networks;
using Galatent.Tests.App;
using Microsoft.ML.OnnxRuntime;

namespace Galatent.Tests.Exports.Onnx;

/// <summary>The exported graphs in ONNX Runtime: the same numbers as the fused engine, for batches of any size, and what a user must know
/// beside them.</summary>
public sealed class OnnxNetworkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int, bool, bool, int> Networks =>
        new()
        {
            { StoredModels.StudyPixels, true, false, 2 },
            { StoredModels.StudyPixels, true, true, 3 },
            { 226, false, false, 5 },
            { 33, true, true, 1 },
        };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Networks))]
    public void Runtime_and_engine_agree_to_one_part_in_a_hundred_thousand(int pixels, bool subtractMean, bool linearPath, int batch)
    {
        var options = new NetworkOptions
        {
            SubtractMean = subtractMean,
            LinearPath = linearPath,
            OutputCalibration = batch > 2,
        };
        var model = StoredModels.Make(pixels, options);
        using var engine = StoredModels.Engine(model);
        var latent = model.Description.Network.LatentDimensions;
        var flux = StoredModels.Normals(batch * pixels, 0.5, 1);
        var mu = new float[batch * latent];
        var logVariance = new float[batch * latent];
        engine.Encode(flux, mu, logVariance);
        var decoded = new float[batch * pixels];
        engine.Decode(mu, decoded);
        var encoder = Run(OnnxNetwork.Encoder(model), "flux", flux, pixels, ["mu", "log_variance"]);
        AssertClose(mu, encoder[0]);
        AssertClose(logVariance, encoder[1]);
        AssertClose(decoded, Run(OnnxNetwork.Decoder(model), "z", mu, latent, ["flux"])[0]);
    }

    [Theory]
    [InlineData(StoredModels.StudyPixels, false)]
    [InlineData(226, true)]
    public void A_mask_channel_is_a_second_input(int pixels, bool linearPath)
    {
        const int batch = 3;
        var model = StoredModels.Make(pixels, new NetworkOptions { LinearPath = linearPath, MaskChannel = true });
        // A training begins with zeros here, of which a comparison would say nothing.
        var first = model.Weights.Block("encoder.0.weight");
        StoredModels.Normals(first.Length, 0.3, 0).CopyTo(first);
        using var engine = StoredModels.Engine(model);
        var latent = model.Description.Network.LatentDimensions;
        float[] bad = [.. StoredModels.Normals(batch * pixels, 1, 0).Select(v => v > 0.5f ? 1f : 0)];
        float[] flux = [.. StoredModels.Normals(batch * pixels, 0.5, 1).Zip(bad, (f, b) => b > 0 ? float.NaN : f)];
        var mu = new float[batch * latent];
        var logVariance = new float[batch * latent];
        engine.Encode(flux, mu, logVariance, Array.ConvertAll(bad, b => 1 - b));
        using var session = new InferenceSession(OnnxNetwork.Encoder(model));
        using var x = OrtValue.CreateTensorValueFromMemory(flux, [batch, pixels]);
        using var mask = OrtValue.CreateTensorValueFromMemory(bad, [batch, pixels]);
        using var run = new RunOptions();
        using var results = session.Run(run, ["flux", "bad"], [x, mask], ["mu", "log_variance"]);
        AssertClose(mu, results[0].GetTensorDataAsSpan<float>().ToArray());
        AssertClose(logVariance, results[1].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void Wavelengths_normalisation_and_units_stand_in_the_file()
    {
        var model = StoredModels.Make(226, new NetworkOptions());
        foreach (var file in new[] { OnnxNetwork.Encoder(model), OnnxNetwork.Decoder(model) })
        {
            using var session = new InferenceSession(file);
            var metadata = session.ModelMetadata.CustomMetadataMap;
            Assert.Equal(model.Description.WavelengthAngstrom, JsonSerializer.Deserialize<double[]>(metadata["wavelength_angstrom"]));
            Assert.Equal("vacuum", metadata["wavelength_medium"]);
            Assert.Equal(("5000", "5500"), (metadata["normalization_low_angstrom"], metadata["normalization_high_angstrom"]));
            Assert.Equal("Lsun/Hz", metadata["flux_unit_before_normalization"]);
            Assert.Equal(("32", "0.3", "ab12"), (metadata["latent_dimensions"], metadata["beta"], metadata["data_hash"]));
            Assert.Equal(model.Description.Generator, session.ModelMetadata.ProducerName);
            Assert.All(session.InputMetadata.Values.Concat(session.OutputMetadata.Values), v => Assert.Equal(-1, v.Dimensions[0]));
            Assert.All(session.InputMetadata.Values.Concat(session.OutputMetadata.Values), v =>
                Assert.Equal("batch", v.SymbolicDimensions[0])
            );
        }
    }

    // The format's own checker, with the inference of shapes: every node, every attribute, every shape.
    [Fact]
    public void The_checker_of_onnx_finds_nothing()
    {
        var probe = PythonOrNull("import onnx");
        Assert.SkipUnless(probe == 0, "python3 with the package onnx is not here.");
        var model = StoredModels.Make(StoredModels.StudyPixels, new NetworkOptions { LinearPath = true, OutputCalibration = true });
        foreach (var file in new[] { OnnxNetwork.Encoder(model), OnnxNetwork.Decoder(model) })
        {
            File.WriteAllBytes(_folder.File("m.onnx"), file);
            Assert.Equal(0, PythonOrNull($"import onnx; onnx.checker.check_model(onnx.load('{_folder.File("m.onnx")}'), full_check=True)"));
        }
    }

    private static float[][] Run(byte[] file, string input, float[] values, int width, string[] outputs)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new InferenceSession(file, options);
        using var value = OrtValue.CreateTensorValueFromMemory(values, [values.Length / width, width]);
        using var run = new RunOptions();
        using var results = session.Run(run, [input], [value], outputs);
        return [.. results.Select(r => r.GetTensorDataAsSpan<float>().ToArray())];
    }

    private static void AssertClose(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        var scale = expected.Max(Math.Abs);
        Assert.True(scale > 1e-3, $"The numbers to compare are all below {scale}.");
        var difference = expected.Zip(found, (e, f) => Math.Abs(e - f)).Max();
        Assert.True(difference <= 1e-5 * scale, $"They differ by {difference}, where the largest is {scale}.");
    }

    // The system's own Python first: Debian's package python3-onnx belongs to it.
    private static int? PythonOrNull(string program)
    {
        var codes = new List<int>();
        foreach (var python in new[] { "/usr/bin/python3", "python3" })
        {
            try
            {
                codes.Add(CommandLine.Run(python, ["-c", program]).ExitCode);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // It is not installed.
            }
            if (codes is [.., 0])
            {
                return 0;
            }
        }
        return codes.Count > 0 ? codes[0] : null;
    }
}
