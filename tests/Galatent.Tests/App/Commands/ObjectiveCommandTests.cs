using Galatent.App;
using Galatent.Networks;
using Galatent.Numerics;
using PureHDF;

namespace Galatent.Tests.App.Commands;

/// <summary>Objectives, weights and guards as a stranger types them.</summary>
public sealed class ObjectiveCommandTests : IDisposable
{
    private const int Count = 24;
    private const int Pixels = 33;

    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("spectra.h5");

    [Theory]
    [InlineData("beta-vae")]
    [InlineData("autoencoder")]
    [InlineData("annealed --rising-epochs 1")]
    [InlineData("capacity --capacity 3 --capacity-weight 10")]
    [InlineData("tc-vae --tc-weight 4")]
    [InlineData("info-vae --info-alpha 0.5 --info-lambda 10")]
    [InlineData("iwae --draws 2")]
    [InlineData("sigma-vae --width-weights")]
    public void Each_is_stored_in_the_model_and_goes_on(string objective)
    {
        WriteSpectra();
        string[] arguments = [.. objective.Split(' ')];
        Assert.Equal(0, Train("model", ["--objective", .. arguments, "--epochs", "2"]));
        Assert.Equal(0, Train("model", ["--objective", .. arguments, "--epochs", "3", "--resume"]));
        var training = ModelDescription.Read(_folder.File("model", "model.json")).Training;
        var kind = training.GetProperty("objective").GetProperty("kind").GetString();
        Assert.Equal(arguments[0].Replace("-", ""), kind, ignoreCase: true);
        Assert.Equal(4, File.ReadAllLines(_folder.File("model", "history.csv")).Length);
        Assert.True(new FileInfo(_folder.File("model", "events.out.tfevents.galatent")).Length > 200);
    }

    [Fact]
    public void The_recipe_is_the_preset_with_what_was_asked_for()
    {
        WriteSpectra();
        Assert.Equal(0, Train("plain", ["--epochs", "1", "--preset", "thesis"]));
        Assert.Equal(
            0,
            Train(
                "model",
                [
                    "--epochs",
                    "1",
                    "--preset",
                    "thesis",
                    "--initial-scale",
                    "pytorch",
                    "--negative-slope",
                    "0.3",
                    "--subtract-mean",
                    "true",
                    "--schedule",
                    "one-cycle",
                    "--warm-up",
                    "0.4",
                    "--decoupled-decay",
                ]
            )
        );
        var plain = Description("plain");
        var asked = Description("model");
        Assert.Equal((0.01f, false), (plain.Network.NegativeSlope, plain.Network.SubtractMean));
        Assert.Equal((0.3f, true), (asked.Network.NegativeSlope, asked.Network.SubtractMean));
        string Setting(ModelDescription of, string name) => of.Training.GetProperty(name).ToString();
        Assert.Equal(
            ("VariancePreserving", "0.1", "False"),
            (Setting(plain, "initial_scale"), Setting(plain, "weight_decay"), Setting(plain, "decoupled_decay"))
        );
        Assert.Equal(
            ("PyTorch", "0.4", "True"),
            (Setting(asked, "initial_scale"), Setting(asked, "warm_up_fraction"), Setting(asked, "decoupled_decay"))
        );
        Assert.NotEqual(
            File.ReadAllBytes(_folder.File("plain", VaeModel.WeightsFile)),
            File.ReadAllBytes(_folder.File("model", VaeModel.WeightsFile))
        );
    }

    [Fact]
    public void Features_of_a_model_are_used()
    {
        WriteSpectra();
        Assert.Equal(0, Train("frozen", ["--epochs", "1"]));
        Assert.Equal(0, Train("model", ["--epochs", "1", "--objective", "feature", "--features-of", _folder.File("frozen")]));
    }

