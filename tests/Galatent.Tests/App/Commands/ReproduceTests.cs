using System.Diagnostics;
using System.Text.Json;

namespace Galatent.Tests.App.Commands;

/// <summary>The whole study in small: every stage, an interruption, and the same result as without one.</summary>
public sealed class ReproduceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_killed_run_goes_on_and_ends_as_an_uninterrupted_one()
    {
        var killed = _folder.File("killed");
        var whole = _folder.File("whole");
        KillAfterSimulation(killed);
        var simulated = File.GetLastWriteTimeUtc(Path.Combine(killed, "spectra.h5"));

        var resumed = CommandLine.Galatent(Arguments(killed));
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Contains("finished before: simulate", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(simulated, File.GetLastWriteTimeUtc(Path.Combine(killed, "spectra.h5")));
        Assert.Equal(0, CommandLine.Galatent(Arguments(whole)).ExitCode);
        foreach (
            var file in new[]
            {
                "spectra.h5",
                "beta-0.3/model/weights.safetensors",
                "beta-0.3/latents.h5",
                "beta-0.3/analysis/dimensions.csv",
            }
        )
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(whole, file)), File.ReadAllBytes(Path.Combine(killed, file)));
        }
        Assert.True(new FileInfo(Path.Combine(killed, "report.html")).Length > 100_000);
        var pictures = Directory.GetFiles(Path.Combine(killed, "figures"), "*.svg").Length;
        Assert.InRange(pictures, 12, 100);
        Assert.Equal(pictures, File.ReadAllText(Path.Combine(killed, "report.html")).Split("<figure id=").Length - 1);

        var other = CommandLine.Galatent([.. Arguments(killed), "--seed", "5"]);
        Assert.NotEqual(0, other.ExitCode);
        Assert.Contains("seed 5 instead of 1", other.Error, StringComparison.Ordinal);
    }

    // 120 spectra learn nothing worth reading; they pass through every stage.
    private static string[] Arguments(string folder) => ["reproduce", "--count", "120", "--beta", "0.3", "--out", folder];

    private static void KillAfterSimulation(string folder)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Galatent.App.dll"), .. Arguments(folder)])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        using var ending = CommandLine.Ending(process);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        while (!process.HasExited && !Finished(Path.Combine(folder, "run.json")).Contains("simulate"))
        {
            Thread.Sleep(20);
        }
        process.Kill(entireProcessTree: true);
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), "A killed run did not end.");
        Assert.True(process.ExitCode != 0, "The run ended by itself, before it was killed: nothing was interrupted.");
        Assert.False(File.Exists(Path.Combine(folder, "report.html")), "The run was whole before it was killed.");
    }

    private static string[] Finished(string manifest)
    {
        if (!File.Exists(manifest))
        {
            return [];
        }
        using var document = JsonDocument.Parse(File.ReadAllText(manifest));
        return [.. document.RootElement.GetProperty("stages").EnumerateArray().Select(s => s.GetProperty("name").GetString()!)];
    }
}
