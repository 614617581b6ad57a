using System.IO.Compression;

namespace Galatent.Tests.App;

/// <summary>The packages, made from what is built, and the tool installed from a folder.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Feed => _folder.File("feed");

    [Fact]
    public void The_tool_is_installed_from_a_folder_and_runs()
    {
        Pack("Galatent.App");
        var tools = _folder.File("tools");
        var (exitCode, output, error) = CommandLine.Run(
            "dotnet",
            ["tool", "install", "galatent", "--tool-path", tools, "--source", Feed, "--no-cache"]
        );
        Assert.True(exitCode == 0, output + error);
        var tool = Path.Combine(tools, OperatingSystem.IsWindows() ? "galatent.exe" : "galatent");
        var (toolCode, version, toolError) = CommandLine.Run(tool, ["--version"]);
        Assert.Equal((0, ""), (toolCode, toolError));
        Assert.StartsWith("0.", version, StringComparison.Ordinal);
        Assert.Equal(0, CommandLine.Run(tool, ["simulate", "--count", "5", "--out", _folder.File("spectra.h5")]).ExitCode);
    }

    [Fact]
    public void The_library_has_its_documentation_readme_and_licence()
    {
        Pack("Galatent");
        using var package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(Feed, "Galatent.Library.*.nupkg")));
        var names = package.Entries.Select(e => e.FullName).ToList();
        string[] due = ["lib/net10.0/Galatent.dll", "lib/net10.0/Galatent.xml", "README.md", "NOTICE", "Galatent.Library.nuspec"];
        Assert.All(due, name => Assert.Contains(name, names));
        using var reader = new StreamReader(package.GetEntry("Galatent.Library.nuspec")!.Open());
        var description = reader.ReadToEnd();
        Assert.Contains("<license type=\"expression\">MIT</license>", description, StringComparison.Ordinal);
        Assert.DoesNotContain("TorchSharp", description, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    // Of what is built: the tests must not build it again while they run.
    private void Pack(string project)
    {
        var (exitCode, output, error) = CommandLine.Run(
            "dotnet",
            ["pack", Path.Combine(SharedData.RepositoryRoot, "src", project), "-c", "Release", "--no-build", "-o", Feed]
        );
        Assert.SkipUnless(exitCode == 0, $"Nothing to pack here (no SDK, or another configuration is built): {output}{error}");
    }
}
