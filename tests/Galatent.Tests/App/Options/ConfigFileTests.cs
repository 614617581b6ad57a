using Galatent.App;
using Galatent.App.Options;
using Galatent.Networks;
using Galatent.Numerics;

namespace Galatent.Tests.App.Options;

/// <summary><c>--config</c>: no setting is lost, and the command line wins.</summary>
public sealed class ConfigFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Config => _folder.File("c.json");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{ "subtract-mean": false, "epochs": 3 }""", "--subtract-mean false --epochs 3")]
    [InlineData("""{ "subtract-mean": true, "width-weights": false }""", "--subtract-mean true --width-weights false")]
    [InlineData("""{ "epochs": 3, "beta": 1e-1, "schedule": "halving", }""", "--epochs 3 --beta 1e-1 --schedule halving")]
    public void Settings_become_options(string json, string options) =>
        Assert.Equal(["train", .. options.Split(' ')], Expand(json, "train", "--config", Config));

    [Theory]
    [InlineData("--config {0} --epochs 2", "--epochs 2")]
    [InlineData("--config {0} --epochs=2", "--epochs=2")]
    [InlineData("--epochs:2 --config={0}", "--epochs:2")]
    [InlineData("--config:{0}", "--epochs 3")]
    public void The_command_line_takes_precedence(string arguments, string expanded) =>
        Assert.Equal(
            ["train", .. expanded.Split(' ')],
            Expand("""{ "epochs": 3 }""", ["train", .. arguments.Replace("{0}", Config, StringComparison.Ordinal).Split(' ')])
        );

    [Theory]
    [InlineData("""{ "nonsense": false }""", "no option '--nonsense' here; 'galatent train --help'")]
    [InlineData("""{ "nonsense": 3 }""", "no option '--nonsense'")]
    [InlineData("""{ "config": "d.json" }""", "no option '--config'")]
    [InlineData("""{ "epochs": false }""", "'epochs' is false, but --epochs takes another value")]
    [InlineData("""{ "epochs": null }""", "'epochs' is Null")]
    [InlineData("""{ "subtract-mean": "yes" }""", "'subtract-mean' is \"yes\", but --subtract-mean is a switch; write true or false")]
    [InlineData("""{ "subtract-mean": 1 }""", "'subtract-mean' is 1, but --subtract-mean is a switch")]
    public void What_has_no_meaning_is_named(string json, string named) =>
        Assert.Contains(
            named,
            Assert.Throws<InputException>(() => Expand(json, "train", "--config", Config)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_text_with_dashes_in_front_is_no_option() =>
        Assert.Equal(["train", "--device=--epochs"], Expand("""{ "device": "--epochs" }""", "train", "--config", Config));

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        File.CreateSymbolicLink(_folder.File("a"), _folder.File("b"));
        File.CreateSymbolicLink(_folder.File("b"), _folder.File("a"));
        var error = Assert.Throws<InputException>(() => ConfigFile.Expand(["train", "--config", _folder.File("a")], Cli.Root()));
        Assert.Contains("(--config)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_are_refused() =>
        Assert.Contains(
            "twice",
            Assert.Throws<InputException>(() => Expand("{}", "train", "--config", Config, "--config=" + Config)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_setting_that_is_false_reaches_the_model()
    {
        var data = _folder.File("s.h5");
        var model = _folder.File("m");
        Assert.Equal(0, Cli.Run(["simulate", "--count", "20", "--population", "uniform", "--grid", "5000:5500:10", "--out", data]));
        File.WriteAllText(Config, """{ "subtract-mean": false, "linear-path": false, "epochs": 1, "decoupled-decay": false }""");
        Assert.Equal(0, Cli.Run(["train", "--config=" + Config, "--data", data, "--out", model, "--threads", "1"]));
        Assert.False(ModelDescription.Read(Path.Combine(model, VaeModel.DescriptionFile)).Network.SubtractMean);
    }

    private string[] Expand(string json, params string[] arguments)
    {
        File.WriteAllText(Config, json);
        return ConfigFile.Expand(arguments, Cli.Root()).Arguments;
    }
}