    [Theory]
    [InlineData("--objective vae", "choose beta-vae, autoencoder")]
    [InlineData("--objective tc-vae --draws 3", "--draws has no meaning for --objective tc-vae; it belongs to iwae")]
    [InlineData("--objective feature", "features-of")]
    [InlineData("--objective feature --features-of nowhere", "nowhere")]
    [InlineData("--objective autoencoder --beta 0.3", "beta 0, not 0.3")]
    [InlineData("--objective iwae --draws 0", "draws must be 1 to 1000, not 0")]
    [InlineData("--pixel-weights ivar", "has no /ivar")]
    [InlineData("--pixel-weights mask", "has no /mask")]
    [InlineData("--objective sigma-vae --pixel-weights ivar", "choose one of them")]
    [InlineData("--objective sigma-vae --sigma 0.3", "leave it out")]
    public void What_does_not_fit_is_named(string arguments, string named)
    {
        WriteSpectra();
        var (exitCode, _, error) = CommandLine.Galatent(["train", "--data", Data, "--out", _folder.File("model"), .. arguments.Split(' ')]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Inverse_variances_and_mask_of_the_file_weigh_its_pixels()
    {
        WriteSpectra(withWeights: true);
        foreach (var (weights, name) in new[] { ("none", "a"), ("mask", "b"), ("ivar", "c") })
        {
            Assert.Equal(0, Train(name, ["--epochs", "1", "--beta", "0.3", "--pixel-weights", weights]));
        }
        var models = new[] { "a", "b", "c" }.Select(n => File.ReadAllBytes(_folder.File(n, VaeModel.WeightsFile))).ToArray();
        Assert.NotEqual(models[0], models[1]);
        Assert.NotEqual(models[1], models[2]);
        Assert.Equal(0, Train("d", ["--epochs", "1", "--pixel-weights", "ivar"]));
        Assert.Equal(2, ModelDescription.Read(_folder.File("d", "model.json")).Beta);
    }

    [Fact]
    public void An_explosion_names_step_spectra_and_the_last_good_model()
    {
        WriteSpectra();
        var model = _folder.File("model");
        Assert.Equal(0, Train("model", ["--epochs", "1", "--schedule", "constant"]));
        // The weights of the next update are replaced by ones that no network comes back from.
        Spoil(Path.Combine(model, "state.safetensors"));
        var (exitCode, _, error) = CommandLine.Galatent(
            "train",
            "--data",
            Data,
            "--out",
            model,
            "--epochs",
            "2",
            "--schedule",
            "constant",
            "--batch",
            "5",
            "--latent",
            "3",
            "--threads",
            "1"
        );
        Assert.NotEqual(0, exitCode);
        Assert.Matches(
            @"Training diverged: the loss is \S+ in epoch 2, step \d+ \(spectra [\d, .]+\); the last good model, of epoch 1, "
                + @"is '.*weights\.safetensors'",
            error
        );
        using var kept = VaeModel.Load(model);
        Assert.Equal(1, kept.Description.BestEpoch);
    }

    [Fact]
    public void Collapse_is_reported_in_words()
    {
        WriteSpectra();
        var (exitCode, _, error) = CommandLine.Galatent(
            "train",
            "--data",
            Data,
            "--out",
            _folder.File("model"),
            "--epochs",
            "60",
            "--beta",
            "100",
            "--batch",
            "5",
            "--latent",
            "3",
            "--threads",
            "1",
            "--schedule",
            "constant",
            "--learning-rate",
            "0.002",
            // With a path the network is collapsed before its first update, and its patience ends early.
            "--linear-path",
            "false"
        );
        Assert.True(exitCode == 0, error);
        Assert.Contains("posterior collapse", error, StringComparison.Ordinal);
        Assert.Contains("epoch 60: validation loss", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private ModelDescription Description(string name) => ModelDescription.Read(_folder.File(name, "model.json"));

    private int Train(string name, string[] more) =>
        Cli.Run([
            "train",
            "--data",
            Data,
            "--out",
            _folder.File(name),
            "--threads",
            "1",
            "--batch",
            "5",
            "--latent",
            "3",
            .. more.Contains("--schedule") ? more : ["--schedule", "constant", .. more],
        ]);

    private static void Spoil(string path)
    {
        // Whole float32 numbers after the header become 1e30.
        var bytes = File.ReadAllBytes(path);
        var start = 8 + (int)BitConverter.ToUInt64(bytes);
        for (var at = start; at < start + 4000; at += 4)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(at), 1e30f);
        }
        File.WriteAllBytes(path, bytes);
    }

    private void WriteSpectra(bool withWeights = false)
    {
        var stream = new RandomStream(1, "test");
        var flux = new float[Count, Pixels];
        var ivar = new float[Count, Pixels];
        var mask = new byte[Count, Pixels];
        for (var i = 0; i < Count; i++)
        {
            for (var p = 0; p < Pixels; p++)
            {
                flux[i, p] = (float)(1 + (0.1 * stream.NextNormal()));
                (ivar[i, p], mask[i, p]) = (100 + p, (byte)(p == 5 ? 1 : 0));
            }
        }
        var file = new H5File
        {
            ["wavelength"] = Enumerable.Range(0, Pixels).Select(i => 5000.0 + i).ToArray(),
            ["flux"] = flux,
            ["norm"] = Enumerable.Repeat(1.0, Count).ToArray(),
        };
        if (withWeights)
        {
            (file["ivar"], file["mask"]) = (ivar, mask);
        }
        file.Write(Data);
    }
}
