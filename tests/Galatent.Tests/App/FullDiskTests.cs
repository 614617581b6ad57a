using Galatent.App;

namespace Galatent.Tests.App;

/// <summary>A disk that is full, and a folder that must not be written: one sentence, and nothing half written.</summary>
public sealed class FullDiskTests : IDisposable
{
    // A user that owns nothing.
    private const string Nobody = "65534";

    private readonly TemporaryFolder _folder = new();

    private string Place => _folder.File("place");

    public void Dispose()
    {
        if (Directory.Exists(Place))
        {
            Shell($"umount '{Place}' 2>/dev/null; chmod u+w '{Place}'");
        }
        _folder.Dispose();
    }

    [Theory]
    [InlineData("simulate --count 200 --out {0}/s.h5")]
    [InlineData("simulate --one logM=10 --out {0}/one")]
    public void A_full_disk_is_told_and_nothing_is_left(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "a small file system needs root on Linux");
        Directory.CreateDirectory(Place);
        Assert.SkipUnless(Shell($"mount -t tmpfs -o size=64k none '{Place}'").Code == 0, "no file system can be mounted here");
        var (code, error) = Shell(string.Format(System.Globalization.CultureInfo.InvariantCulture, $"{Program} {command}", Place));
        Assert.Equal(Cli.InputError, code);
        Assert.Matches("^galatent: Cannot write .*space", error.TrimEnd().Split('\n')[^1]);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Place), f => f.Contains(".partial", StringComparison.Ordinal));
    }

    // Prepared spectra wait on the disk before they are written: the file that is read is not to blame.
    [Fact]
    public void An_import_onto_a_full_disk_is_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "a small file system needs root on Linux");
        Directory.CreateDirectory(Place);
        Assert.SkipUnless(Shell($"mount -t tmpfs -o size=32k none '{Place}'").Code == 0, "no file system can be mounted here");
        var spectrum = _folder.File("spec.fits");
        using (var file = File.Create(spectrum))
        {
            Surveys.InventedSurveys.Sdss(file);
        }
        var (code, error) = Shell($"{Program} import '{spectrum}' --out '{Place}/o.h5'");
        Assert.Equal(Cli.InputError, code);
        Assert.Matches("^galatent: Cannot write .*space", error.TrimEnd().Split('\n')[^1]);
        Assert.Empty(Directory.GetFileSystemEntries(Place));
    }

    [Theory]
    [InlineData("simulate --count 2 --out {0}/s.h5")]
    [InlineData("train --data {0}/x.h5 --out {0}/model")]
    [InlineData("reproduce --out {0}/run")]
    public void A_folder_that_must_not_be_written_is_told(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "rights are Unix'");
        Directory.CreateDirectory(Place);
        Shell($"chmod a-w,o+rx '{Place}'; chmod o+rx '{_folder.Path}'");
        var user = Environment.IsPrivilegedProcess ? $"setpriv --reuid={Nobody} --regid={Nobody} --clear-groups " : "";
        Assert.SkipUnless(
            Shell($"{user}{Program} --version >/dev/null").Code == 0,
            "root may write everywhere, and no other user starts here"
        );
        var (code, error) = Shell(string.Format(System.Globalization.CultureInfo.InvariantCulture, $"{user}{Program} {command}", Place));
        Assert.Equal(Cli.InputError, code);
        Assert.Matches("^galatent: Cannot .*(denied|read-only)", Assert.Single(error.TrimEnd().Split('\n')));
        Assert.Empty(Directory.GetFileSystemEntries(Place));
    }

    private static string Program => $"dotnet '{CommandLine.App}'";

    private static (int Code, string Error) Shell(string line) => CommandLine.Shell(line);
}
