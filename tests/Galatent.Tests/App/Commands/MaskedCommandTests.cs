using Galatent.App;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Tests.App.Commands;

/// <summary>A model with a mask channel from the command line: trained, encoded, analysed, exported; bad pixels change nothing.</summary>
public sealed class MaskedCommandTests : IDisposable
{
    private const int Count = 60;
    private const int Pixels = 64;

    private readonly TemporaryFolder _folder = new();

    private string Model => _folder.File("model");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Commands_know_models_with_a_mask_channel()
    {
        var data = Write("data", 0);
        var trained = CommandLine.Galatent([
            "train",
            "--data",
            data,
            "--out",
            Model,
            "--pixel-weights",
            "ivar",
            "--mask-channel",
            "true",
            "--epochs",
            "2",
            "--latent",
            "3",
            "--threads",
            "1",
        ]);
        Assert.Equal(0, trained.ExitCode);
        Assert.Contains("the network does not see them", trained.Error, StringComparison.Ordinal);
        var description = ModelDescription.Read(Path.Combine(Model, VaeModel.DescriptionFile));
        Assert.True(description.Network.MaskChannel);
        Assert.Equal(0.03, description.Training.GetProperty("objective").GetProperty("calibration_error").GetDouble());
        var latents = new[] { data, Write("spoilt", 1e4f) }
            .Select(file =>
            {
                var path = file + "-latents.h5";
                Assert.Equal(0, Cli.Run(["encode", "--model", Model, "--data", file, "--out", path, "--threads", "1"]));
                return LatentFile.Read(path);
            })
            .ToArray();
        Assert.Equal(latents[0].Mu, latents[1].Mu);
        Assert.Equal(latents[0].LogVariance, latents[1].LogVariance);
        Assert.Equal(0, Cli.Run(["analyze", "--model", Model, "--data", data, "--out", _folder.File("analysed"), "--threads", "1"]));
        Assert.Equal(latents[0].Mu, LatentFile.Read(_folder.File("analysed", LatentFile.FileName)).Mu);
        Assert.Equal(
            0,
            Cli.Run(["traverse", "--model", Model, "--data", data, "--dimension", "0", "--out", _folder.File("t.csv"), "--threads", "1"])
        );
        Assert.Equal(0, Cli.Run(["export", "--model", Model, "--onnx", _folder.File("m.onnx")]));
    }

    [Theory]
    [InlineData("--mask-channel true", "pixels must be weighted")]
    [InlineData("--calibration-error 0.1", "needs weights by /ivar")]
    [InlineData("--mask-channel true --pixel-weights ivar --preset standard", "needs the mean to be subtracted")]
    public void Options_that_make_no_sense_together_are_refused(string options, string expected)
    {
        var data = Write("data", 0);
        var result = CommandLine.Galatent(["train", "--data", data, "--out", Model, .. options.Split(' ')]);
        Assert.Equal(Cli.InputError, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_hide_pixels_of_complete_spectra_without_weights()
    {
        string[] options = ["--mask-channel", "true", "--augment-window", "0.5", "--epochs", "1"];
        var gaps = CommandLine.Galatent(["train", "--data", Write("gaps", 0), "--out", Model, .. options]);
        Assert.Equal(Cli.InputError, gaps.ExitCode);
        Assert.Contains("add --pixel-weights mask", gaps.Error, StringComparison.Ordinal);
        var complete = Write("complete", 0, share: 0);
        var trained = CommandLine.Galatent(["train", "--data", complete, "--out", Model, .. options, "--latent", "2", "--threads", "1"]);
        Assert.Equal(0, trained.ExitCode);
        Assert.Equal(0, Cli.Run(["encode", "--model", Model, "--data", complete, "--out", _folder.File("l.h5"), "--threads", "1"]));
        Assert.All(LatentFile.Read(_folder.File("l.h5")).Mu, mu => Assert.True(float.IsFinite(mu)));
    }

    private string Write(string name, float inGaps, double share = 0.2)
    {
        var stream = new RandomStream(4, "masked");
        var flux = new float[Count * Pixels];
        var mask = new byte[Count * Pixels];
        for (var i = 0; i < flux.Length; i++)
        {
            mask[i] = (byte)(stream.NextDouble() < share ? 2 : 0);
            var value = (float)(1 + (0.3 * Math.Sin(0.1 * ((i % Pixels) + (i / Pixels)))) + (0.1 * stream.NextNormal()));
            flux[i] = mask[i] == 0 ? value : inGaps;
        }
        var path = _folder.File($"{name}.h5");
        using var writer = new SpectrumFileWriter(
            path,
            new WavelengthGrid([.. Enumerable.Range(0, Pixels).Select(i => 4900.0 + (10 * i))]),
            Count,
            new SpectrumProvenance("test", 1, "erg/s/cm2/Hz", 5000, 5500, "", ""),
            [],
            inverseVariance: true,
            mask: true
        );
        writer.Append(flux, [.. Enumerable.Repeat(1.0, Count)], [], inverseVariance: [.. mask.Select(m => m == 0 ? 100f : 0)], mask: mask);
        writer.Finish();
        return path;
    }
}
