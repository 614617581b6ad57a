using System.Diagnostics;
using System.Globalization;
using Galatent.App.Terminal;
using Galatent.Tests.Explore;

namespace Galatent.Tests.App.Commands;

/// <summary><c>galatent explore</c>: addresses, hints, refusals, the end.</summary>
public sealed class ExploreCommandTests(ExploredFolder folder) : IClassFixture<ExploredFolder>
{
    private const int Minutes = 240_000;

    [Fact(Timeout = Minutes)]
    public async Task It_prints_one_address_and_ends_with_ctrl_c()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are Unix'");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(ExplorerClient.Limit);
        string[] arguments = ["dotnet", CommandLine.App, "explore", folder.Run, "--no-browser"];
        using var process = OperatingSystem.IsLinux()
            ? CommandLine.Start("env", ["--default-signal=INT,TERM", .. arguments])
            : CommandLine.Start("dotnet", arguments[1..]);
        try
        {
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            Assert.Matches("^http://127\\.0\\.0\\.1:[0-9]+/#token=[0-9a-f]{32}$", await process.StandardOutput.ReadLineAsync(limit.Token));
            using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
            {
                await kill.WaitForExitAsync(limit.Token);
            }
            await process.WaitForExitAsync(limit.Token);
            Assert.Equal("", await process.StandardOutput.ReadToEndAsync(limit.Token));
            var told = await error;
            Assert.Contains("ssh -N -L ", told, StringComparison.Ordinal);
            Assert.Contains(Interruption.Ended, told, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", told, StringComparison.Ordinal);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    [Theory]
    [InlineData("There is no folder", "nowhere")]
    [InlineData("--port has no meaning with --export", "nowhere", "--export", "site", "--port", "9000")]
    [InlineData("--listen 0.0.0.0 would answer under any name", "nowhere", "--listen", "0.0.0.0")]
    [InlineData("must lie between 1 and 65535", "nowhere", "--port", "70000")]
    public void What_cannot_be_served_is_refused_in_one_sentence(string sentence, params string[] arguments)
    {
        var (code, output, error) = CommandLine.Galatent(["explore", .. arguments]);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }

    // The address was printed already, and the page alone said what was wrong.
    [Fact(Timeout = Minutes)]
    public async Task A_run_that_cannot_be_read_ends_the_command()
    {
        using var copy = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(folder.Run, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy.Path, Path.GetRelativePath(folder.Run, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        foreach (var latents in Directory.GetFiles(copy.Path, "latents.h5", SearchOption.AllDirectories))
        {
            await File.WriteAllTextAsync(latents, "no HDF5", TestContext.Current.CancellationToken);
        }
        var (code, _, error) = CommandLine.Galatent(["explore", copy.Path, "--no-browser"]);
        Assert.Equal(1, code);
        Assert.Contains("latents.h5", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_ssh_command_goes_by_way_of_the_login_node_on_a_compute_node()
    {
        Dictionary<string, string> job = new()
        {
            ["SLURM_JOB_ID"] = "7",
            ["SLURM_SUBMIT_HOST"] = "login1",
            ["USER"] = "ada",
        };
        Assert.Contains(RemoteHints.Of(8765, false, job.GetValueOrDefault), line =>
            line.StartsWith("  ssh -N -J ada@login1 -L 8765:127.0.0.1:8765 ada@", StringComparison.Ordinal)
        );
        Assert.Empty(RemoteHints.Of(8765, false, _ => null));
    }

    [Fact]
    public void The_file_that_leads_to_the_page_holds_the_address_as_text()
    {
        Assert.Contains(
            "url=http://127.0.0.1:1/#token=a&amp;b\"",
            BrowserPage.Leading("http://127.0.0.1:1/#token=a&b"),
            StringComparison.Ordinal
        );
    }
}
