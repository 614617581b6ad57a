using Galatent.App;
using Galatent.Latents;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Tests.App.Options;

/// <summary>Options and data that a command can do nothing with are refused in one sentence before its work, and help tells what there
/// is.</summary>
public sealed class IdleOptionTests : IDisposable
{
    private const int Pixels = 33;

    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("s.h5");

    private string Model => _folder.File("run", "model");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--warm-up has no meaning for a halving learning rate", "--preset thesis --warm-up 0.4")]
    [InlineData("--warm-up has no meaning for a constant learning rate", "--schedule constant --warm-up 0.4")]
    [InlineData("--decoupled-decay has no meaning", "--decoupled-decay")]
    [InlineData("--sigma -0.5 must be above 0", "--sigma -0.5")]
    [InlineData("beta must be at least 0 and below 1000000, not 1E+30", "--beta 1e30")]
    [InlineData("--negative-slope 1e-50 must lie between 1.4e-45", "--negative-slope 1e-50")]
    [InlineData("--validation 2 must lie between 0 and 1", "--validation 2")]
    [InlineData("holds 1 spectrum", "--data {0}/one.h5")]
    public void Training_names_what_it_cannot_use(string named, string arguments)
    {
        Write(Data, 24);
        Write(_folder.File("one.h5"), 1);
        string[] more = [.. arguments.Replace("{0}", _folder.Path, StringComparison.Ordinal).Split(' ')];
        Refused(named, ["train", .. more[0] == "--data" ? more : ["--data", Data, .. more], "--out", _folder.File("model")]);
    }

    [Theory]
    [InlineData("--count has no meaning with --one", "simulate --one logM=10 --count 5 --out {0}/x")]
    [InlineData("--shard has no meaning with --one", "simulate --one logM=10 --shard 1/2 --out {0}/x")]
    [InlineData("--count has no meaning with --catalogue", "simulate --catalogue {0}/c.csv --count 5 --out {0}/x.h5")]
    [InlineData("--population has no meaning with --one", "simulate --one z=1 --population uniform --out {0}/x")]
    [InlineData("--zmax has no meaning with --one", "simulate --one z=1 --zmax 2 --out {0}/x")]
    [InlineData("--gas-metallicity has no meaning with --one", "simulate --one z=1 --gas-metallicity falling --out {0}/x")]
    [InlineData("--seed has no meaning with --one", "simulate --one z=1 --seed 3 --out {0}/x")]
    [InlineData("--one shows a galaxy in the rest frame", "simulate --one z=1 --observed --out {0}/x")]
    [InlineData("--decorrelated has no meaning with --catalogue", "simulate --catalogue {0}/c.csv --decorrelated --out {0}/x.h5")]
    [InlineData("--imf has no meaning with --catalogue", "simulate --catalogue {0}/c.csv --imf kroupa --out {0}/x.h5")]
    [InlineData("--seed has no meaning with --catalogue and without --noise", "simulate --catalogue {0}/c.csv --seed 2 --out {0}/x.h5")]
    [InlineData("--quiescent has no meaning with --population uniform", "simulate --population uniform --quiescent uvj --out {0}/x.h5")]
    [InlineData("--r-magnitude has no meaning with --population ch1_26", "simulate --population ch1_26 --r-magnitude fsps-fit --out {0}/x")]
    [InlineData("--lya-escape has no meaning with --no-lines", "simulate --no-lines --lya-escape 0.5 --out {0}/x.h5")]
    [InlineData("--lyc-escape has no meaning with", "simulate --no-lines --no-nebular-continuum --lyc-escape 0.5 --out {0}/x.h5")]
    [InlineData("--history has no meaning without --one", "simulate --history delayed:5:1 --out {0}/x.h5")]
    [InlineData("--data has no meaning with --run", "analyze --run {0}/r --data {0}/s.h5")]
    [InlineData("--sigma has no meaning with --beta", "train --data {0}/s.h5 --beta 0.3 --sigma 0.1 --out {0}/m")]
    [InlineData("--resume has no meaning with --overwrite", "train --data {0}/s.h5 --resume --overwrite --out {0}/m")]
    [InlineData("--classes has no meaning with --prior", "mi {0}/t.csv --prior --classes a")]
    [InlineData("--classes has no meaning without --columns or --entropy", "mi {0}/t.csv --classes a")]
    [InlineData("other has no meaning with --prior", "mi {0}/t.csv {0}/u.csv --prior")]
    public void Commands_name_what_they_cannot_use(string named, string command) =>
        Refused(named, command.Replace("{0}", _folder.Path, StringComparison.Ordinal).Split(' '));

