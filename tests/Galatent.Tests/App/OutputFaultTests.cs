using Galatent.App;

namespace Galatent.Tests.App;

/// <summary>Places that a result must not replace, and streams that take nothing: a sentence and an exit code, never a stack
/// trace.</summary>
public sealed class OutputFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("it is a pipe", "simulate --count 2 --out {0}/pipe")]
    [InlineData("it is a device", "simulate --count 2 --out /dev/null")]
    [InlineData("it is a device", "simulate --count 2 --out {0}/to-device")]
    [InlineData("it is a pipe", "simulate --one logM=10 --out {0}/one")]
    [InlineData("it is a device", "encode --model {0} --data {0}/x.h5 --out /dev/full")]
    [InlineData("it is a pipe", "merge {0}/x.h5 --out {0}/pipe")]
    [InlineData("it is a pipe", "ssp convert {0}/x.h5 --out {0}/pipe")]
    [InlineData("/dev/null' is a file", "train --data {0}/x.h5 --out /dev/null")]
    [InlineData("/dev/null' is a file", "reproduce --out /dev/null")]
    [InlineData("write-protected", "simulate --count 2 --out {0}/protected.h5")]
    [InlineData("symbolic links", "simulate --count 2 --out {0}/circle")]
    public void What_is_no_plain_file_is_not_replaced_by_one(string named, string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes and devices are told from files on Linux");
        Shell("mkfifo pipe one.png; ln -s /dev/null to-device; ln -s circle circle; echo kept > protected.h5; chmod a-w protected.h5");
        var (exitCode, output, error) = CommandLine.Galatent(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, command, _folder.Path).Split(' ')
        );
        Assert.Equal(Cli.InputError, exitCode);
        Assert.Empty(output);
        Assert.Contains(named, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(
            0,
            Shell("test -p pipe && test -p one.png && test -L to-device && test -c /dev/null && grep -q kept protected.h5").Code
        );
        Assert.Equal(
            "circle one.png pipe protected.h5 to-device",
            string.Join(' ', Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal))
        );
    }

    [Fact]
    public void A_link_stays_a_link_and_the_file_behind_it_is_written()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        Directory.CreateDirectory(_folder.File("disk"));
        var link = _folder.File("link.h5");
        File.CreateSymbolicLink(link, Path.Combine("disk", "real.h5"));
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(0, CommandLine.Galatent("simulate", "--count", "2", "--out", link).ExitCode);
            Assert.NotNull(new FileInfo(link).LinkTarget);
            Assert.Equal(["real.h5"], Directory.GetFiles(_folder.File("disk")).Select(Path.GetFileName));
        }
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("train --help")]
    [InlineData("ssp info")]
    [InlineData("ssp info --json")]
    [InlineData("mi numbers.csv --replicas 10")]
    [InlineData("mi numbers.csv --replicas 10 --json")]
    public void Output_that_is_lost_is_told(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is Linux's");
        File.WriteAllLines(_folder.File("numbers.csv"), ["x,y", .. Enumerable.Range(0, 60).Select(i => $"{i},{i * 7 % 60}")]);
        foreach (var (redirection, reason, expected) in new[] { (">/dev/full", "No space", 74), (">&-", "closed", 74) })
        {
            var (code, error) = Shell($"{Program} {command} {redirection}");
            Assert.Equal(expected, code);
            // Progress may stand before it.
            Assert.Matches($"^galatent: standard output .*{reason}", error.TrimEnd().Split('\n')[^1]);
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }
        // The reader goes at once; the shell tells the code of the last command, so the first one writes its own.
        var (_, gone) = Shell($"({Program} {command}; echo code $? >&2) | true");
        Assert.DoesNotContain("Unhandled", gone, StringComparison.Ordinal);
        Assert.Contains("code 141", gone, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    [InlineData(">&- 2>&- <&-")]
    public void Remarks_that_are_lost_do_no_harm(string redirection)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is Linux's");
        var expected = _folder.File("expected.h5");
        Assert.Equal(0, CommandLine.Galatent("simulate", "--count", "2", "--out", expected).ExitCode);
        Assert.Equal(0, Shell($"{Program} simulate --count 2 --out found.h5 {redirection}").Code);
        Assert.Equal(File.ReadAllBytes(expected), File.ReadAllBytes(_folder.File("found.h5")));
        Assert.Equal(1, Shell($"{Program} merge none.h5 --out m.h5 {redirection}").Code);
    }

    private static string Program => $"dotnet '{CommandLine.App}'";

    private (int Code, string Error) Shell(string line) => CommandLine.Shell(line, _folder.Path);
}
