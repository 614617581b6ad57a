using System.Text.Json;
using Galatent.App;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Tests.App.Commands;

/// <summary><c>galatent compare</c> and the further analyses of <c>galatent analyze</c>, as a user calls them.</summary>
public sealed class CompareCommandTests : IDisposable
{
    private const int Count = 60;
    private const int Pixels = 33;

    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("spectra.h5");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Runs_stand_side_by_side_as_text_json_and_files()
    {
        Write();
        var first = Run("1");
        var second = Run("2");
        var output = _folder.File("comparison");
        var text = CommandLine.Galatent("compare", first, second, "--out", output, "--threads", "1");
        Assert.Equal(0, text.ExitCode);
        Assert.Contains(first, text.Output, StringComparison.Ordinal);
        Assert.All(["models", "scatter", "matching", "stability"], table => Assert.Contains(table, text.Output, StringComparison.Ordinal));
        Assert.Equal(
            ["dimensions.csv", "matching.csv", "models.csv", "scatter.csv", "stability.csv"],
            Directory.GetFiles(output).Select(f => Path.GetFileName(f)).Where(f => f[0] != '.').Order()
        );

        var json = CommandLine.Galatent("compare", first, second, "--json", "--threads", "1");
        using var document = JsonDocument.Parse(json.Output);
        var models = document.RootElement.GetProperty("models");
        Assert.Equal([1, 2], models.EnumerateArray().Select(m => m.GetProperty("seed").GetInt32()));
        Assert.Single(document.RootElement.GetProperty("matching").EnumerateArray());
    }

    [Fact]
    public void Analyses_are_asked_for_by_name()
    {
        Write();
        var model = Train("1");
        var folder = _folder.File("analysed");
        string[] analyze = ["analyze", "--model", model, "--data", Data, "--out", folder, "--threads", "1"];
        var unknown = CommandLine.Galatent([.. analyze, "--analyses", "activity,astrology"]);
        Assert.Equal(Cli.InputError, unknown.ExitCode);
        Assert.Contains("There is no analysis 'astrology'; there are activity, ", unknown.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));

        // Sixty spectra without parameters: one analysis can be done, the others say what they need.
        var all = CommandLine.Galatent([.. analyze, "--analyses", "activity,disentanglement,outliers"]);
        Assert.Equal(0, all.ExitCode);
        Assert.Contains("disentanglement: not done. This analysis needs at least 1000 spectra", all.Error, StringComparison.Ordinal);
        Assert.Contains("outliers: not done. This analysis needs at least 200 spectra", all.Error, StringComparison.Ordinal);
        Assert.Equal(4 + 1, File.ReadAllLines(Path.Combine(folder, "analysis", "activity.csv")).Length);
        Assert.False(File.Exists(Path.Combine(folder, "analysis", "outliers.csv")));
    }

    private string Train(string seed)
    {
        var model = Path.Combine(_folder.File($"run-{seed}"), "model");
        string[] recipe = ["--epochs", "2", "--batch", "8", "--latent", "4", "--seed", seed, "--threads", "1"];
        Assert.Equal(0, Cli.Run(["train", "--data", Data, "--out", model, .. recipe]));
        return model;
    }

    private string Run(string seed)
    {
        var model = Train(seed);
        Assert.Equal(0, Cli.Run(["analyze", "--model", model, "--data", Data, "--analyses", "none", "--threads", "1"]));
        return Path.GetDirectoryName(model)!;
    }

    private void Write()
    {
        var grid = new WavelengthGrid([.. Enumerable.Range(0, Pixels).Select(i => 4900.0 + (20 * i))]);
        var stream = new RandomStream(5, "lines");
        var flux = new float[Count * Pixels];
        for (var i = 0; i < flux.Length; i++)
        {
            flux[i] = (float)(1 + (0.2 * stream.NextNormal()));
        }
        SpectrumFile.Write(
            Data,
            new SpectrumSet(grid, flux, [.. Enumerable.Repeat(1.0, Count)], [], new SpectrumProvenance("test", 5, "", 5000, 5500, "", ""))
        );
    }
}