    [Theory]
    [InlineData("--count 2 must be at least 10", "--count 2")]
    [InlineData("--validation 2 must lie between 0 and 1", "--validation 2")]
    [InlineData("leaves 1 of 24 spectra", "--validation 0.99")]
    [InlineData("few.h5", "--data {0}/few.h5 --out {0}/few.h5/new")]
    [InlineData("5 spectra are too few", "--data {0}/few.h5")]
    [InlineData("/proc/x", "--out /proc/x")]
    public void Analysis_is_refused_before_it_encodes(string named, string arguments)
    {
        Train();
        Write(_folder.File("few.h5"), 5);
        string[] more = [.. arguments.Replace("{0}", _folder.Path, StringComparison.Ordinal).Split(' ')];
        Refused(named, ["analyze", "--model", Model, .. more[0] == "--data" ? more : ["--data", Data, .. more]]);
    }

    // 33 pixels beyond all lines.
    [Fact]
    public void Ten_spectra_without_lines_can_be_analysed()
    {
        Train();
        var (exitCode, _, error) = CommandLine.Galatent("analyze", "--model", Model, "--data", Data, "--count", "10", "--threads", "1");
        Assert.True(exitCode == 0, error);
        Assert.Contains("informative dimensions", error, StringComparison.Ordinal);
        Assert.DoesNotContain("R2 of the lines", error, StringComparison.Ordinal);
        Assert.Equal(10, LatentFile.Read(_folder.File("run", LatentFile.FileName)).Count);
    }

    // The layout of a user who trains one model into a run folder.
    [Fact]
    public void A_single_model_in_its_run_folder_can_be_analysed_as_a_run()
    {
        Train();
        File.Copy(Data, _folder.File("run", "spectra.h5"));
        var run = Path.GetDirectoryName(Model)!;
        var (exitCode, _, error) = CommandLine.Galatent("analyze", "--run", run, "--count", "10", "--threads", "1");
        Assert.True(exitCode == 0, error);
        Assert.Equal(10, LatentFile.Read(_folder.File("run", LatentFile.FileName)).Count);
    }

    [Fact]
    public void A_galaxy_beyond_the_tables_is_told()
    {
        var path = _folder.File("galaxy");
        var (exitCode, _, error) = CommandLine.Galatent("simulate", "--one", "logZ=5", "logU=-9", "--grid", "5000:5500:5", "--out", path);
        Assert.True(exitCode == 0, error);
        Assert.Contains("log_z_star is 5, beyond the table", error, StringComparison.Ordinal);
        Assert.Contains("log_u is -9, beyond the table", error, StringComparison.Ordinal);
        Assert.DoesNotContain("log_z_gas", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Spectra_that_are_not_normalised_leave_nothing()
    {
        Write(Data, 24, scale: 1e30f);
        var (exitCode, _, error) = CommandLine.Galatent("train", "--data", Data, "--out", Model, "--threads", "1");
        Assert.True(exitCode == Cli.InputError, error);
        Assert.Contains("divide every spectrum by its median", error, StringComparison.Ordinal);
        Assert.Equal([Data], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Help_shows_choices_that_exist_and_defaults_that_mean_something()
    {
        var train = CommandLine.Galatent("train", "--help").Output;
        Assert.Contains("<constant|halving|one-cycle>", train, StringComparison.Ordinal);
        Assert.Contains("<pytorch|variance-preserving>", train, StringComparison.Ordinal);
        Assert.Contains("options on the command line take precedence", train.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("2147483647", train + CommandLine.Galatent("analyze", "--help").Output, StringComparison.Ordinal);
        Assert.Contains(
            "logSFR, z, logZ, logZgas, logU, D1, D2, n",
            CommandLine.Galatent("simulate", "--help").Output,
            StringComparison.Ordinal
        );
    }

    private void Refused(string named, string[] arguments)
    {
        var before = Entries();
        var (exitCode, output, error) = CommandLine.Galatent(arguments);
        Assert.Equal(Cli.InputError, exitCode);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n'), l => l.StartsWith("galatent:", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.Equal(before, Entries());
    }

    private string[] Entries() =>
        [.. Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private void Train()
    {
        Write(Data, 24);
        Assert.Equal(0, Cli.Run(["train", "--data", Data, "--out", Model, "--epochs", "1", "--latent", "2", "--threads", "1"]));
    }

    private static void Write(string path, int count, float scale = 1)
    {
        var grid = new WavelengthGrid([.. Enumerable.Range(0, Pixels).Select(i => 8000.0 + (2 * i))]);
        var stream = new RandomStream(1, "test");
        var flux = Enumerable.Range(0, count * Pixels).Select(_ => scale * (float)(1 + (0.1 * stream.NextNormal()))).ToArray();
        SpectrumFile.Write(
            path,
            new SpectrumSet(grid, flux, [.. Enumerable.Repeat(1.0, count)], [], new SpectrumProvenance("test", 1, "", 8000, 8500, "", ""))
        );
    }
}
