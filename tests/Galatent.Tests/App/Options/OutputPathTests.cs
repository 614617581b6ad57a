using Galatent.App;
using Galatent.App.Options;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis.Ssp;
using Galatent.Tests.Synthesis.Ssp;

namespace Galatent.Tests.App.Options;

/// <summary>What a command reads survives it, and a place that cannot be written is refused before any work.</summary>
public sealed class OutputPathTests : IDisposable
{
    private const int Count = 24;
    private const int Pixels = 33;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("is also --data", "encode --model {0}/m --data {0}/s.h5 --out {0}/s.h5")]
    [InlineData("is also --data", "encode --model {0}/m --data {0}/s.h5 --out {0}/link.h5")]
    [InlineData("is also --data", "encode --model {0}/m --data {0}/folder/../folder/t.h5 --out {0}/linked/t.h5")]
    [InlineData("is also --data", "traverse --model {0}/m --data {0}/s.h5 --dimension 0 --out {0}/s.h5")]
    [InlineData("is also --data", "train --data {0}/s.h5 --out {0}/s.h5")]
    [InlineData("belongs to --model", "encode --model {0} --data {0}/s.h5 --out {0}/model.json")]
    [InlineData("is also --data", "analyze --model {0}/m --data {0}/latents.h5 --out {0}")]
    [InlineData("is also --catalogue", "simulate --catalogue {0}/c.csv --out {0}/c.csv")]
    [InlineData("is also --grid", "simulate --one logM=10 --grid {0}/c.csv --out {0}/c")]
    [InlineData("is also one of the parts", "merge {0}/s.h5 {0}/latents.h5 --out {0}/latents.h5")]
    [InlineData("is also the file", "ssp convert {0}/s.h5 --out {0}/s.h5")]
    [InlineData("is also the file", "ssp pack {0}/a.spec,{0}/c.csv --out {0}/c.csv")]
    [InlineData("is also --config", "simulate --config {0}/config.json --out {0}/config.json")]
    public void An_input_is_not_written_over(string named, string command)
    {
        Prepare();
        Refused(named, command);
    }

    [Theory]
    [InlineData("s.h5' is a file", "encode --model {0}/m --data {0}/s.h5 --out {0}/s.h5/l.h5")]
    [InlineData("s.h5' is a file", "simulate --count 5 --out {0}/s.h5/x.h5")]
    [InlineData("s.h5' is a file", "simulate --count 5 --out {0}/x.h5 --figures {0}/s.h5/figures")]
    [InlineData("c.csv' is a file", "train --data {0}/s.h5 --out {0}/c.csv")]
    [InlineData("c.csv' is a file", "reproduce --count 100 --out {0}/c.csv")]
    [InlineData("c.csv' is a file", "mi {0}/numbers.csv --figures {0}/c.csv/figures")]
    [InlineData("/proc/x", "mi {0}/numbers.csv --figures /proc/x")]
    [InlineData("--figures has no meaning with --with", "mi {0}/numbers.csv --columns x --with y --figures {0}/new/figures")]
    [InlineData("not written to standard output", "simulate --count 5 --out -")]
    [InlineData("none.h5", "train --data {0}/none.h5 --out {0}/new/model")]
    public void A_place_that_cannot_be_written_is_refused_before_any_work(string named, string command)
    {
        Prepare();
        Refused(named, command);
    }

    [Fact]
    public void Files_that_follow_from_the_name_are_looked_at_too()
    {
        DspsHdf5.Write(_folder.File("stars.h5"), SspConversionTests.Some(SspPack.Embedded().Stars));
        Assert.Equal(0, Run("ssp convert {0}/stars.h5 --out {0}/stars.spec").ExitCode);
        var files = string.Join(',', Directory.GetFiles(_folder.Path, "*.spec").Order(StringComparer.Ordinal));
        Refused("is also the file", "ssp convert " + files + " --out {0}/stars.spec");
    }

    [Fact]
    public void Figures_come_after_the_table_and_make_their_folder()
    {
        Prepare();
        var (exitCode, output, error) = Run("mi {0}/numbers.csv --replicas 10 --figures {0}/new/figures");
        Assert.True(exitCode == 0, error);
        Assert.Contains("k-nearest", output, StringComparison.Ordinal);
        Assert.Equal(6, Directory.GetFiles(_folder.File("new", "figures")).Length);
    }

    [Fact]
    public void Folders_that_were_made_go_again_when_nothing_stands_in_them()
    {
        var deep = _folder.File("a", "b");
        using (ResultFolder.Prepare(deep))
        {
            Assert.True(Directory.Exists(deep));
        }
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
        using (ResultFolder.Prepare(deep))
        {
            File.WriteAllText(_folder.File("a", "kept"), "");
        }
        Assert.Equal([_folder.File("a", "kept")], Directory.GetFileSystemEntries(_folder.File("a")));
        Assert.Throws<InputException>(() => ResultFolder.PrepareFor(_folder.Path));
        Assert.Throws<InputException>(() => ResultFolder.Prepare("", "--figures"));
    }

    [Fact]
    public void Links_in_a_circle_are_no_input()
    {
        var a = _folder.File("a");
        var b = _folder.File("b");
        File.CreateSymbolicLink(a, b);
        File.CreateSymbolicLink(b, a);
        Assert.Equal("a", Path.GetFileName(OutputPath.Resolved(a)));
    }

    private void Refused(string named, string command)
    {
        var before = Content();
        var (exitCode, output, error) = Run(command);
        Assert.Equal(Cli.InputError, exitCode);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.Equal(before, Content());
    }

    private (int ExitCode, string Output, string Error) Run(string command) =>
        CommandLine.Galatent(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, _folder.Path).Split(' '));

    private string[] Content() =>
        [
            .. Directory
                .GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(p =>
                    File.Exists(p) ? p + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(p))) : p
                ),
        ];

    // A refusal comes before anything is read, so that most of these need not be what they are called.
    private void Prepare()
    {
        foreach (var name in new[] { "latents.h5", "model.json", "a.spec" })
        {
            File.WriteAllText(_folder.File(name), name);
        }
        File.WriteAllText(_folder.File("config.json"), "{ \"count\": 3 }");
        File.WriteAllLines(_folder.File("c.csv"), Enumerable.Range(0, 100).Select(i => $"{5000 + (5 * i)}"));
        File.WriteAllLines(_folder.File("numbers.csv"), ["x,y", .. Enumerable.Range(0, 60).Select(i => $"{i},{i * 7 % 60}")]);
        var grid = new WavelengthGrid([.. Enumerable.Range(0, Pixels).Select(i => 5000.0 + i)]);
        var flux = Enumerable.Range(0, Count * Pixels).Select(i => 1 + (0.1f * (i * 7919 % 13))).ToArray();
        SpectrumFile.Write(
            _folder.File("s.h5"),
            new SpectrumSet(grid, flux, [.. Enumerable.Repeat(1.0, Count)], [], new SpectrumProvenance("test", 1, "", 5000, 5500, "", ""))
        );
        Directory.CreateDirectory(_folder.File("folder"));
        File.WriteAllText(_folder.File("folder", "t.h5"), "spectra");
        Directory.CreateSymbolicLink(_folder.File("linked"), _folder.File("folder"));
        File.CreateSymbolicLink(_folder.File("link.h5"), _folder.File("s.h5"));
    }
}
