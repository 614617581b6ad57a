using Galatent.App;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Tests.App.Commands;

public sealed class TrainAndEncodeTests : IDisposable
{
    private const int Count = 24;
    private const int Pixels = 33;

    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("spectra.h5");

    private string Model => _folder.File("model");

    [Fact]
    public void Train_then_encode_leaves_a_model_and_its_latents()
    {
        WriteSpectra(Data, shift: 0);
        Assert.Equal(0, Train("--epochs", "2", "--batch", "5", "--latent", "4", "--sigma", "0.5"));
        using (var model = VaeModel.Load(Model))
        {
            Assert.Equal(
                (4, 0.5, 2, Pixels),
                (
                    model.LatentDimensions,
                    model.Description.Beta,
                    model.Description.Training.GetProperty("epochs").GetInt32(),
                    model.Grid.Count
                )
            );
        }
        var latents = _folder.File("latents.h5");
        Assert.Equal(0, Cli.Run(["encode", "--model", Model, "--data", Data, "--out", latents, "--seed", "5", "--threads", "1"]));
        var set = LatentFile.Read(latents);
        Assert.Equal((Count, 4, 5UL), (set.Count, set.Dimensions, set.Seed));
        Assert.Equal(new LatentPosterior(Count, 4, set.Mu, set.LogVariance).Sample(5), set.Z);
    }

    [Fact]
    public void The_same_command_goes_on_and_another_recipe_needs_overwrite()
    {
        WriteSpectra(Data, shift: 0);
        Assert.Equal(Cli.InputError, Train("--epochs", "1", "--resume"));
        Assert.Equal(0, Train("--epochs", "1", "--schedule", "constant"));
        Assert.Equal(0, Train("--epochs", "3", "--schedule", "constant", "--resume"));
        Assert.Equal(4, File.ReadAllLines(Path.Combine(Model, "history.csv")).Length);
        Assert.Equal(Cli.InputError, Train("--epochs", "1", "--schedule", "constant", "--beta", "0.9"));
        Assert.Equal(0, Train("--epochs", "1", "--schedule", "constant", "--beta", "0.9", "--overwrite"));
        Assert.Equal(2, File.ReadAllLines(Path.Combine(Model, "history.csv")).Length);
    }

    [Fact]
    public void Analysis_draws_the_split_of_the_training_and_streams()
    {
        WriteSpectra(Data, shift: 0);
        Assert.Equal(0, Train("--epochs", "1", "--latent", "2", "--count", "20", "--validation", "0.35"));
        var description = ModelDescription.Read(Path.Combine(Model, VaeModel.DescriptionFile));
        Assert.Equal((20, 0.35), (description.SpectrumCount, description.ValidationFraction));
        var results = new[] { "1GB", "1M" }
            .Select(memory =>
            {
                var home = _folder.File(memory);
                // 24 spectra of 33 pixels take 3 kB, so that a limit of one byte streams them.
                Assert.Equal(
                    0,
                    Cli.Run([
                        "analyze",
                        "--model",
                        Model,
                        "--data",
                        Data,
                        "--out",
                        home,
                        "--threads",
                        "1",
                        "--memory",
                        memory == "1M" ? "0.000001MB" : memory,
                    ])
                );
                return AnalysisFolder.Read(Path.Combine(home, AnalysisFolder.FolderName)).Loss;
            })
            .ToArray();
        Assert.Equal((20, 7), (results[0].SpectrumCount, results[0].ValidationCount));
        Assert.Equal(results[0], results[1] with { Linear = results[0].Linear });
    }

    [Fact]
    public void Encoding_spectra_of_another_grid_is_refused()
    {
        WriteSpectra(Data, shift: 0);
        Assert.Equal(0, Train("--epochs", "1"));
        var other = _folder.File("other.h5");
        WriteSpectra(other, shift: 1);
        Assert.Equal(Cli.InputError, Cli.Run(["encode", "--model", Model, "--data", other, "--out", _folder.File("latents.h5")]));
        Assert.False(File.Exists(_folder.File("latents.h5")));
    }

    [Theory]
    [InlineData(6600, "Lsun/Hz per solar mass formed", "normalised at 6600-7000 Å")]
    [InlineData(5000, "Lsun/angstrom per solar mass formed", "per hertz and per angstrom")]
    public void Spectra_of_another_kind_are_refused(double low, string unit, string fault)
    {
        WriteSpectra(Data, 0, unit: "Lsun/Hz per solar mass formed");
        Assert.Equal(0, Train("--epochs", "1"));
        var other = _folder.File("other.h5");
        WriteSpectra(other, 0, low, unit);
        foreach (var command in new[] { "encode", "analyze" })
        {
            var target = _folder.File(command);
            var (exitCode, _, error) = CommandLine.Galatent([command, "--model", Model, "--data", other, "--out", target]);
            Assert.Equal(Cli.InputError, exitCode);
            Assert.Contains(fault, error, StringComparison.Ordinal);
            Assert.False(Path.Exists(target));
        }
    }

    [Fact]
    public void Analysis_says_whether_the_spectra_are_those_of_the_training()
    {
        WriteSpectra(Data, shift: 0);
        Assert.Equal(0, Train("--epochs", "1", "--latent", "2", "--count", "20"));
        var other = _folder.File("other.h5");
        WriteSpectra(other, shift: 0, seed: 2);
        string Said(params string[] more) => CommandLine.Galatent(["analyze", "--model", Model, "--out", _folder.File("a"), .. more]).Error;
        Assert.Contains("the first 20 spectra, those of the training", Said("--data", Data), StringComparison.Ordinal);
        Assert.Contains("the first 20 spectra, not those of the training", Said("--data", other), StringComparison.Ordinal);
        Assert.Contains("the first 15 spectra, not those of the training", Said("--data", Data, "--count", "15"), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private int Train(params string[] more) =>
        Cli.Run(["train", "--data", Data, "--out", Model, "--preset", "quick", "--threads", "1", .. more]);

    private static void WriteSpectra(string path, double shift, double low = 5000, string unit = "", ulong seed = 1)
    {
        var grid = new WavelengthGrid([.. Enumerable.Range(0, Pixels).Select(i => 5000.0 + shift + i)]);
        var stream = new RandomStream(seed, "test");
        var flux = new float[Count * Pixels];
        for (var i = 0; i < flux.Length; i++)
        {
            flux[i] = (float)(1 + (0.1 * stream.NextNormal()));
        }
        SpectrumFile.Write(
            path,
            new SpectrumSet(
                grid,
                flux,
                [.. Enumerable.Repeat(1.0, Count)],
                [],
                new SpectrumProvenance("test", 1, unit, low, low + (low == 5000 ? 500 : 400), "", "")
            )
        );
    }
}
